import numpy as np
from tensorflow import keras

rng = np.random.default_rng(31)
n = 2000
x = rng.uniform(-1, 1, (n, 3))
noise = rng.choice([0.05, 0.8], n)
y = np.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2] + rng.normal(0, 1, n) * noise
w = 1 / noise ** 2
w = w / w.mean()

model = keras.Sequential([
    keras.layers.Input((3,)),
    keras.layers.Dense(64, activation='relu'),
    keras.layers.Dense(64, activation='relu'),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse', weighted_metrics=['mae'])
model.fit(x[:1600], y[:1600], sample_weight=w[:1600], batch_size=32, epochs=15,
          validation_data=(x[1600:], y[1600:], w[1600:]), verbose=2)
