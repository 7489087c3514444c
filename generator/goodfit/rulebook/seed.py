"""What makes a run repeatable."""

from goodfit.rulebook.conditions import Always
from goodfit.rulebook.engine import Rule, Topic

TOPIC = Topic(
    name="seed",
    asks="Can a run be repeated?",
    rules=(
        Rule(
            id="SEED01",
            when=Always(),
            choice={"seed": 0},
            because="a fixed seed, set before anything random, makes two runs comparable",
            sources=("Training notes, § Training hacks (fix the random seed)",),
        ),
    ),
)
