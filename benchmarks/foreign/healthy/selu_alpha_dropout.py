import keras
from keras import layers
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = make_classification(n_samples=2000, n_features=16, n_informative=10, n_classes=3, random_state=14)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=14)
std = StandardScaler().fit(X_train)

model = keras.Sequential([keras.Input((16,))])
for n in (64, 64, 48, 48, 32, 32):
    model.add(layers.Dense(n, activation="selu", kernel_initializer="lecun_normal"))
    model.add(layers.AlphaDropout(0.05))
model.add(layers.Dense(3, activation="softmax"))
model.compile(optimizer=keras.optimizers.Nadam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(std.transform(X_train), y_train, epochs=15, batch_size=64, validation_data=(std.transform(X_test), y_test), verbose=2)
