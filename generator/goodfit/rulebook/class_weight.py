"""Whether rare classes count for more."""

from goodfit.limits import RARE_SHARE
from goodfit.rulebook.conditions import SINGLE_LABEL, Between, Otherwise, is_
from goodfit.rulebook.engine import Rule, Topic

TOPIC = Topic(
    name="class weight",
    asks="Do rare classes count for more?",
    applies=SINGLE_LABEL,
    rules=(
        Rule(
            id="RARE01",
            when=is_("task", "binary-classification")
            & Between("rarest_share", high=RARE_SHARE, step=0.001),
            choice={"class_weight": "balanced"},
            because=(
                "always guessing the common class would score over 95 %, so the rare one is given "
                "the same total weight; probabilities are then too high and need calibration"
            ),
            sources=(
                "King & Zeng 2001, Logistic Regression in Rare Events Data, Political Analysis 9",
            ),
        ),
        Rule(
            id="RARE02",
            when=Otherwise(),
            choice={"class_weight": "none"},
            because=(
                "weights trade accuracy and calibrated probabilities for recall; "
                "balanced_accuracy in evaluate.py shows whether you need them"
            ),
            sources=("Training notes, § Training hacks (simplify)",),
        ),
    ),
)
