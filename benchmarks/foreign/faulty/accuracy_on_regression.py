import numpy as np
import pandas as pd
from sklearn.datasets import load_diabetes
from tensorflow import keras

data = load_diabetes(as_frame=True)
df = data.frame.sample(frac=1, random_state=2)
y = (df.pop("target") / 100).values
X = ((df - df.mean()) / df.std()).values

model = keras.Sequential([
    keras.layers.Dense(32, activation="relu", input_shape=[10]),
    keras.layers.Dense(1),
])
model.compile(loss="mse", optimizer="adam", metrics=["accuracy"])

stop = keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=3, restore_best_weights=True)
hist = model.fit(X, y, epochs=100, batch_size=16, validation_split=0.2, callbacks=[stop], verbose=0)
print("epochs run:", len(hist.history["loss"]))
print("val_accuracy", hist.history["val_accuracy"][-1], "val_loss", hist.history["val_loss"])
