from sklearn.datasets import load_iris
from keras.models import Sequential
from keras.layers import Dense
from keras.utils import to_categorical

iris = load_iris()
X = iris.data
y = to_categorical(iris.target)
X = (X - X.mean(axis=0)) / X.std(axis=0)

model = Sequential()
model.add(Dense(16, activation='relu', input_dim=4))
model.add(Dense(16, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
history = model.fit(X, y, validation_split=0.3, epochs=30, batch_size=8, shuffle=True, verbose=0)
print('train', history.history['accuracy'][-1], 'validation', history.history['val_accuracy'][-1])
