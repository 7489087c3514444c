"""What makes config.toml small and plain enough for the tests: few images, small ones."""

SMALL = (
    "data.drop_rows_without_target=false",
    'data.encoding="utf-8"',
    'data.group=""',
    'data.image_column="image"',
    'data.part=""',
    'data.path=""',
    'data.separator=","',
    'data.sheet=""',
    'data.unreadable="refuse"',
    "data.image_size=24",
    "sample.rows=160",
)
