import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from sklearn.datasets import load_digits

d = load_digits()
x = d.images[..., None] / 16.0
y = d.target

base = keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(16, 3, activation='relu'),
    layers.MaxPooling2D(),
    layers.Flatten(),
])
pre = keras.Sequential([base, layers.Dense(2, activation='softmax')])
pre.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
pre.fit(x[:800], y[:800] % 2, epochs=4, verbose=0)     # even or odd, as a pretext

model = keras.Sequential([base, layers.Dense(32, activation='relu'), layers.Dense(10, activation='softmax')])
for layer in model.layers:
    layer.trainable = False
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(x[:1400], y[:1400], epochs=5, validation_data=(x[1400:], y[1400:]), verbose=2)
