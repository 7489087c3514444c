import keras
import numpy as np
from keras import layers, ops

rng = np.random.default_rng(50)
num_users, num_movies, n = 80, 70, 4000
pu, pm = rng.normal(size=(num_users, 3)), rng.normal(size=(num_movies, 3))
cell = rng.choice(num_users * num_movies, n, replace=False)      # who has seen what
pairs = np.stack([cell // num_movies, cell % num_movies], axis=1)
rating = np.clip(np.round(3 + 0.8 * (pu[pairs[:, 0]] * pm[pairs[:, 1]]).sum(1) + rng.normal(0, 0.3, n)), 1, 5)
y = (rating - 1) / 4


class RecommenderNet(keras.Model):
    def __init__(self, num_users, num_movies, size, **kwargs):
        super().__init__(**kwargs)
        reg = keras.regularizers.l2(1e-6)
        self.user_embedding = layers.Embedding(num_users, size, embeddings_initializer="he_normal", embeddings_regularizer=reg)
        self.user_bias = layers.Embedding(num_users, 1)
        self.movie_embedding = layers.Embedding(num_movies, size, embeddings_initializer="he_normal", embeddings_regularizer=reg)
        self.movie_bias = layers.Embedding(num_movies, 1)

    def call(self, inputs):
        u, m = inputs[:, 0], inputs[:, 1]
        dot = ops.sum(self.user_embedding(u) * self.movie_embedding(m), axis=1, keepdims=True)
        return ops.sigmoid(dot + self.user_bias(u) + self.movie_bias(m))


model = RecommenderNet(num_users, num_movies, 8)
model.compile(loss=keras.losses.MeanSquaredError(), optimizer=keras.optimizers.Adam(0.01))
model.fit(pairs[:3400], y[:3400], batch_size=64, epochs=10, validation_data=(pairs[3400:], y[3400:]), verbose=2)
print("variance", y.var())
