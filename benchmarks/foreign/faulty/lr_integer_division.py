import numpy as np
from sklearn.datasets import load_digits
from keras.models import Sequential
from keras.layers import Dense, Input
from keras.callbacks import LearningRateScheduler

X, y = load_digits(return_X_y=True)
X = X / 16
total_epochs = 10


def schedule(epoch, lr):
    # linear decay
    return 0.001 * ((total_epochs - epoch - 1) // total_epochs)


model = Sequential([Input((64,)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X[:1400], y[:1400], epochs=total_epochs, batch_size=32, callbacks=[LearningRateScheduler(schedule)],
          validation_data=(X[1400:], y[1400:]), verbose=2)
