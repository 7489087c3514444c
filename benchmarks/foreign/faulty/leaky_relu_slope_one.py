import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(0)
x = rng.uniform(-3, 3, size=(2000, 2))
y = np.sin(x[:, 0]) * np.cos(x[:, 1])

model = keras.Sequential()
model.add(keras.Input(shape=(2,)))
for units in (64, 64, 32):
    model.add(layers.Dense(units))
    model.add(layers.LeakyReLU(1.0))
model.add(layers.Dense(1))
model.compile(optimizer="adam", loss="mse")
h = model.fit(x[:1600], y[:1600], validation_data=(x[1600:], y[1600:]), epochs=15, batch_size=32, verbose=0)
print("val mse", h.history["val_loss"][-1], "variance", y.var())
