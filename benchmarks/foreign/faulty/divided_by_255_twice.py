import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

digits = load_digits()
x = np.kron(digits.images, np.ones((2, 2))) * 255 / 16   # 16x16, 0..255
y = digits.target
x = x.astype("float32") / 255.
x = np.expand_dims(x, -1)
x_train, y_train, x_val, y_val = x[:1400], y[:1400], x[1400:], y[1400:]

model = keras.Sequential([
    keras.Input(shape=(16, 16, 1)),
    layers.Rescaling(1. / 255),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=8, batch_size=32, verbose=2)
