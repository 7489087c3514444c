import os
import tempfile
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from tensorflow import keras

X, y = make_classification(n_samples=500, n_features=30, n_informative=4, flip_y=0.2, random_state=7)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.4, random_state=7, stratify=y)

path = os.path.join(tempfile.mkdtemp(), "best.keras")
model = keras.Sequential([
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
ckpt = keras.callbacks.ModelCheckpoint(path, monitor="val_acc", mode="max", save_best_only=True)
h = model.fit(X_train, y_train, epochs=20, batch_size=16, validation_data=(X_val, y_val), callbacks=[ckpt], verbose=0)

best = keras.models.load_model(path)
print("'best' model:", best.evaluate(X_val, y_val, verbose=0))
print("best epoch:", max(h.history["val_accuracy"]), min(h.history["val_loss"]))
