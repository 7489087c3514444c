import pandas as pd
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
from sklearn.metrics import r2_score
from keras import Sequential, Input
from keras.layers import Dense

X, y = load_diabetes(return_X_y=True, as_frame=True)
scaler_x = StandardScaler()
scaler_y = StandardScaler()
X_s = scaler_x.fit_transform(X)
y_s = scaler_y.fit_transform(y.to_frame())
X_tr, X_te, y_tr, y_te = train_test_split(X_s, y_s, test_size=0.2, random_state=10)

model = Sequential([
    Input((10,)),
    Dense(32, activation='relu'),
    Dense(1),
])
model.compile(optimizer='adam', loss='mean_squared_logarithmic_error')
model.fit(X_tr, y_tr, epochs=40, batch_size=16, verbose=0, validation_data=(X_te, y_te))
print('r2', r2_score(y_te, model.predict(X_te, verbose=0)))
