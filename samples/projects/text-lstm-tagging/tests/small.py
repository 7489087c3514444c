"""What makes config.toml small enough for the tests: few sentences, short ones."""

SMALL = (
    'data.path=""',
    'data.encoding="utf-8"',
    "data.token_column=0",
    "data.tag_column=-1",
    "data.length=32",
    "data.vocabulary=1000",
    "sample.rows=400",
)
