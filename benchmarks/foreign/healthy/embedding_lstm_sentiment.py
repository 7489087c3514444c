import numpy as np
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, LSTM, Dense, Dropout

rng = np.random.RandomState(13)
vocab_size = 200
good, bad = np.arange(10, 40), np.arange(40, 70)


def review(label):
    length = rng.randint(8, 20)
    words = rng.randint(70, vocab_size, length)
    k = rng.randint(2, 5)
    words[rng.choice(length, k, replace=False)] = rng.choice(good if label else bad, k)
    return words.tolist()


labels = rng.randint(0, 2, 1600)
sequences = [review(l) for l in labels]
X = pad_sequences(sequences, maxlen=20)

model = Sequential()
model.add(Embedding(vocab_size, 16, mask_zero=True))
model.add(LSTM(16))
model.add(Dropout(0.3))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X[:1300], labels[:1300], batch_size=32, epochs=6, validation_data=(X[1300:], labels[1300:]), verbose=2)
