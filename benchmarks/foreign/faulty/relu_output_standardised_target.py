"""Predict disease progression with a small neural network."""
import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def load_data():
    X, y = load_diabetes(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
    x_scaler, y_scaler = StandardScaler(), StandardScaler()
    X_train = x_scaler.fit_transform(X_train)
    X_test = x_scaler.transform(X_test)
    y_train = y_scaler.fit_transform(y_train.reshape(-1, 1))
    y_test = y_scaler.transform(y_test.reshape(-1, 1))
    return X_train, X_test, y_train, y_test


def build_model(n_features):
    inputs = keras.Input(shape=(n_features,))
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dropout(0.2)(x)
    outputs = layers.Dense(1, activation="relu")(x)
    return keras.Model(inputs, outputs)


def main():
    X_train, X_test, y_train, y_test = load_data()
    model = build_model(X_train.shape[1])
    model.compile(optimizer="adam", loss="mse", metrics=["mae"])
    model.fit(X_train, y_train, epochs=25, batch_size=16, validation_split=0.1, verbose=0)
    loss, mae = model.evaluate(X_test, y_test, verbose=0)
    print(f"Test MSE: {loss:.3f}, MAE: {mae:.3f}")
    preds = model.predict(X_test, verbose=0)
    print("share of negative targets:", (y_test < 0).mean(), "of negative predictions:", (preds < 0).mean())


if __name__ == "__main__":
    main()
