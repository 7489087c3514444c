import numpy as np
import tensorflow as tf
from sklearn.datasets import make_circles


class MyDense(tf.keras.layers.Layer):
    def __init__(self, n_in, units):
        super().__init__()
        self.w = tf.Variable(tf.random.normal((n_in, units)) * 0.1, trainable=True)
        self.b = tf.Variable(tf.zeros((units,)), trainable=True)

    def call(self, x):
        return tf.nn.relu(x @ self.w + self.b)


X, y = make_circles(1200, noise=0.1, factor=0.4, random_state=3)
X = X.astype("float32")
model = tf.keras.Sequential([
    MyDense(2, 3),
    MyDense(3, 3),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X[:900], y[:900], epochs=20, batch_size=32, validation_data=(X[900:], y[900:]), verbose=2)
print(len(model.trainable_variables), "trainable variables")
