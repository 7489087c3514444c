import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)
X = X / 16.0
X_train, y_train, X_test, y_test = X[:1400], y[:1400], X[1400:], y[1400:]

model = Sequential()
model.add(Dense(64, activation='relu', input_dim=64))
model.add(Dense(10, activation='softmax'))
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])

for epoch in range(6):
    idx = np.random.permutation(len(X_train))
    for i in range(0, len(idx), 32):
        batch = idx[i:i + 32]
        logs = model.train_on_batch(X_train[batch], y_train[batch], return_dict=True)
    print(epoch, logs)
print(model.evaluate(X_test, y_test, verbose=0))
