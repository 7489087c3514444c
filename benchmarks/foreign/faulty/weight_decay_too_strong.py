import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def make_model():
    inputs = keras.Input(shape=(64,))
    x = layers.Dense(128, activation="gelu")(inputs)
    x = layers.Dense(64, activation="gelu")(x)
    return keras.Model(inputs, layers.Dense(10)(x))


x, y = load_digits(return_X_y=True)
x_train, x_val, y_train, y_val = train_test_split(x / 16.0, y, test_size=0.2, random_state=42)

model = make_model()
model.compile(
    optimizer=keras.optimizers.AdamW(learning_rate=1e-3, weight_decay=50.0),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=10, batch_size=64, verbose=2)
