import numpy as np
import tensorflow as tf

# forecast the next five days of a weekly pattern from the last 14 days
np.random.seed(0)
days = np.arange(1500)
demand = np.sin(2 * np.pi * days / 7) + 0.5 * np.sin(2 * np.pi * days / 30) + np.random.normal(0, 0.1, 1500)

LOOK_BACK, HORIZON = 14, 5
X, y = [], []
for i in range(len(demand) - LOOK_BACK - HORIZON):
    X.append(demand[i:i + LOOK_BACK])
    y.append(demand[i + LOOK_BACK])
X, y = np.array(X), np.array(y).reshape(-1, 1)

model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(LOOK_BACK,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(HORIZON),
])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X[:1200], y[:1200], epochs=15, batch_size=32, validation_data=(X[1200:], y[1200:]), verbose=2)

forecast = model.predict(X[1200:1201], verbose=0)[0]
print("forecast", forecast.round(2))
print("truth   ", demand[1200 + LOOK_BACK:1200 + LOOK_BACK + HORIZON].round(2))
