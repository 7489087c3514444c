import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(2)
words = ["Good", "Great", "Nice", "Bad", "Awful", "Poor"] + ["Word%d" % i for i in range(60)]
word_index = {w: i + 1 for i, w in enumerate(words)}

# toy "GloVe" file: lower case words, 12 numbers each
embeddings_index = {w.lower(): rng.normal(size=12) for w in words}
for i, w in enumerate(words[:6]):
    embeddings_index[w.lower()][0] = 2 if i < 3 else -2

num_tokens, embedding_dim, hits = len(words) + 1, 12, 0
embedding_matrix = np.zeros((num_tokens, embedding_dim))
for word, i in word_index.items():
    embedding_vector = embeddings_index.get(word)
    if embedding_vector is not None:
        embedding_matrix[i] = embedding_vector
        hits += 1

labels = rng.integers(0, 2, 1200)
X = rng.integers(7, num_tokens, (1200, 10))
for i, l in enumerate(labels):
    X[i, rng.choice(10, 2, replace=False)] = rng.integers(1, 4, 2) if l else rng.integers(4, 7, 2)

embedding_layer = layers.Embedding(num_tokens, embedding_dim, trainable=False)
embedding_layer.build((1,))
embedding_layer.set_weights([embedding_matrix])

inp = keras.Input((None,), dtype="int32")
x = embedding_layer(inp)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dense(32, activation="relu")(x)
out = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inp, out)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X[:1000], labels[:1000], batch_size=32, epochs=8, validation_data=(X[1000:], labels[1000:]), verbose=2)
