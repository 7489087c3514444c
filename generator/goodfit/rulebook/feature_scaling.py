"""Whether the features are brought to one scale before the first layer."""

from goodfit.rulebook.conditions import IMAGES, PRETRAINED, Cells
from goodfit.rulebook.engine import Rule, Topic

NORMALISE = "Training notes, § Training hacks (normalise features)"
FROM_THE_START = ("cnn", "u-net", "autoencoder")

TOPIC = Topic(
    name="feature scaling",
    asks="Are the features brought to one scale?",
    applies=Cells("numbers that come in", forms=("tabular", "image", "masks", "series", "window")),
    rules=(
        Rule(
            id="FEAT01",
            when=Cells("tables and whole series", forms=("tabular", "series")),
            choice={"feature_scaling": "standardize"},
            because=(
                "features of mean 0 and deviation 1 converge faster; the layer learns both from "
                "the training rows alone and is saved inside the model"
            ),
            sources=(
                NORMALISE,
                "LeCun et al. 1998, Efficient BackProp, in Neural Networks: Tricks of the Trade",
            ),
        ),
        Rule(
            id="FEAT02",
            when=IMAGES & Cells("trained from the start", architectures=FROM_THE_START),
            choice={"feature_scaling": "standardize"},
            because=(
                "every channel gets mean 0 and deviation 1 of the training images; both are saved "
                "inside the model"
            ),
            sources=(
                NORMALISE,
                "LeCun et al. 1998, Efficient BackProp, in Neural Networks: Tricks of the Trade",
            ),
        ),
        Rule(
            id="FEAT03",
            when=PRETRAINED,
            choice={"feature_scaling": "none"},
            because=(
                "the backbone scales pixels itself, the way it was trained; to do it twice would "
                "show it images it has never seen"
            ),
            sources=("Keras documentation, EfficientNetV2 (include_preprocessing)",),
        ),
        Rule(
            id="FEAT04",
            when=Cells("forecasts", forms=("window",)),
            choice={"feature_scaling": "level"},
            because=(
                "each window less its last value, in standard deviations of such differences: the "
                "level changes from window to window, and one never seen in training does no harm"
            ),
            sources=(
                NORMALISE,
                "Zeng et al. 2022, Are Transformers Effective for Time Series Forecasting?, "
                "arXiv:2205.13504 (NLinear)",
            ),
        ),
    ),
)
