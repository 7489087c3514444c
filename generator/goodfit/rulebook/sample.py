"""The embedded sample, which a new project trains on at once."""

from goodfit.rulebook.conditions import ANY_SERIES, MASKS, NUMERIC, TABLES, Cells
from goodfit.rulebook.engine import Rule, Topic
from goodfit.rulebook.values import SampleFeatures, SampleRows, SampleSteps

STUDY = ("Training notes, § Training hacks (study the dataset first)",)
MADE = "it is made on the spot, so the best score there can be is known"

ROWS = Topic(
    name="sample",
    asks="How large is the embedded sample?",
    rules=(
        Rule(
            id="SAMP01",
            when=TABLES,
            choice={"rows": SampleRows(20_000), "sample_seed": 0},
            because=f"as many rows as you said, up to what trains in a minute or two; {MADE}",
            sources=STUDY,
        ),
        Rule(
            id="SAMP02",
            when=Cells("single images", forms=("image",)),
            choice={"rows": SampleRows(600), "sample_seed": 0},
            because=f"as many images as train in a minute or two on a CPU; {MADE}",
            sources=STUDY,
        ),
        Rule(
            id="SAMP03",
            when=MASKS,
            choice={"rows": SampleRows(200), "sample_seed": 0},
            because=f"every image answers for thousands of pixels, so a few teach much; {MADE}",
            sources=STUDY,
        ),
        Rule(
            id="SAMP04",
            when=Cells("series", forms=("series",))
            | Cells("texts", forms=("text",), architectures=("cnn",)),
            choice={"rows": SampleRows(2_000), "sample_seed": 0},
            because=f"as many as train in a minute or two on a CPU; {MADE}",
            sources=STUDY,
        ),
        Rule(
            id="SAMP05",
            when=Cells("sentences with tags", forms=("tokens",)),
            choice={"rows": SampleRows(1_500), "sample_seed": 0},
            because=f"every sentence answers for all its tokens, so fewer will do; {MADE}",
            sources=STUDY,
        ),
        Rule(
            id="SAMP09",
            when=Cells("texts", forms=("text",), architectures=("lstm", "gru", "transformer")),
            choice={"rows": 2_000, "sample_seed": 0},
            because=(
                "however many you have: a network that reads step by step learnt nothing from 600 "
                f"of them, and to win needs about 2,000; {MADE}"
            ),
            sources=(*STUDY, "benchmarks/README.md (few texts)"),
        ),
        Rule(
            id="SAMP06",
            when=Cells("a series that is forecast", forms=("window",)),
            choice={"rows": SampleSteps(2_000), "sample_seed": 0},
            because=f"steps enough for many windows in every part; {MADE}",
            sources=STUDY,
        ),
    ),
)
FEATURES = Topic(
    name="sample features",
    asks="How many columns or variables has the embedded sample?",
    applies=NUMERIC,
    rules=(
        Rule(
            id="SAMP07",
            when=TABLES,
            choice={"features": SampleFeatures(100)},
            because="as many columns as you said your data has, up to what trains in a minute",
            sources=STUDY,
        ),
        Rule(
            id="SAMP08",
            when=ANY_SERIES,
            choice={"features": SampleFeatures(20)},
            because="as many variables as you said, up to what trains in a minute",
            sources=STUDY,
        ),
    ),
)
