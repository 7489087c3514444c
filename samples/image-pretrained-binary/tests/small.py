"""What makes config.toml small enough for the tests: few images, small ones, and no download."""

SMALL = (
    'data.path=""',
    'data.separator=","',
    'data.encoding="utf-8"',
    'data.image_column="image"',
    'data.group=""',
    'data.part=""',
    'data.unreadable="refuse"',
    "data.image_size=32",
    'model.weights="none"',
    "model.fine_tuning_epochs=2",
    "sample.rows=80",
)
