"""What makes config.toml small enough for the tests: few texts, short ones."""

SMALL = (
    "data.length=40",
    "data.vocabulary=1000",
    "sample.rows=400",
)
