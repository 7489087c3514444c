import pandas as pd
import keras
from sklearn.datasets import load_diabetes

df = load_diabetes(as_frame=True).frame.sample(frac=1.0, random_state=0)
target = df.pop("target")
target = (target - target.mean()) / target.std()
df = (df - df.mean()) / df.std()

X_train, y_train = df[:350], target[:350]
X_test, y_test = df[350:], target[350:]

model = keras.models.Sequential()
model.add(keras.layers.Input((10,)))
model.add(keras.layers.Dense(64, activation="relu"))
model.add(keras.layers.Dense(1))
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(X_train.values, y_train.values, batch_size=len(X_train), epochs=10, verbose=0)
print("test mse:", model.evaluate(X_test.values, y_test.values, verbose=0), "variance:", y_test.var())
