import tensorflow as tf
from sklearn.datasets import make_moons

X, y = make_moons(2000, noise=0.15, random_state=9)
train = tf.data.Dataset.from_tensor_slices((X[:1500], y[:1500])).shuffle(1500).batch(50)
val = tf.data.Dataset.from_tensor_slices((X[1500:], y[1500:])).batch(50)

model = tf.keras.Sequential([
    tf.keras.layers.Input((2,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(train, epochs=2, steps_per_epoch=500, validation_data=val, validation_steps=10, verbose=2)
