import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

iris = load_iris()
X = iris.data.astype('float32')
X = (X - X.mean(axis=0)) / X.std(axis=0)
y = iris.target.reshape(-1, 1).astype('float32')

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=0)

model = Sequential()
model.add(Dense(16, input_dim=4, activation='relu'))
model.add(Dense(16, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.compile(loss='mean_squared_error', optimizer='adam', metrics=['mae'])
model.fit(X_train, y_train, epochs=30, batch_size=8, verbose=0)

pred = np.argmax(model.predict(X_test, verbose=0), axis=1)
print('accuracy', np.mean(pred == y_test.ravel()))
