import tensorflow as tf
from tensorflow.keras import layers
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import scale

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(scale(X), y, stratify=y, random_state=0)


class WineNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.fc1 = layers.Dense(32, activation='relu')
        self.fc2 = layers.Dense(16, activation='relu')
        self.drop = layers.Dropout(0.5)
        self.out = layers.Dense(3, activation='softmax')

    def call(self, x):
        x = self.drop(self.fc1(x), training=True)
        x = self.drop(self.fc2(x), training=True)
        return self.out(x)


model = WineNet()
model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=25, batch_size=8, verbose=0)
for _ in range(3):
    print(model.evaluate(X_test, y_test, verbose=0))
