"""What bends between the layers, and how the weights start."""

from goodfit.rulebook.conditions import Always, Cells
from goodfit.rulebook.engine import Rule, Topic

# Recurrent layers keep the gates they were published with; a backbone keeps its own.
OWN_LAYERS = Cells(
    "networks whose activation is free to choose",
    architectures=("mlp", "residual-mlp", "cnn", "transformer", "u-net", "autoencoder"),
)
ACTIVATION = Topic(
    name="activation",
    asks="Which activation do the hidden layers use?",
    applies=OWN_LAYERS,
    rules=(
        Rule(
            id="ACT01",
            when=Always(),
            choice={"activation": "relu"},
            because=(
                "ReLU is the usual choice and does not saturate for positive inputs, so gradients "
                "do not vanish through it"
            ),
            sources=(
                "Training notes, § Activation",
                "Training notes, § Vanishing and exploding gradients (activation layers)",
                "Glorot, Bordes & Bengio 2011, Deep Sparse Rectifier Neural Networks, AISTATS",
            ),
        ),
    ),
)
OUTPUT_INITIALIZER = Topic(
    name="output initializer",
    asks="How do the output weights start?",
    applies=Cells(
        "networks with an output layer",
        architectures=(
            "mlp",
            "residual-mlp",
            "cnn",
            "lstm",
            "gru",
            "transformer",
            "pretrained",
            "u-net",
        ),
    ),
    rules=(
        Rule(
            id="INIT02",
            when=Always(),
            choice={"output_initializer_scale": 0.1},
            because=(
                "small output weights let training start from the output bias, so that the first "
                "loss is the one theory expects and not a random guess to be unlearned"
            ),
            sources=(
                "Training notes, § Vanishing and exploding gradients (weight initialisation)",
                "Karpathy 2019, A Recipe for Training Neural Networks (init well)",
            ),
        ),
    ),
)
INITIALIZER = Topic(
    name="kernel initializer",
    asks="How do the hidden weights start?",
    applies=OWN_LAYERS,
    rules=(
        Rule(
            id="INIT01",
            when=Always(),
            choice={"kernel_initializer": "he_normal"},
            because=(
                "ReLU halves the variance of its input at each layer; He's scale makes up for it, "
                "so signals neither fade nor grow at the start"
            ),
            sources=(
                "Training notes, § Vanishing and exploding gradients (weight initialisation)",
                "He et al. 2015, Delving Deep into Rectifiers, arXiv:1502.01852",
            ),
        ),
    ),
)
