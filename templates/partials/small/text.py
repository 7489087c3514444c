"""What makes config.toml small and plain enough for the tests: few texts, short ones."""

SMALL = (
    "data.drop_rows_without_target=false",
    'data.empty="refuse"',
    'data.encoding="utf-8"',
    'data.group=""',
    'data.part=""',
    'data.path=""',
    'data.separator=","',
    'data.sheet=""',
    'data.text_column="text"',
    "data.length=40",
    "data.vocabulary=1000",
    "sample.rows=400",
)
