import numpy as np
import random
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.optimizers import RMSprop

random.seed(5)
lines = ["the cat sat on the mat. ", "a dog ran to the barn. ", "we all sing a song. ", "the sun is up and warm. "]
text = "".join(random.choice(lines) for _ in range(90))
chars = sorted(set(text))
char_indices = {c: i for i, c in enumerate(chars)}
maxlen, step = 12, 2
sentences, next_chars = [], []
for i in range(0, len(text) - maxlen, step):
    sentences.append(text[i:i + maxlen])
    next_chars.append(text[i + maxlen])
print('nb sequences:', len(sentences))

x = np.zeros((len(sentences), maxlen, len(chars)), dtype='float32')
y = np.zeros((len(sentences), len(chars)), dtype='float32')
for i, sentence in enumerate(sentences):
    for t, char in enumerate(sentence):
        x[i, t, char_indices[char]] = 1
    y[i, char_indices[next_chars[i]]] = 1

model = Sequential([Input((maxlen, len(chars))), LSTM(48), Dense(len(chars), activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer=RMSprop(learning_rate=0.01), metrics=['accuracy'])
model.fit(x, y, batch_size=64, epochs=10, verbose=2)
