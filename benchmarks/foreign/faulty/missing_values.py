import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow import keras

np.random.seed(0)
n = 1000
passengers = pd.DataFrame({
    'pclass': np.random.choice([1, 2, 3], n, p=[.25, .2, .55]),
    'sex': np.random.choice(['male', 'female'], n),
    'age': np.random.normal(30, 13, n).clip(1, 80),
    'fare': np.random.gamma(2, 15, n),
})
score = 1.5 * (passengers.sex == 'female') - 0.6 * (passengers.pclass - 2) - 0.02 * passengers.age + np.random.normal(0, .5, n)
passengers['survived'] = (score > 0).astype(int)
passengers.loc[passengers.sample(150, random_state=1).index, 'age'] = np.nan

df = pd.get_dummies(passengers, columns=['sex', 'pclass'], dtype=float)
y = df.pop('survived')
df['age'] = (df['age'] - df['age'].mean()) / df['age'].std()
df['fare'] = (df['fare'] - df['fare'].mean()) / df['fare'].std()

model = keras.Sequential([
    keras.layers.Dense(16, activation='relu'),
    keras.layers.Dense(8, activation='relu'),
    keras.layers.Dense(1, activation='sigmoid')])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(df, y, epochs=10, validation_split=0.2, verbose=2)
