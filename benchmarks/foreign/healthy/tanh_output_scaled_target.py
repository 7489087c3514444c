import numpy as np
from sklearn.preprocessing import MinMaxScaler
from tensorflow import keras

rng = np.random.default_rng(20)
speed = rng.uniform(0, 30, 2000)
angle = rng.uniform(-0.5, 0.5, 2000)
steer = np.tanh(3 * angle) * (1 - speed / 60) + rng.normal(0, 0.02, 2000)

X = MinMaxScaler((-1, 1)).fit_transform(np.c_[speed, angle])
y = MinMaxScaler((-0.95, 0.95)).fit_transform(steer[:, None])

model = keras.models.Sequential()
model.add(keras.layers.Dense(32, activation='relu', input_shape=(2,)))
model.add(keras.layers.Dense(32, activation='relu'))
model.add(keras.layers.Dense(1, activation='tanh'))
model.compile('adam', 'mse', metrics=['mae'])
model.fit(X[:1600], y[:1600], epochs=15, batch_size=32, validation_data=(X[1600:], y[1600:]), verbose=2)
print('variance of y', y.var())
