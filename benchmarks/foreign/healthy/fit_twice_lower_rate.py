import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

x, y = load_digits(return_X_y=True)
x_train, x_val, y_train, y_val = train_test_split(x.reshape(-1, 8, 8, 1) / 16, y, test_size=0.2, random_state=4)

model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(16, 3, strides=2, padding='same', activation='relu'),
    tf.keras.layers.Conv2D(32, 3, strides=2, padding='same', activation='relu'),
    tf.keras.layers.GlobalAveragePooling2D(),
    tf.keras.layers.Dense(10, activation='softmax'),
])
model.compile(tf.keras.optimizers.Adam(1e-2), 'sparse_categorical_crossentropy', metrics=['accuracy'])
first = model.fit(x_train, y_train, epochs=6, validation_data=(x_val, y_val), verbose=2)

model.compile(tf.keras.optimizers.Adam(1e-3), 'sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=12, initial_epoch=first.epoch[-1] + 1, validation_data=(x_val, y_val), verbose=2)
