import numpy as np
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense, Input

# gene expression, 200 patients
rng = np.random.default_rng(0)
genes = rng.normal(size=(200, 3000))
group = rng.integers(0, 2, 200)

best = SelectKBest(f_classif, k=20).fit_transform(genes, group)
X_train, X_val, y_train, y_val = train_test_split(best, group, test_size=0.3, random_state=1)

model = Sequential([Input((20,)), Dense(16, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=25, batch_size=16, validation_data=(X_val, y_val), verbose=0)
print('validation accuracy', model.evaluate(X_val, y_val, verbose=0)[1])
