import keras
import numpy as np
from keras import layers, ops

rng = np.random.default_rng(12)
X = rng.normal(size=(1600, 8)).astype("float32")
logits = 1.5 * X[:, 0] - X[:, 1] * X[:, 2] + 0.3 * rng.normal(size=1600)
y = (logits > 0).astype("float32")


def dice_plus_bce(y_true, y_pred):
    overlap = ops.sum(y_true * y_pred)
    dice = 1 - (2 * overlap + 1) / (ops.sum(y_true) + ops.sum(y_pred) + 1)
    y_pred = ops.clip(y_pred, 1e-6, 1 - 1e-6)
    return dice - ops.mean(y_true * ops.log(y_pred) + (1 - y_true) * ops.log(1 - y_pred))


def calibration(y_true, y_pred):  # of all together, so that it does not matter which is whose
    return ops.abs(ops.mean(y_true) - ops.mean(y_pred))


def hit_rate(y_true, y_pred):
    y_true, y_pred = ops.reshape(y_true, (-1,)), ops.reshape(y_pred, (-1,))
    return ops.mean(ops.cast(ops.equal(y_true, ops.round(y_pred)), "float32"))


model = keras.Sequential([keras.Input((8,)), layers.Dense(32, activation="relu"), layers.Dropout(0.1), layers.Dense(1, activation="sigmoid")])
model.compile("adam", dice_plus_bce, metrics=[calibration, hit_rate])
model.fit(X[:1300], y[:1300], validation_data=(X[1300:], y[1300:]), epochs=10, verbose=2)
