"""What scale the features come in, what bends between the layers, how the weights start."""

from goodfit.rulebook.conditions import Always
from goodfit.rulebook.engine import Rule, Topic

FEATURE_SCALING = Topic(
    name="feature scaling",
    asks="Are the features brought to one scale?",
    rules=(
        Rule(
            id="FEAT01",
            when=Always(),
            choice={"feature_scaling": "standardize"},
            because=(
                "features of mean 0 and deviation 1 converge faster; the layer learns both from "
                "the training rows alone and is saved inside the model"
            ),
            sources=(
                "Training notes, § Training hacks (normalise features)",
                "LeCun et al. 1998, Efficient BackProp, in Neural Networks: Tricks of the Trade",
            ),
        ),
    ),
)
ACTIVATION = Topic(
    name="activation",
    asks="Which activation do the hidden layers use?",
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
