"""A network that has learnt to see before, and how it is tuned."""

from goodfit.rulebook.conditions import Always, Cells
from goodfit.rulebook.engine import Rule, Topic

PRETRAINED = Cells("pretrained networks", architectures=("pretrained",))
KORNBLITH = (
    "Kornblith, Shlens & Le 2019, Do Better ImageNet Models Transfer Better?, arXiv:1805.08974"
)
YOSINSKI = (
    "Yosinski et al. 2014, How transferable are features in deep neural networks?, arXiv:1411.1792"
)

BACKBONE = Topic(
    name="backbone",
    asks="Which network comes along, and what does it know?",
    applies=PRETRAINED,
    rules=(
        Rule(
            id="PRE01",
            when=Always(),
            choice={"backbone": "efficientnet_v2_b0", "weights": "imagenet"},
            because=(
                "accurate on ImageNet for its size, and what is accurate there transfers well; "
                "the weights are fetched once, and an unreachable network is said plainly"
            ),
            sources=(
                KORNBLITH,
                "Tan & Le 2021, EfficientNetV2: Smaller Models and Faster Training, "
                "arXiv:2104.00298",
            ),
        ),
    ),
)
FINE_TUNING = Topic(
    name="fine-tuning",
    asks="How much of the backbone is tuned, and how gently?",
    applies=PRETRAINED,
    rules=(
        Rule(
            id="PRE02",
            when=Always(),
            choice={
                "thawed_share": 0.3,
                "fine_tuning_rate": 0.00001,
                "fine_tuning_epochs": 20,
            },
            because=(
                "first the new head learns while the backbone is frozen; then the last layers, "
                "which are the most particular to ImageNet, follow in steps too small to "
                "forget by"
            ),
            sources=(
                YOSINSKI,
                "Keras documentation, Transfer learning and fine-tuning",
            ),
        ),
    ),
)
