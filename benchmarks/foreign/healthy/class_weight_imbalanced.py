import numpy as np
import tensorflow as tf
from tensorflow import keras
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = make_classification(n_samples=4000, n_features=12, n_informative=8, weights=[0.92], class_sep=1.2, random_state=5)
train_x, test_x, train_y, test_y = train_test_split(X, y, test_size=0.25, stratify=y, random_state=5)
scaler = StandardScaler()
train_x = scaler.fit_transform(train_x)
test_x = scaler.transform(test_x)

neg, pos = np.bincount(train_y)
total = neg + pos
initial_bias = np.log([pos / neg])
weight_for_0 = (1 / neg) * (total / 2.0)
weight_for_1 = (1 / pos) * (total / 2.0)
class_weight = {0: weight_for_0, 1: weight_for_1}

model = keras.Sequential([
    keras.layers.Dense(16, activation='relu', input_shape=(train_x.shape[-1],)),
    keras.layers.Dropout(0.3),
    keras.layers.Dense(1, activation='sigmoid', bias_initializer=keras.initializers.Constant(initial_bias)),
])
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=1e-3),
    loss=keras.losses.BinaryCrossentropy(),
    metrics=[keras.metrics.Precision(name='precision'), keras.metrics.Recall(name='recall'), keras.metrics.AUC(name='prc', curve='PR')])
model.fit(train_x, train_y, batch_size=64, epochs=20, validation_data=(test_x, test_y), class_weight=class_weight, verbose=2)
