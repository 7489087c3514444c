"""What is done to the target before training: rare classes weighted, numbers scaled."""

from goodfit.rulebook.conditions import NUMBERS, SINGLE_LABEL, Always, Between, Otherwise, is_
from goodfit.rulebook.engine import Rule, Topic

CLASS_WEIGHT = Topic(
    name="class weight",
    asks="Do rare classes count for more?",
    applies=SINGLE_LABEL,
    rules=(
        Rule(
            id="RARE01",
            when=is_("task", "binary-classification")
            & Between("rarest_share", high=0.05, step=0.001),
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
TARGET_SCALE = Topic(
    name="target scale",
    asks="Is the target scaled for training?",
    applies=NUMBERS,
    rules=(
        Rule(
            id="SCALE01",
            when=Always(),
            choice={"standardize_targets": True},
            because=(
                "targets of mean 0 and deviation 1 suit the same learning rate and clipping for "
                "every unit of measurement; predictions come out in the target's own units"
            ),
            sources=("Training notes, § Training hacks (normalise features)",),
        ),
    ),
)
