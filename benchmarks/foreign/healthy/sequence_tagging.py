import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.layers import LSTM, Dense, Embedding, TimeDistributed

rng = np.random.RandomState(9)
N, T, V = 700, 10, 20
X = rng.randint(1, V, (N, T))
lengths = rng.randint(7, T + 1, N)
for i, l in enumerate(lengths):
    X[i, l:] = 0
# tag 1: the word after a title (ids 1 to 5), tag 2: any other word, tag 0: padding
Y = np.full((N, T), 2)
Y[:, 1:][X[:, :-1] <= 5] = 1
Y[X == 0] = 0

model = Sequential()
model.add(Embedding(V, 8, mask_zero=True))
model.add(LSTM(24, return_sequences=True))
model.add(TimeDistributed(Dense(3, activation='softmax')))
model.compile(optimizer=Adam(0.01), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X[:550], Y[:550], batch_size=16, epochs=6, validation_data=(X[550:], Y[550:]), verbose=2)
