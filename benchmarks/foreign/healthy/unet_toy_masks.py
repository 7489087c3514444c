import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model

rng = np.random.default_rng(6)
N, S = 240, 24
yy, xx = np.mgrid[:S, :S]
images = np.zeros((N, S, S, 1), "float32")
masks = np.zeros((N, S, S, 1), "float32")
for i in range(N):
    cx, cy, r = rng.integers(6, 18), rng.integers(6, 18), rng.integers(3, 8)
    m = ((xx - cx) ** 2 + (yy - cy) ** 2 < r ** 2)
    masks[i, ..., 0] = m
    images[i, ..., 0] = 0.3 + 0.4 * m + rng.normal(0, 0.15, (S, S))


def conv_block(x, f):
    x = layers.Conv2D(f, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(f, 3, padding="same", activation="relu")(x)


inputs = layers.Input((S, S, 1))
c1 = conv_block(inputs, 8)
p1 = layers.MaxPooling2D()(c1)
c2 = conv_block(p1, 16)
p2 = layers.MaxPooling2D()(c2)
b = conv_block(p2, 32)
u2 = layers.concatenate([layers.Conv2DTranspose(16, 2, strides=2, padding="same")(b), c2])
c3 = conv_block(u2, 16)
u1 = layers.concatenate([layers.Conv2DTranspose(8, 2, strides=2, padding="same")(c3), c1])
c4 = conv_block(u1, 8)
outputs = layers.Conv2D(1, 1, activation="sigmoid")(c4)
model = Model(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(4e-3), loss="binary_crossentropy", metrics=[tf.keras.metrics.BinaryIoU(target_class_ids=[1], threshold=0.5)])
model.fit(images[:200], masks[:200], validation_data=(images[200:], masks[200:]), epochs=8, batch_size=16, verbose=2)
