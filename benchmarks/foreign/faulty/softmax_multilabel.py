import numpy as np
from sklearn.datasets import make_multilabel_classification
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from sklearn.preprocessing import MultiLabelBinarizer, StandardScaler

genres = ['action', 'comedy', 'drama', 'horror', 'romance', 'scifi']
X, Y = make_multilabel_classification(n_samples=1600, n_features=30, n_classes=6, n_labels=2, random_state=8)
tags = [[genres[j] for j in np.flatnonzero(row)] for row in Y]

mlb = MultiLabelBinarizer()
y = mlb.fit_transform(tags)
X = StandardScaler().fit_transform(X)

model = Sequential()
model.add(Dense(64, activation='relu', input_shape=(30,)))
model.add(Dense(len(mlb.classes_), activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X[:1300], y[:1300], epochs=20, batch_size=32, validation_data=(X[1300:], y[1300:]), verbose=2)

p = model.predict(X[1300:], verbose=0) > 0.5
print('exact match', (p == y[1300:].astype(bool)).all(axis=1).mean())
