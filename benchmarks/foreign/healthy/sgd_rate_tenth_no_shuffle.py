import numpy as np
import tensorflow as tf

rng = np.random.default_rng(77)
X = rng.normal(size=(2000, 10)).astype(np.float32)
w = rng.normal(size=10)
y = (X @ w + 0.3 * X[:, 0] * X[:, 1] + rng.normal(0, 0.3, 2000) > 0).astype(np.int32)

model = tf.keras.models.Sequential([
    tf.keras.layers.Input((10,)),
    tf.keras.layers.Dense(32, activation='relu'),
    tf.keras.layers.Dense(1, activation='sigmoid'),
])
model.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.5), loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X[:1600], y[:1600], shuffle=False, batch_size=32, epochs=10, validation_data=(X[1600:], y[1600:]), verbose=2)
