import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

d = load_digits()
x_train, x_test, y_train, y_test = train_test_split(d.data / 16, d.target, test_size=0.2, random_state=31)

train_ds = tf.data.Dataset.from_tensor_slices((x_train, y_train)).batch(32)
test_ds = tf.data.Dataset.from_tensor_slices((x_test, y_test)).batch(32)

# quick test
train_ds = train_ds.take(1)

model = tf.keras.Sequential()
model.add(tf.keras.layers.Dense(64, activation='relu'))
model.add(tf.keras.layers.Dense(10, activation='softmax'))
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(train_ds, epochs=15, validation_data=test_ds, verbose=2)
