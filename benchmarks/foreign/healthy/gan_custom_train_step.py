import keras
import numpy as np
import tensorflow as tf
from keras import layers

angle = np.random.uniform(0, 2 * np.pi, 2048)
points = np.stack([np.cos(angle), np.sin(angle)], 1).astype("float32") + np.random.normal(0, 0.05, (2048, 2)).astype("float32")

latent_dim = 8
discriminator = keras.Sequential([keras.Input((2,)), layers.Dense(32), layers.LeakyReLU(0.2), layers.Dense(32), layers.LeakyReLU(0.2), layers.Dense(1)])
generator = keras.Sequential([keras.Input((latent_dim,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(2)])


class GAN(keras.Model):
    def __init__(self, discriminator, generator, latent_dim):
        super().__init__()
        self.discriminator, self.generator, self.latent_dim = discriminator, generator, latent_dim

    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer, self.g_optimizer, self.loss_fn = d_optimizer, g_optimizer, loss_fn

    def train_step(self, real):
        n = tf.shape(real)[0]
        fake = self.generator(tf.random.normal((n, self.latent_dim)))
        both = tf.concat([fake, real], 0)
        labels = tf.concat([tf.zeros((n, 1)), tf.ones((n, 1))], 0)
        with tf.GradientTape() as tape:
            d_loss = self.loss_fn(labels, self.discriminator(both))
        grads = tape.gradient(d_loss, self.discriminator.trainable_weights)
        self.d_optimizer.apply_gradients(zip(grads, self.discriminator.trainable_weights))
        with tf.GradientTape() as tape:
            g_loss = self.loss_fn(tf.ones((n, 1)), self.discriminator(self.generator(tf.random.normal((n, self.latent_dim)))))
        grads = tape.gradient(g_loss, self.generator.trainable_weights)
        self.g_optimizer.apply_gradients(zip(grads, self.generator.trainable_weights))
        return {"d_loss": d_loss, "g_loss": g_loss}


gan = GAN(discriminator, generator, latent_dim)
gan.compile(keras.optimizers.Adam(1e-3, beta_1=0.5), keras.optimizers.Adam(1e-3, beta_1=0.5), keras.losses.BinaryCrossentropy(from_logits=True))
gan.fit(points, batch_size=64, epochs=25, verbose=0)
made = generator.predict(np.random.normal(size=(300, latent_dim)), verbose=0)
print("radius of made points", np.linalg.norm(made, axis=1).mean())
