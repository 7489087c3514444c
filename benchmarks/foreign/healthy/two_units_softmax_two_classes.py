from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
import keras

X, y = make_moons(1000, noise=0.15)
Xtr, Xte, ytr, yte = train_test_split(X, y)

m = keras.Sequential()
m.add(keras.layers.Dense(32, activation='relu', input_shape=(2,)))
m.add(keras.layers.Dense(32, activation='relu'))
m.add(keras.layers.Dense(2, activation='softmax'))
m.compile(keras.optimizers.Adam(0.01), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
m.fit(Xtr, ytr, epochs=20, batch_size=32, validation_data=(Xte, yte), verbose=2)
