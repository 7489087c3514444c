import keras
from keras import layers, ops
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split


@keras.saving.register_keras_serializable()
class Linear(layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class BinaryTruePositives(keras.metrics.Metric):
    def __init__(self, name="binary_true_positives", **kwargs):
        super().__init__(name=name, **kwargs)
        self.true_positives = self.add_weight(name="tp", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        hit = ops.logical_and(ops.equal(ops.cast(y_true, "bool"), True), ops.greater(y_pred, 0.5))
        self.true_positives.assign_add(ops.sum(ops.cast(hit, self.dtype)))

    def result(self):
        return self.true_positives

    def reset_state(self):
        self.true_positives.assign(0)


X, y = make_classification(1500, 12, n_informative=8, random_state=2)
X_tr, X_va, y_tr, y_va = train_test_split(X, y.reshape(-1, 1), random_state=2)
X_tr, X_va = X_tr / X_tr.std(0), X_va / X_tr.std(0)

model = keras.Sequential([keras.Input((12,)), Linear(48), layers.ReLU(), Linear(1), layers.Activation("sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy", BinaryTruePositives()])
model.fit(X_tr, y_tr, validation_data=(X_va, y_va), epochs=15, verbose=2)
