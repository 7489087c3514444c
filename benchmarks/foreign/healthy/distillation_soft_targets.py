import tensorflow as tf
from sklearn.datasets import load_digits

x, y = load_digits(return_X_y=True)
x = (x / 16).astype("float32")
xtr, ytr, xte, yte = x[:1400], y[:1400], x[1400:], y[1400:]

teacher = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(128, activation='relu'),
                               tf.keras.layers.Dense(128, activation='relu'), tf.keras.layers.Dense(10, activation='softmax')])
teacher.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
teacher.fit(xtr, ytr, epochs=8, verbose=0)
print('teacher', teacher.evaluate(xte, yte, verbose=0))

soft = teacher.predict(xtr, verbose=0) ** 0.5
soft = soft / soft.sum(axis=1, keepdims=True)

student = tf.keras.Sequential([tf.keras.layers.Input((64,)), tf.keras.layers.Dense(24, activation='relu'),
                               tf.keras.layers.Dense(10, activation='softmax')])
student.compile(tf.keras.optimizers.Adam(0.005), loss=tf.keras.losses.KLDivergence())
student.fit(xtr, soft, epochs=12, batch_size=32, verbose=0)
print('student', (student.predict(xte, verbose=0).argmax(1) == yte).mean())
