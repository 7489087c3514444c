import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense

np.random.seed(7)
N = 1200
series = np.sin(np.arange(N) * 0.1) + 0.5 * np.sin(np.arange(N) * 0.03) + np.random.normal(0, 0.05, N)


def create_dataset(data, look_back=1):
    dataX, dataY = [], []
    for i in range(len(data) - look_back):
        dataX.append(data[i:(i + look_back)])
        dataY.append(data[i + look_back])
    return np.array(dataX), np.array(dataY)


look_back = 24
train, test = series[:900], series[900:]
trainX, trainY = create_dataset(train, look_back)
testX, testY = create_dataset(test, look_back)
trainX = np.reshape(trainX, (trainX.shape[0], trainX.shape[1], 1))
testX = np.reshape(testX, (testX.shape[0], testX.shape[1], 1))

model = Sequential()
model.add(LSTM(24, input_shape=(look_back, 1)))
model.add(Dense(1))
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(trainX, trainY, epochs=12, batch_size=16, verbose=2)

print('Train Score: %.3f RMSE' % np.sqrt(model.evaluate(trainX, trainY, verbose=0)))
print('Test Score: %.3f RMSE' % np.sqrt(model.evaluate(testX, testY, verbose=0)))
