"""What keeps the signal's scale steady between the layers."""

from goodfit.rulebook.conditions import (
    CLASSIFICATION,
    DENSE_TABLES,
    IMAGES,
    REGRESSION,
    Cells,
    samples,
)
from goodfit.rulebook.engine import Rule, Topic

NOTES = "Training notes, § Vanishing and exploding gradients (batch normalisation)"
LAYER = "Ba, Kiros & Hinton 2016, Layer Normalization, arXiv:1607.06450"
BATCH = "Ioffe & Szegedy 2015, Batch Normalization, arXiv:1502.03167"
FCN = (
    "Wang, Yan & Oates 2017, Time Series Classification from Scratch with Deep Neural Networks: A "
    "Strong Baseline, arXiv:1611.06455"
)
SERIES_CNN = Cells("convolutions of series", forms=("series",), architectures=("cnn",))

TOPIC = Topic(
    name="normalization",
    asks="What normalises between a layer and its activation?",
    applies=Cells(
        "dense and convolutional networks",
        architectures=("mlp", "residual-mlp", "cnn", "u-net", "autoencoder"),
    ),
    rules=(
        Rule(
            id="NORM01",
            when=DENSE_TABLES & samples(high=100),
            choice={"normalization": "layer"},
            because=(
                "in batches of a few rows the batch's own mean is mostly noise; "
                "layer normalisation looks at one row at a time"
            ),
            sources=(NOTES, LAYER),
        ),
        Rule(
            id="NORM02",
            when=DENSE_TABLES & CLASSIFICATION & samples(100),
            choice={"normalization": "batch"},
            because=(
                "batch normalisation between layer and activation keeps gradients in scale "
                "and lets training take larger steps"
            ),
            sources=(NOTES, BATCH),
        ),
        Rule(
            id="NORM03",
            when=DENSE_TABLES & REGRESSION & samples(100),
            choice={"normalization": "layer"},
            because=(
                "statistics of a batch add noise to every prediction, which a class forgives and a "
                "number does not; where targets can be hit closely, layer normalisation hits closer"
            ),
            sources=(
                NOTES,
                LAYER,
                "benchmarks/README.md (normalisation in regression)",
            ),
        ),
        Rule(
            id="NORM04",
            when=IMAGES,
            choice={"normalization": "batch"},
            because=(
                "every pixel of a batch counts for a channel's mean, so it is steady even in small "
                "batches, and lets training take larger steps"
            ),
            sources=(NOTES, BATCH),
        ),
        Rule(
            id="NORM05",
            when=Cells(
                "convolutions of texts and forecasts",
                forms=("text", "window"),
                architectures=("cnn",),
            )
            | Cells("autoencoders of series", forms=("series",), architectures=("autoencoder",)),
            choice={"normalization": "layer"},
            because=(
                "each step is normalised by itself, so that neither the length of the others in "
                "the batch nor their padding changes its answer"
            ),
            sources=(NOTES, LAYER),
        ),
        Rule(
            id="NORM08",
            when=SERIES_CNN,
            choice={"normalization": "batch"},
            because=(
                "a step normalised by itself no longer shows how strong it was, and much hangs on "
                "that; the batch's mean, over all steps that are there, keeps it, and is steady "
                "even in small batches"
            ),
            sources=(NOTES, BATCH, FCN),
        ),
        Rule(
            id="NORM07",
            when=Cells("forecasts of dense layers", forms=("window",), architectures=("mlp",)),
            choice={"normalization": "none"},
            because=(
                "a layer that normalises hides how strong the changes of a window are, and a "
                "forecast needs just that; two layers on inputs of one scale train without it"
            ),
            sources=(NOTES, LAYER),
        ),
        Rule(
            id="NORM06",
            when=Cells(
                "autoencoders of tables", families=("tabular",), architectures=("autoencoder",)
            ),
            choice={"normalization": "layer"},
            because=(
                "the error of a row is its score, so it must not depend on the rows beside it in "
                "the batch"
            ),
            sources=(NOTES, LAYER),
        ),
    ),
)
