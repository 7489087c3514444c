"""How many units are turned off at each step."""

from goodfit.rulebook.conditions import (
    CLASSIFICATION,
    DENSE_TABLES,
    RECURRENT,
    REGRESSION,
    TEXTS,
    WORDS,
    Cells,
    samples,
)
from goodfit.rulebook.engine import Rule, Topic

NOTES = "Training notes, § Dropout (0.1 to 0.5)"
RECURRENT_NOTES = "Training notes, § Dropout (0.3 for recurrent networks)"
CONVOLUTIONAL_NOTES = "Training notes, § Dropout (0.5 for convolutional networks)"
SRIVASTAVA = "Srivastava et al. 2014, Dropout, Journal of Machine Learning Research 15"
ALEXNET = (
    "Krizhevsky, Sutskever & Hinton 2012, ImageNet Classification with Deep Convolutional Neural "
    "Networks, NIPS (dropout in its dense layers)"
)
VGG = (
    "Simonyan & Zisserman 2015, Very Deep Convolutional Networks, arXiv:1409.1556 (dropout in its "
    "dense layers)"
)
KIM = "Kim 2014, Convolutional Neural Networks for Sentence Classification, arXiv:1408.5882"
MEASURED = "benchmarks/README.md (real tables)"
SERIES_MEASURED = "benchmarks/README.md (whole series)"
TEXTS_MEASURED = "benchmarks/README.md (dropout on words)"
FEW_TEXTS, ENOUGH_TEXTS = samples(high=5_000), samples(5_000)

CONVOLUTIONAL = ("cnn", "u-net", "pretrained")

# Documented rates, between layers and on the numbers that stand for a word alike.
OF_CONVOLUTIONS, OF_RECURRENCE, OF_ATTENTION = 0.5, 0.3, 0.1

DROPOUT = Topic(
    name="dropout",
    asks="What share of each hidden layer's units is turned off at each step?",
    rules=(
        Rule(
            id="DROP01",
            when=DENSE_TABLES & CLASSIFICATION & samples(high=10_000),
            choice={"dropout": 0.3},
            because="little data is memorised quickly, and dropout makes that hard",
            sources=(NOTES, SRIVASTAVA, MEASURED),
        ),
        Rule(
            id="DROP02",
            when=DENSE_TABLES & CLASSIFICATION & samples(10_000),
            choice={"dropout": 0.1},
            because="much data protects by itself; the low end of the documented range",
            sources=(NOTES, SRIVASTAVA, MEASURED),
        ),
        Rule(
            id="DROP03",
            when=DENSE_TABLES & REGRESSION,
            choice={"dropout": 0.1},
            because=(
                "the low end of the range: turned-off units change the scale of a sum, which a "
                "probability forgives and a predicted number does not"
            ),
            sources=(NOTES, MEASURED),
        ),
        Rule(
            id="DROP04",
            when=Cells("networks of images", families=("image",), architectures=CONVOLUTIONAL)
            | Cells("convolutions of series", forms=("series", "window"), architectures=("cnn",)),
            choice={"dropout": OF_CONVOLUTIONS},
            because=(
                "half, the documented rate for convolutional networks, where they were published "
                "with it: once, before the last layer (in a u-net at its bottom). Inside the "
                "convolutions nothing is turned off: there the published rates are a quarter and "
                "less, and half of every layer kept small data from being learnt at all"
            ),
            sources=(CONVOLUTIONAL_NOTES, SRIVASTAVA, ALEXNET, VGG, SERIES_MEASURED),
        ),
        Rule(
            id="DROP13",
            when=Cells("convolutions of texts", forms=("text",), architectures=("cnn",)),
            choice={"dropout": OF_CONVOLUTIONS},
            because=(
                "half, the documented rate for convolutional networks, between the one layer of "
                "phrase detectors and the maximum over words: phrases are many and say much the "
                "same"
            ),
            sources=(CONVOLUTIONAL_NOTES, SRIVASTAVA, KIM),
        ),
        Rule(
            id="DROP05",
            when=RECURRENT,
            choice={"dropout": OF_RECURRENCE},
            because=(
                "the documented rate for recurrent networks, between layers and never between "
                "steps, so that memory is left alone"
            ),
            sources=(
                RECURRENT_NOTES,
                "Zaremba, Sutskever & Vinyals 2014, Recurrent Neural Network Regularization, "
                "arXiv:1409.2329",
            ),
        ),
        Rule(
            id="DROP06",
            when=Cells("transformers", architectures=("transformer",)),
            choice={"dropout": OF_ATTENTION},
            because="the low end of the range, and the rate attention was published with",
            sources=(NOTES, "Vaswani et al. 2017, Attention Is All You Need, arXiv:1706.03762"),
        ),
        Rule(
            id="DROP07",
            when=Cells("autoencoders", architectures=("autoencoder",)),
            choice={"dropout": 0.1},
            because=(
                "the low end of the range: a reconstruction is a number for every feature, and "
                "the narrow code already holds the network back"
            ),
            sources=(NOTES,),
        ),
        Rule(
            id="DROP08",
            when=Cells("forecasts of dense layers", forms=("window",), architectures=("mlp",)),
            choice={"dropout": 0.1},
            because=(
                "the low end of the range: turned-off units change the scale of a sum, and a "
                "forecast is a sum"
            ),
            sources=(NOTES,),
        ),
    ),
)
EMBEDDING_DROPOUT = Topic(
    name="embedding dropout",
    asks="What share of the numbers that stand for a word is turned off at each step?",
    applies=WORDS,
    rules=(
        Rule(
            id="DROP09",
            when=TEXTS & FEW_TEXTS,
            choice={"embedding_dropout": 0.0},
            because=(
                "few texts show a word a few times, and half of what little is known of it was "
                "too little to learn from"
            ),
            sources=(TEXTS_MEASURED,),
        ),
        Rule(
            id="DROP10",
            when=TEXTS & Cells("convolutional networks", architectures=("cnn",)) & ENOUGH_TEXTS,
            choice={"embedding_dropout": OF_CONVOLUTIONS},
            because="as between the layers: words are many and say much the same",
            sources=(CONVOLUTIONAL_NOTES, TEXTS_MEASURED),
        ),
        Rule(
            id="DROP11",
            when=RECURRENT & (ENOUGH_TEXTS | Cells("tokens", forms=("tokens",))),
            choice={"embedding_dropout": OF_RECURRENCE},
            because="as between the layers: before the first step of memory, never between steps",
            sources=(RECURRENT_NOTES,),
        ),
        Rule(
            id="DROP12",
            when=Cells("transformers", architectures=("transformer",))
            & (ENOUGH_TEXTS | Cells("tokens", forms=("tokens",))),
            choice={"embedding_dropout": OF_ATTENTION},
            because="as between the layers, and the rate attention was published with",
            sources=(NOTES, "Vaswani et al. 2017, Attention Is All You Need, arXiv:1706.03762"),
        ),
    ),
)
