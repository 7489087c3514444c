"""What makes config.toml small enough for the tests: few images, small ones."""

SMALL = (
    'data.path=""',
    'data.image_folder="images"',
    'data.mask_folder="masks"',
    'data.unreadable="refuse"',
    "data.image_size=32",
    "sample.rows=60",
)
