import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(23)
good, bad = ["love", "great", "best", "fun"], ["hate", "boring", "worst", "sad"]
rest = [f"word{i}" for i in range(80)]


def texts(n):
    labels = rng.integers(0, 2, n)
    out = []
    for l in labels:
        words = list(rng.choice(rest, 8)) + list(rng.choice(good if l else bad, 2))
        rng.shuffle(words)
        out.append(" ".join(words))
    return out, labels


def encode(t):
    vectorizer = layers.TextVectorization(max_tokens=200, output_sequence_length=10)
    vectorizer.adapt(t)
    return np.array(vectorizer(t))


train_text, y_train = texts(1000)
val_text, y_val = texts(300)
x_train, x_val = encode(train_text), encode(val_text)

model = keras.Sequential([
    layers.Embedding(200, 16),
    layers.GlobalAveragePooling1D(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=8, batch_size=32, verbose=2)
