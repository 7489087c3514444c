"""How many samples are held out, and whether classes keep their shares."""

from goodfit.rulebook.conditions import (
    CLASSIFICATION,
    REGRESSION,
    SPLIT_AT_RANDOM,
    samples,
    targets_are,
)
from goodfit.rulebook.engine import Rule, Topic

KOHAVI = (
    "Kohavi 1995, A Study of Cross-Validation and Bootstrap for Accuracy Estimation and "
    "Model Selection, IJCAI"
)
PLAYBOOK = "Training notes, § Early stopping"

SHARES = Topic(
    name="split shares",
    asks="How much is held out to watch training, and how much to score the result?",
    rules=(
        Rule(
            id="SPLIT01",
            when=samples(high=100_000),
            choice={"validation": 0.2, "test": 0.2},
            because="a score on fewer rows than a fifth of a small data set is mostly noise",
            sources=(PLAYBOOK,),
        ),
        Rule(
            id="SPLIT02",
            when=samples(100_000),
            choice={"validation": 0.1, "test": 0.1},
            because="a tenth is already ten thousand rows, and the rest teaches more by training",
            sources=(PLAYBOOK,),
        ),
    ),
)
STRATIFY = Topic(
    name="stratification",
    asks="Does each part keep the shares of the classes?",
    applies=SPLIT_AT_RANDOM,
    rules=(
        Rule(
            id="STRAT01",
            when=CLASSIFICATION,
            choice={"stratify": True},
            because="equal class shares in every part make scores vary less from split to split",
            sources=(KOHAVI,),
        ),
        Rule(
            id="STRAT02",
            when=REGRESSION,
            choice={"stratify": False},
            because="a number has no classes to keep in proportion; true spreads its range evenly",
            sources=(KOHAVI,),
        ),
        Rule(
            id="STRAT03",
            when=targets_are("masks and tags", "masks", "tags"),
            choice={"stratify": True},
            because="every part gets its share of the samples in which there is much to find",
            sources=(KOHAVI,),
        ),
    ),
)
