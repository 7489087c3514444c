import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(4)
n = 2500
shop = rng.integers(0, 20, n)
shop_effect = rng.normal(0, 1, 20)
numbers = rng.normal(size=(n, 4)).astype("float32")
sales = 0.8 * shop_effect[shop] + numbers[:, 0] - 0.5 * numbers[:, 1] * numbers[:, 2] + rng.normal(0, 0.1, n)

num_in = keras.Input(shape=(4,), name="numbers")
cat_in = keras.Input(shape=(1,), name="shop", dtype="int32")
emb = layers.Flatten()(layers.Embedding(20, 4)(cat_in))
x = layers.Concatenate()([num_in, emb])
x = layers.Dense(32, activation="relu")(x)
x = layers.Dense(16, activation="relu")(x)
out = layers.Dense(1, name="sales")(x)
model = keras.Model(inputs=[num_in, cat_in], outputs=out)
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mse")

train = {"numbers": numbers[:2000], "shop": shop[:2000, None]}
valid = {"numbers": numbers[2000:], "shop": shop[2000:, None]}
model.fit(train, sales[:2000], validation_data=(valid, sales[2000:]), epochs=15, batch_size=32, verbose=2)
print("variance", sales[2000:].var())
