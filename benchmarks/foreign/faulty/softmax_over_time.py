import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Conv1D, Softmax

rng = np.random.default_rng(6)
signal = rng.normal(size=(1200, 20, 3)).astype("float32")
state = (signal[:, :, 0] > 0.3).astype(int) + (signal[:, :, 1] > 0.3)     # 0, 1 or 2 at each step

inp = Input((20, 3))
h = Conv1D(24, 3, padding="same", activation="relu")(inp)
h = Conv1D(3, 1)(h)
out = Softmax(axis=1)(h)
model = Model(inp, out)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(signal[:1000], state[:1000], validation_data=(signal[1000:], state[1000:]), epochs=6, batch_size=32, verbose=2)
