import keras
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

x, y = load_digits(return_X_y=True)
y = keras.utils.to_categorical(y, 10)
x_train, x_test, y_train, y_test = train_test_split(x / 16.0, y, test_size=0.2, random_state=7)

epochs, batch = 12, 32
steps = epochs * (len(x_train) // batch)
schedule = keras.optimizers.schedules.CosineDecay(0.0, steps - 50, warmup_target=3e-3, warmup_steps=50)

model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(128, activation="gelu"),
    layers.Dropout(0.3),
    layers.Dense(10, activation="softmax"),
])
model.compile(
    optimizer=keras.optimizers.AdamW(schedule, weight_decay=1e-4),
    loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
    metrics=["accuracy"])
model.fit(x_train, y_train, epochs=epochs, batch_size=batch, validation_data=(x_test, y_test), verbose=2)
