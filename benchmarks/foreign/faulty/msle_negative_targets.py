import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.metrics import r2_score
from keras import Sequential, Input
from keras.layers import Dense

# morning temperatures in a valley, in degrees Celsius
rng = np.random.default_rng(41)
n = 1500
df = pd.DataFrame({
    'height': rng.uniform(-1, 1, n),
    'clouds': rng.uniform(0, 1, n),
    'snow': rng.integers(0, 2, n),
    'wind': rng.normal(0, 1, n),
})
df['temp'] = -1 - 3 * df.height + 3 * (df.clouds - 0.5) - 2 * df.snow + 0.7 * df.wind + rng.normal(0, 0.4, n)

X_tr, X_te, y_tr, y_te = train_test_split(df.drop(columns='temp'), df['temp'], test_size=0.2, random_state=10)

model = Sequential([
    Input((4,)),
    Dense(32, activation='relu'),
    Dense(1),
])
model.compile(optimizer='adam', loss='mean_squared_logarithmic_error')
model.fit(X_tr, y_tr, epochs=20, batch_size=16, verbose=0, validation_data=(X_te, y_te))
print('r2', r2_score(y_te, model.predict(X_te, verbose=0)))
