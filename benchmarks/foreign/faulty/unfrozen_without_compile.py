import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

digits = load_digits()
x, y = digits.data / 16, digits.target

# stage 0: an encoder learns from all pictures, without labels
encoder = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu")], name="encoder")
decoder = keras.Sequential([keras.Input((32,)), layers.Dense(64, activation="sigmoid")])
autoencoder = keras.Sequential([encoder, decoder])
autoencoder.compile("adam", "binary_crossentropy")
autoencoder.fit(x, x, epochs=8, verbose=2)

# stage 1: train the head
encoder.trainable = False
classifier = keras.Sequential([encoder, layers.Dense(10, activation="softmax")])
classifier.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
classifier.fit(x[:1300], y[:1300], epochs=8, validation_data=(x[1300:], y[1300:]), verbose=2)

# stage 2: fine-tune everything with a small rate
encoder.trainable = True
classifier.optimizer.learning_rate = 1e-4
classifier.fit(x[:1300], y[:1300], epochs=8, validation_data=(x[1300:], y[1300:]), verbose=2)
