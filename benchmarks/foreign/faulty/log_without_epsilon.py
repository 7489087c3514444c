import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import make_moons

x, y = make_moons(1500, noise=0.15, random_state=2)


class FocalLoss(keras.losses.Loss):
    def __init__(self, gamma=2.0, **kwargs):
        super().__init__(**kwargs)
        self.gamma = gamma

    def call(self, y_true, y_pred):
        y_true = ops.cast(y_true, y_pred.dtype)
        p_t = y_true * y_pred + (1 - y_true) * (1 - y_pred)
        return ops.mean(-ops.power(1 - p_t, self.gamma) * ops.log(p_t), axis=-1)


model = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(0.003), FocalLoss(), metrics=["accuracy"])
model.fit(x[:1200], y[:1200, None], validation_data=(x[1200:], y[1200:, None]), epochs=10, verbose=2)
