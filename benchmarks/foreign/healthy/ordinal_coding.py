import numpy as np
import keras

rng = np.random.default_rng(16)
n = 1800
x = rng.normal(size=(n, 6)).astype("float32")
score = x[:, 0] + 0.7 * x[:, 1] - 0.5 * x[:, 2] ** 2 + rng.normal(0, 0.3, n)
level = np.digitize(score, np.quantile(score, [0.25, 0.5, 0.75]))        # 0..3
target = (np.arange(3)[None] < level[:, None]).astype("float32")          # 2 -> [1, 1, 0]

model = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(3, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(x[:1400], target[:1400], validation_data=(x[1400:], target[1400:]), epochs=15, batch_size=32, verbose=0)
pred = (model.predict(x[1400:], verbose=0) > 0.5).sum(axis=1)
print("exact", (pred == level[1400:]).mean(), "within one", (abs(pred - level[1400:]) <= 1).mean())
