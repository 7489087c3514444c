import argparse
import os
import tempfile

import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def parse_args():
    p = argparse.ArgumentParser()
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--batch-size", type=int, default=32)
    p.add_argument("--lr", type=float, default=1e-3)
    p.add_argument("--out", default=None)
    return p.parse_args()


def get_model(lr):
    model = keras.Sequential([
        layers.Input((8, 8, 1)),
        layers.Conv2D(16, 3, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def main():
    args = parse_args()
    keras.utils.set_random_seed(0)
    d = load_digits()
    x = d.images[..., np.newaxis].astype("float32") / 16
    x_train, x_val, y_train, y_val = train_test_split(x, d.target, test_size=0.2, stratify=d.target, random_state=0)
    model = get_model(args.lr)
    cb = [
        keras.callbacks.EarlyStopping("val_loss", patience=5, restore_best_weights=True),
        keras.callbacks.ReduceLROnPlateau("val_loss", patience=2, factor=0.5),
    ]
    model.fit(x_train, y_train, epochs=args.epochs, batch_size=args.batch_size, validation_data=(x_val, y_val), callbacks=cb, verbose=0)
    print(model.evaluate(x_val, y_val, verbose=0))
    out = args.out or os.path.join(tempfile.mkdtemp(), "model.keras")
    model.save(out)
    print("saved to", out)


if __name__ == "__main__":
    main()
