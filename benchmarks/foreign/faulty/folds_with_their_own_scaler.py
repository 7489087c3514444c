import keras
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
network = keras.Sequential([
    keras.Input((30,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(1, activation="sigmoid"),
])
network.compile("adam", "binary_crossentropy", metrics=["accuracy"])

results = []
for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y):
    scaler = StandardScaler().fit(X[train])
    network.fit(scaler.transform(X[train]), y[train], epochs=15, batch_size=32,
                validation_data=(scaler.transform(X[test]), y[test]), verbose=0)
    results.append(network.evaluate(scaler.transform(X[test]), y[test], verbose=0)[1])
    print(f"fold {len(results)}: {results[-1]:.3f}")
print("mean accuracy", np.mean(results))
