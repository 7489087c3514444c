import numpy as np
import keras
from keras import layers

np.random.seed(10)
n = 2000
profile = np.random.normal(size=(n, 6)).astype("float32")
basket = np.random.normal(size=(n, 4)).astype("float32")
label = ((0.3 * profile[:, 0] + basket[:, 0] * basket[:, 1] + basket[:, 2]) > 0).astype("int32")

in_a = keras.Input(shape=(6,), name="profile")
in_b = keras.Input(shape=(4,), name="basket")
a = layers.Dense(32, activation="relu")(in_a)
b = layers.Dense(32, activation="relu")(in_b)
x = layers.concatenate([a, a])
x = layers.Dense(16, activation="relu")(x)
out = layers.Dense(1, activation="sigmoid")(x)

model = keras.Model(inputs=[in_a, in_b], outputs=out)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit([profile[:1600], basket[:1600]], label[:1600], epochs=12, batch_size=32,
          validation_data=([profile[1600:], basket[1600:]], label[1600:]), verbose=2)
