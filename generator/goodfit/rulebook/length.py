"""How the learning rate rises and falls, how many epochs there are, and when to stop."""

from goodfit.rulebook.conditions import (
    ANOMALY,
    ANY_SERIES,
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

LENGTH = Topic(
    name="length and schedule",
    asks="How does the learning rate rise and fall, and how long may training take?",
    rules=(
        Rule(
            id="TIME01",
            when=TABLES & CLASSIFICATION & samples(high=1_000),
            choice={
                "warmup_epochs": 5,
                "decay_epochs": 100,
                "final_share": 0.001,
                "epochs": 195,
                "patience": 30,
            },
            because=(
                "few steps an epoch want a longer warm-up, and a small validation part a longer "
                "wait; there are more epochs than early stopping will use"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME02",
            when=TABLES & CLASSIFICATION & samples(1_000, 10_000),
            choice={
                "warmup_epochs": 3,
                "decay_epochs": 100,
                "final_share": 0.001,
                "epochs": 193,
                "patience": 30,
            },
            because=(
                "a low start, a slow fall that ends in small steps, and more epochs than early "
                "stopping will use"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME03",
            when=TABLES & CLASSIFICATION & samples(10_000, 100_000),
            choice={
                "warmup_epochs": 3,
                "decay_epochs": 100,
                "final_share": 0.001,
                "epochs": 163,
                "patience": 20,
            },
            because=(
                "a larger validation part is less noisy, so the wait for something better is short"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME04",
            when=TABLES & CLASSIFICATION & samples(100_000),
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 40,
                "final_share": 0.001,
                "epochs": 65,
                "patience": 8,
            },
            because=(
                "an epoch of this size is hundreds of steps: one to warm up, and a few without "
                "gain say enough"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME05",
            when=TABLES & REGRESSION & samples(high=1_000),
            choice={
                "warmup_epochs": 5,
                "decay_epochs": 200,
                "final_share": 0.001,
                "epochs": 355,
                "patience": 50,
            },
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME06",
            when=TABLES & REGRESSION & samples(1_000, 10_000),
            choice={
                "warmup_epochs": 3,
                "decay_epochs": 150,
                "final_share": 0.001,
                "epochs": 273,
                "patience": 40,
            },
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME07",
            when=TABLES & REGRESSION & samples(10_000, 100_000),
            choice={
                "warmup_epochs": 3,
                "decay_epochs": 200,
                "final_share": 0.001,
                "epochs": 293,
                "patience": 30,
            },
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME08",
            when=TABLES & REGRESSION & samples(100_000),
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 60,
                "final_share": 0.001,
                "epochs": 91,
                "patience": 10,
            },
            because="a number can always come a little nearer, so the rate falls more slowly",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME09",
            when=TABLES & ANOMALY & samples(high=10_000),
            choice={
                "warmup_epochs": 3,
                "decay_epochs": 100,
                "final_share": 0.001,
                "epochs": 163,
                "patience": 20,
            },
            because="a low start, a slow fall that ends in small steps, and room to stop early",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME10",
            when=TABLES & ANOMALY & samples(10_000),
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 40,
                "final_share": 0.001,
                "epochs": 65,
                "patience": 8,
            },
            because="more steps an epoch need fewer epochs; more validation, a shorter wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME11",
            when=FROM_THE_START & samples(high=1_000),
            choice={
                "warmup_epochs": 3,
                "decay_epochs": 60,
                "final_share": 0.001,
                "epochs": 108,
                "patience": 15,
            },
            because="few steps an epoch want a longer warm-up and a longer wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME12",
            when=FROM_THE_START & samples(1_000, 10_000),
            choice={
                "warmup_epochs": 2,
                "decay_epochs": 50,
                "final_share": 0.001,
                "epochs": 88,
                "patience": 12,
            },
            because="a low start, a slow fall that ends in small steps, and room to stop early",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME13",
            when=FROM_THE_START & samples(10_000, 100_000),
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 40,
                "final_share": 0.001,
                "epochs": 71,
                "patience": 10,
            },
            because="more steps an epoch need fewer epochs; more validation, a shorter wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME14",
            when=FROM_THE_START & samples(100_000),
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 30,
                "final_share": 0.001,
                "epochs": 55,
                "patience": 8,
            },
            because="an epoch of this size is hundreds of steps: a few without gain say enough",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME15",
            when=WORDS & samples(high=1_000),
            choice={
                "warmup_epochs": 3,
                "decay_epochs": 60,
                "final_share": 0.001,
                "epochs": 108,
                "patience": 15,
            },
            because="few steps an epoch want a longer warm-up and a longer wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME20",
            when=ANY_SERIES & samples(high=1_000),
            choice={
                "warmup_epochs": 5,
                "decay_epochs": 150,
                "final_share": 0.001,
                "epochs": 245,
                "patience": 30,
            },
            because=(
                "an epoch is few steps and each is quick, so there are many; a validation part of "
                "a few series moves in jumps and wants a long wait"
            ),
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME16",
            when=SEQUENCES & samples(1_000, 10_000),
            choice={
                "warmup_epochs": 2,
                "decay_epochs": 50,
                "final_share": 0.001,
                "epochs": 88,
                "patience": 12,
            },
            because="a low start, a slow fall that ends in small steps, and room to stop early",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME17",
            when=SEQUENCES & samples(10_000, 100_000),
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 40,
                "final_share": 0.001,
                "epochs": 71,
                "patience": 10,
            },
            because="more steps an epoch need fewer epochs; more validation, a shorter wait",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME18",
            when=SEQUENCES & samples(100_000),
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 30,
                "final_share": 0.001,
                "epochs": 55,
                "patience": 8,
            },
            because="an epoch of this size is hundreds of steps: a few without gain say enough",
            sources=LENGTH_SOURCES,
        ),
        Rule(
            id="TIME19",
            when=PRETRAINED,
            choice={
                "warmup_epochs": 1,
                "decay_epochs": 30,
                "final_share": 0.001,
                "epochs": 55,
                "patience": 8,
            },
            because="only the head learns at first, and the features it reads are there already",
            sources=LENGTH_SOURCES,
        ),
    ),
)
