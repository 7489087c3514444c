"""How many categories of a column get an input of their own."""

from goodfit.rulebook.conditions import samples
from goodfit.rulebook.engine import Rule, Topic

TOPIC = Topic(
    name="categories",
    asks="How many categories of a column get an input of their own?",
    rules=(
        Rule(
            id="CAT01",
            when=samples(high=1_000),
            choice={"max_categories": 10},
            because=(
                "with few rows a rare category is seen too seldom to learn from, "
                "so the rare ones share one input"
            ),
            sources=("Training notes, § Neural networks (a compression of the training set)",),
        ),
        Rule(
            id="CAT02",
            when=samples(1_000),
            choice={"max_categories": 50},
            because=(
                "one-hot inputs are exact and readable; past the fifty commonest categories "
                "they cost more memory than they tell"
            ),
            sources=("Training notes, § Neural networks (a compression of the training set)",),
        ),
    ),
)
