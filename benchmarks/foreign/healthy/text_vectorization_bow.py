import random
import tensorflow as tf
from tensorflow.keras import layers

random.seed(1)
pos = "great lovely excellent wonderful tasty friendly perfect".split()
neg = "awful terrible cold slow rude bland dirty".split()
filler = "the food was and service place we our dinner evening table waiter very quite again it with a of".split()


def sentence(label):
    words = random.choices(filler, k=random.randint(5, 12)) + random.choices(pos if label else neg, k=random.randint(1, 3))
    random.shuffle(words)
    return " ".join(words)


labels = [random.randint(0, 1) for _ in range(1200)]
texts = [sentence(l) for l in labels]
train_ds = tf.data.Dataset.from_tensor_slices((texts[:1000], labels[:1000])).shuffle(1000).batch(32)
val_ds = tf.data.Dataset.from_tensor_slices((texts[1000:], labels[1000:])).batch(32)

vectorize_layer = layers.TextVectorization(max_tokens=500, output_mode='int', output_sequence_length=15)
vectorize_layer.adapt(train_ds.map(lambda t, l: t))
train_ds = train_ds.map(lambda t, l: (vectorize_layer(t), l)).cache()
val_ds = val_ds.map(lambda t, l: (vectorize_layer(t), l)).cache()

model = tf.keras.Sequential([
    layers.Embedding(500, 16),
    layers.Dropout(0.2),
    layers.GlobalAveragePooling1D(),
    layers.Dropout(0.2),
    layers.Dense(1, activation='sigmoid')])
model.compile(loss=tf.keras.losses.BinaryCrossentropy(), optimizer=tf.keras.optimizers.Adam(0.01),
              metrics=[tf.keras.metrics.BinaryAccuracy(threshold=0.5)])
model.fit(train_ds, validation_data=val_ds, epochs=8, verbose=2)
