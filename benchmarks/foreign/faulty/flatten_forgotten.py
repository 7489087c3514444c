import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits

digits = load_digits()
imgs = digits.images[..., None] / 16.0
ink = imgs.mean(axis=(1, 2, 3)) * 10 - 3   # how much ink is on the paper
perm = np.random.permutation(len(imgs))
imgs, ink = imgs[perm], ink[perm]

model = keras.Sequential([
    keras.Input((8, 8, 1)),
    layers.Conv2D(8, 3, activation="relu", padding="same"),
    layers.Conv2D(8, 3, activation="relu", padding="same"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse")
model.fit(imgs[:1400], ink[:1400].reshape(-1, 1, 1, 1), epochs=8, batch_size=32, verbose=2)

out = model.predict(imgs[1400:], verbose=0)
print(out.shape, "r =", np.corrcoef(out[:, 0, 0, 0], ink[1400:])[0, 1])
