import numpy as np
from sklearn.datasets import make_circles
from keras.models import Sequential
from keras.layers import Dense

X, y = make_circles(n_samples=1000, noise=0.05, factor=0.5, random_state=42)

model = Sequential()
model.add(Dense(32, input_shape=(2,)))
model.add(Dense(32))
model.add(Dense(16))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X[:800], y[:800], epochs=20, batch_size=32, verbose=0)
print(model.evaluate(X[800:], y[800:], verbose=0))
