import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import Adam
from sklearn.datasets import load_diabetes

X, y = load_diabetes(return_X_y=True)
X = X / X.std(axis=0)
y = (y > np.median(y)).astype(int)

model = Sequential()
model.add(Dense(128, activation='relu', input_shape=(10,)))
model.add(Dense(128, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer=Adam(0.003), metrics=['accuracy'])

history = model.fit(X, y, epochs=30, batch_size=32, validation_data=(X, y), verbose=0)
print("Final validation accuracy: %.3f" % history.history['val_accuracy'][-1])
