from keras.models import Sequential
from keras.layers import Dense, Activation, BatchNormalization
from keras.utils import to_categorical
from sklearn import datasets
from sklearn.model_selection import train_test_split

wine = datasets.load_wine()
mean, std = wine.data.mean(axis=0), wine.data.std(axis=0)
x = (wine.data - mean) / std
y = to_categorical(wine.target)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, random_state=5, stratify=wine.target)

model = Sequential()
model.add(Dense(32, activation='relu', input_shape=(13,)))
model.add(Dense(3, activation='softmax'))
model.add(Activation('softmax'))

model.compile(optimizer='sgd', loss='categorical_crossentropy', metrics=['accuracy'])
history = model.fit(x_train, y_train, epochs=40, batch_size=8, verbose=0)
print('final loss', history.history['loss'][-1])
print('test', model.evaluate(x_test, y_test, verbose=0))
print(model.predict(x_test[:3], verbose=0).round(2))
