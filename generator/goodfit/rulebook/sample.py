"""The embedded sample, which a new project trains on at once."""

from goodfit.rulebook.conditions import Always
from goodfit.rulebook.engine import Rule, Topic
from goodfit.rulebook.values import AtMost

TOPIC = Topic(
    name="sample",
    asks="What does the embedded sample look like?",
    rules=(
        Rule(
            id="SAMP01",
            when=Always(),
            choice={
                "rows": AtMost("samples", 20_000),
                "features": AtMost("features", 100),
                "sample_seed": 0,
            },
            because=(
                "as many rows and columns as you said your data has, up to what trains in a minute "
                "or two; it is made on the spot, so the best score there can be is known"
            ),
            sources=("Training notes, § Training hacks (study the dataset first)",),
        ),
    ),
)
