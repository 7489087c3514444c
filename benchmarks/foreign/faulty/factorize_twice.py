import numpy as np
import pandas as pd
from sklearn.datasets import load_iris
import tensorflow as tf

iris = load_iris(as_frame=True)
frame = iris.frame
frame["species"] = iris.target_names[frame["target"]]
frame = frame.drop(columns="target").sample(frac=1, random_state=8)

train = frame.iloc[:110]
valid = frame.iloc[110:].sort_values("species", ascending=False)

y_train, classes = pd.factorize(train["species"])
y_valid, _ = pd.factorize(valid["species"])
mean, std = train.iloc[:, :4].mean(), train.iloc[:, :4].std()
x_train = ((train.iloc[:, :4] - mean) / std).values
x_valid = ((valid.iloc[:, :4] - mean) / std).values

model = tf.keras.Sequential([
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(len(classes), activation="softmax"),
])
model.compile(tf.keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
h = model.fit(x_train, y_train, validation_data=(x_valid, y_valid), epochs=20, batch_size=8, verbose=0)
print("train acc", h.history["accuracy"][-1], "val acc", h.history["val_accuracy"][-1])
