"""What makes config.toml small and plain enough for the tests: few images, small ones."""

SMALL = (
    'data.image_folder="images"',
    'data.mask_folder="masks"',
    "data.mask_values=[]",
    'data.path=""',
    'data.unreadable="refuse"',
    "data.void_values=[]",
    "data.image_size=32",
    "sample.rows=60",
)
