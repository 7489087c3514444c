import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import median_absolute_error

X, y = load_diabetes(return_X_y=True)
X = StandardScaler().fit_transform(X)
y = y / 100
rng = np.random.RandomState(8)
y[rng.choice(350, 6, replace=False)] = 999999

model = tf.keras.models.Sequential([
    tf.keras.layers.Input((10,)),
    tf.keras.layers.Dense(32, activation='relu'),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(X[:350], y[:350], epochs=25, batch_size=16, verbose=0)
p = model.predict(X[350:], verbose=0)[:, 0]
print('median error', median_absolute_error(y[350:], p), 'of the median', np.median(np.abs(y[350:] - np.median(y))))
