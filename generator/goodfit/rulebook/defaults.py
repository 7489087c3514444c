"""Settings that have one value wherever they have a meaning: a table, since nothing is decided.

A source stands only where one speaks to the point.
"""

from goodfit.rulebook.conditions import (
    ANOMALY,
    ANY_SERIES,
    FORECASTING,
    IMAGES,
    MASKS,
    NUMBERS,
    NUMERIC,
    PRETRAINED,
    TABLES,
    TEXTS,
    WORDS,
    Cells,
)
from goodfit.rulebook.engine import Default
from goodfit.rulebook.values import AnswerTo, TargetColumns

STUDY = "Training notes, § Training hacks (study the dataset first)"
FAILS = "Training notes, § Neural networks (it fails silently)"
SIMPLIFY = "Training notes, § Training hacks (simplify)"
WEIGHTS = "Training notes, § Vanishing and exploding gradients (weight initialisation)"
KARPATHY = "Karpathy 2019, A Recipe for Training Neural Networks"
ZENG = "Zeng et al. 2022, Are Transformers Effective for Time Series Forecasting?, arXiv:2205.13504"
BEGIN_SIMPLE = "off: begin simple, so that what goes wrong has few causes"

# Recurrent layers keep the gates they were published with; a backbone keeps its own.
OWN_LAYERS = Cells(
    "networks whose activation is free to choose",
    architectures=("mlp", "residual-mlp", "cnn", "transformer", "u-net", "autoencoder"),
)
OUTPUT_LAYER = Cells(
    "networks with an output layer",
    architectures=(
        *("mlp", "residual-mlp", "cnn", "lstm", "gru", "transformer", "pretrained", "u-net"),
    ),
)

DATA = (
    Default(
        "DATA01",
        {"path": "", "planned_rows": AnswerTo("samples", "the number of samples")},
        "the project runs at once on an embedded sample; [data] is the one section to edit for "
        "data of your own",
        (STUDY,),
    ),
    Default(
        "DATA02",
        {"encoding": "utf-8"},
        "what nearly every file is written in; another is refused, never guessed",
        (FAILS,),
        applies=Cells(
            "data with text in its files",
            forms=("tabular", "image", "text", "tokens", "series", "window"),
        ),
    ),
    Default(
        "DATA03",
        {"separator": ",", "targets": TargetColumns()},
        "commas divide most tables; the targets are named here and nowhere else, so that none of "
        "them is learnt from",
        (FAILS,),
        applies=Cells(
            "data with target columns", forms=("tabular", "image", "text", "series", "window")
        ),
    ),
    Default(
        "DATA04",
        {"decimal": "."},
        'the usual mark; a file with 1,5 for one and a half wants ","',
        (FAILS,),
        applies=NUMERIC,
    ),
    Default(
        "DATA05",
        {"missing": ["", "?", "NA", "N/A", "NaN", "nan", "NULL", "null"]},
        "a word that stands for nothing would make a column of numbers one of words",
        (STUDY,),
        applies=Cells("tables and forecasts", forms=("tabular", "window")),
    ),
    Default(
        "DATA06",
        {
            "header": True,
            **{"ignore": [], "numeric": [], "boolean": [], "categorical": [], "drop_targets": []},
        },
        "columns that no list names are read by their type",
        (STUDY,),
        applies=TABLES,
    ),
    Default(
        "DATA16",
        {"quote": '"', "skip_lines": [], "number_signs": []},
        "quotation marks around cells are usual; lines above the table, and currency or thousands "
        "inside numbers, are left out where they are named",
        (STUDY,),
        applies=TABLES,
    ),
    Default(
        "DATA07",
        {"drop_rows_without_target": False, "group": "", "part": ""},
        "a missing target is refused until you say that it may go; name a group where samples "
        "belong together, or a score on half a group flatters",
        (FAILS,),
        applies=Cells(
            "samples that stand alone, with target columns",
            forms=("tabular", "image", "text", "series"),
        ),
    ),
    Default(
        "DATA08",
        {"image_column": "image"},
        "a folder of class folders needs no list; a CSV names each image in this column, relative "
        "to the CSV",
        (STUDY,),
        applies=Cells("single images", forms=("image",)),
    ),
    Default(
        "DATA09",
        {"image_folder": "images", "mask_folder": "masks"},
        "an image and its mask have the same name, each in its folder",
        (STUDY,),
        applies=MASKS,
    ),
    Default(
        "DATA10",
        {
            "image_size": AnswerTo("image_size", "the image size you gave"),
            "channels": AnswerTo("channels", "the channels you gave"),
            "unreadable": "refuse",
        },
        "images of one size make batches; a broken file stops the run until you say that it may be "
        "skipped",
        (FAILS,),
        applies=IMAGES,
    ),
    Default(
        "DATA11",
        {"text_column": "text", "empty": "refuse"},
        "an empty text teaches nothing and is refused until you say it may be skipped",
        (FAILS,),
        applies=TEXTS,
    ),
    Default(
        "DATA12",
        {"token_column": 0, "tag_column": -1},
        "a token a line, its tag last, a blank line between sentences: the form of the CoNLL "
        "shared tasks",
        (
            "Tjong Kim Sang & De Meulder 2003, Introduction to the CoNLL-2003 Shared Task, "
            "arXiv:cs/0306050",
        ),
        applies=Cells("sentences with a tag for each token", forms=("tokens",)),
    ),
    Default(
        "LEN01",
        {"length": AnswerTo("length", "the length you gave")},
        "longer ones are cut and shorter ones padded, and padding changes no answer",
        (STUDY,),
        applies=Cells("texts and series of a length", forms=("text", "tokens", "series")),
    ),
    Default(
        "DATA13",
        {"layout": "auto", "id_column": "id", "channels": []},
        "a CSV with these columns holds a step a row, any other a series a row; .ts and .npz files "
        "say it themselves",
        (STUDY,),
        applies=Cells("series", forms=("series",)),
    ),
    Default(
        "DATA14",
        {"time_column": AnswerTo("time_column", "the time column you gave")},
        "steps are put in the order of time before anything else is done",
        (FAILS,),
        applies=ANY_SERIES,
    ),
    Default(
        "DATA15",
        {
            "inputs": [],
            "gaps": "refuse",
            "window": AnswerTo("window", "the window you gave"),
            "horizon": AnswerTo("horizon", "the horizon you gave"),
            "season": 0,
        },
        "all steps ahead are forecast at once, so that no error feeds the next; a missing step is "
        "refused until you say that it may be filled",
        (f"{ZENG} (direct forecasts of many steps)",),
        applies=Cells("a series that is forecast", forms=("window",)),
    ),
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
        (f"{ZENG} (NLinear)",),
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
        ("Training notes, § Batch size (large batches use the GPU's power)",),
    ),
)
DEFAULTS = (*DATA, *MODEL, *HEAD, *TRAINING)
