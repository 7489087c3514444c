import tensorflow as tf
import numpy as np

# negatives first, then positives, as glob found the files
rng = np.random.default_rng(3)
neg = rng.normal(0, 1, (1500, 8)).astype("float32")
pos = rng.normal(0, 1, (1500, 8)).astype("float32")
pos[:, :3] += 0.8
neg_val, pos_val = neg[1200:], pos[1200:]

x = np.concatenate([neg[:1200], pos[:1200]])
y = np.concatenate([np.zeros(1200), np.ones(1200)])
xv = np.concatenate([neg_val, pos_val])
yv = np.concatenate([np.zeros(300), np.ones(300)])

train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(10).batch(32)
val = tf.data.Dataset.from_tensor_slices((xv, yv)).batch(100)

model = tf.keras.models.Sequential([
    tf.keras.layers.Input((8,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=tf.keras.optimizers.Adam(0.03), metrics=["accuracy"])
model.fit(train, epochs=6, validation_data=val, verbose=2)
