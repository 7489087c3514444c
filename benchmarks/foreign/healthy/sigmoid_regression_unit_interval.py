import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(8)
n = 2500
humidity = rng.uniform(0, 1, n)
temp = rng.normal(20, 8, n)
wind = rng.exponential(3, n)
cover = 1 / (1 + np.exp(-(4 * humidity - 2 - 0.08 * (temp - 20) + 0.15 * wind - 0.5 + rng.normal(0, 0.2, n))))

X = np.column_stack([humidity - 0.5, (temp - 20) / 8, (wind - 3) / 3])
X_train, X_val = X[:2000], X[2000:]
y_train, y_val = cover[:2000], cover[2000:]

inputs = keras.Input((3,))
h = layers.Dense(32, activation="relu")(inputs)
h = layers.Dense(32, activation="relu")(h)
outputs = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inputs, outputs)
model.compile("adam", "mse", metrics=["mae"])
model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=12, batch_size=32, verbose=2)
print("baseline mae", np.abs(y_val - y_train.mean()).mean())
