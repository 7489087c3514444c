import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from sklearn.datasets import load_wine

wine = load_wine()
X = (wine.data - wine.data.mean(0)) / wine.data.std(0)
alcohol = X[:, 0]
features = X[:, 1:]
perm = np.random.RandomState(0).permutation(len(X))
features, alcohol, kind = features[perm], alcohol[perm], wine.target[perm]

inp = keras.Input(shape=(12,))
shared = layers.Dense(32, activation='relu')(inp)
kind_out = layers.Dense(3, activation='softmax', name='kind')(shared)
alcohol_out = layers.Dense(1, name='alcohol')(layers.Dense(16, activation='relu')(shared))
model = keras.Model(inp, {'kind': kind_out, 'alcohol': alcohol_out})

model.compile(
    optimizer=keras.optimizers.Adam(0.005),
    loss={'kind': 'sparse_categorical_crossentropy', 'alcohol': 'mse'},
    loss_weights={'kind': 1.0, 'alcohol': 0.5},
    metrics={'kind': ['accuracy'], 'alcohol': ['mae']},
)
model.fit(features[:140], {'kind': kind[:140], 'alcohol': alcohol[:140]},
          validation_data=(features[140:], {'kind': kind[140:], 'alcohol': alcohol[140:]}),
          epochs=40, batch_size=16, verbose=0)
print(model.evaluate(features[140:], {'kind': kind[140:], 'alcohol': alcohol[140:]}, return_dict=True, verbose=0))
