import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model
from tensorflow.keras.losses import Huber

rng = np.random.RandomState(3)
X = rng.uniform(0, 1, (1500, 4)).astype('float32')
y = (2 + 3 * X[:, 0] + 2 * X[:, 1] * X[:, 2] + rng.normal(0, 0.1, 1500)).astype('float32')

i = Input((4,))
h = Dense(32, activation='relu')(i)
o = Dense(1, activation='relu', bias_initializer='ones')(h)
model = Model(i, o)
model.compile(optimizer='adam', loss=Huber(), metrics=['mae'])
model.fit(X[:1200], y[:1200], epochs=20, batch_size=32, validation_data=(X[1200:], y[1200:]), verbose=2)
print('mae of the mean', abs(y - y.mean()).mean())
