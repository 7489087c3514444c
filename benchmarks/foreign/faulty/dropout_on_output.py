import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes

X, y = load_diabetes(return_X_y=True)
X = (X - X.mean(axis=0)) / X.std(axis=0)
y = (y - y.mean()) / y.std()
rng = np.random.RandomState(1)
i = rng.permutation(len(X))
X, y = X[i], y[i]

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Dense(32, activation='relu'))
model.add(tf.keras.layers.Dropout(0.2))
model.add(tf.keras.layers.Dense(1))
model.add(tf.keras.layers.Dropout(0.5))
model.compile(optimizer='adam', loss='mse')
model.fit(X[:350], y[:350], epochs=30, batch_size=16, verbose=0)
p = model.predict(X[350:], verbose=0)[:, 0]
print('slope of prediction on target', np.polyfit(y[350:], p, 1)[0], 'mse', ((p - y[350:]) ** 2).mean())
