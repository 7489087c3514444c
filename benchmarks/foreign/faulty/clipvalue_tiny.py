import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import SimpleRNN, Dense
from tensorflow.keras.optimizers import SGD

s = np.sin(np.arange(1500) / 8.0) + 0.05 * np.random.randn(1500)
W = 16
X = np.stack([s[i:i + W] for i in range(len(s) - W)])[..., None]
y = s[W:]

model = Sequential()
model.add(SimpleRNN(16, input_shape=(W, 1)))
model.add(Dense(1))
model.compile(loss='mse', optimizer=SGD(learning_rate=0.01, clipvalue=1e-5))
model.fit(X[:1200], y[:1200], epochs=8, batch_size=32, validation_data=(X[1200:], y[1200:]), verbose=2)
