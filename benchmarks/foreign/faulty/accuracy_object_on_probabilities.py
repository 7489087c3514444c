import keras
from keras import layers
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=0.2, random_state=9, stratify=y)
s = StandardScaler().fit(X_tr)
X_tr, X_te = s.transform(X_tr), s.transform(X_te)

model = keras.Sequential([
    layers.Input(shape=(30,)),
    layers.Dense(20, activation='relu'),
    layers.Dense(1, activation='sigmoid'),
])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=[keras.metrics.Accuracy()])
model.fit(X_tr, y_tr, epochs=15, batch_size=16, validation_data=(X_te, y_te), verbose=2)
