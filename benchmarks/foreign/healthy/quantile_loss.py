import numpy as np
import keras
from keras import layers, ops

rng = np.random.default_rng(9)
x = rng.uniform(-2, 2, (2500, 1)).astype("float32")
y = (np.sin(2 * x) + rng.normal(0, 1, x.shape) * (0.1 + 0.2 * np.abs(x))).astype("float32")
QUANTILES = [0.1, 0.5, 0.9]


def pinball(y_true, y_pred):
    # y_true (batch, 1) is compared with each of the three quantiles
    error = y_true - y_pred
    q = ops.convert_to_tensor(QUANTILES)
    return ops.mean(ops.maximum(q * error, (q - 1) * error), axis=-1)


model = keras.Sequential([
    keras.Input((1,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(len(QUANTILES)),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=pinball)
model.fit(x[:2000], y[:2000], validation_data=(x[2000:], y[2000:]), epochs=20, batch_size=64, verbose=0)
p = model.predict(x[2000:], verbose=0)
print("covered by 10..90 %:", ((y[2000:, 0] > p[:, 0]) & (y[2000:, 0] < p[:, 2])).mean())
