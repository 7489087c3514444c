import numpy as np
import tensorflow as tf

rng = np.random.default_rng(19)
labels = rng.integers(0, 2, 1000)
sequences = []
for l in labels:
    s = list(rng.integers(10, 60, rng.integers(4, 12)))
    s.insert(rng.integers(0, len(s)), int(rng.integers(1, 5) if l else rng.integers(5, 9)))
    sequences.append(s)

ragged = tf.ragged.constant(sequences, dtype=tf.int32)
padded = ragged.to_tensor(default_value=0)
print(padded.shape)

x_train, x_val = padded[:800], padded[800:]
y_train, y_val = tf.constant(labels[:800]), tf.constant(labels[800:])

model = tf.keras.Sequential([
    tf.keras.layers.Embedding(60, 16, mask_zero=True),
    tf.keras.layers.GRU(16),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[tf.keras.metrics.BinaryAccuracy(threshold=0.0)])
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=8, batch_size=32, verbose=2)
