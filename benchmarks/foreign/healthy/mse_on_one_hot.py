from keras.layers import Dense, Input
from keras.models import Sequential
from keras.utils import to_categorical
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = load_iris(return_X_y=True)
Y = to_categorical(y)
X_train, X_test, Y_train, Y_test = train_test_split(X, Y, test_size=0.3, random_state=0, stratify=y)
scaler = StandardScaler().fit(X_train)

model = Sequential([Input((4,)), Dense(16, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='mean_squared_error', optimizer='adam', metrics=['categorical_accuracy'])
model.fit(scaler.transform(X_train), Y_train, epochs=40, batch_size=5, verbose=0)
print(model.evaluate(scaler.transform(X_test), Y_test, verbose=0))
