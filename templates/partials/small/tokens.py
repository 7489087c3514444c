"""What makes config.toml small and plain enough for the tests: few sentences, short ones."""

SMALL = (
    'data.encoding="utf-8"',
    'data.path=""',
    'data.sentence_column=""',
    'data.separator=","',
    'data.sheet=""',
    "data.tag_column=-1",
    "data.token_column=0",
    "data.length=32",
    "data.vocabulary=1000",
    "sample.rows=400",
)
