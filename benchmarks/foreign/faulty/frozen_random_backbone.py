import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

digits = load_digits()
imgs = np.kron(digits.images, np.ones((1, 4, 4))).astype("float32") / 16
imgs = np.repeat(imgs[..., None], 3, axis=-1)
x_train, x_val, y_train, y_val = train_test_split(imgs, digits.target, train_size=700, test_size=200, random_state=0)

base_model = keras.applications.MobileNetV2(input_shape=(32, 32, 3), alpha=0.35, include_top=False, weights=None)
base_model.trainable = False

inputs = keras.Input((32, 32, 3))
x = base_model(inputs, training=False)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=3, batch_size=64, validation_data=(x_val, y_val), verbose=2)
