from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense, Activation
from keras.utils import to_categorical
from keras.optimizers import SGD

X, Y = load_digits(return_X_y=True)
X = X.astype('float32') / 16
Y = to_categorical(Y, 10)

trainX, testX, trainY, testY = train_test_split(X, Y, test_size=0.3, random_state=11)

model = Sequential()
model.add(Dense(64, input_dim=64))
model.add(Activation('relu'))
model.add(Dense(10))
model.add(Activation('relu'))
model.add(Activation('softmax'))

model.compile(loss='categorical_crossentropy', optimizer=SGD(learning_rate=0.1), metrics=['accuracy'])
model.fit(trainX, trainY, epochs=20, batch_size=32, verbose=2)

loss, acc = model.evaluate(testX, testY, verbose=0)
print('accuracy: %.2f%%' % (acc * 100))
