"""What makes config.toml small enough for the tests: few and short series."""

SMALL = (
    'data.path=""',
    'data.layout="auto"',
    'data.group=""',
    'data.part=""',
    "data.length=24",
    "sample.rows=200",
)
