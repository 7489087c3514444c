import keras
from keras import layers
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
x = x / 16
x_train, y_train, x_val, y_val = x[:1400], y[:1400], x[1400:], y[1400:]

model = keras.Sequential([
    layers.Input((64,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.SGD(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=8, batch_size=32, validation_data=(x_val, y_val), verbose=2)
print("training further ...")
model.fit(x_train, y_train, epochs=8, initial_epoch=8, batch_size=32, validation_data=(x_val, y_val), verbose=2)
print(model.evaluate(x_val, y_val, verbose=0))
