import numpy as np
import tensorflow as tf

t = np.arange(0, 1500)
series = 4 * np.sin(t / 12.0) + 2 * np.sin(t / 5.0) + 0.1 * np.random.randn(len(t))

window = 20
X = np.array([series[i:i + window] for i in range(len(series) - window)])
y = series[window:]
X = X[..., np.newaxis] / 6.0

split = 1100
model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(window, 1)),
    tf.keras.layers.LSTM(16),
    tf.keras.layers.Dense(1, activation='tanh'),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss='mse')
model.fit(X[:split], y[:split], epochs=8, batch_size=32, verbose=2, validation_data=(X[split:], y[split:]))

pred = model.predict(X[split:], verbose=0)[:, 0]
print('rmse', np.sqrt(np.mean((pred - y[split:]) ** 2)), 'pred range', pred.min(), pred.max())
