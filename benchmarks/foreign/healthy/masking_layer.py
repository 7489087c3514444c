import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense, Input, Masking

np.random.seed(12)
n, T = 900, 15
X = np.full((n, T, 2), -10.0, dtype="float32")
y = np.zeros(n, dtype="float32")
for i in range(n):
    l = np.random.randint(8, T + 1)
    s = np.random.normal(size=(l, 2))
    X[i, :l] = s
    y[i] = s[:, 0].mean() * 2 + s[-1, 1]

model = Sequential()
model.add(Input((T, 2)))
model.add(Masking(mask_value=-10.0))
model.add(LSTM(24))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(X[:750], y[:750], epochs=8, batch_size=16, validation_data=(X[750:], y[750:]), verbose=2)
print("variance", y.var())
