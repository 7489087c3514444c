import numpy as np
import pandas as pd
from tensorflow import keras
from sklearn.model_selection import train_test_split

rng = np.random.default_rng(14)
n = 1500
df = pd.DataFrame(rng.uniform(0, 5, (n, 4)), columns=["ph", "iron", "sulfate", "oxygen"])
df["potable"] = ((df.ph - 2.5) + 0.8 * (df.oxygen - 2.5) - 0.6 * (df.iron - 2.5) + rng.normal(0, 0.4, n) > 0).astype(int)
for c in ["ph", "iron", "oxygen"]:
    df.loc[rng.choice(n, 90, replace=False), c] = -999

X = df.drop(columns="potable").to_numpy()
y = df.potable.to_numpy()
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=0.25, random_state=0)

model = keras.Sequential([
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(8, activation="tanh"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.SGD(0.05), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X_tr, y_tr, epochs=15, batch_size=32, validation_data=(X_te, y_te), verbose=2)
