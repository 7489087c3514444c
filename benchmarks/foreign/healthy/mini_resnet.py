import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from sklearn.datasets import load_digits

d = load_digits()
X = (d.images[..., None] / 16.0).astype(np.float32)
y = d.target


class ResidualUnit(layers.Layer):
    def __init__(self, filters, strides=1, **kwargs):
        super().__init__(**kwargs)
        self.main = [
            layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.9),
            layers.Activation("relu"),
            layers.Conv2D(filters, 3, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.9)]
        self.skip = []
        if strides > 1:
            self.skip = [layers.Conv2D(filters, 1, strides=strides, padding="same", use_bias=False), layers.BatchNormalization(momentum=0.9)]

    def call(self, inputs, training=None):
        Z = inputs
        for layer in self.main:
            Z = layer(Z, training=training) if isinstance(layer, layers.BatchNormalization) else layer(Z)
        S = inputs
        for layer in self.skip:
            S = layer(S, training=training) if isinstance(layer, layers.BatchNormalization) else layer(S)
        return tf.nn.relu(Z + S)


model = tf.keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(16, 3, padding="same", use_bias=False), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
    ResidualUnit(16), ResidualUnit(32, strides=2),
    layers.GlobalAvgPool2D(), layers.Dense(10, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
stop = tf.keras.callbacks.EarlyStopping(monitor="loss", patience=3)
model.fit(X[:1400], y[:1400], epochs=7, batch_size=32, callbacks=[stop], verbose=2)
print(model.evaluate(X[1400:], y[1400:], verbose=0))
