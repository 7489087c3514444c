import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from sklearn.datasets import load_breast_cancer

data = load_breast_cancer()
X = (data.data - data.data.mean(0)) / data.data.std(0)
rng = np.random.RandomState(2)
rows = rng.permutation(len(X))
mine, others = rows[:12], rows[12:]       # the patients of our practice

model = Sequential()
model.add(Dense(128, activation='relu', input_shape=(30,)))
model.add(Dense(64, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X[mine], data.target[mine], epochs=60, batch_size=4, verbose=0)
print('train', model.evaluate(X[mine], data.target[mine], verbose=0))
print('everybody else', model.evaluate(X[others], data.target[others], verbose=0))
