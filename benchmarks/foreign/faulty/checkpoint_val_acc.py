import os
import tempfile
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from tensorflow import keras

X, y = load_iris(return_X_y=True)
X_train, X_val, y_train, y_val = train_test_split(X - X.mean(0), y, test_size=0.3, random_state=7, stratify=y)

path = os.path.join(tempfile.mkdtemp(), "best.keras")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
ckpt = keras.callbacks.ModelCheckpoint(path, monitor="val_acc", mode="max", save_best_only=True)
model.fit(X_train, y_train, epochs=30, batch_size=8, validation_data=(X_val, y_val), callbacks=[ckpt], verbose=0)

if os.path.exists(path):
    model = keras.models.load_model(path)
    print("loaded the best model")
print(model.evaluate(X_val, y_val, verbose=0))
