import keras
import tensorflow as tf
from sklearn.datasets import load_digits

keras.mixed_precision.set_global_policy("mixed_float16")


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = keras.layers.Dense(64, activation="relu")
        self.d2 = keras.layers.Dense(10, activation="softmax", dtype="float32")

    def call(self, x):
        return self.d2(self.d1(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred)
        grads = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        for m in self.metrics:
            m.update_state(loss) if m.name == "loss" else m.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


x, y = load_digits(return_X_y=True)
model = Net()
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400] / 16, y[:1400], batch_size=32, epochs=6, verbose=2)
print(model.evaluate(x[1400:] / 16, y[1400:], verbose=0))
keras.mixed_precision.set_global_policy("float32")
