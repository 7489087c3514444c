import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

X, y = load_wine(return_X_y=True)
rng = np.random.RandomState(3)
p = rng.permutation(len(X))
X, y = X[p], y[p]
sc = StandardScaler().fit(X[:140])
X = sc.transform(X).astype(np.float32)
weights = (len(y) / (3 * np.bincount(y)))[y].astype(np.float32)

train = tf.data.Dataset.from_tensor_slices((X[:140], y[:140], weights[:140])).shuffle(140).repeat().batch(16)
val = tf.data.Dataset.from_tensor_slices((X[140:], y[140:])).batch(38)

model = tf.keras.Sequential([
    tf.keras.layers.Input((13,)),
    tf.keras.layers.Dense(24, activation='relu'),
    tf.keras.layers.Dense(3, activation='softmax'),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(train, steps_per_epoch=20, epochs=15, validation_data=val, verbose=2)
