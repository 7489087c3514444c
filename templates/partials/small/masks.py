"""What makes config.toml small enough for the tests: few images, small ones."""

SMALL = (
    "data.image_size=32",
    "sample.rows=60",
)
