"""Binary segmentation of blobs; image and mask are augmented as one."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

rng = np.random.default_rng(8)
SIZE, COUNT = 32, 240
yy, xx = np.mgrid[:SIZE, :SIZE]
images = np.zeros((COUNT, SIZE, SIZE, 1), "float32")
masks = np.zeros((COUNT, SIZE, SIZE, 1), "float32")
for i in range(COUNT):
    cy, cx, r = rng.integers(4, 28), rng.integers(4, 16), rng.integers(3, 6)
    masks[i, ..., 0] = (yy - cy) ** 2 + (xx - cx) ** 2 < r * r
    images[i] = masks[i] * 0.7 + rng.uniform(0, 0.3, (SIZE, SIZE, 1))


def augment(image, mask):
    both = tf.image.random_flip_left_right(tf.concat([image, mask], axis=-1))
    if tf.random.uniform(()) > 0.5:
        both = tf.image.flip_up_down(both)
    return tf.image.random_brightness(both[..., :1], 0.1), both[..., 1:]


train = (
    tf.data.Dataset.from_tensor_slices((images[:200], masks[:200]))
    .shuffle(200)
    .map(augment, num_parallel_calls=tf.data.AUTOTUNE)
    .batch(20)
    .prefetch(tf.data.AUTOTUNE)
)
val = tf.data.Dataset.from_tensor_slices((images[200:], masks[200:])).batch(20)

net = models.Sequential(
    [
        layers.Input((SIZE, SIZE, 1)),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(1, 1, activation="sigmoid"),
    ]
)
net.compile("adam", "binary_crossentropy", metrics=[tf.keras.metrics.BinaryIoU([1])])
net.fit(train, validation_data=val, epochs=6, verbose=2)
