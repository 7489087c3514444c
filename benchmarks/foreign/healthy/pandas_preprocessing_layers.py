import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(44)
n = 1200
df = pd.DataFrame({
    "breed": rng.choice(["terrier", "poodle", "mixed", "boxer"], n),
    "age": rng.integers(1, 60, n),
    "fee": rng.choice([0, 50, 100, 200], n),
})
value = {"terrier": 0.2, "poodle": 0.9, "mixed": -0.8, "boxer": -0.3}
df["target"] = (df.breed.map(value) - 0.05 * (df.age - 30) - 0.003 * (df.fee - 90) + rng.normal(0, .4, n) > 0).astype(int)
train, val = df.iloc[:950], df.iloc[950:]


def df_to_dataset(frame, shuffle=True, batch_size=32):
    frame = frame.copy()
    labels = frame.pop("target")
    data = {key: np.array(value.tolist())[:, None] for key, value in frame.items()}
    ds = tf.data.Dataset.from_tensor_slices((data, labels.values))
    return (ds.shuffle(len(frame)) if shuffle else ds).batch(batch_size)


lookup = layers.StringLookup(output_mode="one_hot")
lookup.adapt(np.array(train.breed.tolist()))
normalizers = {}
for c in ["age", "fee"]:
    normalizers[c] = layers.Normalization(axis=None)
    normalizers[c].adapt(train[c].to_numpy())

inputs = {"breed": tf.keras.Input((1,), name="breed", dtype="string"),
          "age": tf.keras.Input((1,), name="age"), "fee": tf.keras.Input((1,), name="fee")}
x = layers.concatenate([lookup(inputs["breed"]), normalizers["age"](inputs["age"]), normalizers["fee"](inputs["fee"])])
x = layers.Dense(32, activation="relu")(x)
out = layers.Dense(1)(x)
model = tf.keras.Model(inputs, out)
model.compile("adam", tf.keras.losses.BinaryCrossentropy(from_logits=True), metrics=[tf.keras.metrics.BinaryAccuracy(threshold=0.0)])
model.fit(df_to_dataset(train), epochs=12, validation_data=df_to_dataset(val, False), verbose=2)
