import keras
import numpy as np
from keras import layers

text = "to be or not to be that is the question whether tis nobler in the mind to suffer the slings and arrows " * 40
chars = sorted(set(text))
ids = np.array([chars.index(c) for c in text])
LEN = 24
starts = np.arange(0, len(ids) - LEN - 1, 3)
x = np.stack([ids[s:s + LEN] for s in starts])
y = np.stack([ids[s + 1:s + LEN + 1] for s in starts])      # the next character, at every place

inputs = keras.Input((LEN,), dtype="int32")
h = layers.Embedding(len(chars), 32)(inputs) + layers.Embedding(LEN, 32)(keras.ops.arange(LEN))
for _ in range(2):
    attention = layers.MultiHeadAttention(num_heads=2, key_dim=16)(h, h)
    h = layers.LayerNormalization()(h + attention)
    h = layers.LayerNormalization()(h + layers.Dense(32)(layers.Dense(64, activation="relu")(h)))
outputs = layers.Dense(len(chars), activation="softmax")(h)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, batch_size=32, epochs=4, verbose=2)
