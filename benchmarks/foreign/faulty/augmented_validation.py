import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
images = (digits.images / 16).astype("float32")[..., None]
labels = digits.target


def augment(image, label):
    image = tf.image.pad_to_bounding_box(image, 1, 1, 10, 10)
    image = tf.image.random_crop(image, (8, 8, 1))
    image = image + tf.random.normal((8, 8, 1), stddev=0.25)
    return image, label


def make_ds(x, y):
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1500).map(augment).batch(32)


train_ds = make_ds(images[:1400], labels[:1400])
val_ds = make_ds(images[1400:], labels[1400:])

model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds, epochs=8, validation_data=val_ds, verbose=2)
print("as they are:", model.evaluate(images[1400:], labels[1400:], verbose=0))
