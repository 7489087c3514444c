import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_diabetes

X, y = load_diabetes(return_X_y=True)
X = X / X.std(axis=0)
y = (y - y.mean()) / y.std()

model = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(32),
    layers.BatchNormalization(),
    layers.Activation("relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
model.fit(X[:350], y[:350], batch_size=1, epochs=4, validation_data=(X[350:], y[350:]), verbose=2)
