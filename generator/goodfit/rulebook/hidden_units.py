"""How deep and how wide: the size of the network follows the data."""

from goodfit.rulebook.conditions import samples
from goodfit.rulebook.engine import Rule, Topic

NOTES = (
    "Training notes, § Training hacks (first layer biggest; layers count for more than neurons)",
    "Training notes, § Neural networks (a compression of the training set)",
)
DEPTH = "Telgarsky 2016, Benefits of depth in neural networks, arXiv:1602.04485"

TOPIC = Topic(
    name="hidden units",
    asks="How many hidden layers, of how many units?",
    rules=(
        Rule(
            id="SIZE01",
            when=samples(high=100),
            choice={"hidden_units": [16]},
            because="under a hundred samples leave room for one small layer before it memorises",
            sources=NOTES,
        ),
        Rule(
            id="SIZE02",
            when=samples(100, 1_000),
            choice={"hidden_units": [32, 16]},
            because="a second layer before more units: depth counts for more than width",
            sources=(*NOTES, DEPTH),
        ),
        Rule(
            id="SIZE03",
            when=samples(1_000, 10_000),
            choice={"hidden_units": [64, 32, 16]},
            because="a third layer, the first one biggest, each half of the one before",
            sources=(*NOTES, DEPTH),
        ),
        Rule(
            id="SIZE04",
            when=samples(10_000, 100_000),
            choice={"hidden_units": [128, 64, 32, 16]},
            because="a fourth layer: this much data can fill it",
            sources=(*NOTES, DEPTH),
        ),
        Rule(
            id="SIZE05",
            when=samples(100_000),
            choice={"hidden_units": [256, 128, 64, 32]},
            because="deep enough; from here on more data goes into wider layers",
            sources=NOTES,
        ),
    ),
)
