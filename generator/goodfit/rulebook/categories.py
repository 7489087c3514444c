"""How many categories and words are known, and how many numbers stand for a word."""

from goodfit.rulebook.conditions import TABLES, WORDS, samples
from goodfit.rulebook.engine import Rule, Topic

COMPRESSION = ("Training notes, § Neural networks (a compression of the training set)",)

CATEGORIES = Topic(
    name="categories",
    asks="How many categories of a column get an input of their own?",
    applies=TABLES,
    rules=(
        Rule(
            id="CAT01",
            when=samples(high=1_000),
            choice={"max_categories": 10},
            because=(
                "with few rows a rare category is seen too seldom to learn from, "
                "so the rare ones share one input"
            ),
            sources=COMPRESSION,
        ),
        Rule(
            id="CAT02",
            when=samples(1_000),
            choice={"max_categories": 50},
            because=(
                "one-hot inputs are exact and readable; past the fifty commonest categories "
                "they cost more memory than they tell"
            ),
            sources=COMPRESSION,
        ),
    ),
)
VOCABULARY = Topic(
    name="vocabulary",
    asks="How many words are known?",
    applies=WORDS,
    rules=(
        Rule(
            id="WORD01",
            when=samples(high=10_000),
            choice={"vocabulary": 10_000},
            because="a word that few texts hold teaches little; the rest share one place",
            sources=COMPRESSION,
        ),
        Rule(
            id="WORD02",
            when=samples(10_000),
            choice={"vocabulary": 20_000},
            because="more texts show more words often enough to learn them",
            sources=COMPRESSION,
        ),
    ),
)
EMBEDDING = Topic(
    name="embedding",
    asks="How many numbers stand for a word?",
    applies=WORDS,
    rules=(
        Rule(
            id="EMB01",
            when=samples(high=10_000),
            choice={"embedding_units": 64},
            because="few texts show a word too seldom to fill more numbers with meaning",
            sources=COMPRESSION,
        ),
        Rule(
            id="EMB02",
            when=samples(10_000),
            choice={"embedding_units": 128},
            because="more texts fill wider word vectors",
            sources=COMPRESSION,
        ),
    ),
)
