"""What keeps the signal's scale steady between the layers."""

from goodfit.rulebook.conditions import CLASSIFICATION, REGRESSION, samples
from goodfit.rulebook.engine import Rule, Topic

NOTES = "Training notes, § Vanishing and exploding gradients (batch normalisation)"

TOPIC = Topic(
    name="normalization",
    asks="What normalises between a layer and its activation?",
    rules=(
        Rule(
            id="NORM01",
            when=samples(high=100),
            choice={"normalization": "layer"},
            because=(
                "in batches of a few rows the batch's own mean is mostly noise; "
                "layer normalisation looks at one row at a time"
            ),
            sources=(NOTES, "Ba, Kiros & Hinton 2016, Layer Normalization, arXiv:1607.06450"),
        ),
        Rule(
            id="NORM02",
            when=CLASSIFICATION & samples(100),
            choice={"normalization": "batch"},
            because=(
                "batch normalisation between layer and activation keeps gradients in scale "
                "and lets training take larger steps"
            ),
            sources=(NOTES, "Ioffe & Szegedy 2015, Batch Normalization, arXiv:1502.03167"),
        ),
        Rule(
            id="NORM03",
            when=REGRESSION & samples(100),
            choice={"normalization": "layer"},
            because=(
                "statistics of a batch add noise to every prediction, which a class forgives and a "
                "number does not; where targets can be hit closely, layer normalisation hits closer"
            ),
            sources=(
                NOTES,
                "Ba, Kiros & Hinton 2016, Layer Normalization, arXiv:1607.06450",
                "benchmarks/README.md (normalisation in regression)",
            ),
        ),
    ),
)
