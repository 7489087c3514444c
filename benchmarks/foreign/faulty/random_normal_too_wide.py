import numpy as np
import keras
from keras import layers, initializers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

X, y = load_digits(return_X_y=True)
X = (X - 8) / 8
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=0.25, random_state=5)

w0 = initializers.RandomNormal(mean=0.0, stddev=5.0, seed=1)
model = keras.Sequential([
    layers.Input((64,)),
    layers.Dense(64, activation="tanh", kernel_initializer=w0),
    layers.Dense(64, activation="tanh", kernel_initializer=initializers.RandomNormal(stddev=5.0, seed=2)),
    layers.Dense(10, activation="softmax", kernel_initializer=initializers.RandomNormal(stddev=5.0, seed=3)),
])
model.compile(optimizer=keras.optimizers.SGD(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_tr, y_tr, epochs=12, validation_data=(X_te, y_te), verbose=2)
