import tensorflow as tf
from tensorflow.keras.layers import Input, Conv2D, MaxPooling2D, Flatten, Dense
from tensorflow.keras.models import Model
from sklearn.datasets import load_digits

digits = load_digits()
images = (digits.images / 16.0).astype("float32")[..., None]
labels = tf.keras.utils.to_categorical(digits.target, 10)

x_train, y_train = images[:1400], labels[:1400]
x_test, y_test = images[1400:], labels[1400:]


def softmax_loss(y_true, y_pred):
    return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y_true, logits=y_pred))


inp = Input(shape=(8, 8, 1))
x = Conv2D(16, 3, activation="relu", padding="same")(inp)
x = MaxPooling2D()(x)
x = Flatten()(x)
x = Dense(32, activation="relu")(x)
out = Dense(10, activation="softmax")(x)
model = Model(inp, out)

model.compile(optimizer="sgd", loss=softmax_loss, metrics=["categorical_accuracy"])
model.fit(x_train, y_train, batch_size=32, epochs=10, validation_data=(x_test, y_test), verbose=2)
