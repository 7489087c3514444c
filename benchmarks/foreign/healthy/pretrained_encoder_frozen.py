import keras
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
x = (x / 16).astype("float32")
x_unlabelled, x_lab, y_lab, x_test, y_test = x[:1200], x[1200:1400], y[1200:1400], x[1400:], y[1400:]

encoder = keras.Sequential([keras.Input((64,)), layers.Dense(48, activation="relu"), layers.Dense(24, activation="relu")], name="encoder")
decoder = keras.Sequential([keras.Input((24,)), layers.Dense(48, activation="relu"), layers.Dense(64, activation="sigmoid")], name="decoder")
autoencoder = keras.Sequential([encoder, decoder])
autoencoder.compile("adam", "mse")
autoencoder.fit(x_unlabelled, x_unlabelled, epochs=15, batch_size=32, verbose=0)

encoder.trainable = False
classifier = keras.Sequential([keras.Input((64,)), encoder, layers.Dense(10, activation="softmax")])
classifier.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
classifier.fit(x_lab, y_lab, epochs=30, batch_size=16, verbose=0)
print(classifier.evaluate(x_test, y_test, verbose=0))
