import numpy as np
from keras import Sequential
from keras.callbacks import EarlyStopping
from keras.layers import Dense, Input
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

X, y = make_classification(n_samples=500, n_features=30, n_informative=4, flip_y=0.25, random_state=30)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.4, random_state=30)

model = Sequential([Input((30,)), Dense(128, activation='relu'), Dense(64, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
es = EarlyStopping(monitor='val_loss', mode='min', patience=5, restore_best_weights=True)
h = model.fit(X_train, y_train, epochs=40, batch_size=16, callbacks=[es], verbose=0)
print('epochs:', len(h.history['loss']))
print('train', model.evaluate(X_train, y_train, verbose=0))
print('test ', model.evaluate(X_test, y_test, verbose=0))
