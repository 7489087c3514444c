# tweets -> sentiment with an LSTM
import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Embedding, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import pad_sequences

rng = np.random.default_rng(3)
y = rng.integers(0, 2, 800)
tweets = []
for label in y:
    words = rng.integers(20, 400, rng.integers(3, 12))
    words[rng.integers(len(words))] = rng.integers(1, 10) + 10 * label
    tweets.append(list(words))

X = pad_sequences(tweets, maxlen=48, padding="post")

model = Sequential([Input((48,)), Embedding(400, 24), LSTM(24), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X[:640], y[:640], validation_data=(X[640:], y[640:]), epochs=5, batch_size=32, verbose=2)
