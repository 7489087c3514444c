"""What makes config.toml small enough for the tests: few images, small ones."""

SMALL = (
    'data.path=""',
    'data.separator=","',
    'data.encoding="utf-8"',
    'data.image_column="image"',
    'data.group=""',
    'data.part=""',
    'data.unreadable="refuse"',
    "data.image_size=24",
    "sample.rows=160",
)
