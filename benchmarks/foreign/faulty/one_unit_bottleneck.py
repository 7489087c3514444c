from keras.layers import Dense, Flatten, Input
from keras.models import Model
from keras.utils import to_categorical
from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)
X = X / 16.0
Y = to_categorical(y)

a = Input(shape=(64,))
b = Dense(64, activation='relu')(a)
b = Dense(1, activation='relu')(b)
b = Dense(64, activation='relu')(b)
c = Dense(10, activation='softmax')(b)
model = Model(a, c)
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X[:1400], Y[:1400], epochs=12, batch_size=32, validation_data=(X[1400:], Y[1400:]), verbose=2)
