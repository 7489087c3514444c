import numpy as np
from keras.models import Sequential
from keras.layers import Conv1D, MaxPooling1D, BatchNormalization, GlobalAveragePooling1D, Dense, Dropout
from keras.utils import to_categorical

np.random.seed(2)
n, steps = 900, 64
activity = np.random.randint(0, 3, n)
t = np.arange(steps)
X = np.zeros((n, steps, 3), dtype='float32')
for i, a in enumerate(activity):
    f = [0.05, 0.12, 0.3][a] * np.random.uniform(0.9, 1.1)
    for c in range(3):
        X[i, :, c] = np.sin(2 * np.pi * f * t + np.random.uniform(0, 6.28)) + np.random.normal(0, 0.4, steps)
y = to_categorical(activity)

n_timesteps, n_features, n_outputs = X.shape[1], X.shape[2], y.shape[1]
model = Sequential()
model.add(Conv1D(filters=16, kernel_size=5, activation='relu', input_shape=(n_timesteps, n_features)))
model.add(BatchNormalization())
model.add(MaxPooling1D(pool_size=2))
model.add(Conv1D(filters=32, kernel_size=5, activation='relu'))
model.add(GlobalAveragePooling1D())
model.add(Dropout(0.5))
model.add(Dense(n_outputs, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X[:700], y[:700], epochs=12, batch_size=32, verbose=2, validation_data=(X[700:], y[700:]))
