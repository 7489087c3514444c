import math
import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits


class DigitSequence(keras.utils.PyDataset):
    def __init__(self, x_set, y_set, batch_size, shuffle=True, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y = x_set, y_set
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.indices = np.arange(len(self.x))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.x) / self.batch_size)

    def __getitem__(self, idx):
        inds = self.indices[idx * self.batch_size:(idx + 1) * self.batch_size]
        return self.x[inds] / 16.0, self.y[inds]

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.indices)


x, y = load_digits(return_X_y=True)
train = DigitSequence(x[:1400], y[:1400], 32)
val = DigitSequence(x[1400:], y[1400:], 64, shuffle=False)

model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=val, epochs=10, verbose=2)
