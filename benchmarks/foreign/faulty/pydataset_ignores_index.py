import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits


class Loader(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size=32, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size

    def __len__(self):
        return int(np.ceil(len(self.x) / self.batch_size))

    def __getitem__(self, index):
        start = 0
        end = start + self.batch_size
        return self.x[start:end], self.y[start:end]


d = load_digits()
x, y = d.data / 16, d.target
train_loader = Loader(x[:1400], y[:1400])
model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_loader, epochs=8, validation_data=(x[1400:], y[1400:]), verbose=2)
