import os
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf


class CustomModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = tf.reduce_mean((y - y_pred) ** 2)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        return {"mse": loss}


x = np.random.normal(size=(1500, 6)).astype("float32")
y = (x[:, 0] * 1.5 - x[:, 1] + np.sin(2 * x[:, 2])).astype("float32")

inputs = keras.Input(shape=(6,))
h = keras.layers.Dense(32, activation="relu")(inputs)
outputs = keras.layers.Dense(1)(h)
model = CustomModel(inputs, outputs)
model.compile(optimizer="adam")
model.fit(x[:1200], y[:1200], epochs=15, batch_size=32, verbose=2)

pred = model.predict(x[1200:], verbose=0).ravel()
print("correlation", np.corrcoef(pred, y[1200:])[0, 1], "std of predictions", pred.std())
