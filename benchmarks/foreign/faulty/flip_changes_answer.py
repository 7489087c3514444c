import numpy as np
import keras
from keras import layers

# arrows that point to the left (0) or to the right (1)
rng = np.random.default_rng(1)
n = 1000
y = rng.integers(0, 2, n)
x = rng.normal(0, 0.1, (n, 16, 16, 1)).astype("float32")
for i in range(n):
    r = rng.integers(5, 11)
    x[i, r, 3:13, 0] += 1
    for d in range(1, 4):
        c = 12 - d if y[i] else 3 + d
        x[i, r - d, c, 0] += 1
        x[i, r + d, c, 0] += 1

model = keras.Sequential([
    keras.Input((16, 16, 1)),
    layers.RandomFlip("horizontal"),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x[:800], y[:800], validation_data=(x[800:], y[800:]), epochs=6, batch_size=32, verbose=2)
