"""What makes config.toml small enough for the tests: few samples, few columns."""

SMALL = (
    'data.path=""',
    "data.ignore=[]",
    "data.numeric=[]",
    "data.boolean=[]",
    "data.categorical=[]",
    "data.dates=[]",
    'data.group=""',
    'data.part=""',
    "sample.rows=400",
)
