"""What is looked at before training and during it."""

from goodfit.rulebook.conditions import Always
from goodfit.rulebook.engine import Rule, Topic

TOPIC = Topic(
    name="checks",
    asks="What is checked before training and during it?",
    rules=(
        Rule(
            id="CHECK01",
            when=Always(),
            choice={"before_training": True, "monitors": True},
            because=(
                "most faults of a network raise no error and show in data and settings before the "
                "first step; the others show while it trains, long before the last epoch"
            ),
            sources=(
                "Humbatova et al. 2020, Taxonomy of Real Faults in Deep Learning Systems, ICSE",
                "Karpathy 2019, A Recipe for Training Neural Networks",
            ),
        ),
    ),
)
