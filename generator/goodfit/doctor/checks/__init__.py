"""The checks, in the order in which they are made: from the cheap to the dear."""

from . import (
    batches,
    callbacks,
    data,
    device,
    head,
    initial_state,
    inputs,
    layers,
    learning,
    optimizer,
    splits,
    targets,
    windows,
    words,
)

ORDER = tuple(
    module.__name__
    for module in (
        *(data, inputs, words, windows, splits, targets, head, optimizer, callbacks),
        *(batches, layers, initial_state, device, learning),
    )
)
"""The modules of checks: an error in an earlier one spares the network's the later ones."""
