import numpy as np
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split

np.random.seed(6)
n = 1000
houses = pd.DataFrame({
    'area': np.random.normal(120, 35, n).clip(30),
    'bedrooms': np.random.randint(1, 6, n),
    'age': np.random.randint(0, 80, n),
    'distance': np.random.exponential(8, n),
})
houses['price'] = 50000 + 2500 * houses.area + 15000 * houses.bedrooms - 800 * houses.age - 4000 * houses.distance + np.random.normal(0, 15000, n)

X = StandardScaler().fit_transform(houses.drop(columns='price'))
X_train, X_test, y_train, y_test = train_test_split(X, houses['price'].values, test_size=0.2)

model = Sequential()
model.add(Dense(32, input_dim=4, activation='relu'))
model.add(Dense(16, activation='relu'))
model.add(Dense(1))
model.compile(loss='mean_absolute_error', optimizer='adam')
model.fit(X_train, y_train, epochs=25, batch_size=32, validation_data=(X_test, y_test), verbose=0)
print('mae', model.evaluate(X_test, y_test, verbose=0), 'mae of the mean', np.abs(y_test - y_train.mean()).mean())
