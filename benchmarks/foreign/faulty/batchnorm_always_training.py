import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import BatchNormalization, Dense
from sklearn.datasets import load_digits

d = load_digits()
order = np.argsort(d.target[1400:], kind="stable")
x_train, y_train = d.data[:1400] / 16, d.target[:1400]
x_test, y_test = d.data[1400:][order] / 16, d.target[1400:][order]


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d1, self.bn1 = Dense(64, activation="relu"), BatchNormalization()
        self.d2, self.bn2 = Dense(32, activation="relu"), BatchNormalization()
        self.out = Dense(10, activation="softmax")

    def call(self, inputs, training=True):
        x = self.bn1(self.d1(inputs), training=True)
        x = self.bn2(self.d2(x), training=True)
        return self.out(x)


model = Net()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=8, batch_size=32, verbose=2)
print("test, batches of one class each:", model.evaluate(x_test, y_test, batch_size=16, verbose=0))
