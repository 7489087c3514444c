"""How deep and how wide: the size of the network follows the data."""

from goodfit.rulebook.conditions import samples
from goodfit.rulebook.engine import Rule, Topic

NOTES = (
    "Training notes, § Training hacks (first layer biggest; layers count for more than neurons)",
    "Training notes, § Neural networks (a compression of the training set)",
)
DEPTH = "Telgarsky 2016, Benefits of depth in neural networks, arXiv:1602.04485"

MEASURED = "benchmarks/README.md (real tables)"

TOPIC = Topic(
    name="hidden units",
    asks="How many hidden layers, of how many units?",
    rules=(
        Rule(
            id="SIZE01",
            when=samples(high=100),
            choice={"hidden_units": [128]},
            because="under a hundred samples leave room for one layer",
            sources=NOTES,
        ),
        Rule(
            id="SIZE02",
            when=samples(100, 1_000),
            choice={"hidden_units": [256, 128]},
            because="a second layer; larger than needed, since dropout and early stopping hold it",
            sources=(*NOTES, DEPTH, MEASURED),
        ),
        Rule(
            id="SIZE03",
            when=samples(1_000, 10_000),
            choice={"hidden_units": [256, 128, 64]},
            because="more data first buys a third layer: depth counts for more than width",
            sources=(*NOTES, DEPTH, MEASURED),
        ),
        Rule(
            id="SIZE04",
            when=samples(10_000, 100_000),
            choice={"hidden_units": [256, 128, 64, 32]},
            because="a fourth layer, the first one biggest, each half of the one before",
            sources=(*NOTES, DEPTH, MEASURED),
        ),
        Rule(
            id="SIZE05",
            when=samples(100_000),
            choice={"hidden_units": [512, 256, 128, 64, 32]},
            because="this much data fills a fifth layer, and a first one twice as wide",
            sources=(*NOTES, DEPTH),
        ),
    ),
)
