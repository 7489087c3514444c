import numpy as np
import tensorflow as tf

# synthetic house data, targets already scaled
rng = np.random.default_rng(0)
size = rng.normal(0, 1, (1000, 1))
rooms = rng.integers(1, 6, (1000, 1))
age = rng.uniform(0, 1, (1000, 1))
X = np.hstack([size, (rooms - 3) / 1.5, age])
y = 0.8 * size + 0.2 * (rooms - 3) - 0.5 * age + rng.normal(0, 0.1, (1000, 1))

model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(3,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(5),
])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(X[:800], y[:800], epochs=15, batch_size=32, validation_data=(X[800:], y[800:]), verbose=2)

prediction = model.predict(X[800:803], verbose=0)
print(prediction.shape)
print(prediction)
