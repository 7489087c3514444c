import numpy as np
from sklearn.datasets import load_digits
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input

X, y = load_digits(return_X_y=True)
X = X / 16.0
X_train, y_train = X[:1440], y[:1440]
batch_size = 32


def batch_generator(X, y):
    for i in range(0, len(X), batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]


model = Sequential([Input((64,)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(batch_generator(X_train, y_train), steps_per_epoch=len(X_train) // batch_size, epochs=10, verbose=2)
print('test', model.evaluate(X[1440:], y[1440:], verbose=0))
