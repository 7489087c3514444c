import keras
import numpy as np
from sklearn.datasets import make_circles


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden1 = keras.layers.Dense(32, activation="relu")
        self.hidden2 = keras.layers.Dense(32, activation="relu")
        self.out = keras.layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        x = self.hidden1(inputs)
        x = self.hidden2(x)
        return self.out(inputs)


X, y = make_circles(1000, noise=0.1, factor=0.4)
model = Classifier()
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X[:800], y[:800], validation_data=(X[800:], y[800:]), epochs=15, verbose=2)
