import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

rng = np.random.default_rng(2)
dimension = 800
effect = np.zeros(dimension)
effect[:60] = rng.normal(0, 1.5, 60)
sequences = [rng.choice(dimension, rng.integers(60, 120), replace=False) for _ in range(4000)]


def vectorize_sequences(sequences, dimension):
    results = np.zeros((len(sequences), dimension), dtype="float32")
    for i, sequence in enumerate(sequences):
        results[i, sequence] = 1.
    return results


x = vectorize_sequences(sequences, dimension)
y = (x @ effect + rng.normal(0, 0.3, 4000) > np.median(x @ effect)).astype("float32")
x_val, partial_x_train = x[:1000], x[1000:]
y_val, partial_y_train = y[:1000], y[1000:]

model = keras.Sequential([
    layers.Dense(16, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid")
])
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(partial_x_train, partial_y_train, epochs=8, batch_size=128, validation_data=(x_val, y_val), verbose=2)
