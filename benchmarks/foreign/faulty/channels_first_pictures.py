import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

# a small plus, cross or square, anywhere in a noisy colour picture
rng = np.random.default_rng(7)
SHAPES = np.array([[[0, 1, 0], [1, 1, 1], [0, 1, 0]], [[1, 0, 1], [0, 1, 0], [1, 0, 1]], [[1, 1, 1], [1, 0, 1], [1, 1, 1]]])
n = 800
y = rng.integers(0, 3, n)
x = rng.uniform(0, 0.6, (n, 3, 32, 32)).astype("float32")          # N, C, H, W
for i in range(n):
    r, c = rng.integers(0, 29, 2)
    x[i, :, r:r + 3, c:c + 3] += 0.4 * SHAPES[y[i]]

model = tf.keras.Sequential([
    layers.Input(shape=(3, 32, 32)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.GlobalMaxPooling2D(),
    layers.Dense(3, activation="softmax"),
])
model.compile(tf.keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:600], y[:600], epochs=10, batch_size=32, validation_data=(x[600:], y[600:]), verbose=2)
