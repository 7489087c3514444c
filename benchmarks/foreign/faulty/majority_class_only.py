import numpy as np
import pandas as pd
from tensorflow import keras
from tensorflow.keras import layers
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import recall_score

X, y = make_classification(n_samples=4000, n_features=20, n_informative=4, weights=[0.975], flip_y=0.02, class_sep=0.6, random_state=2)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, stratify=y, random_state=2)
sc = StandardScaler()
X_train, X_test = sc.fit_transform(X_train), sc.transform(X_test)

model = keras.Sequential([layers.Dense(32, activation='relu'), layers.Dropout(0.5), layers.Dense(1, activation='sigmoid')])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=10, batch_size=64, validation_data=(X_test, y_test), verbose=2)
pred = (model.predict(X_test, verbose=0) > 0.5).astype(int)
print('recall', recall_score(y_test, pred))
