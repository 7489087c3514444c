from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import EarlyStopping

X, y = load_diabetes(return_X_y=True, scaled=True)
X = X * 20
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)

model = Sequential()
model.add(Dense(64, input_dim=X.shape[1], activation='relu'))
model.add(Dense(32, activation='relu'))
model.add(Dense(1, activation='sigmoid'))

model.compile(loss='mean_squared_error', optimizer='adam', metrics=['mae'])
es = EarlyStopping(monitor='val_loss', patience=20)
model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=25, batch_size=16, callbacks=[es], verbose=0)

print('MAE:', model.evaluate(X_test, y_test, verbose=0)[1])
print(model.predict(X_test[:5], verbose=0).ravel(), y_test[:5])
