"""How many rows a step, how many epochs, and when to stop."""

from goodfit.rulebook.conditions import Always, is_, samples
from goodfit.rulebook.engine import Rule, Topic

SMALL_BATCHES = (
    "Training notes, § Batch size (smaller datasets: between 2 and 32)",
    "Masters & Luschi 2018, Revisiting Small Batch Training for Deep Neural Networks, "
    "arXiv:1804.07612",
)
LARGE_BATCHES = ("Training notes, § Batch size (large batches use the GPU's power)",)
GPU, CPU = is_("accelerator", "gpu"), is_("accelerator", "cpu")

BATCH_SIZE = Topic(
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
            choice={"batch_size": 16},
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
EPOCHS_NOTES = (
    "Training notes, § Epochs (start with a large number and stop early)",
    "Training notes, § Early stopping (train larger and longer than needed)",
    "Prechelt 1998, Early Stopping - But When?, in Neural Networks: Tricks of the Trade",
)
WARMUP = (
    "Training notes, § Learning rate (start low and gradually increase)",
    "Goyal et al. 2017, Accurate, Large Minibatch SGD, arXiv:1706.02677 (warm-up)",
    "Loshchilov & Hutter 2017, SGDR, arXiv:1608.03983 (cosine decay)",
)
LENGTH = Topic(
    name="epochs and patience",
    asks="How long may training take, and how long does it wait for something better?",
    rules=(
        Rule(
            id="STOP01",
            when=samples(high=1_000),
            choice={"epochs": 500, "patience": 50},
            because="few steps an epoch need many epochs, and a small validation part is noisy",
            sources=EPOCHS_NOTES,
        ),
        Rule(
            id="STOP02",
            when=samples(1_000, 10_000),
            choice={"epochs": 300, "patience": 30},
            because="far more epochs than needed; early stopping ends training when it is done",
            sources=EPOCHS_NOTES,
        ),
        Rule(
            id="STOP03",
            when=samples(10_000, 100_000),
            choice={"epochs": 150, "patience": 15},
            because="each epoch has more steps, so fewer epochs and a shorter wait do the same",
            sources=EPOCHS_NOTES,
        ),
        Rule(
            id="STOP04",
            when=samples(100_000),
            choice={"epochs": 60, "patience": 8},
            because="an epoch of this size is thousands of steps; a few without gain say enough",
            sources=EPOCHS_NOTES,
        ),
    ),
)
SCHEDULE = Topic(
    name="schedule",
    asks="How does the learning rate rise and fall?",
    rules=(
        Rule(
            id="SCHED01",
            when=samples(high=10_000),
            choice={"warmup_epochs": 5, "decay_epochs": 150, "final_share": 0.05},
            because="a low start lets normalisation settle; the slow fall ends in small steps",
            sources=WARMUP,
        ),
        Rule(
            id="SCHED02",
            when=samples(10_000, 100_000),
            choice={"warmup_epochs": 3, "decay_epochs": 80, "final_share": 0.05},
            because="a low start, then a slow fall that ends in small steps",
            sources=WARMUP,
        ),
        Rule(
            id="SCHED03",
            when=samples(100_000),
            choice={"warmup_epochs": 1, "decay_epochs": 40, "final_share": 0.05},
            because="one epoch of this size is warm-up enough",
            sources=WARMUP,
        ),
    ),
)
MONITOR = Topic(
    name="early stopping",
    asks="What is watched, and what counts as better?",
    rules=(
        Rule(
            id="WATCH01",
            when=Always(),
            choice={"monitor": "val_loss", "mode": "min", "min_delta": 0.0001},
            because=(
                "the validation loss moves before accuracy does; the best weights are put back, "
                "and gains below 0.0001 do not count"
            ),
            sources=("Training notes, § Early stopping", *EPOCHS_NOTES[2:]),
        ),
    ),
)
SEED = Topic(
    name="seed",
    asks="Can a run be repeated?",
    rules=(
        Rule(
            id="SEED01",
            when=Always(),
            choice={"seed": 0},
            because="a fixed seed, set before anything random, makes two runs comparable",
            sources=("Training notes, § Training hacks (fix the random seed)",),
        ),
    ),
)
