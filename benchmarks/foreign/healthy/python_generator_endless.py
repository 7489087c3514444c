import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense

data = np.random.normal(size=(3000, 6))
target = (data[:, 0] * data[:, 1] + data[:, 2] > 0).astype("float32")


def generator(x, y, batch_size, shuffle=True):
    n = len(x)
    while True:
        order = np.random.permutation(n) if shuffle else np.arange(n)
        for s in range(0, n - batch_size + 1, batch_size):
            pick = order[s:s + batch_size]
            yield x[pick].astype("float32"), y[pick].reshape(-1, 1)


batch = 50
train_gen = generator(data[:2500], target[:2500], batch)
val_gen = generator(data[2500:], target[2500:], batch, shuffle=False)

model = Sequential([Dense(64, activation="relu", input_shape=(6,)), Dense(32, activation="relu"), Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_gen, steps_per_epoch=2500 // batch, epochs=20, validation_data=val_gen, validation_steps=10, verbose=2)
