import numpy as np
from sklearn.datasets import load_wine
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense

X, Y = load_wine(return_X_y=True)
seed = 7


def create_model():
    model = Sequential()
    model.add(Dense(24, input_dim=13, activation='relu'))
    model.add(Dense(3, activation='softmax'))
    model.compile(loss='sparse_categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
    return model


kfold = StratifiedKFold(n_splits=3, shuffle=True, random_state=seed)
cvscores = []
for train, test in kfold.split(X, Y):
    scaler = StandardScaler().fit(X[train])
    model = create_model()
    model.fit(scaler.transform(X[train]), Y[train], epochs=12, batch_size=4, verbose=0)
    scores = model.evaluate(scaler.transform(X[test]), Y[test], verbose=0)
    print("%s: %.2f%%" % ('accuracy', scores[1] * 100))
    cvscores.append(scores[1] * 100)
print("%.2f%% (+/- %.2f%%)" % (np.mean(cvscores), np.std(cvscores)))
