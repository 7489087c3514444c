import tensorflow as tf
import numpy as np
from sklearn.datasets import make_regression
from sklearn.model_selection import train_test_split


class RMSE(tf.keras.losses.Loss):
    def call(self, y_true, y_pred):
        y_true = tf.reshape(tf.cast(y_true, tf.float32), [-1])
        return tf.sqrt(tf.reduce_mean(tf.square(y_true - y_pred)))


X, y = make_regression(n_samples=1200, n_features=8, noise=5, random_state=4)
y = (y - y.mean()) / y.std()
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=4)

model = tf.keras.Sequential()
model.add(tf.keras.layers.Dense(32, activation='relu'))
model.add(tf.keras.layers.Dense(1))
model.compile(optimizer='adam', loss=RMSE())
model.fit(X_train, y_train, epochs=15, verbose=2, validation_data=(X_test, y_test))

p = model.predict(X_test, verbose=0)[:, 0]
print('R2', 1 - np.sum((p - y_test) ** 2) / np.sum((y_test - y_test.mean()) ** 2))
