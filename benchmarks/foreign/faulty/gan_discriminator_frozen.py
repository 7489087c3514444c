import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

real = load_digits().data.astype("float32") / 8 - 1
generator = keras.Sequential([keras.Input((16,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="tanh")])
discriminator = keras.Sequential([keras.Input((64,)), layers.Dense(64), layers.LeakyReLU(), layers.Dense(1, activation="sigmoid")], name="discriminator")
discriminator.compile(keras.optimizers.Adam(2e-4, 0.5), "binary_crossentropy", metrics=["accuracy"])

discriminator.trainable = False              # in the combined model only the generator learns
z = keras.Input((16,))
combined = keras.Model(z, discriminator(generator(z)))
combined.compile(keras.optimizers.Adam(2e-4, 0.5), "binary_crossentropy")

rng = np.random.default_rng(0)
ones, zeros = np.ones((32, 1)), np.zeros((32, 1))
for step in range(300):
    noise = rng.normal(size=(32, 16)).astype("float32")
    fake = generator.predict(noise, verbose=0)
    d_real = discriminator.train_on_batch(real[rng.integers(0, len(real), 32)], ones)
    d_fake = discriminator.train_on_batch(fake, zeros)
    g_loss = combined.train_on_batch(noise, ones)
    if step % 100 == 0:
        print(step, d_real, d_fake, g_loss)
