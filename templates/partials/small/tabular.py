"""What makes config.toml small enough for the tests: few samples, few columns."""

SMALL = ("sample.rows=400",)
