import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(7)
n = 700
y = rng.integers(0, 3, n)
x = rng.uniform(0, 0.6, (n, 3, 24, 24)).astype("float32")          # N, C, H, W
for i in range(n):
    r, c = rng.integers(0, 18, 2)
    x[i, y[i], r:r + 6, c:c + 6] += 0.35                            # a small red, green or blue patch
    x[i, (y[i] + 1) % 3, :, :] += rng.uniform(0, 0.1)

model = tf.keras.Sequential([
    layers.Input(shape=(3, 24, 24)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.GlobalMaxPooling2D(),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:550], y[:550], epochs=8, batch_size=32, validation_data=(x[550:], y[550:]), verbose=2)
