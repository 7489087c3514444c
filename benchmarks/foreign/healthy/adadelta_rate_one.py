import keras
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
x = x.reshape(-1, 8, 8, 1).astype('float32') / 16
y = keras.utils.to_categorical(y, 10)

model = keras.Sequential([
    Input((8, 8, 1)),
    Conv2D(16, (3, 3), activation='relu'),
    MaxPooling2D((2, 2)),
    Flatten(),
    Dense(64, activation='relu'),
    Dense(10, activation='softmax'),
])
model.compile(loss='categorical_crossentropy', optimizer=keras.optimizers.Adadelta(learning_rate=1.0), metrics=['accuracy'])
model.fit(x[:1500], y[:1500], batch_size=32, epochs=8, verbose=2, validation_data=(x[1500:], y[1500:]))
