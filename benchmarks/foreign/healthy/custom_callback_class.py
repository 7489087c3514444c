import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import RobustScaler
from sklearn.model_selection import train_test_split


class StopAtGoal(tf.keras.callbacks.Callback):
    def __init__(self, goal):
        super().__init__()
        self.goal = goal

    def on_epoch_end(self, epoch, logs=None):
        if logs.get('val_accuracy', 0) >= self.goal and epoch > 5:
            print(f'\nreached {self.goal:.0%} in epoch {epoch + 1}')
            self.model.stop_training = True


class Trainer:
    def __init__(self, hidden=(32, 16), lr=1e-3):
        self.hidden, self.lr = hidden, lr
        self.scaler = RobustScaler()

    def _build(self, n):
        i = o = tf.keras.Input((n,))
        for h in self.hidden:
            o = tf.keras.layers.Dense(h, activation='elu')(o)
        o = tf.keras.layers.Dense(1, activation='sigmoid')(o)
        m = tf.keras.Model(i, o)
        m.compile(tf.keras.optimizers.RMSprop(self.lr), 'binary_crossentropy', metrics=['accuracy'])
        return m

    def run(self, X, y):
        X_tr, X_va, y_tr, y_va = train_test_split(X, y, test_size=0.25, random_state=0)
        X_tr, X_va = self.scaler.fit_transform(X_tr), self.scaler.transform(X_va)
        self.model = self._build(X.shape[1])
        self.history = self.model.fit(X_tr, y_tr, validation_data=(X_va, y_va), epochs=25, batch_size=16,
                                      verbose=0, callbacks=[StopAtGoal(0.99)])
        return self.model.evaluate(X_va, y_va, verbose=0)


print(Trainer().run(*load_breast_cancer(return_X_y=True)))
