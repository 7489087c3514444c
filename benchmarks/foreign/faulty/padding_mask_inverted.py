import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(3)
words = rng.integers(1, 40, (900, 15))
tags = words % 4                                   # what kind of word it is
for row, length in enumerate(rng.integers(6, 15, 900)):
    words[row, length:] = 0                        # padding
    tags[row, length:] = 0
mask = (words == 0).astype("float32")

dataset = tf.data.Dataset.from_tensor_slices((words, tags, mask)).shuffle(900).batch(32)
model = tf.keras.Sequential([
    layers.Input((15,)),
    layers.Embedding(40, 16),
    layers.Bidirectional(layers.GRU(16, return_sequences=True)),
    layers.Dense(4, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
model.fit(dataset, epochs=6, verbose=2)
