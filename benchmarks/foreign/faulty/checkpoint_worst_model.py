import os, tempfile
import keras
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

X, y = make_classification(n_samples=1500, n_features=16, n_informative=8, weights=[0.7], random_state=44)
X = X / X.std(axis=0)
X_train, X_val, y_train, y_val = train_test_split(X, y.reshape(-1, 1).astype("float32"), test_size=0.25, random_state=44)

model = keras.Sequential([
    keras.Input(shape=(16,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(
    optimizer="adam",
    loss="binary_crossentropy",
    metrics=[keras.metrics.AUC(name="auc")],
)
weights = os.path.join(tempfile.gettempdir(), "best.weights.h5")
callbacks = [keras.callbacks.ModelCheckpoint(weights, monitor="val_auc", mode="min", save_best_only=True, save_weights_only=True)]
history = model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=12, batch_size=32, callbacks=callbacks, verbose=0)

model.load_weights(weights)
print("loaded:", model.evaluate(X_val, y_val, verbose=0), "best seen:", max(history.history["val_auc"]))
