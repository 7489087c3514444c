import pandas as pd
import keras
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import MinMaxScaler
from sklearn.model_selection import train_test_split

df = load_breast_cancer(as_frame=True).frame
features = df.drop(columns=["target"])
labels = df["target"]

X_train, X_val, y_train, y_val = train_test_split(features, labels, test_size=0.25, stratify=labels, random_state=7)
scaler = MinMaxScaler()
X_train = scaler.fit_transform(X_train)
X_val = scaler.transform(X_val)

model = keras.Sequential()
model.add(keras.Input(shape=(30,)))
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dense(16, activation="relu"))
model.add(keras.layers.Dense(1))

model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(learning_rate=0.001), metrics=["accuracy"])
history = model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=25, batch_size=16, verbose=0)

hist = pd.DataFrame(history.history)
print(hist.tail())
p = model.predict(X_val, verbose=0)
print("min / max 'probability':", p.min(), p.max())
