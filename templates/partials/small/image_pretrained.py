"""What makes config.toml small and plain for the tests: few images, and no download."""

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
    "data.image_size=32",
    'model.weights="none"',
    "model.fine_tuning_epochs=2",
    "sample.rows=80",
)
