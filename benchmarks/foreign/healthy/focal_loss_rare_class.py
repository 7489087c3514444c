import keras
import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = make_classification(n_samples=4000, n_features=12, n_informative=9, weights=[0.9], class_sep=1.5, flip_y=0.01, random_state=22)
X_tr, X_te, y_tr, y_te = train_test_split(X, y.astype("float32"), stratify=y, test_size=0.25, random_state=22)
sc = StandardScaler().fit(X_tr)

model = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.BatchNormalization(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryFocalCrossentropy(gamma=2.0, alpha=0.85, apply_class_balancing=True),
    metrics=[keras.metrics.AUC(name="auc"), keras.metrics.Recall(name="recall"), keras.metrics.Precision(name="precision")],
)
cb = keras.callbacks.EarlyStopping(monitor="val_auc", mode="max", patience=4, restore_best_weights=True)
model.fit(sc.transform(X_tr), y_tr, batch_size=64, epochs=15, validation_data=(sc.transform(X_te), y_te), callbacks=[cb], verbose=2)
