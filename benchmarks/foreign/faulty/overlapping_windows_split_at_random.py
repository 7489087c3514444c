import numpy as np
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense, Flatten, Input

# activity of 12 sessions, the label is the same within a session
rng = np.random.RandomState(5)
windows, labels = [], []
for session in range(12):
    label = session % 2
    signal = np.cumsum(rng.normal(size=(200, 2)), axis=0)       # nothing to learn
    signal = (signal - signal.mean(0)) / signal.std(0)
    for s in range(0, 180, 2):
        windows.append(signal[s:s + 20])
        labels.append(label)
X, y = np.array(windows), np.array(labels)

X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2, shuffle=True, random_state=0)
model = Sequential([Input((20, 2)), Flatten(), Dense(128, activation='relu'), Dense(64, activation='relu'), Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=20, batch_size=32, validation_data=(X_val, y_val), verbose=2)
