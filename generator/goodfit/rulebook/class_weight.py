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
            choice={"class_weight": "none"},
            because=(
                "measured on 17 tables of rare classes: weights rank no better (area under the ROC "
                "curve +0.0 points, average precision -0.6), cost 3 points of accuracy, and make "
                "probabilities too high; they find more of the rare class (balanced accuracy +14 "
                'points), so set "balanced" where a miss costs more than a false alarm'
            ),
            sources=(
                "benchmarks/README.md (rare classes)",
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
