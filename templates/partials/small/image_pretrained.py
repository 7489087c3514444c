"""What makes config.toml small enough for the tests: few images, small ones, and no download."""

SMALL = (
    "data.image_size=32",
    'model.weights="none"',
    "model.fine_tuning_epochs=2",
    "sample.rows=80",
)
