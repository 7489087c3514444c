"""What takes the steps, how long they are, and how they begin and end."""

from goodfit.rulebook.conditions import Always, samples
from goodfit.rulebook.engine import Rule, Topic

MOMENTUM_NOTES = "Training notes, § Momentum (start with 0.9, raise it for larger datasets)"
SUTSKEVER = (
    "Sutskever et al. 2013, On the importance of initialization and momentum in deep learning, ICML"
)

OPTIMIZER = Topic(
    name="optimizer",
    asks="Which optimizer takes the steps?",
    rules=(
        Rule(
            id="OPT01",
            when=Always(),
            choice={"optimizer": "adam"},
            because=(
                "Adam gives every weight its own step and forgives a rough learning rate; "
                '"sgd" (with Nesterov momentum) is the other choice, and wants a rate near 0.01'
            ),
            sources=(
                "Training notes, § Optimizers",
                "Kingma & Ba 2015, Adam: A Method for Stochastic Optimization, arXiv:1412.6980",
            ),
        ),
    ),
)
LEARNING_RATE = Topic(
    name="learning rate",
    asks="How long are the steps at their longest?",
    rules=(
        Rule(
            id="RATE01",
            when=Always(),
            choice={"learning_rate": 0.0003},
            because=(
                "3e-4 is the documented rate to start with, and safe for Adam; `python find_lr.py` "
                "tries others, half of the one at which training diverges among them"
            ),
            sources=(
                "Training notes, § Learning rate (start with 3e-4)",
                "Karpathy 2019, A Recipe for Training Neural Networks",
            ),
        ),
    ),
)
MOMENTUM = Topic(
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
WEIGHT_DECAY = Topic(
    name="weight decay",
    asks="Are weights pulled towards zero?",
    rules=(
        Rule(
            id="DECAY01",
            when=Always(),
            choice={"weight_decay": 0.0},
            because="off: dropout and early stopping already hold the network back",
            sources=("Training notes, § Training hacks (simplify)",),
        ),
    ),
)
CLIPPING = Topic(
    name="gradient clipping",
    asks="How long may one gradient be?",
    rules=(
        Rule(
            id="CLIP01",
            when=Always(),
            choice={"global_clipnorm": 1.0},
            because="one bad batch cannot throw the weights away; the direction is kept",
            sources=(
                "Training notes, § Vanishing and exploding gradients (gradient clipping)",
                "Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural "
                "networks, arXiv:1211.5063",
            ),
        ),
    ),
)
