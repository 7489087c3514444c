import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from sklearn.datasets import load_wine

data = load_wine()
X = data['data']
y = data['target']
X = (X - X.mean(0)) / X.std(0)
np.random.shuffle(X)

model = Sequential()
model.add(Dense(32, activation='relu', input_dim=13))
model.add(Dense(3, activation='softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam', metrics=['accuracy'])

idx = np.random.permutation(len(X))
cut = int(0.75 * len(X))
tr, te = idx[:cut], idx[cut:]
model.fit(X[tr], y[tr], epochs=30, batch_size=8, verbose=0)
print('train', model.evaluate(X[tr], y[tr], verbose=0)[1], 'test', model.evaluate(X[te], y[te], verbose=0)[1])
