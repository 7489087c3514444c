from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
from keras.utils import to_categorical

data = load_wine()
X_train, X_test, y_train, y_test = train_test_split(data.data, to_categorical(data.target), test_size=0.3, random_state=42)

model = Sequential()
model.add(Dense(64, activation='relu', input_shape=(13,)))
model.add(Dense(32, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.compile(optimizer=SGD(0.01), loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=40, batch_size=16, verbose=0)
print(model.evaluate(X_test, y_test, verbose=0))
