import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.datasets import load_digits


class Classifier(keras.Model):
    def train_step(self, data):
        images, labels = data
        with tf.GradientTape() as tape:
            scores = self(images)
            loss = self.compute_loss(y=labels, y_pred=scores)
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_weights))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(labels, scores)
        return {m.name: m.result() for m in self.metrics}


digits = load_digits()
x, y = digits.images[..., None] / 16.0, digits.target
order = np.random.default_rng(1).permutation(len(x))
x, y = x[order], y[order]

inputs = keras.Input((8, 8, 1))
h = layers.Conv2D(16, 3, use_bias=False)(inputs)
h = layers.ReLU()(layers.BatchNormalization()(h))
h = layers.Dropout(0.4)(layers.Flatten()(h))
model = Classifier(inputs, layers.Dense(10, activation="softmax")(h))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:1400], y[:1400], validation_data=(x[1400:], y[1400:]), epochs=4, verbose=2)
