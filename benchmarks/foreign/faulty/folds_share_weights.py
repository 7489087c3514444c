import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import KFold
from keras.models import Sequential
from keras.layers import Dense, Input

X, y = make_classification(n_samples=400, n_features=20, n_informative=3, flip_y=0.3, random_state=4)

model = Sequential()
model.add(Input((20,)))
model.add(Dense(128, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])

kf = KFold(n_splits=4, shuffle=True, random_state=1)
scores = []
for fold, (train_idx, val_idx) in enumerate(kf.split(X)):
    model.fit(X[train_idx], y[train_idx], epochs=25, batch_size=16, verbose=0)
    s = model.evaluate(X[val_idx], y[val_idx], verbose=0)[1]
    print(f'fold {fold}: {s:.3f}')
    scores.append(s)
print('mean', np.mean(scores))
