import tensorflow as tf
from tensorflow.keras import backend as K, regularizers
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model
from sklearn.datasets import make_classification

X, y = make_classification(n_samples=1500, n_features=10, n_informative=6, random_state=17)
X, y = X.astype('float32'), y.astype('float32')


def f1_loss(y_true, y_pred):
    y_pred = tf.round(y_pred)
    tp = tf.reduce_sum(y_true * y_pred)
    fp = tf.reduce_sum((1 - y_true) * y_pred)
    fn = tf.reduce_sum(y_true * (1 - y_pred))
    f1 = 2 * tp / (2 * tp + fp + fn + 1e-7)
    return 1 - f1


i = Input(shape=(10,))
h = Dense(32, activation='relu', kernel_regularizer=regularizers.l2(1e-4))(i)
o = Dense(1, activation='sigmoid', kernel_regularizer=regularizers.l2(1e-4))(h)
model = Model(i, o)
model.compile(loss=f1_loss, optimizer='adam', metrics=['accuracy'])
model.fit(X[:1200], y[:1200], batch_size=64, epochs=15, validation_data=(X[1200:], y[1200:]), verbose=2)
