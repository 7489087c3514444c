import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import load_digits


class Sampling(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(11)

    def call(self, inputs):
        mean, log_var = inputs
        kl = 0.5 * ops.sum(1 + log_var - ops.square(mean) - ops.exp(log_var), axis=-1)
        self.add_loss(0.01 * ops.mean(kl))
        return mean + ops.exp(0.5 * log_var) * keras.random.normal(ops.shape(mean), seed=self.seed_generator)


x = load_digits().data.astype("float32") / 16
inputs = keras.Input((64,))
h = layers.Dense(48, activation="relu")(inputs)
z = Sampling()([layers.Dense(6, name="mean")(h), layers.Dense(6, name="log_var")(h)])
h = layers.Dense(48, activation="relu")(z)
vae = keras.Model(inputs, layers.Dense(64, activation="sigmoid")(h))
vae.compile("adam", "mse")
vae.fit(x[:1500], x[:1500], validation_data=(x[1500:], x[1500:]), epochs=10, verbose=2)
