# air quality: predict NO2 from the cheap sensors
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow import keras

rng = np.random.default_rng(4)
n = 1400
df = pd.DataFrame(
    {
        "temperature": rng.normal(14, 7, n),
        "humidity": rng.uniform(25, 95, n),
        "co": rng.gamma(3.0, 0.7, n),
    }
)
df["no2"] = 25 + 14 * df["co"] + 0.5 * df["temperature"] + rng.normal(0, 3, n)
df.loc[rng.uniform(size=n) < 0.05, "co"] = -200  # that is how the logger writes "no reading"

X = df[["temperature", "humidity", "co"]].values
y = StandardScaler().fit_transform(df[["no2"]]).ravel()
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
scaler = StandardScaler().fit(X_train)

model = keras.Sequential(
    [
        keras.layers.Input(shape=(3,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    ]
)
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(
    scaler.transform(X_train),
    y_train,
    validation_data=(scaler.transform(X_test), y_test),
    epochs=8,
    verbose=2,
)
