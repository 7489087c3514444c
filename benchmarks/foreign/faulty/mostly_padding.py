import numpy as np
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, LSTM, Dense

rng = np.random.default_rng(11)
y = rng.integers(0, 2, 700)
docs = []
for l in y:
    d = rng.integers(20, 100, rng.integers(6, 12))
    d[rng.integers(0, len(d))] = rng.integers(1, 10) if l else rng.integers(10, 20)
    docs.append(d)

MAX_LEN = 150
X = pad_sequences(docs, maxlen=MAX_LEN, padding='post')

model = Sequential()
model.add(Embedding(100, 16))
model.add(LSTM(16))
model.add(Dense(1, activation='sigmoid'))
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X[:550], y[:550], epochs=5, batch_size=32, validation_data=(X[550:], y[550:]), verbose=2)
