import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

np.random.seed(5)
x = np.random.randn(2000, 4).astype("float32")
lam = np.exp(0.7 * x[:, 0] - 0.5 * x[:, 1])
visits = np.random.poisson(lam).astype("float32")

model = tf.keras.Sequential([
    layers.Input((4,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss=tf.keras.losses.Poisson(), metrics=["mae"])
h = model.fit(x[:1600], visits[:1600], validation_data=(x[1600:], visits[1600:]), epochs=12, batch_size=32, verbose=0)
print(h.history["loss"])
pred = model.predict(x[1600:], verbose=0).ravel()
print("mae model", np.abs(pred - visits[1600:]).mean(), "mae mean", np.abs(visits[1600:] - visits[:1600].mean()).mean())
print("smallest predicted rate", pred.min())
