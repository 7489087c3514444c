import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense

np.random.seed(4)
close = 300 + np.cumsum(np.random.normal(0, 2, 900))
n_steps = 30
X, y = [], []
for i in range(len(close) - n_steps):
    X.append(close[i:i + n_steps])
    y.append((close[i + n_steps] - close[i + n_steps - 1]) / 2)
X = np.array(X).reshape(-1, n_steps, 1)
y = np.array(y)

model = Sequential()
model.add(LSTM(50, activation='relu', input_shape=(n_steps, 1)))
model.add(Dense(1))
model.compile(optimizer='adam', loss='mse')
model.fit(X, y, epochs=5, batch_size=32, verbose=2)
print(model.predict(X[-3:], verbose=0).ravel(), 'variance of y', y.var())
