import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential
from sklearn.datasets import load_digits

data = load_digits()
x_all = data.data / 16
y_all = tf.keras.utils.to_categorical(data.target)
y_train, x_test = y_all[:1300], x_all[1300:]
x_train, y_test = y_all[:1300], y_all[1300:]
print(x_train.shape, y_train.shape)

model = Sequential()
model.add(Dense(32, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=10, batch_size=32, validation_split=0.1, verbose=2)
