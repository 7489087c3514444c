"""How deep and how wide: the size of the network follows the data."""

from goodfit.rulebook.conditions import CLASSIFICATION, REGRESSION, TABLES, Cells, samples
from goodfit.rulebook.engine import Rule, Topic
from goodfit.rulebook.values import HalfTheFeatures, halving

NOTES = (
    "Training notes, § Training hacks (first layer biggest; layers count for more than neurons)",
    "Training notes, § Neural networks (a compression of the training set)",
)
DEPTH = "Telgarsky 2016, Benefits of depth in neural networks, arXiv:1602.04485"

HINTON = (
    "Hinton & Salakhutdinov 2006, Reducing the Dimensionality of Data with Neural Networks, "
    "Science 313"
)
GORISHNIY = (
    "Gorishniy et al. 2021, Revisiting Deep Learning Models for Tabular Data, arXiv:2106.11959"
)
VASWANI = "Vaswani et al. 2017, Attention Is All You Need, arXiv:1706.03762"
ZENG = "Zeng et al. 2022, Are Transformers Effective for Time Series Forecasting?, arXiv:2205.13504"
CHENG = "Cheng et al. 2016, Wide & Deep Learning for Recommender Systems, arXiv:1606.07792"
MEASURED = "benchmarks/README.md (real tables)"

MLP = Cells("tables", families=("tabular",), architectures=("mlp",))
RESIDUAL = Cells("residual networks", architectures=("residual-mlp",))
TABLE_ATTENTION = Cells(
    "transformers of tables", families=("tabular",), architectures=("transformer",)
)
SEQUENCE_ATTENTION = Cells(
    "transformers of texts and series", families=("sequence",), architectures=("transformer",)
)

