from sklearn.datasets import load_iris
from keras.models import Sequential
from keras.layers import Dense

iris = load_iris()
n_train = 50
x_train = iris.data[:n_train] - 3.5
y_train = iris.target[:n_train]
x_test = iris.data[n_train:] - 3.5
y_test = iris.target[n_train:]

model = Sequential()
model.add(Dense(16, activation='relu', input_shape=(4,)))
model.add(Dense(3, activation='softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=30, batch_size=5, verbose=0)
print('train', model.evaluate(x_train, y_train, verbose=0))
print('test', model.evaluate(x_test, y_test, verbose=0))
