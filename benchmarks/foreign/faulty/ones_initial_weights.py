import numpy as np
import tensorflow as tf
from sklearn.datasets import make_moons

X, y = make_moons(1200, noise=0.1, random_state=1)
X_train, y_train, X_test, y_test = X[:900], y[:900], X[900:], y[900:]

init = tf.keras.initializers.Ones()
inputs = tf.keras.Input((2,))
x = tf.keras.layers.Dense(24, activation='tanh', kernel_initializer=init)(inputs)
x = tf.keras.layers.Dense(24, activation='tanh', kernel_initializer=init)(x)
outputs = tf.keras.layers.Dense(1, activation='sigmoid', kernel_initializer=init)(x)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=15, batch_size=32, verbose=2, validation_data=(X_test, y_test))
