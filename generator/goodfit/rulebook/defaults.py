"""Settings that have one value wherever they have a meaning: a table, since nothing is decided.

A source stands only where one speaks to the point.
"""

from goodfit.cells import architectures_but
from goodfit.rulebook.conditions import (
    ANOMALY,
    FORECASTING,
    IMAGES,
    NUMBERS,
    NUMERIC,
    PRETRAINED,
    WORDS,
    Cells,
)
from goodfit.rulebook.data_defaults import DATA_DEFAULTS
from goodfit.rulebook.engine import Default

SIMPLIFY = "Training notes, § Training hacks (simplify)"
WEIGHTS = "Training notes, § Vanishing and exploding gradients (weight initialisation)"
KARPATHY = "Karpathy 2019, A Recipe for Training Neural Networks"
BEGIN_SIMPLE = "off: begin simple, so that what goes wrong has few causes"

# Recurrent layers keep the gates they were published with; a backbone keeps its own.
OWN_LAYERS = Cells(
    "networks whose activation is free to choose",
    architectures=architectures_but("lstm", "gru", "pretrained"),
)
OUTPUT_LAYER = Cells(
    "networks with an output layer",
    architectures=architectures_but("autoencoder"),
)

MODEL = (
    Default("AUG01", {"input_noise": 0.0}, BEGIN_SIMPLE, (SIMPLIFY,), applies=NUMERIC),
    Default("AUG02", {"augmentation": 0.0}, BEGIN_SIMPLE, (SIMPLIFY,), applies=IMAGES),
    Default("AUG03", {"word_dropout": 0.0}, BEGIN_SIMPLE, (SIMPLIFY,), applies=WORDS),
    Default(
        "PRE01",
        {"backbone": "efficientnet_v2_b0", "weights": "imagenet"},
        "accurate on ImageNet for its size, and what is accurate there transfers well; the weights "
        "are fetched once, and an unreachable network is said plainly",
        (
            "Kornblith, Shlens & Le 2019, Do Better ImageNet Models Transfer Better?, "
            "arXiv:1805.08974",
            "Tan & Le 2021, EfficientNetV2: Smaller Models and Faster Training, arXiv:2104.00298",
        ),
        applies=PRETRAINED,
    ),
    Default(
        "PRE02",
        {"thawed_share": 0.3, "fine_tuning_rate": 0.00001, "fine_tuning_epochs": 20},
        "first the new head learns while the backbone is frozen; then the last layers, which are "
        "the most particular to ImageNet, follow in steps too small to forget by",
        (
            "Yosinski et al. 2014, How transferable are features in deep neural networks?, "
            "arXiv:1411.1792",
            "Keras documentation, Transfer learning and fine-tuning",
        ),
        applies=PRETRAINED,
    ),
    Default(
        "ACT01",
        {"activation": "relu"},
        "ReLU is the usual choice and does not saturate for positive inputs, so gradients do not "
        "vanish through it",
        (
            "Training notes, § Activation",
            "Training notes, § Vanishing and exploding gradients (activation layers)",
            "Glorot, Bordes & Bengio 2011, Deep Sparse Rectifier Neural Networks, AISTATS",
        ),
        applies=OWN_LAYERS,
    ),
    Default(
        "INIT01",
        {"kernel_initializer": "he_normal"},
        "ReLU halves the variance of its input at each layer; He's scale makes up for it, so "
        "signals neither fade nor grow at the start",
        (WEIGHTS, "He et al. 2015, Delving Deep into Rectifiers, arXiv:1502.01852"),
        applies=OWN_LAYERS,
    ),
    Default(
        "INIT02",
        {"output_initializer_scale": 0.1},
        "small output weights let training start from the output bias, so that the first loss is "
        "the one theory expects and not a random guess to be unlearned",
        (WEIGHTS, f"{KARPATHY} (init well)"),
        applies=OUTPUT_LAYER,
    ),
)
HEAD = (
    Default(
        "ANCH01",
        {"anchor": "last"},
        "the last known value is where the future begins; what is learnt is the change, so that a "
        "level never seen in training does no harm",
        (
            "Zeng et al. 2022, Are Transformers Effective for Time Series Forecasting?, "
            "arXiv:2205.13504 (NLinear)",
        ),
        applies=FORECASTING,
    ),
    Default(
        "ANOM01",
        {
            "loss": "mean_squared_error",
            "threshold_quantile": 0.99,
            "normal": ["normal", "good", "inlier", "no", "false", "0"],
        },
        "the squared error of the reconstruction is the score; above what 99 of 100 validation "
        "samples reach it is an anomaly, so one false alarm in a hundred is expected",
        (
            "Training notes, § Loss (mean squared error)",
            "Hinton & Salakhutdinov 2006, Reducing the Dimensionality of Data with Neural "
            "Networks, Science 313",
        ),
        applies=ANOMALY,
    ),
    Default(
        "SCALE01",
        {"standardize_targets": True},
        "targets of mean 0 and deviation 1 suit the same learning rate and clipping for every unit "
        "of measurement; predictions come out in the target's own units",
        ("Training notes, § Training hacks (normalise features)",),
        applies=NUMBERS,
    ),
)
TRAINING = (
    Default(
        "OPT01",
        {"optimizer": "adam"},
        "Adam gives every weight its own step and forgives a rough learning rate; "
        '"sgd" (with Nesterov momentum) is the other choice, and wants a rate near 0.01',
        (
            "Training notes, § Optimizers",
            "Kingma & Ba 2015, Adam: A Method for Stochastic Optimization, arXiv:1412.6980",
        ),
    ),
    Default(
        "RATE01",
        {"learning_rate": 0.0003},
        "3e-4 is the documented rate to start with, and safe for Adam; `python find_lr.py` "
        "tries others, half of the one at which training diverges among them",
        ("Training notes, § Learning rate (start with 3e-4)", KARPATHY),
    ),
    Default(
        "DECAY01",
        {"weight_decay": 0.0},
        "off: dropout and early stopping already hold the network back",
        (SIMPLIFY,),
    ),
    Default(
        "CLIP01",
        {"global_clipnorm": 1.0},
        "one bad batch cannot throw the weights away; the direction is kept",
        (
            "Training notes, § Vanishing and exploding gradients (gradient clipping)",
            "Pascanu, Mikolov & Bengio 2013, On the difficulty of training recurrent neural "
            "networks, arXiv:1211.5063",
        ),
    ),
    Default(
        "SEED01",
        {"seed": 0},
        "a fixed seed, set before anything random, makes two runs comparable",
        ("Training notes, § Training hacks (fix the random seed)",),
    ),
    Default(
        "WATCH01",
        {"monitor": "val_loss", "mode": "min", "min_delta": 0.0001},
        "the validation loss moves before accuracy does; the best weights are put back, and gains "
        "below 0.0001 do not count",
        (
            "Training notes, § Early stopping",
            "Prechelt 1998, Early Stopping - But When?, in Neural Networks: Tricks of the Trade",
        ),
    ),
    Default(
        "CHECK01",
        {"before_training": True, "monitors": True},
        "most faults of a network raise no error and show in data and settings before the first "
        "step; the others show while it trains, long before the last epoch",
        (
            "Humbatova et al. 2020, Taxonomy of Real Faults in Deep Learning Systems, ICSE",
            KARPATHY,
        ),
    ),
    Default(
        "DEV04",
        {"memory_growth": True, "deterministic": False},
        "GPU memory is taken as it is needed, so that others can use it too; `deterministic` costs "
        "speed",
    ),
)
DEFAULTS = (*DATA_DEFAULTS, *MODEL, *HEAD, *TRAINING)
