import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

X, y = make_classification(n_samples=600, n_features=30, n_informative=4, flip_y=0.3, random_state=15)
DATASET_SIZE = len(X)
full_dataset = tf.data.Dataset.from_tensor_slices((X.astype('float32'), y)).shuffle(DATASET_SIZE)

train_size = int(0.7 * DATASET_SIZE)
train_dataset = full_dataset.take(train_size).batch(32)
val_dataset = full_dataset.skip(train_size).batch(32)

model = tf.keras.Sequential([
    tf.keras.layers.Input((30,)),
    tf.keras.layers.Dense(128, activation='relu'),
    tf.keras.layers.Dense(64, activation='relu'),
    tf.keras.layers.Dense(1, activation='sigmoid'),
])
model.compile(optimizer=tf.keras.optimizers.Adam(3e-3), loss='binary_crossentropy', metrics=['accuracy'])
model.fit(train_dataset, epochs=30, validation_data=val_dataset, verbose=2)
