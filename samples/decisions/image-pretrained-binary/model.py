"""A network trained on ImageNet, with a head of our own: first the head learns, then all of it."""

import keras
import numpy as np
from keras import applications, layers

from config import HeadConfig, ModelConfig, refuse
from features import Encoder, network_input

# All of these bring the scaling of pixels with them, so that it is saved inside the model.
BACKBONES = {
    "efficientnet_v2_b0": applications.EfficientNetV2B0,
    "efficientnet_v2_s": applications.EfficientNetV2S,
    "mobilenet_v3_small": applications.MobileNetV3Small,
    "convnext_tiny": applications.ConvNeXtTiny,
}


def make_backbone(config: ModelConfig, size: int) -> keras.Model:
    """Images (batch, size, size, 3), 0 to 255, to features (batch, any)."""
    try:
        backbone: keras.Model = BACKBONES[config.backbone](
            include_top=False,
            weights=None if config.weights == "none" else config.weights,
            input_shape=(size, size, 3),
            pooling="avg",
        )
    except Exception as error:  # Keras raises a bare Exception where a download fails
        refuse(
            f"the ImageNet weights of {config.backbone} cannot be had: {error}",
            "a connection to storage.googleapis.com, or the file in ~/.keras/models from before",
            "run once with a connection; or start from nothing: --set model.weights=none",
        )
    return backbone


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network, ready for its first stage: a trained backbone is frozen.

    Its batch normalisation is frozen now and when the rest is thawed: it stays in inference mode,
    and small batches never touch its statistics. One that starts from nothing learns at once.
    Input shape: (batch, H, W, C), uint8. Output shape: (batch, output_units), always float32.
    """
    inputs, hidden = network_input(encoder, x, config)
    if encoder.channels == 1:
        hidden = layers.Concatenate()([hidden, hidden, hidden])  # grey is equal red, green and blue
    backbone = make_backbone(config, encoder.image_size)
    backbone.name = "backbone"
    backbone.trainable = config.weights == "none"
    hidden = layers.Dropout(config.dropout)(backbone(hidden))
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name="pretrained")


def thaw(model: keras.Model, config: ModelConfig) -> int:
    """Let the last layers of the backbone learn, `config.thawed_share` of all; return how many.

    Batch normalisation stays frozen: its statistics are worth more than a small batch's.
    """
    backbone = model.get_layer("backbone")
    first = round(len(backbone.layers) * (1 - config.thawed_share))
    backbone.trainable = True
    for place, layer in enumerate(backbone.layers):
        normalises = isinstance(layer, layers.BatchNormalization)
        layer.trainable = place >= first and not normalises
    return len(backbone.layers) - first
