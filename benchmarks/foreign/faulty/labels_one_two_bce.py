import io
import numpy as np
import pandas as pd
import keras

# liver-like table: class is 1 (patient) or 2 (healthy)
rng = np.random.default_rng(12)
n = 900
age = rng.integers(18, 80, n)
alb = rng.normal(3.5, 0.6, n)
bili = rng.gamma(2, 0.8, n)
risk = 0.04 * (age - 50) - 1.8 * (alb - 3.5) + 1.1 * (bili - 1.6)
cls = np.where(risk + rng.normal(0, 0.4, n) > 0, 1, 2)
csv = pd.DataFrame({"age": age, "albumin": alb.round(2), "bilirubin": bili.round(2), "class": cls}).to_csv(index=False)

df = pd.read_csv(io.StringIO(csv))
X = df[["age", "albumin", "bilirubin"]]
X = ((X - X.mean()) / X.std()).to_numpy()
y = df["class"].to_numpy()

model = keras.Sequential([
    keras.Input(shape=(3,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=15, batch_size=16, validation_split=0.2, verbose=2)
