import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def residual_block(x, units):
    h = layers.LayerNormalization()(x)
    h = layers.Dense(units * 2, activation="swish")(h)
    h = layers.Dense(units, kernel_initializer="zeros")(h)
    return layers.Add()([x, h])


X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16, y, test_size=0.2, random_state=6)

inp = keras.Input((64,))
x = layers.Dense(48)(inp)
for _ in range(3):
    x = residual_block(x, 48)
x = layers.LayerNormalization()(x)
out = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inp, out)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=8, batch_size=32, validation_data=(X_test, y_test), verbose=2)
