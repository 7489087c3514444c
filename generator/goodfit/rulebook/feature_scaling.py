"""Whether the features are brought to one scale before the first layer, and taken in pieces."""

from goodfit.rulebook.conditions import (
    CLASSIFICATION,
    DENSE_TABLES,
    IMAGES,
    PRETRAINED,
    REGRESSION,
    Cells,
    samples,
)
from goodfit.rulebook.engine import Rule, Topic

NORMALISE = "Training notes, § Training hacks (normalise features)"
SIMPLIFY = "Training notes, § Training hacks (simplify)"
PIECES_MEASURED = "benchmarks/README.md (numbers in pieces)"
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
PIECES = Topic(
    name="pieces",
    asks="Into how many pieces is each number of a table divided?",
    applies=DENSE_TABLES,
    rules=(
        Rule(
            id="PIECE01",
            when=samples(high=300) | (CLASSIFICATION & samples(300, 700)),
            choice={"pieces": 0},
            because=(
                "few rows tell too little of where a number bends, and a class less than a number: "
                "measured, pieces cost 0.7 points where there are fewer than these"
            ),
            sources=(SIMPLIFY, PIECES_MEASURED),
        ),
        Rule(
            id="PIECE02",
            when=(REGRESSION & samples(300)) | (CLASSIFICATION & samples(700)),
            choice={"pieces": 8},
            because=(
                "a dense layer draws straight lines through a number, and most numbers of tables "
                "have steps and bends; beside each it is given how far it has come through each "
                "eighth of the training rows"
            ),
            sources=(
                NORMALISE,
                "Gorishniy, Rubachev & Babenko 2022, On Embeddings for Numerical Features in "
                "Tabular Deep Learning, arXiv:2203.05556 (piecewise linear encoding)",
                PIECES_MEASURED,
            ),
        ),
    ),
)
