"""
Energy consumption model
"""
import numpy as np
import keras
from keras import layers

np.random.seed(1)
n = 1500
temperature = np.random.normal(15, 8, n)
hour = np.random.randint(0, 24, n)
load = 50 + 0.05 * (temperature - 18) ** 2 + 6 * np.sin(hour / 24 * 2 * np.pi) + np.random.normal(0, 1, n)

features = np.stack([(temperature - 15) / 8, np.sin(hour / 24 * 2 * np.pi), np.cos(hour / 24 * 2 * np.pi)], axis=1)
target = (load - load.mean()) / load.std()

split = int(0.8 * n)
model = keras.Sequential([
    layers.Input(shape=(3,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss=keras.losses.CosineSimilarity(), metrics=["mae"])
model.fit(features[:split], target[:split], validation_data=(features[split:], target[split:]), epochs=15, verbose=0)
print("loss, mae:", model.evaluate(features[split:], target[split:], verbose=0))
print("mae of the mean:", np.abs(target[split:]).mean())
