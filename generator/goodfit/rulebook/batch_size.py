"""How many samples a step looks at."""

from goodfit.rulebook.conditions import MASKS, SINGLES, TABLES, Cells, Otherwise, is_, samples
from goodfit.rulebook.engine import Rule, Topic

SMALL_BATCHES = (
    "Training notes, § Batch size (smaller datasets: between 2 and 32)",
    "Masters & Luschi 2018, Revisiting Small Batch Training for Deep Neural Networks, "
    "arXiv:1804.07612",
)
LARGE_BATCHES = ("Training notes, § Batch size (large batches use the GPU's power)",)
UNET = "Ronneberger, Fischer & Brox 2015, U-Net, arXiv:1505.04597"
GPU, CPU = is_("accelerator", "gpu"), is_("accelerator", "cpu")

TOPIC = Topic(
    name="batch size",
    asks="How many samples does one step look at?",
    rules=(
        Rule(
            id="BATCH01",
            when=TABLES & samples(high=100),
            choice={"batch_size": 4},
            because="a handful of samples a step still gives an epoch several steps",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH02",
            when=TABLES & samples(100, 1_000),
            choice={"batch_size": 8},
            because="small data sets start between 2 and 32: more steps, better generalisation",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH03",
            when=TABLES & samples(1_000, 10_000),
            choice={"batch_size": 32},
            because="the upper end of what small data sets start with",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH04",
            when=TABLES & samples(10_000, 100_000),
            choice={"batch_size": 64},
            because="more data leaves enough steps an epoch for larger batches",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH05",
            when=TABLES & samples(100_000) & CPU,
            choice={"batch_size": 256},
            because="large data, and a CPU gains little from more than this",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH06",
            when=TABLES & samples(100_000, 1_000_000) & GPU,
            choice={"batch_size": 512},
            because="large batches keep a GPU busy, and this much data can spare the steps",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH07",
            when=TABLES & samples(1_000_000) & GPU,
            choice={"batch_size": 2048},
            because="a GPU is used fully by batches of thousands, and the data has steps enough",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH08",
            when=SINGLES & samples(high=100),
            choice={"batch_size": 4},
            because="a handful of samples a step still gives an epoch several steps",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH09",
            when=SINGLES & samples(100, 1_000),
            choice={"batch_size": 16},
            because="small data sets start between 2 and 32: more steps, better generalisation",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH10",
            when=SINGLES & samples(1_000, 10_000),
            choice={"batch_size": 32},
            because="the upper end of what small data sets start with",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH11",
            when=SINGLES & samples(10_000, 100_000),
            choice={"batch_size": 64},
            because="more data leaves enough steps an epoch for larger batches",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH12",
            when=SINGLES & samples(100_000) & CPU,
            choice={"batch_size": 128},
            because="large data, and a CPU gains little from more than this",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH13",
            when=SINGLES & samples(100_000) & GPU,
            choice={"batch_size": 256},
            because="large batches keep a GPU busy; images and sequences fill its memory sooner",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH14",
            when=MASKS & samples(high=1_000),
            choice={"batch_size": 4},
            because="every image is thousands of answers, so a few of them make a steady step",
            sources=(*SMALL_BATCHES, UNET),
        ),
        Rule(
            id="BATCH15",
            when=MASKS & samples(1_000, 100_000),
            choice={"batch_size": 8},
            because="every image is thousands of answers, and fills memory at every level",
            sources=(*SMALL_BATCHES, UNET),
        ),
        Rule(
            id="BATCH16",
            when=MASKS & samples(100_000),
            choice={"batch_size": 32},
            because="large batches use the GPU, as far as the maps of a u-net leave memory",
            sources=(*LARGE_BATCHES, UNET),
        ),
    ),
)
PREDICTION = Topic(
    name="prediction batch size",
    asks="How many samples are answered at a time?",
    rules=(
        Rule(
            id="ANSWER01",
            when=Cells(
                "dense networks of tables",
                families=("tabular",),
                architectures=("mlp", "residual-mlp", "autoencoder"),
            ),
            choice={"prediction_batch_size": 4096},
            because="rows are small, and without gradients only speed and memory count",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="ANSWER02",
            when=MASKS,
            choice={"prediction_batch_size": 16},
            because="an answer for every pixel of every image fills memory quickly",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="ANSWER03",
            when=Otherwise(),
            choice={"prediction_batch_size": 256},
            because=(
                "without gradients only speed and memory count, and these samples, or the "
                "attention between their parts, are larger"
            ),
            sources=LARGE_BATCHES,
        ),
    ),
)
