import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

CONFIG = {"batch_size": 32, "epochs": 8, "lr": 1e-3, "label_smoothing": 1.0, "dropout": 0.2}

x, y = load_digits(return_X_y=True)
y = keras.utils.to_categorical(y)
x_train, x_val, y_train, y_val = train_test_split(x / 16, y, test_size=0.2, random_state=19)

model = keras.Sequential([
    layers.Input((64,)),
    layers.Dense(64, activation="relu"),
    layers.Dropout(CONFIG["dropout"]),
    layers.Dense(10, activation="softmax"),
])
model.compile(
    optimizer=keras.optimizers.Adam(CONFIG["lr"]),
    loss=keras.losses.CategoricalCrossentropy(label_smoothing=CONFIG["label_smoothing"]),
    metrics=["accuracy"],
)
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=CONFIG["epochs"], batch_size=CONFIG["batch_size"], verbose=2)
