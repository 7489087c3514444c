"""What early stopping watches."""

from goodfit.rulebook.conditions import Always
from goodfit.rulebook.engine import Rule, Topic

WATCH_SOURCES = (
    "Training notes, § Early stopping",
    "Prechelt 1998, Early Stopping - But When?, in Neural Networks: Tricks of the Trade",
)
MONITOR = Topic(
    name="early stopping",
    asks="What is watched, and what counts as better?",
    rules=(
        Rule(
            id="WATCH01",
            when=Always(),
            choice={"monitor": "val_loss", "mode": "min", "min_delta": 0.0001},
            because=(
                "the validation loss moves before accuracy does; the best weights are put back, "
                "and gains below 0.0001 do not count"
            ),
            sources=WATCH_SOURCES,
        ),
    ),
)
