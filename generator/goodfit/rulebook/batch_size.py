"""How many rows a step looks at."""

from goodfit.rulebook.conditions import is_, samples
from goodfit.rulebook.engine import Rule, Topic

SMALL_BATCHES = (
    "Training notes, § Batch size (smaller datasets: between 2 and 32)",
    "Masters & Luschi 2018, Revisiting Small Batch Training for Deep Neural Networks, "
    "arXiv:1804.07612",
)
LARGE_BATCHES = ("Training notes, § Batch size (large batches use the GPU's power)",)
GPU, CPU = is_("accelerator", "gpu"), is_("accelerator", "cpu")

TOPIC = Topic(
    name="batch size",
    asks="How many rows does one step look at?",
    rules=(
        Rule(
            id="BATCH01",
            when=samples(high=100),
            choice={"batch_size": 4},
            because="a handful of rows a step still gives an epoch several steps",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH02",
            when=samples(100, 1_000),
            choice={"batch_size": 8},
            because="small data sets start between 2 and 32: more steps, better generalisation",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH03",
            when=samples(1_000, 10_000),
            choice={"batch_size": 32},
            because="the upper end of what small data sets start with",
            sources=SMALL_BATCHES,
        ),
        Rule(
            id="BATCH04",
            when=samples(10_000, 100_000),
            choice={"batch_size": 64},
            because="more data leaves enough steps an epoch for larger batches",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH05",
            when=samples(100_000) & CPU,
            choice={"batch_size": 256},
            because="large data, and a CPU gains little from more than this",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH06",
            when=samples(100_000, 1_000_000) & GPU,
            choice={"batch_size": 512},
            because="large batches keep a GPU busy, and this much data can spare the steps",
            sources=LARGE_BATCHES,
        ),
        Rule(
            id="BATCH07",
            when=samples(1_000_000) & GPU,
            choice={"batch_size": 2048},
            because="a GPU is used fully by batches of thousands, and the data has steps enough",
            sources=LARGE_BATCHES,
        ),
    ),
)
