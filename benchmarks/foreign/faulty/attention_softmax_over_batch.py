import numpy as np
import keras
from keras import layers, ops


class Attention(layers.Layer):
    def build(self, input_shape):
        self.score = self.add_weight(shape=(input_shape[-1], 1), initializer="glorot_uniform", name="score")

    def call(self, h):
        e = ops.tanh(ops.matmul(h, self.score))
        a = ops.softmax(e, axis=0)
        return ops.sum(a * h, axis=1)


rng = np.random.default_rng(15)
n, steps = 1200, 12
x = rng.normal(size=(n, steps, 4)).astype("float32")
key = rng.integers(0, steps, n)
x[np.arange(n), key, 0] += 4.0                       # the step that matters is marked
y = (x[np.arange(n), key, 1] > 0).astype("int32")

inputs = keras.Input((steps, 4))
h = layers.Dense(16, activation="tanh")(inputs)
h = Attention()(h)
outputs = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(5e-3), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:1000], y[:1000], validation_data=(x[1000:], y[1000:]), epochs=12, batch_size=32, verbose=2)
print("alone:", model.predict(x[1000:1001], verbose=0), "in company:", model.predict(x[1000:1032], verbose=0)[0])
