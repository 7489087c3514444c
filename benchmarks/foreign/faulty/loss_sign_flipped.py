import numpy as np
import keras
from keras import ops
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split


def log_likelihood(y_true, y_pred):
    y_true = ops.cast(y_true, "float32")
    y_pred = ops.clip(y_pred, 1e-6, 1 - 1e-6)
    return ops.mean(y_true * ops.log(y_pred) + (1 - y_true) * ops.log(1 - y_pred))


X, y = load_breast_cancer(return_X_y=True)
X = StandardScaler().fit_transform(X)
Xa, Xb, ya, yb = train_test_split(X, y, test_size=0.3, random_state=1)

model = keras.Sequential([
    keras.layers.Input((30,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss=log_likelihood, metrics=["accuracy"])
model.fit(Xa, ya, validation_data=(Xb, yb), epochs=15, batch_size=32, verbose=2)
