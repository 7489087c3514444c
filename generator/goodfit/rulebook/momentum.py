"""How much of the last direction a step keeps."""

from goodfit.rulebook.conditions import samples
from goodfit.rulebook.engine import Rule, Topic

MOMENTUM_NOTES = "Training notes, § Momentum (start with 0.9, raise it for larger datasets)"
SUTSKEVER = (
    "Sutskever et al. 2013, On the importance of initialization and momentum in deep learning, ICML"
)

TOPIC = Topic(
    name="momentum",
    asks="How much of the last direction is kept?",
    rules=(
        Rule(
            id="MOM01",
            when=samples(high=100_000),
            choice={"momentum": 0.9},
            because=(
                "0.9 speeds the descent and carries past local minima; it is Adam's beta_1 and "
                "SGD's momentum"
            ),
            sources=(MOMENTUM_NOTES, SUTSKEVER),
        ),
        Rule(
            id="MOM02",
            when=samples(100_000, 1_000_000),
            choice={"momentum": 0.95},
            because="larger data sets carry momentum nearer to 1: each epoch has steps to spare",
            sources=(MOMENTUM_NOTES, SUTSKEVER),
        ),
        Rule(
            id="MOM03",
            when=samples(1_000_000),
            choice={"momentum": 0.98},
            because="the largest data sets carry it nearer still, always below 1",
            sources=(MOMENTUM_NOTES, SUTSKEVER),
        ),
    ),
)
