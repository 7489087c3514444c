from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense

X, y = load_breast_cancer(return_X_y=True)
X = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)

clf = Sequential()
clf.add(Dense(units=15, kernel_initializer='zeros', activation='relu', input_dim=30))
clf.add(Dense(units=15, kernel_initializer='zeros', activation='relu'))
clf.add(Dense(units=1, kernel_initializer='zeros', activation='sigmoid'))
clf.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
clf.fit(X_train, y_train, batch_size=16, epochs=15, verbose=2)
print(clf.evaluate(X_test, y_test, verbose=0))
