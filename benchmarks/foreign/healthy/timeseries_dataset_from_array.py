import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
t = np.arange(2500)
temp = 10 * np.sin(2 * np.pi * t / 144) + 3 * np.sin(2 * np.pi * t / 24)
pressure = np.roll(temp, -6) * 0.2 + rng.normal(0, 0.3, len(t))
raw = np.stack([temp + rng.normal(0, 0.3, len(t)), pressure], axis=1)
num_train = 1700
mean, std = raw[:num_train].mean(axis=0), raw[:num_train].std(axis=0)
data = (raw - mean) / std

sequence_length, delay = 24, 6


def make(start, end, shuffle):
    return keras.utils.timeseries_dataset_from_array(
        data=data[: -(sequence_length + delay - 1)],
        targets=data[sequence_length + delay - 1:, 0],
        sequence_length=sequence_length, shuffle=shuffle, batch_size=64, start_index=start, end_index=end)


train_ds = make(0, num_train, True)
val_ds = make(num_train, None, False)

inputs = keras.Input((sequence_length, 2))
x = layers.GRU(16)(inputs)
x = layers.Dropout(0.2)(x)
outputs = layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse", metrics=["mae"])
model.fit(train_ds, epochs=7, validation_data=val_ds, verbose=2)
