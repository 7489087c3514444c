import numpy as np
from keras import layers, Model, Input
from sklearn.datasets import load_digits

imgs = (load_digits().images / 16.0).astype("float32")[..., None]
noisy = np.clip(imgs + 0.25 * np.random.normal(size=imgs.shape), 0.0, 1.0).astype("float32")
x_train, x_test = imgs[:1500], imgs[1500:]
n_train, n_test = noisy[:1500], noisy[1500:]

i = Input((8, 8, 1))
x = layers.Conv2D(16, 3, activation="relu", padding="same")(i)
x = layers.MaxPooling2D(2, padding="same")(x)
x = layers.Conv2D(16, 3, activation="relu", padding="same")(x)
x = layers.Conv2DTranspose(16, 3, strides=2, activation="relu", padding="same")(x)
o = layers.Conv2D(1, 3, activation="sigmoid", padding="same")(x)
ae = Model(i, o)
ae.compile(optimizer="adam", loss="mse")
ae.fit(n_train, x_train, epochs=10, batch_size=32, validation_data=(n_test, x_test), verbose=2)
print("noise", ((n_test - x_test) ** 2).mean())
