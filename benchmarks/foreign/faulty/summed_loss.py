import keras
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import StandardScaler

X, y = load_diabetes(return_X_y=True)
X = StandardScaler().fit_transform(X)
y = (y - y.mean()) / y.std()

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(0.01), loss=keras.losses.MeanSquaredError(reduction="sum"), metrics=["mae"])
h = model.fit(X[:352], y[:352], batch_size=64, epochs=15, validation_data=(X[352:], y[352:]), verbose=0)
print(h.history["loss"][:3], "...", h.history["loss"][-1])
print("val mae", h.history["val_mae"][-1], "of the mean", np.abs(y[352:]).mean())
