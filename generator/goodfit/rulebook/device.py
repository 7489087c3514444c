"""What the device is asked to do: precision, compiler, memory, and grouped steps."""

from goodfit.rulebook.conditions import Always, Otherwise, is_, samples
from goodfit.rulebook.engine import Rule, Topic

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
STEPS = Topic(
    name="device settings",
    asks="How are steps compiled, grouped and repeated?",
    rules=(
        Rule(
            id="DEV01",
            when=Always(),
            choice={
                "xla": "auto",
                "memory_growth": True,
                "deterministic": False,
                "steps_per_execution": 64,
            },
            because=(
                "XLA where a GPU gains from it; GPU memory as needed; 64 steps an execution, since "
                "small batches lose most of their time between steps; `deterministic` costs speed"
            ),
            sources=("Training notes, § Batch size (large batches use the GPU's power)",),
        ),
    ),
)
