"""What makes config.toml small enough for the tests: few sentences, short ones."""

SMALL = (
    "data.length=32",
    "data.vocabulary=1000",
    "sample.rows=400",
)
