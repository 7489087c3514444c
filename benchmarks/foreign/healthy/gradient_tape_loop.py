import tensorflow as tf
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
x = (x / 16).astype("float32")
train_dataset = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(64)
val_dataset = tf.data.Dataset.from_tensor_slices((x[1400:], y[1400:])).batch(64)

inputs = tf.keras.Input(shape=(64,), name="digits")
h = tf.keras.layers.Dense(64, activation="relu")(inputs)
outputs = tf.keras.layers.Dense(10, name="predictions")(h)
model = tf.keras.Model(inputs, outputs)

optimizer = tf.keras.optimizers.Adam(1e-3)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
acc = tf.keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss_value = loss_fn(y, model(x, training=True))
    grads = tape.gradient(loss_value, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    return loss_value


for epoch in range(10):
    for step, (xb, yb) in enumerate(train_dataset):
        loss = train_step(xb, yb)
    for xb, yb in val_dataset:
        acc.update_state(yb, model(xb, training=False))
    print("epoch", epoch, "loss", float(loss), "val acc", float(acc.result()))
    acc.reset_state()
