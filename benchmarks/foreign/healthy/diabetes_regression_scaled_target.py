import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow.keras import Sequential, callbacks, layers, regularizers

X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

sx, sy = StandardScaler(), StandardScaler()
X_train = sx.fit_transform(X_train)
X_test = sx.transform(X_test)
y_train_s = sy.fit_transform(y_train[:, None])

model = Sequential([
    layers.Input((10,)),
    layers.Dense(32, activation="relu", kernel_regularizer=regularizers.l2(1e-3)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
early = callbacks.EarlyStopping(monitor="val_loss", patience=10, restore_best_weights=True)
model.fit(X_train, y_train_s, validation_split=0.2, epochs=30, batch_size=16, callbacks=[early], verbose=0)

pred = sy.inverse_transform(model.predict(X_test, verbose=0))
print("R2:", r2_score(y_test, pred))
