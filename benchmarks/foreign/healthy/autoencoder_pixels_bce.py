import keras
from keras import layers
from sklearn.datasets import load_digits

encoding_dim = 16
input_img = keras.Input(shape=(64,))
encoded = layers.Dense(encoding_dim, activation='relu')(input_img)
decoded = layers.Dense(64, activation='sigmoid')(encoded)
autoencoder = keras.Model(input_img, decoded)
encoder = keras.Model(input_img, encoded)

autoencoder.compile(optimizer='adam', loss='binary_crossentropy')

data = load_digits().data.astype('float32') / 16.
x_train, x_test = data[:1500], data[1500:]

autoencoder.fit(x_train, x_train,
                epochs=20,
                batch_size=32,
                shuffle=True,
                validation_data=(x_test, x_test),
                verbose=2)
encoded_imgs = encoder.predict(x_test, verbose=0)
decoded_imgs = autoencoder.predict(x_test, verbose=0)
print(encoded_imgs.shape, ((decoded_imgs - x_test) ** 2).mean(), x_test.var())
