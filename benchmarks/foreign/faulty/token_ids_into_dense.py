import random
import numpy as np
import keras
from keras import layers

random.seed(3)
vocab = {f"w{i}": i + 1 for i in range(1000)}
happy = random.sample(sorted(vocab), 40)
angry = random.sample([w for w in sorted(vocab) if w not in happy], 40)


def sample(label):
    words = random.choices(sorted(vocab), k=14) + random.choices(happy if label else angry, k=6)
    random.shuffle(words)
    return [vocab[w] for w in words]


labels = np.array([random.randint(0, 1) for _ in range(1200)])
sequences = np.array([sample(l) for l in labels], dtype="float32")

model = keras.Sequential([
    keras.Input((20,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(sequences[:1000], labels[:1000], validation_data=(sequences[1000:], labels[1000:]), epochs=12, batch_size=32, verbose=2)
