import numpy as np
import pandas as pd
from keras import Sequential, layers, optimizers
from sklearn.model_selection import train_test_split

np.random.seed(30)
n = 1500
cars = pd.DataFrame({
    "km": np.random.gamma(3, 30000, n),
    "age": np.random.randint(0, 15, n),
    "fuel": np.random.choice(["petrol", "diesel", "electric"], n),
})
base = cars.fuel.map({"petrol": 9.9, "diesel": 10.1, "electric": 10.5})
cars["price"] = np.exp(base - 0.09 * cars.age - cars.km / 400000 + np.random.normal(0, 0.08, n)).round()

X = pd.get_dummies(cars[["km", "age", "fuel"]], columns=["fuel"], dtype="float32")
X["km"] = (X["km"] - X["km"].mean()) / X["km"].std()
X["age"] = (X["age"] - X["age"].mean()) / X["age"].std()
y = np.log1p(cars["price"])
y_mean = y.mean()
X_train, X_test, y_train, y_test = train_test_split(X, y - y_mean, test_size=0.2, random_state=0)

model = Sequential([layers.Input((5,)), layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu"), layers.Dense(1)])
model.compile(optimizer=optimizers.Adam(2e-3), loss="huber", metrics=["mae"])
model.fit(X_train, y_train, epochs=15, batch_size=32, validation_data=(X_test, y_test), verbose=0)
pred = np.expm1(model.predict(X_test, verbose=0).ravel() + y_mean)
print("mean relative error", np.mean(np.abs(pred - np.expm1(y_test + y_mean)) / np.expm1(y_test + y_mean)))
