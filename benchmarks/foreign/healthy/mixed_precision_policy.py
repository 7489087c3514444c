import keras
import numpy as np
from keras import layers, mixed_precision
from sklearn.datasets import load_digits

mixed_precision.set_global_policy("mixed_float16")

x, y = load_digits(return_X_y=True)
x = (x / 16).astype("float32")

inputs = keras.Input(shape=(64,))
h = layers.Dense(64, activation="relu")(inputs)
h = layers.Dense(10)(h)
outputs = layers.Activation("softmax", dtype="float32")(h)
model = keras.Model(inputs, outputs)
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(2e-3), metrics=["accuracy"])
model.fit(x[:1400], y[:1400], batch_size=64, epochs=8, validation_data=(x[1400:], y[1400:]), verbose=2)
mixed_precision.set_global_policy("float32")
