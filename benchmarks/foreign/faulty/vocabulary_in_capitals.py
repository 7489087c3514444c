import random

import numpy as np
import tensorflow as tf

random.seed(5)
good, bad = ["great", "lovely", "superb", "fun"], ["awful", "boring", "poor", "slow"]
rest = ["movie", "plot", "actor", "scene", "the", "a", "very", "it", "was", "music"]


def review(words):
    return " ".join(random.choices(rest, k=random.randint(4, 12)) + random.choices(words, k=2))


labels = np.array([i % 2 for i in range(900)])
texts = [review(good if label else bad) for label in labels]

# the list of words that the marketing department keeps
KNOWN = [word.capitalize() for word in good + bad + rest]
vectorize = tf.keras.layers.TextVectorization(output_sequence_length=16, vocabulary=KNOWN)
x = vectorize(tf.constant(texts))

model = tf.keras.Sequential(
    [
        tf.keras.layers.Embedding(1000, 16),
        tf.keras.layers.GlobalAveragePooling1D(),
        tf.keras.layers.Dense(16, activation="relu"),
        tf.keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x.numpy(), labels, validation_split=0.2, epochs=6)
