import numpy as np
from sklearn.datasets import load_digits
from tensorflow.keras import layers, models

d = load_digits()
imgs = (d.images * 15.9).astype('uint8')       # as read from PNG files
labels = d.target


def preprocess(img):
    img = img / 255
    return img.astype('uint8')


X = np.array([preprocess(i) for i in imgs]).reshape(-1, 8, 8, 1)
idx = np.random.RandomState(0).permutation(len(X))
X, labels = X[idx], labels[idx]

model = models.Sequential()
model.add(layers.Conv2D(16, (3, 3), activation='relu', input_shape=(8, 8, 1)))
model.add(layers.Flatten())
model.add(layers.Dense(32, activation='relu'))
model.add(layers.Dense(10, activation='softmax'))
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X, labels, epochs=8, validation_split=0.2, verbose=2)
