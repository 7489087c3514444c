import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.utils import resample

X, y = make_classification(n_samples=1500, n_features=20, n_informative=3, weights=[0.93], flip_y=0.08, random_state=6)
df = pd.DataFrame(X)
df['y'] = y

majority = df[df.y == 0]
minority = df[df.y == 1]
minority_upsampled = resample(minority, replace=True, n_samples=len(majority), random_state=123)
df = pd.concat([majority, minority_upsampled])

X_train, X_test, y_train, y_test = train_test_split(df.drop('y', axis=1), df.y, test_size=0.2, random_state=0)

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Dense(128, activation='relu', input_dim=20))
model.add(tf.keras.layers.Dense(64, activation='relu'))
model.add(tf.keras.layers.Dense(1, activation='sigmoid'))
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=25, batch_size=64, validation_data=(X_test, y_test), verbose=2)
