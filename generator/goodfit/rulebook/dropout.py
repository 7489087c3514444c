"""How many units are turned off at each step, and the extras that stay off."""

from goodfit.rulebook.conditions import CLASSIFICATION, REGRESSION, Always, samples
from goodfit.rulebook.engine import Rule, Topic

NOTES = "Training notes, § Dropout (0.1 to 0.5)"
SRIVASTAVA = "Srivastava et al. 2014, Dropout, Journal of Machine Learning Research 15"
MEASURED = "benchmarks/README.md (real tables)"

DROPOUT = Topic(
    name="dropout",
    asks="What share of each hidden layer's units is turned off at each step?",
    rules=(
        Rule(
            id="DROP01",
            when=CLASSIFICATION & samples(high=10_000),
            choice={"dropout": 0.3},
            because="little data is memorised quickly, and dropout makes that hard",
            sources=(NOTES, SRIVASTAVA, MEASURED),
        ),
        Rule(
            id="DROP02",
            when=CLASSIFICATION & samples(10_000),
            choice={"dropout": 0.1},
            because="much data protects by itself; the low end of the documented range",
            sources=(NOTES, SRIVASTAVA, MEASURED),
        ),
        Rule(
            id="DROP03",
            when=REGRESSION,
            choice={"dropout": 0.1},
            because=(
                "the low end of the range: turned-off units change the scale of a sum, which a "
                "probability forgives and a predicted number does not"
            ),
            sources=(NOTES, MEASURED),
        ),
    ),
)
AUGMENTATION = Topic(
    name="augmentation",
    asks="Is the input varied at random while training?",
    rules=(
        Rule(
            id="AUG01",
            when=Always(),
            choice={"input_noise": 0.0},
            because="off: begin simple, so that what goes wrong has few causes",
            sources=("Training notes, § Training hacks (simplify)",),
        ),
    ),
)
