import numpy as np
import keras
from keras import layers
from sklearn.datasets import make_moons

X, y = make_moons(n_samples=1200, noise=0.2, random_state=3)
n = 900

net = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(24, activation="tanh"),
    layers.Dense(24, activation="tanh"),
    layers.Dense(1, activation="tanh"),
])
net.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
h = net.fit(X[:n], y[:n], validation_data=(X[n:], y[n:]), epochs=20, batch_size=32, verbose=0)

for e in range(0, 20, 4):
    print(e, h.history["loss"][e], h.history["val_accuracy"][e])
p = net.predict(X[n:], verbose=0)
print("probabilities below zero:", (p < 0).sum())
