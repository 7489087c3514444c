import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from tensorflow.keras import Model
from tensorflow.keras.layers import BatchNormalization, Conv2D, Dense, Dropout, Flatten

x, y = load_digits(return_X_y=True)
order = np.random.default_rng(4).permutation(len(x))
x, y = (x[order] / 16).reshape(-1, 8, 8, 1).astype("float32"), y[order]
train = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(32)
test = tf.data.Dataset.from_tensor_slices((x[1400:], y[1400:])).batch(32)


class MyModel(Model):
    def __init__(self):
        super().__init__()
        self.conv, self.norm = Conv2D(16, 3, activation="relu"), BatchNormalization()
        self.flatten, self.drop = Flatten(), Dropout(0.5)
        self.d1, self.d2 = Dense(64, activation="relu"), Dense(10, activation="softmax")

    def call(self, x):
        x = self.flatten(self.norm(self.conv(x)))
        return self.d2(self.drop(self.d1(x)))


model = MyModel()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=test, epochs=5, verbose=2)
