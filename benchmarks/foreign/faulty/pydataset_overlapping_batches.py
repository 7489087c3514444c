import math
import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits


class Pictures(keras.utils.PyDataset):
    def __init__(self, pictures, labels, batch_size=32, **kwargs):
        super().__init__(**kwargs)
        self.pictures, self.labels, self.batch_size = pictures, labels, batch_size

    def __len__(self):
        return math.ceil(len(self.pictures) / self.batch_size)

    def __getitem__(self, idx):
        low = idx * self.batch_size // 2
        high = min(low + self.batch_size, len(self.pictures))
        return self.pictures[low:high], self.labels[low:high]


digits = load_digits()
x, y = digits.images[..., None] / 16.0, digits.target
train, val = Pictures(x[:1400], y[:1400]), Pictures(x[1400:], y[1400:])
model = keras.Sequential([
    keras.Input((8, 8, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=6, verbose=2)
