import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Flatten, Conv2D, Input

digits = load_digits()
X = digits.images.reshape(-1, 8, 8, 1) / 16.
y = digits.target
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)

model = Sequential([
    Input((8, 8, 1)),
    Conv2D(16, (3, 3), activation='relu'),
    Flatten(),
    Dense(64, activation='relu'),
    Dense(1, activation='linear')
])
model.compile(optimizer='adam', loss='mse', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=10, batch_size=32, validation_data=(X_test, y_test), verbose=2)

pred = np.round(model.predict(X_test, verbose=0)).astype(int).ravel()
print("correct:", (pred == y_test).mean())
