"""What the device is asked to do: precision, compiler, memory, and grouped steps."""

from goodfit.rulebook.conditions import (
    IMAGES,
    RECURRENT,
    SEQUENCES,
    TABLES,
    Otherwise,
    is_,
    samples,
)
from goodfit.rulebook.engine import Rule, Topic

GPU_POWER = ("Training notes, § Batch size (large batches use the GPU's power)",)

PRECISION = Topic(
    name="precision",
    asks="In which precision do the hidden layers compute?",
    rules=(
        Rule(
            id="PREC01",
            when=is_("accelerator", "gpu") & samples(10_000),
            choice={"precision": "auto"},
            because=(
                "chosen from the device when training starts: bfloat16 or float16 where the GPU "
                "multiplies it faster, float32 elsewhere; the output layer stays in float32"
            ),
            sources=("Micikevicius et al. 2018, Mixed Precision Training, arXiv:1710.03740",),
        ),
        Rule(
            id="PREC02",
            when=Otherwise(),
            choice={"precision": "float32"},
            because="small networks wait between steps, not in them; lower precision gains nothing",
            sources=("Micikevicius et al. 2018, Mixed Precision Training, arXiv:1710.03740",),
        ),
    ),
)
COMPILER = Topic(
    name="compiler",
    asks="Is the training step compiled?",
    rules=(
        Rule(
            id="XLA01",
            when=RECURRENT,
            choice={"xla": "off"},
            because=(
                "recurrent layers run in one cuDNN kernel on a GPU, which XLA cannot compile; "
                "without it they would be computed step by step"
            ),
            sources=("Keras source, LSTM and GRU layers (supports_jit is false with cuDNN)",),
        ),
        Rule(
            id="XLA02",
            when=Otherwise(),
            choice={"xla": "auto"},
            because="XLA where a GPU gains from it: it joins small operations into large ones",
            sources=GPU_POWER,
        ),
    ),
)
STEPS = Topic(
    name="steps an execution",
    asks="How many steps run between two looks from Python?",
    rules=(
        Rule(
            id="DEV01",
            when=TABLES,
            choice={"steps_per_execution": 64},
            because="small batches of rows lose most of their time between steps",
            sources=GPU_POWER,
        ),
        Rule(
            id="DEV02",
            when=IMAGES,
            choice={"steps_per_execution": 8},
            because="a step on images takes long by itself, so a few at a time are enough",
            sources=GPU_POWER,
        ),
        Rule(
            id="DEV03",
            when=SEQUENCES,
            choice={"steps_per_execution": 16},
            because="a step on sequences takes longer than one on rows, shorter than on images",
            sources=GPU_POWER,
        ),
    ),
)
