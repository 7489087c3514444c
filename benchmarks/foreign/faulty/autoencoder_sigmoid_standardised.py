import numpy as np
import pandas as pd
from keras.layers import Input, Dense
from keras.models import Model
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

df = load_breast_cancer(as_frame=True).frame
normal = df[df.target == 1].drop(columns='target')
X = StandardScaler().fit_transform(normal)
np.random.shuffle(X)
X_train, X_test = X[:280], X[280:]

input_dim = X_train.shape[1]
input_layer = Input(shape=(input_dim,))
encoder = Dense(20, activation="tanh")(input_layer)
encoder = Dense(10, activation="relu")(encoder)
decoder = Dense(20, activation='tanh')(encoder)
decoder = Dense(input_dim, activation='sigmoid')(decoder)
autoencoder = Model(inputs=input_layer, outputs=decoder)

autoencoder.compile(optimizer='adam', loss='mean_squared_error')
history = autoencoder.fit(X_train, X_train, epochs=40, batch_size=16, shuffle=True, validation_data=(X_test, X_test), verbose=0)
print('train', history.history['loss'][-1], 'val', history.history['val_loss'][-1])
print('variance', X_test.var())
