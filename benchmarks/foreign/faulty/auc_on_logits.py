import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification

X, y = make_classification(n_samples=2000, n_features=15, n_informative=8, weights=[0.8], flip_y=0.05, random_state=21)
X = X.astype('float32')
X = (X - X[:1500].mean(0)) / X[:1500].std(0)

ds_train = tf.data.Dataset.from_tensor_slices((X[:1500], y[:1500])).shuffle(1500).batch(32)
ds_val = tf.data.Dataset.from_tensor_slices((X[1500:], y[1500:])).batch(64)

model = tf.keras.Sequential([
    tf.keras.layers.Input((15,)),
    tf.keras.layers.Dense(32, activation='relu'),
    tf.keras.layers.Dense(1),
])
METRICS = [
    tf.keras.metrics.Precision(name='precision'),
    tf.keras.metrics.Recall(name='recall'),
    tf.keras.metrics.AUC(name='auc'),
]
model.compile(optimizer='adam', loss=tf.keras.losses.BinaryCrossentropy(from_logits=True), metrics=METRICS)
model.fit(ds_train, epochs=12, validation_data=ds_val, verbose=2)
