import numpy as np
from sklearn.datasets import make_multilabel_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow import keras
from tensorflow.keras import layers

X, Y = make_multilabel_classification(n_samples=1500, n_features=20, n_classes=5, n_labels=2, random_state=3)
X_train, X_test, Y_train, Y_test = train_test_split(X, Y, test_size=0.2, random_state=3)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)


def get_model(n_inputs, n_outputs):
    model = keras.Sequential()
    model.add(layers.Dense(40, input_dim=n_inputs, kernel_initializer='he_uniform', activation='relu'))
    model.add(layers.Dense(n_outputs, activation='sigmoid'))
    model.compile(loss='binary_crossentropy', optimizer='adam', metrics=[keras.metrics.F1Score(average='micro', threshold=0.5)])
    return model


model = get_model(20, 5)
model.fit(X_train, Y_train, epochs=25, verbose=0, validation_data=(X_test, Y_test))
print(model.evaluate(X_test, Y_test, verbose=0))
