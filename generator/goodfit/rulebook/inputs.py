"""What happens to a sample before the first layer: scale, embedding, variation."""

from goodfit.rulebook.conditions import IMAGES, Always, Cells, samples
from goodfit.rulebook.engine import Rule, Topic

NORMALISE = "Training notes, § Training hacks (normalise features)"
COMPRESSION = ("Training notes, § Neural networks (a compression of the training set)",)
FROM_THE_START = ("cnn", "u-net", "autoencoder")
SIMPLIFY = ("Training notes, § Training hacks (simplify)",)
NUMERIC = Cells("tables and series", forms=("tabular", "series", "window"))
WORDS = Cells("texts and tokens", forms=("text", "tokens"))
BEGIN_SIMPLE = "off: begin simple, so that what goes wrong has few causes"

FEATURE_SCALING = Topic(
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
            when=Cells("pretrained", architectures=("pretrained",)),
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
NOISE = Topic(
    name="noise",
    asks="Do numbers get noise while training?",
    applies=NUMERIC,
    rules=(
        Rule(
            id="AUG01",
            when=Always(),
            choice={"input_noise": 0.0},
            because=BEGIN_SIMPLE,
            sources=SIMPLIFY,
        ),
    ),
)
AUGMENTATION = Topic(
    name="augmentation",
    asks="Are images varied at random while training?",
    applies=IMAGES,
    rules=(
        Rule(
            id="AUG02",
            when=Always(),
            choice={"augmentation": 0.0},
            because=BEGIN_SIMPLE,
            sources=SIMPLIFY,
        ),
    ),
)
WORD_DROPOUT = Topic(
    name="word dropout",
    asks="Are words hidden at random while training?",
    applies=WORDS,
    rules=(
        Rule(
            id="AUG03",
            when=Always(),
            choice={"word_dropout": 0.0},
            because=BEGIN_SIMPLE,
            sources=SIMPLIFY,
        ),
    ),
)
EMBEDDING = Topic(
    name="embedding",
    asks="How many numbers stand for a word?",
    applies=WORDS,
    rules=(
        Rule(
            id="EMB01",
            when=samples(high=10_000),
            choice={"embedding_units": 64},
            because="few texts show a word too seldom to fill more numbers with meaning",
            sources=COMPRESSION,
        ),
        Rule(
            id="EMB02",
            when=samples(10_000),
            choice={"embedding_units": 128},
            because="more texts fill wider word vectors",
            sources=COMPRESSION,
        ),
    ),
)
