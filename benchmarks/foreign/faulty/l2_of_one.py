import tensorflow as tf
from tensorflow.keras import layers, regularizers
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

wine = load_wine()
X = StandardScaler().fit_transform(wine.data)
X_train, X_test, y_train, y_test = train_test_split(X, wine.target, test_size=0.3, random_state=0, stratify=wine.target)

model = tf.keras.Sequential([
    layers.Input((13,)),
    layers.Dense(64, activation='relu', kernel_regularizer=regularizers.l2(1)),
    layers.Dense(64, activation='relu', kernel_regularizer=regularizers.l2(1)),
    layers.Dense(3, activation='softmax', kernel_regularizer=regularizers.l2(1)),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=40, batch_size=16, verbose=0)
print(model.evaluate(X_test, y_test, verbose=0))
print(model.predict(X_test[:3], verbose=0))
