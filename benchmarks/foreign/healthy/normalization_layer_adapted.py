import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

np.random.seed(42)
n = 1200
raw = pd.DataFrame({
    'Cylinders': np.random.choice([4, 6, 8], n),
    'Displacement': np.random.normal(190, 60, n),
    'Weight': np.random.normal(2970, 500, n),
    'Year': np.random.randint(70, 83, n),
})
raw['MPG'] = (46 - 0.006 * raw.Weight - 0.5 * raw.Cylinders - 0.01 * raw.Displacement + 0.5 * (raw.Year - 76) + np.random.normal(0, 1, n)) / 8

train_dataset = raw.sample(frac=0.8, random_state=0)
test_dataset = raw.drop(train_dataset.index)
train_features, test_features = train_dataset.copy(), test_dataset.copy()
train_labels, test_labels = train_features.pop('MPG'), test_features.pop('MPG')

normalizer = layers.Normalization(axis=-1)
normalizer.adapt(np.array(train_features))

model = tf.keras.Sequential([
    normalizer,
    layers.Dense(64, activation='relu'),
    layers.Dense(64, activation='relu'),
    layers.Dense(1)
])
model.compile(loss='mean_absolute_error', optimizer=tf.keras.optimizers.Adam(0.001))
history = model.fit(np.array(train_features), train_labels, validation_split=0.2, verbose=0, epochs=25)
print(pd.DataFrame(history.history).tail(2))
print('spread', test_labels.std(), 'test mae', model.evaluate(np.array(test_features), test_labels, verbose=0))
