import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_digits

digits = load_digits()
x = (digits.images / 16).astype("float32")[..., np.newaxis]
y = digits.target

# source task: digits 0-4
src = y < 5
backbone = keras.Sequential([
    keras.Input((8, 8, 1)),
    layers.Conv2D(16, 3, activation="relu", padding="same"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, activation="relu", padding="same"),
    layers.Flatten(),
], name="backbone")
source_model = keras.Sequential([backbone, layers.Dense(5, activation="softmax")])
source_model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
source_model.fit(x[src], y[src], epochs=6, batch_size=32, verbose=0)

# target task: digits 5-9
x_t, y_t = x[~src], y[~src] - 5
x_tr, y_tr, x_te, y_te = x_t[:700], y_t[:700], x_t[700:], y_t[700:]

backbone.trainable = False
inputs = keras.Input((8, 8, 1))
features = backbone(inputs, training=False)
outputs = layers.Dense(5, activation="softmax")(features)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(1e-2), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_tr, y_tr, epochs=6, validation_data=(x_te, y_te), verbose=0)
print("head only:", model.evaluate(x_te, y_te, verbose=0))

backbone.trainable = True
model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_tr, y_tr, epochs=6, validation_data=(x_te, y_te), verbose=0)
print("fine-tuned:", model.evaluate(x_te, y_te, verbose=0))
