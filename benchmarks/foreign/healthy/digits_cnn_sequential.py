import numpy as np
from sklearn.datasets import load_digits
from sklearn.utils import shuffle
from keras.models import Sequential
from keras.layers import Dense, Dropout, Flatten, Conv2D, MaxPooling2D
from keras.utils import to_categorical

batch_size = 32
num_classes = 10
epochs = 12

X, y = load_digits(return_X_y=True)
X, y = shuffle(X, y, random_state=0)
X = X.reshape(-1, 8, 8, 1).astype('float32')
X /= 16
Y = to_categorical(y, num_classes)
x_train, y_train = X[:1500], Y[:1500]
x_test, y_test = X[1500:], Y[1500:]
print('x_train shape:', x_train.shape)

model = Sequential()
model.add(Conv2D(16, kernel_size=(3, 3), activation='relu', input_shape=(8, 8, 1)))
model.add(Conv2D(32, (3, 3), activation='relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(64, activation='relu'))
model.add(Dropout(0.5))
model.add(Dense(num_classes, activation='softmax'))

model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(x_train, y_train, batch_size=batch_size, epochs=epochs, verbose=2, validation_split=0.1)
score = model.evaluate(x_test, y_test, verbose=0)
print('Test loss:', score[0])
print('Test accuracy:', score[1])
