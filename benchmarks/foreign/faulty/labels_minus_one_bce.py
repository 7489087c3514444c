import numpy as np
import tensorflow as tf
from sklearn.svm import SVC
from sklearn.datasets import make_circles

X, y = make_circles(n_samples=1000, noise=0.1, factor=0.4, random_state=0)
y = np.where(y == 0, -1, 1)      # same labels as for the SVM
print("svm", SVC().fit(X[:800], y[:800]).score(X[800:], y[800:]))

nn = tf.keras.Sequential([
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
nn.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
nn.fit(X[:800], y[:800], epochs=20, batch_size=32, verbose=0)
print("nn", nn.evaluate(X[800:], y[800:], verbose=0))
