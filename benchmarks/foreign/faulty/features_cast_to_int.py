import numpy as np
from sklearn.datasets import load_iris
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder
from keras.models import Sequential
from keras.layers import Dense, Input

iris = load_iris()
scaler = MinMaxScaler((0, 0.99))
x = scaler.fit_transform(iris['data']).astype('int32')
y = OneHotEncoder(sparse_output=False).fit_transform(iris['target'].reshape(-1, 1))

rng = np.random.RandomState(5)
order = rng.permutation(150)
x, y = x[order], y[order]

model = Sequential([Input((4,)), Dense(20, activation='relu'), Dense(20, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(x[:120], y[:120], epochs=40, batch_size=10, verbose=0)
print('Accuracy', model.evaluate(x[120:], y[120:], verbose=0)[1])
