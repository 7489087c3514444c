import numpy as np
import keras
from keras import layers, ops

rng = np.random.RandomState(1)
n = 3000
x = rng.normal(size=(n, 5)).astype("float32")
rate = np.exp(0.6 * x[:, 0] - 0.4 * x[:, 1] + 0.3 * x[:, 2] * x[:, 3] + 0.5)
counts = rng.poisson(rate).astype("float32")

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation=ops.exp),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss="poisson")
model.fit(x[:2400], counts[:2400], validation_data=(x[2400:], counts[2400:]), epochs=15, batch_size=64, verbose=0)

p = model.predict(x[2400:], verbose=0).ravel()
y = counts[2400:]
print("deviance-like", np.mean(p - y * np.log(p)), "constant", np.mean(y.mean() - y * np.log(y.mean())))
