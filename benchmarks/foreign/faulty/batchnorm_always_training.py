import numpy as np
from tensorflow.keras.layers import BatchNormalization, Dense, Input, ReLU
from tensorflow.keras.models import Model
from sklearn.datasets import load_digits

d = load_digits()
order = np.argsort(d.target[1400:], kind="stable")
x_train, y_train = d.data[:1400] / 16, d.target[:1400]
x_test, y_test = d.data[1400:][order] / 16, d.target[1400:][order]

inp = Input((64,))
x = Dense(64)(inp)
x = BatchNormalization()(x, training=True)
x = ReLU()(x)
x = Dense(32)(x)
x = BatchNormalization()(x, training=True)
x = ReLU()(x)
out = Dense(10, activation="softmax")(x)
model = Model(inp, out)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=2)
print("test, batches of one class each:", model.evaluate(x_test, y_test, batch_size=16, verbose=0))
