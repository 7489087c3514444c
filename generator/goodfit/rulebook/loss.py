"""The head: output units, activation, loss, metric and starting point, decided together
because they must agree."""

from goodfit.rulebook.conditions import NOT_ANOMALY, is_
from goodfit.rulebook.engine import Rule, Topic
from goodfit.rulebook.values import AnswerTo, StepsAhead

CROSS_ENTROPY = "Training notes, § Loss (cross-entropy serves most classification)"
BIAS = "Training notes, § Vanishing and exploding gradients (weight initialisation)"
FAILS = "Training notes, § Neural networks (it fails silently)"

UNET = "Ronneberger, Fischer & Brox 2015, U-Net, arXiv:1505.04597"
HUBER = (
    "Huber 1964, Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 35"
)

HEAD = Topic(
    name="head",
    asks="Which output, loss and metric belong to this target?",
    applies=NOT_ANOMALY,
    rules=(
        Rule(
            id="LOSS01",
            when=is_("task", "binary-classification"),
            choice={
                "output_units": 1,
                "output_activation": "sigmoid",
                "loss": "binary_crossentropy",
                "metrics": ["binary_accuracy"],
                "output_bias": "class_shares",
            },
            because=(
                "one sigmoid unit is the probability of the second class, and binary cross-entropy "
                "is the loss whose minimum is that probability; it starts at the class shares"
            ),
            sources=("Training notes, § Classification (sigmoid)", CROSS_ENTROPY, BIAS, FAILS),
        ),
        Rule(
            id="LOSS02",
            when=is_("task", "multiclass-classification"),
            choice={
                "output_units": AnswerTo("classes", "the number of classes"),
                "output_activation": "softmax",
                "loss": "sparse_categorical_crossentropy",
                "metrics": ["sparse_categorical_accuracy"],
                "output_bias": "class_shares",
            },
            because=(
                "a softmax over the classes adds up to one, and its cross-entropy takes the class "
                "numbers as they are, without one-hot columns; it starts at the class shares"
            ),
            sources=("Training notes, § Classification (softmax)", CROSS_ENTROPY, BIAS, FAILS),
        ),
        Rule(
            id="LOSS03",
            when=is_("task", "multilabel-classification"),
            choice={
                "output_units": AnswerTo("classes", "the number of labels"),
                "output_activation": "sigmoid",
                "loss": "binary_crossentropy",
                "metrics": ["binary_accuracy"],
                "output_bias": "class_shares",
            },
            because=(
                "labels do not exclude each other, so each has a sigmoid of its own and a softmax "
                "would make them compete; it starts at the label shares"
            ),
            sources=("Training notes, § Classification (sigmoid)", CROSS_ENTROPY, BIAS, FAILS),
        ),
        Rule(
            id="LOSS04",
            when=is_("task", "regression") & is_("outliers", False),
            choice={
                "output_units": AnswerTo("classes", "the number of targets"),
                "output_activation": "linear",
                "loss": "mean_squared_error",
                "metrics": ["mean_absolute_error"],
                "output_bias": "target_mean",
            },
            because=(
                "mean squared error is the usual regression loss, and a linear unit can reach "
                "every number; it starts at the mean"
            ),
            sources=("Training notes, § Loss (mean squared error)", FAILS),
        ),
        Rule(
            id="LOSS05",
            when=is_("task", "regression") & is_("outliers", True),
            choice={
                "output_units": AnswerTo("classes", "the number of targets"),
                "output_activation": "linear",
                "loss": "huber",
                "metrics": ["mean_absolute_error"],
                "output_bias": "target_mean",
            },
            because=(
                "with many outliers squared errors let a few rows decide; Huber's loss grows in a "
                "straight line beyond one standard deviation; it starts at the mean"
            ),
            sources=(
                "Training notes, § Loss (mean absolute error or Huber)",
                HUBER,
                FAILS,
            ),
        ),
        Rule(
            id="LOSS06",
            when=is_("task", "segmentation"),
            choice={
                "output_units": AnswerTo("classes", "the number of classes"),
                "output_activation": "softmax",
                "loss": "sparse_categorical_crossentropy",
                "metrics": ["sparse_categorical_accuracy"],
                "output_bias": "class_shares",
            },
            because=(
                "every pixel belongs to one class, so each gets a softmax of its own, and its "
                "cross-entropy takes the mask's numbers as they are; it starts at the class shares"
            ),
            sources=("Training notes, § Classification (softmax)", CROSS_ENTROPY, UNET, FAILS),
        ),
        Rule(
            id="LOSS07",
            when=is_("task", "tagging"),
            choice={
                "output_units": AnswerTo("classes", "the number of tags"),
                "output_activation": "softmax",
                "loss": "sparse_categorical_crossentropy",
                "metrics": ["sparse_categorical_accuracy"],
                "output_bias": "class_shares",
            },
            because=(
                "every token has one tag, so each gets a softmax of its own; padding has weight "
                "nought in loss and metric; it starts at the shares of the tags"
            ),
            sources=("Training notes, § Classification (softmax)", CROSS_ENTROPY, BIAS, FAILS),
        ),
        Rule(
            id="LOSS08",
            when=is_("task", "forecasting") & is_("outliers", False),
            choice={
                "output_units": StepsAhead(),
                "output_activation": "linear",
                "loss": "mean_squared_error",
                "metrics": ["mean_absolute_error"],
                "output_bias": "target_mean",
            },
            because=(
                "one linear unit for every step ahead, and mean squared error as for any number; "
                "it starts at the mean"
            ),
            sources=("Training notes, § Loss (mean squared error)", FAILS),
        ),
        Rule(
            id="LOSS09",
            when=is_("task", "forecasting") & is_("outliers", True),
            choice={
                "output_units": StepsAhead(),
                "output_activation": "linear",
                "loss": "huber",
                "metrics": ["mean_absolute_error"],
                "output_bias": "target_mean",
            },
            because=(
                "with many outliers squared errors let a few steps decide; Huber's loss grows in "
                "a straight line beyond one standard deviation; it starts at the mean"
            ),
            sources=("Training notes, § Loss (mean absolute error or Huber)", HUBER, FAILS),
        ),
    ),
)
