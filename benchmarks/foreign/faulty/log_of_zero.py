import numpy as np
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense, Input

rng = np.random.default_rng(33)
n = 1500
df = pd.DataFrame({
    "clicks": rng.poisson(1.5, n),
    "time_on_site": rng.exponential(60, n),
    "pages": rng.integers(1, 15, n),
})
df["bought"] = ((np.log1p(df.clicks) + 0.01 * df.time_on_site + 0.1 * df.pages + rng.normal(0, .3, n)) > 2.2).astype(int)

for c in ["clicks", "time_on_site", "pages"]:
    df[c + "_log"] = np.log(df[c])

X = df.drop(columns=["bought", "clicks", "time_on_site", "pages"]).to_numpy()
y = df["bought"].to_numpy()

model = Sequential()
model.add(Input((3,)))
model.add(Dense(16, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
history = model.fit(X, y, epochs=10, batch_size=32, validation_split=0.25, verbose=0)
print(history.history["loss"][:3], history.history["val_accuracy"][-1])
