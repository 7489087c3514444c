import pandas as pd
from sklearn.datasets import load_iris
from sklearn.preprocessing import LabelEncoder
from keras.models import Sequential
from keras.layers import Dense

iris = load_iris(as_frame=True)
df = iris.frame.sample(frac=1, random_state=3).reset_index(drop=True)
names = df["target"].map(dict(enumerate(iris.target_names)))
X = df.drop("target", axis=1)
X = (X - X.mean()) / X.std()
y = LabelEncoder().fit_transform(names)

model = Sequential()
model.add(Dense(16, activation="relu", input_shape=(4,)))
model.add(Dense(8, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
hist = model.fit(X, y, epochs=40, batch_size=10, validation_split=0.2, verbose=0)
print(hist.history["loss"][::8])
print(hist.history["accuracy"][-1])
