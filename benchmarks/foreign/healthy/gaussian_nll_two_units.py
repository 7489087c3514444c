import numpy as np
import keras
from keras import ops

rng = np.random.default_rng(3)
x = rng.uniform(-1, 1, (2500, 1)).astype("float32")
y = np.sin(4 * x) * 0.5 + rng.normal(size=x.shape) * (0.05 + 0.1 * (x > 0))


def nll(y_true, params):
    mu, log_var = params[:, :1], params[:, 1:]
    return ops.mean(0.5 * (log_var + ops.square(y_true - mu) / ops.exp(log_var)))


inputs = keras.Input((1,))
h = keras.layers.Dense(48, activation="tanh")(inputs)
h = keras.layers.Dense(48, activation="tanh")(h)
outputs = keras.layers.Dense(2)(h)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(5e-3), loss=nll)
model.fit(x[:2000], y[:2000], epochs=20, batch_size=64, validation_data=(x[2000:], y[2000:]), verbose=2)
sigma = np.exp(0.5 * model.predict(np.array([[-0.5], [0.5]]), verbose=0)[:, 1])
print("sigma left and right", sigma)
