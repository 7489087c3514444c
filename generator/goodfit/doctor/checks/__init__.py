"""The checks, in the order in which they are made: from the cheap to the dear."""

from . import (
    ahead,
    answers,
    batches,
    by_heart,
    callbacks,
    codes,
    columns,
    controls,
    data,
    device,
    first_loss,
    first_steps,
    gradients,
    head,
    hidden_units,
    images,
    initial_weights,
    layers,
    losses,
    modes,
    optimizer,
    own_step,
    right_answers,
    sample_weights,
    scale,
    scalers,
    shifted_test,
    small_trees,
    sorted_parts,
    splits,
    targets,
    windows,
    words,
)

GROUPS = {
    "samples": (data,),
    "inputs": (columns, scale, scalers, images, codes, words, windows),
    "splits": (splits, sorted_parts, shifted_test, small_trees),
    "targets": (targets, sample_weights),
    "head and loss": (head, losses, right_answers),
    "settings": (optimizer, callbacks),
    "batches": (batches,),
    "the network at rest": (
        layers,
        modes,
        own_step,
        initial_weights,
        first_loss,
        hidden_units,
        answers,
        ahead,
    ),
    "the device": (device,),
    "the network in motion": (gradients, first_steps, by_heart, controls),
}
"""Files of checks by subject: an error in an earlier subject spares a network the later ones."""

GROUP_OF = {module.__name__: name for name, modules in GROUPS.items() for module in modules}
ORDER = list(GROUP_OF)
