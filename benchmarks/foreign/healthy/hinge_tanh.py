import numpy as np
import keras
from sklearn.datasets import make_circles

X, y = make_circles(n_samples=1000, noise=0.1, factor=0.4, random_state=1)
y = np.where(y == 0, -1, 1)
trainX, testX, trainy, testy = X[:700], X[700:], y[:700], y[700:]

model = keras.models.Sequential()
model.add(keras.layers.Dense(50, input_dim=2, activation='relu', kernel_initializer='he_uniform'))
model.add(keras.layers.Dense(1, activation='tanh'))
opt = keras.optimizers.SGD(learning_rate=0.05, momentum=0.9)
model.compile(loss='hinge', optimizer=opt)
model.fit(trainX, trainy, validation_data=(testX, testy), epochs=20, verbose=0)
print('accuracy', (np.sign(model.predict(testX, verbose=0)[:, 0]) == testy).mean())
