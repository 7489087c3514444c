from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
import tensorflow as tf

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16., y, random_state=8)

model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((64,)))
for _ in range(12):
    model.add(tf.keras.layers.Dense(32, activation='sigmoid'))
model.add(tf.keras.layers.Dense(10, activation='softmax'))
model.compile(optimizer='sgd', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=8, batch_size=32, verbose=2, validation_data=(X_test, y_test))
