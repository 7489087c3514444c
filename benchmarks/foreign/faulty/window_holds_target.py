import numpy as np
import pandas as pd
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense

np.random.seed(3)
price = pd.Series(100 + np.cumsum(np.random.normal(0, 1, 1200)))
returns = price.pct_change().dropna().values * 100

seq_len = 10
X, y = [], []
for i in range(seq_len, len(returns)):
    X.append(returns[i - seq_len + 1:i + 1])
    y.append(returns[i])
X = np.array(X)[..., None]
y = np.array(y)

n_train = int(len(X) * 0.8)
model = Sequential([
    LSTM(24, input_shape=(seq_len, 1)),
    Dense(1)
])
model.compile(optimizer='adam', loss='mse')
model.fit(X[:n_train], y[:n_train], epochs=12, batch_size=16, validation_data=(X[n_train:], y[n_train:]), verbose=2)
p = model.predict(X[n_train:], verbose=0)[:, 0]
print("R2 of tomorrow's return:", 1 - ((p - y[n_train:]) ** 2).mean() / y[n_train:].var())
