"""What makes config.toml small enough for the tests: few texts, short ones."""

SMALL = (
    'data.path=""',
    'data.separator=","',
    'data.encoding="utf-8"',
    'data.text_column="text"',
    'data.group=""',
    'data.part=""',
    "data.length=40",
    "data.vocabulary=1000",
    "sample.rows=400",
)
