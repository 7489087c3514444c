import numpy as np
import keras
from keras import layers

# one long signal, cut into pieces, state should go on from batch to batch
t = np.arange(2420)
signal = np.sin(t / 11) + 0.3 * np.sin(t / 3) + np.random.RandomState(1).normal(0, 0.1, 2420)
LOOK_BACK, BATCH = 20, 20
x = np.array([signal[i : i + LOOK_BACK] for i in range(2400)])[..., np.newaxis]
y = signal[LOOK_BACK:]

model = keras.Sequential()
model.add(keras.Input(batch_shape=(BATCH, LOOK_BACK, 1)))
model.add(layers.LSTM(16, stateful=True))
model.add(layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(x[:2000], y[:2000], epochs=4, batch_size=BATCH, verbose=2)
print("test mse", model.evaluate(x[2000:], y[2000:], batch_size=BATCH, verbose=0))
