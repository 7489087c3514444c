import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense, Dropout

data = np.sin(np.linspace(0, 120, 1500)) + np.random.normal(0, 0.1, 1500)
time_step = 20
X_train, y_train = [], []
for i in range(time_step, len(data)):
    X_train.append(data[i - time_step:i])
    y_train.append(data[i])
X_train, y_train = np.array(X_train), np.array(y_train)
X_train = X_train.reshape((X_train.shape[0], X_train.shape[1], 1))

regressor = Sequential()
regressor.add(LSTM(units=16, return_sequences=True, input_shape=(X_train.shape[1], 1)))
regressor.add(Dropout(0.1))
regressor.add(LSTM(units=16, return_sequences=True))
regressor.add(Dense(units=1))

regressor.compile(optimizer='adam', loss='mean_squared_error')
regressor.fit(X_train, y_train, epochs=6, batch_size=32, verbose=2)
print(regressor.predict(X_train[:2], verbose=0).shape)
