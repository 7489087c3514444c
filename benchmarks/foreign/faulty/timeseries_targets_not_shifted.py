import keras
import numpy as np
from keras import layers

t = np.arange(3000)
temp = 10 + 8 * np.sin(2 * np.pi * t / 365) + 3 * np.sin(2 * np.pi * t / 24) + np.random.normal(0, 1, 3000)
temp = (temp - temp[:2000].mean()) / temp[:2000].std()

sequence_length = 48
train_ds = keras.utils.timeseries_dataset_from_array(
    data=temp[:2000, None], targets=temp[:2000], sequence_length=sequence_length, batch_size=32, shuffle=True)
val_ds = keras.utils.timeseries_dataset_from_array(
    data=temp[2000:, None], targets=temp[2000:], sequence_length=sequence_length, batch_size=32)

inputs = keras.Input(shape=(sequence_length, 1))
x = layers.Flatten()(inputs)
x = layers.Dense(32, activation="relu")(x)
outputs = layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
model.fit(train_ds, epochs=8, validation_data=val_ds, verbose=2)
