import tensorflow as tf
from tensorflow.keras import layers
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import scale

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(scale(X), y, stratify=y, random_state=0)

inputs = layers.Input(shape=(13,))
x = layers.Dense(32, activation='relu')(inputs)
x = layers.Dropout(0.5)(x, training=True)
x = layers.Dense(16, activation='relu')(x)
x = layers.Dropout(0.5)(x, training=True)
outputs = layers.Dense(3, activation='softmax')(x)
model = tf.keras.Model(inputs, outputs)
model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=30, batch_size=8, verbose=0)
for _ in range(3):
    print(model.evaluate(X_test, y_test, verbose=0))
