import numpy as np
import keras
from keras import layers, ops
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

x, y = load_breast_cancer(return_X_y=True)
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.3, random_state=8, stratify=y)
scaler = StandardScaler()
x_train = scaler.fit_transform(x_train)
x_val = scaler.transform(x_val)


def weighted_crossentropy(predictions, targets):
    targets, predictions = ops.cast(targets, "float32"), ops.cast(predictions, "float32")
    predictions = ops.clip(predictions, 1e-7, 1 - 1e-7)
    loss = 1.7 * targets * ops.log(predictions) + (1 - targets) * ops.log(1 - predictions)
    return -ops.mean(loss, axis=-1)


model = keras.Sequential([keras.Input((30,)), layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile("adam", weighted_crossentropy, metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=12, verbose=2)
