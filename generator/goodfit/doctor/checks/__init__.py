"""The checks, in the order in which they are made: from the cheap to the dear."""

from . import (  # noqa: F401  each adds its checks to the registry
    data,
    inputs,
    splits,
    targets,
    head,
    optimizer,
    callbacks,
    layers,
    batches,
    initial_state,
    device,
    learning,
)