HIDDEN_UNITS = Topic(
    name="hidden units",
    asks="How many hidden layers, of how many units?",
    applies=Cells("dense layers that taper", architectures=("mlp",))
    | Cells("autoencoders of tables", families=("tabular",), architectures=("autoencoder",)),
    rules=(
        Rule(
            id="SIZE01",
            when=MLP & samples(high=100),
            choice={"hidden_units": [128]},
            because="under a hundred samples leave room for one layer",
            sources=NOTES,
        ),
        Rule(
            id="SIZE02",
            when=MLP & samples(100, 1_000),
            choice={"hidden_units": halving(256, 2)},
            because="a second layer; larger than needed, since dropout and early stopping hold it",
            sources=(*NOTES, DEPTH, MEASURED),
        ),
        Rule(
            id="SIZE03",
            when=MLP & samples(1_000, 10_000),
            choice={"hidden_units": halving(256, 3)},
            because="more data first buys a third layer: depth counts for more than width",
            sources=(*NOTES, DEPTH, MEASURED),
        ),
        Rule(
            id="SIZE04",
            when=MLP & samples(10_000, 100_000),
            choice={"hidden_units": halving(256, 4)},
            because="a fourth layer, the first one biggest, each half of the one before",
            sources=(*NOTES, DEPTH, MEASURED),
        ),
        Rule(
            id="SIZE05",
            when=MLP & samples(100_000),
            choice={"hidden_units": halving(512, 5)},
            because="this much data fills a fifth layer, and a first one twice as wide",
            sources=(*NOTES, DEPTH),
        ),
        Rule(
            id="SIZE06",
            when=Cells("forecasts", forms=("window",)),
            choice={"hidden_units": halving(128, 2)},
            because=(
                "the map from past to future is close to linear in most series, so two layers "
                "are room enough"
            ),
            sources=(*NOTES, ZENG),
        ),
        Rule(
            id="SIZE07",
            when=Cells("autoencoders", architectures=("autoencoder",)),
            choice={"hidden_units": halving(64, 2)},
            because="the way to the code tapers, and the way back widens again in mirror image",
            sources=(*NOTES, HINTON),
        ),
    ),
)
LINEAR_PATH = Topic(
    name="linear path",
    asks="Does the output read the features as well as the last hidden layer?",
    applies=MLP,
    rules=(
        Rule(
            id="LINE01",
            when=MLP & REGRESSION,
            choice={"linear_path": True},
            because=(
                "many numbers are nearly sums of others, and hidden layers, each normalised row by "
                "row, find a straight line only slowly; measured: better on 17 of 25 tables"
            ),
            sources=(CHENG, "benchmarks/README.md (the linear path)"),
        ),
        Rule(
            id="LINE02",
            when=MLP & CLASSIFICATION,
            choice={"linear_path": False},
            because="off: no class was told better for it, and what is simple has few causes",
            sources=("Training notes, § Training hacks (simplify)",),
        ),
    ),
)
BLOCKS = Topic(
    name="blocks",
    asks="How many blocks, of what width?",
    applies=Cells("residual and attention blocks", architectures=("residual-mlp", "transformer")),
    rules=(
        Rule(
            id="BLOCK01",
            when=RESIDUAL & samples(high=1_000),
            choice={"blocks": 2, "units": 128},
            because="a small table is learnt by two blocks, each added to what it was given",
            sources=(*NOTES, GORISHNIY),
        ),
        Rule(
            id="BLOCK02",
            when=RESIDUAL & samples(1_000, 100_000),
            choice={"blocks": 3, "units": 192},
            because="more rows buy a third block, and width enough for more columns",
            sources=(*NOTES, GORISHNIY),
        ),
        Rule(
            id="BLOCK03",
            when=RESIDUAL & samples(100_000),
            choice={"blocks": 4, "units": 256},
            because="this much data fills a fourth block and twice the first width",
            sources=(*NOTES, GORISHNIY),
        ),
        Rule(
            id="BLOCK04",
            when=TABLE_ATTENTION & samples(high=10_000),
            choice={"blocks": 2, "units": 64},
            because="every column becomes a token, and two rounds of attention relate them",
            sources=(*NOTES, GORISHNIY),
        ),
        Rule(
            id="BLOCK05",
            when=TABLE_ATTENTION & samples(10_000),
            choice={"blocks": 3, "units": 64},
            because="the usual depth for tables: a third round of attention",
            sources=(*NOTES, GORISHNIY),
        ),
        Rule(
            id="BLOCK06",
            when=SEQUENCE_ATTENTION & samples(high=10_000),
            choice={"blocks": 1, "units": 64},
            because="attention knows nothing of order beforehand, so little data gets one block",
            sources=(*NOTES, VASWANI),
        ),
        Rule(
            id="BLOCK07",
            when=SEQUENCE_ATTENTION & samples(10_000, 100_000),
            choice={"blocks": 2, "units": 128},
            because="a second block lets words bear on each other through a third",
            sources=(*NOTES, VASWANI),
        ),
        Rule(
            id="BLOCK08",
            when=SEQUENCE_ATTENTION & samples(100_000),
            choice={"blocks": 4, "units": 128},
            because="depth counts for more than width, and this much data fills four blocks",
            sources=(*NOTES, VASWANI),
        ),
    ),
)
HEADS = Topic(
    name="attention heads",
    asks="How many looks does an attention layer take at once?",
    applies=Cells("transformers", architectures=("transformer",)),
    rules=(
        Rule(
            id="HEADS01",
            when=TABLE_ATTENTION,
            choice={"heads": 8},
            because="eight heads of eight numbers each relate columns in eight ways",
            sources=(GORISHNIY,),
        ),
        Rule(
            id="HEADS02",
            when=SEQUENCE_ATTENTION,
            choice={"heads": 4},
            because="four heads leave each of them sixteen numbers and more to compare steps by",
            sources=(VASWANI,),
        ),
    ),
)
CODE = Topic(
    name="code",
    asks="Through how few numbers must a sample pass?",
    applies=Cells("autoencoders", architectures=("autoencoder",)),
    rules=(
        Rule(
            id="CODE01",
            when=TABLES,
            choice={"code_units": HalfTheFeatures()},
            because="half as many numbers as columns keep what columns have in common, no more",
            sources=(HINTON,),
        ),
        Rule(
            id="CODE02",
            when=Cells("images", forms=("image",)),
            choice={"code_units": 32},
            because="thousands of pixels through 32 numbers: what images share, and no detail",
            sources=(HINTON,),
        ),
        Rule(
            id="CODE03",
            when=Cells("series", forms=("series",)),
            choice={"code_units": 8},
            because="shape, level and phase of a series need few numbers",
            sources=(HINTON,),
        ),
    ),
)
