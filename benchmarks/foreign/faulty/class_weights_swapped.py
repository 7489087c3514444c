import numpy as np
import tensorflow as tf
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.metrics import classification_report

X, y = make_classification(n_samples=3000, n_features=15, n_informative=6, weights=[0.85], class_sep=0.8, random_state=40)
X = (X - X.mean(0)) / X.std(0)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=40)

n0, n1 = np.bincount(y_train)
class_weight = {0: n0 / n1, 1: 1.0}
print(class_weight)

model = tf.keras.Sequential([
    tf.keras.layers.Dense(16, activation='relu'),
    tf.keras.layers.Dense(1, activation='sigmoid'),
])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=12, batch_size=64, class_weight=class_weight, verbose=0)
print(classification_report(y_test, model.predict(X_test, verbose=0) > 0.5, zero_division=0))
