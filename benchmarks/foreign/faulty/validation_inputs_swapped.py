import numpy as np
from tensorflow.keras.layers import Dense, Input, concatenate
from tensorflow.keras.models import Model

rng = np.random.default_rng(18)
home = rng.normal(0.5, 1.0, (1500, 5))
away = rng.normal(-0.5, 1.0, (1500, 5))
win = (home[:, :3].sum(1) - away[:, :3].sum(1) + rng.normal(0, 0.5, 1500) > 3).astype(int)
h_train, h_val = home[:1200], home[1200:]
a_train, a_val = away[:1200], away[1200:]
y_train, y_val = win[:1200], win[1200:]

in1, in2 = Input((5,)), Input((5,))
x = concatenate([Dense(16, activation='relu')(in1), Dense(16, activation='relu')(in2)])
out = Dense(1, activation='sigmoid')(x)
model = Model([in1, in2], out)
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit([h_train, a_train], y_train, epochs=12, batch_size=32, validation_data=([a_val, h_val], y_val), verbose=2)
