"""How the learning rate rises and falls, how many epochs there are, and when to stop."""

from goodfit.cells import architectures_but
from goodfit.rulebook.conditions import (
    ANOMALY,
    CLASSIFICATION,
    PRETRAINED,
    REGRESSION,
    SEQUENCES,
    TABLES,
    WORDS,
    Cells,
    samples,
)
from goodfit.rulebook.engine import Rule, Topic

LENGTH_SOURCES = (
    "Training notes, § Epochs (start with a large number and stop early)",
    "Training notes, § Early stopping (train larger and longer than needed)",
    "Training notes, § Learning rate (start low and gradually increase)",
    "Prechelt 1998, Early Stopping - But When?, in Neural Networks: Tricks of the Trade",
    "Goyal et al. 2017, Accurate, Large Minibatch SGD, arXiv:1706.02677 (warm-up)",
    "Loshchilov & Hutter 2017, SGDR, arXiv:1608.03983 (cosine decay)",
)
FROM_THE_START = Cells(
    "images, trained from the start",
    families=("image",),
    architectures=("cnn", "u-net", "autoencoder"),
)

SERIES_CNN = Cells("convolutions of series", forms=("series",), architectures=("cnn",))
OTHER_SERIES = Cells(
    "other networks of series", forms=("series",), architectures=architectures_but("cnn")
)
FORECASTS = Cells("forecasts", forms=("window",))
SERIES_MEASURED = "benchmarks/README.md (whole series)"

WAITS = 3  # how often early stopping may wait in full at the final rate
FINAL_SHARE = 0.001


def schedule(warmup: int, decay: int, patience: int) -> dict[str, float]:
    """Epochs of a rising and of a falling rate, and epochs to wait for something better.

    From them follows how many epochs there are: those of the schedule, and three times the wait
    at the final rate, so that it is early stopping that ends training, and not their number.
    """
    return {
        "warmup_epochs": warmup,
        "decay_epochs": decay,
        "final_share": FINAL_SHARE,
        "epochs": warmup + decay + WAITS * patience,
        "patience": patience,
    }


TOPIC = Topic(
    name="length and schedule",
    asks="How does the learning rate rise and fall, and how long may training take?",
    rules=(
        Rule(
            id="TIME01",
            when=TABLES & CLASSIFICATION & samples(high=1_000),
            choice=schedule(warmup=5, decay=100, patience=30),
            because=(
                "few steps an epoch want a longer warm-up, and a small validation part a longer "
                "wait; there are more epochs than early stopping will use"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME02",
            when=TABLES & CLASSIFICATION & samples(1_000, 10_000),
            choice=schedule(warmup=3, decay=100, patience=30),
            because=(
                "a low start, a slow fall that ends in small steps, and more epochs than early "
                "stopping will use"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME03",
            when=TABLES & CLASSIFICATION & samples(10_000, 100_000),
            choice=schedule(warmup=3, decay=100, patience=20),
            because=(
                "a larger validation part is less noisy, so the wait for something better is short"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME04",
            when=TABLES & CLASSIFICATION & samples(100_000),
            choice=schedule(warmup=1, decay=40, patience=8),
            because=(
                "an epoch of this size is hundreds of steps: one to warm up, and a few without "
                "gain say enough"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME05",
            when=TABLES & REGRESSION & samples(high=1_000),
            choice=schedule(warmup=5, decay=200, patience=50),
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME06",
            when=TABLES & REGRESSION & samples(1_000, 10_000),
            choice=schedule(warmup=3, decay=150, patience=40),
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME07",
            when=TABLES & REGRESSION & samples(10_000, 100_000),
            choice=schedule(warmup=3, decay=200, patience=30),
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME08",
            when=TABLES & REGRESSION & samples(100_000),
            choice=schedule(warmup=1, decay=60, patience=10),
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME09",
            when=TABLES & ANOMALY & samples(high=10_000),
            choice=schedule(warmup=3, decay=100, patience=20),
            because="a low start, a slow fall that ends in small steps, and room to stop early",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME10",
            when=TABLES & ANOMALY & samples(10_000),
            choice=schedule(warmup=1, decay=40, patience=8),
            because="more steps an epoch need fewer epochs; more validation, a shorter wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME11",
            when=FROM_THE_START & samples(high=1_000),
            choice=schedule(warmup=3, decay=60, patience=15),
            because="few steps an epoch want a longer warm-up and a longer wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME12",
            when=FROM_THE_START & samples(1_000, 10_000),
            choice=schedule(warmup=2, decay=50, patience=12),
            because="a low start, a slow fall that ends in small steps, and room to stop early",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME13",
            when=FROM_THE_START & samples(10_000, 100_000),
            choice=schedule(warmup=1, decay=40, patience=10),
            because="more steps an epoch need fewer epochs; more validation, a shorter wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME14",
            when=FROM_THE_START & samples(100_000),
            choice=schedule(warmup=1, decay=30, patience=8),
            because="an epoch of this size is hundreds of steps: a few without gain say enough",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME15",
            when=WORDS & samples(high=1_000),
            choice=schedule(warmup=3, decay=60, patience=15),
            because="few steps an epoch want a longer warm-up and a longer wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME20",
            when=(FORECASTS | OTHER_SERIES) & samples(high=1_000),
            choice=schedule(warmup=5, decay=150, patience=30),
            because=(
                "an epoch is few steps and each is quick, so there are many; a validation part of "
                "a few series moves in jumps and wants a long wait"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME21",
            when=SERIES_CNN & samples(high=100),
            choice=schedule(warmup=10, decay=300, patience=100),
            because=(
                "an epoch is a handful of steps, and it is steps that teach: thousands of them "
                "before the rate is at its end; a validation part of a few series moves in jumps "
                "and wants a wait of hundreds"
            ),
            sources=(*LENGTH_SOURCES, SERIES_MEASURED),
        ),
        Rule(
            id="TIME22",
            when=SERIES_CNN & samples(100, 1_000),
            choice=schedule(warmup=5, decay=200, patience=50),
            because=(
                "an epoch is few steps, and it is steps that teach: thousands of them before the "
                "rate is at its end, and a wait of hundreds for something better"
            ),
            sources=(*LENGTH_SOURCES, SERIES_MEASURED),
        ),
        Rule(
            id="TIME16",
            when=SEQUENCES & samples(1_000, 10_000),
            choice=schedule(warmup=2, decay=50, patience=12),
            because="a low start, a slow fall that ends in small steps, and room to stop early",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME17",
            when=SEQUENCES & samples(10_000, 100_000),
            choice=schedule(warmup=1, decay=40, patience=10),
            because="more steps an epoch need fewer epochs; more validation, a shorter wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME18",
            when=SEQUENCES & samples(100_000),
            choice=schedule(warmup=1, decay=30, patience=8),
            because="an epoch of this size is hundreds of steps: a few without gain say enough",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME19",
            when=PRETRAINED,
            choice=schedule(warmup=1, decay=30, patience=8),
            because="only the head learns at first, and the features it reads are there already",
            sources=LENGTH_SOURCES,
        ),
    ),
)
