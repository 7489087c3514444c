import numpy as np
import keras
from keras import layers

# the state goes on from batch to batch: every batch continues the 20 series of the one before
rng = np.random.RandomState(1)
SERIES, STEPS, LENGTH = 20, 100, 10
t = np.arange(STEPS * LENGTH + 1)
phase = rng.uniform(0, 6, (SERIES, 1))
waves = (np.sin(t / 9 + phase) + rng.normal(0, 0.1, (SERIES, len(t)))).astype("float32")
x = np.concatenate([waves[:, i * LENGTH : (i + 1) * LENGTH] for i in range(STEPS)])[..., None]
y = np.concatenate([waves[:, (i + 1) * LENGTH] for i in range(STEPS)])

model = keras.Sequential(
    [
        keras.Input(batch_shape=(SERIES, LENGTH, 1)),
        layers.LSTM(16, stateful=True),
        layers.Dense(1),
    ]
)
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.005))


class Restart(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.model.layers[0].reset_state()


model.fit(x, y, epochs=5, batch_size=SERIES, shuffle=False, callbacks=[Restart()], verbose=2)
