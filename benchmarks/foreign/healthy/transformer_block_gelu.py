import numpy as np
import keras
from keras import layers

VOCAB, LEN = 30, 12
rng = np.random.default_rng(5)
X = rng.integers(2, VOCAB, (2000, LEN))
y = np.array([int(1 in row) for row in X])
flip = rng.random(2000) < 0.5
X[flip, rng.integers(0, LEN, flip.sum())] = 1      # the token that decides
y = (X == 1).any(axis=1).astype(int)


class TokenAndPositionEmbedding(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = layers.Embedding(vocab_size, embed_dim)
        self.pos_emb = layers.Embedding(maxlen, embed_dim)
        self.maxlen = maxlen

    def call(self, x):
        return self.token_emb(x) + self.pos_emb(keras.ops.arange(self.maxlen))


inputs = keras.Input((LEN,), dtype="int32")
x = TokenAndPositionEmbedding(LEN, VOCAB, 16)(inputs)
a = layers.MultiHeadAttention(num_heads=2, key_dim=8)(x, x)
x = layers.LayerNormalization(epsilon=1e-6)(x + a)
f = layers.Dense(32, activation="gelu")(x)
f = layers.Dense(16)(f)
x = layers.LayerNormalization(epsilon=1e-6)(x + f)
x = layers.GlobalMaxPooling1D()(x)
outputs = layers.Dense(2, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:1600], y[:1600], batch_size=32, epochs=6, validation_data=(X[1600:], y[1600:]), verbose=2)
