import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(27)
x = rng.normal(size=(1800, 8)).astype("float32")
amount = (1.5 * x[:, 0] - x[:, 1] + 0.5 * x[:, 2] * x[:, 3] + rng.normal(0, 0.2, 1800)).astype("float32")
returned = (x[:, 4] + x[:, 0] > 0.3).astype("float32")

inp = keras.Input((8,))
h = layers.Dense(32, activation="relu")(inp)
h = layers.Dense(32, activation="relu")(h)
amount_out = layers.Dense(1, name="amount")(h)
returned_out = layers.Dense(1, activation="sigmoid", name="returned")(h)

model = keras.Model(inp, [amount_out, returned_out])
model.compile(optimizer="adam", loss=["binary_crossentropy", "mse"])
model.fit(x[:1500], [amount[:1500], returned[:1500]], epochs=12, batch_size=32, verbose=2)
a, r = model.predict(x[1500:], verbose=0)
print("mse of amount", ((a[:, 0] - amount[1500:]) ** 2).mean(), "variance", amount[1500:].var())
print("accuracy of returned", ((r[:, 0] > 0.5) == returned[1500:]).mean())
