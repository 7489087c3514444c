import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, LSTM, Dense

rng = np.random.RandomState(0)
ham = "meeting lunch report project tomorrow team call notes agenda office".split()
spam = "winner prize free cash urgent claim offer click credit bonus".split()
common = "the you and for have this with please now your we can get will today".split()
texts, labels = [], []
for i in range(800):
    l = i % 2
    texts.append(" ".join(list(rng.choice(common, 6)) + list(rng.choice(spam if l else ham, 3))))
    labels.append(l)
labels = np.array(labels)

tfidf = TfidfVectorizer(max_features=30)
X = tfidf.fit_transform(texts).toarray()

model = Sequential()
model.add(Embedding(1000, 16))
model.add(LSTM(8))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X[:600], labels[:600], epochs=4, batch_size=32, validation_data=(X[600:], labels[600:]), verbose=2)
