"""Layers that read step by step."""

from goodfit.rulebook.conditions import RECURRENT, Cells, is_, samples
from goodfit.rulebook.engine import Rule, Topic

NOTES = "Training notes, § Training hacks (first layer biggest; layers count for more than neurons)"
LSTM = "Hochreiter & Schmidhuber 1997, Long Short-Term Memory, Neural Computation 9"

LAYER = Topic(
    name="recurrent layer",
    asks="What keeps the memory?",
    applies=RECURRENT,
    rules=(
        Rule(
            id="REC01",
            when=is_("architecture", "lstm"),
            choice={"recurrent_layer": "lstm"},
            because="gates keep what matters over many steps, where a plain recurrence forgets",
            sources=(LSTM,),
        ),
        Rule(
            id="REC02",
            when=is_("architecture", "gru"),
            choice={"recurrent_layer": "gru"},
            because="two gates do what an LSTM does with three, with a quarter fewer weights",
            sources=(
                "Cho et al. 2014, Learning Phrase Representations using RNN Encoder-Decoder, "
                "arXiv:1406.1078",
            ),
        ),
    ),
)
UNITS = Topic(
    name="recurrent units",
    asks="How many recurrent layers, of how much memory?",
    applies=RECURRENT,
    rules=(
        Rule(
            id="REC03",
            when=samples(high=10_000),
            choice={"recurrent_units": [64]},
            because="one layer: every step passes through it, so it is deep already",
            sources=(NOTES, LSTM),
        ),
        Rule(
            id="REC04",
            when=samples(10_000, 100_000),
            choice={"recurrent_units": [64, 64]},
            because="more data first buys a second layer: depth counts for more than width",
            sources=(NOTES, LSTM),
        ),
        Rule(
            id="REC05",
            when=samples(100_000),
            choice={"recurrent_units": [128, 64]},
            because="this much data fills a first layer twice as wide",
            sources=(NOTES, LSTM),
        ),
    ),
)
DIRECTION = Topic(
    name="direction",
    asks="Is a sequence read from both ends?",
    applies=RECURRENT,
    rules=(
        Rule(
            id="REC06",
            when=Cells("texts, tokens and whole series", forms=("text", "tokens", "series")),
            choice={"bidirectional": True},
            because="the whole sequence is there, and what comes after tells as much as before",
            sources=(
                "Schuster & Paliwal 1997, Bidirectional Recurrent Neural Networks, IEEE "
                "Transactions on Signal Processing 45",
            ),
        ),
        Rule(
            id="REC07",
            when=Cells("forecasts", forms=("window",)),
            choice={"bidirectional": False},
            because="time runs one way: the newest step is to be read last",
            sources=(LSTM,),
        ),
    ),
)
