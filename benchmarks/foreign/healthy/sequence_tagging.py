import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Embedding, TimeDistributed

rng = np.random.RandomState(9)
N, T, V = 900, 10, 20
X = rng.randint(1, V, (N, T))
lengths = rng.randint(7, T + 1, N)
for i, l in enumerate(lengths):
    X[i, l:] = 0
# tag 1: token repeats its left neighbour's parity, tag 2: it does not, tag 0: padding / first
Y = np.zeros((N, T), dtype=int)
Y[:, 1:] = np.where(X[:, 1:] % 2 == X[:, :-1] % 2, 1, 2)
Y[X == 0] = 0

model = Sequential()
model.add(Embedding(V, 8, mask_zero=True))
model.add(Bidirectional(LSTM(16, return_sequences=True)))
model.add(TimeDistributed(Dense(3, activation='softmax')))
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X[:750], Y[:750], batch_size=16, epochs=8, validation_data=(X[750:], Y[750:]), verbose=2)
