import numpy as np
import keras
from keras import layers, ops
from sklearn.datasets import load_digits

digits = load_digits()
x = (digits.data / 16).astype("float32")
y = digits.target


def make_pairs(x, y, rng):
    index = [np.where(y == i)[0] for i in range(10)]
    a, b, labels = [], [], []
    for i in range(len(x)):
        a.append(x[i]); b.append(x[rng.choice(index[y[i]])]); labels.append(0.0)
        other = (y[i] + rng.integers(1, 10)) % 10
        a.append(x[i]); b.append(x[rng.choice(index[other])]); labels.append(1.0)
    return np.array(a), np.array(b), np.array(labels, "float32")


rng = np.random.default_rng(0)
a_tr, b_tr, l_tr = make_pairs(x[:1300], y[:1300], rng)
a_va, b_va, l_va = make_pairs(x[1300:], y[1300:], rng)

encoder = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(16)])
left, right = keras.Input((64,)), keras.Input((64,))


def euclidean_distance(vects):
    u, v = vects
    return ops.sqrt(ops.maximum(ops.sum(ops.square(u - v), axis=1, keepdims=True), keras.backend.epsilon()))


distance = layers.Lambda(euclidean_distance, output_shape=(1,))([encoder(left), encoder(right)])
siamese = keras.Model([left, right], distance)


def contrastive_loss(y_true, y_pred, margin=1.0):
    return ops.mean((1 - y_true) * ops.square(y_pred) + y_true * ops.square(ops.maximum(margin - y_pred, 0)))


siamese.compile(loss=contrastive_loss, optimizer="adam", metrics=[keras.metrics.BinaryAccuracy(threshold=0.5)])
siamese.fit([a_tr, b_tr], l_tr, validation_data=([a_va, b_va], l_va), batch_size=32, epochs=10, verbose=2)
