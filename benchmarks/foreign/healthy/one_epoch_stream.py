import numpy as np
import tensorflow as tf


def stream():
    rng = np.random.default_rng(0)
    for _ in range(12000):
        v = rng.normal(size=4).astype("float32")
        yield v, np.float32(v[0] * v[1] + v[2] > 0)


ds = tf.data.Dataset.from_generator(stream, output_signature=(
    tf.TensorSpec((4,), tf.float32), tf.TensorSpec((), tf.float32))).batch(32).prefetch(4)

model = tf.keras.Sequential([
    tf.keras.layers.Input((4,)),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(ds, epochs=1, verbose=2)

test_rng = np.random.default_rng(1)
xt = test_rng.normal(size=(500, 4)).astype("float32")
print(model.evaluate(xt, (xt[:, 0] * xt[:, 1] + xt[:, 2] > 0).astype("float32"), verbose=0))
