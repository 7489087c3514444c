import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

images, labels = load_digits(return_X_y=True)
images = images * 255.0 / 16.0
x_train, x_test, y_train, y_test = train_test_split(images, labels, test_size=0.2, random_state=1)

x_train, y_train = x_train / 255.0, y_train / 255.0
x_test = x_test / 255.0

model = tf.keras.models.Sequential([
    tf.keras.layers.Dense(64, activation=tf.nn.relu),
    tf.keras.layers.Dense(10, activation=tf.nn.softmax)
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=8, verbose=2)
print(model.evaluate(x_test, y_test, verbose=0))
