"""What comes out: a perfect answer, decoded, is what stands in the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data import as_text
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def decoding(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    yield from answers_differ_from_targets(prepared, config)


def answers_differ_from_targets(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Targets, encoded and then decoded like answers of predict.py, against the cells of the data.
    Numbers may differ by a thousandth of their deviation, words not at all. Masks, tags and marks
    of anomalies come out in another form than they went in, and are left to the tests."""
    table, y = prepared.tables["validation"], prepared.parts.y_val
    if y.dtype.kind != "f" and y.shape[1:] != (1,):
        return
    several = y.dtype.kind != "f" and getattr(config.head, "output_units", 1) > 1
    perfect = np.eye(getattr(config.head, "output_units", 1))[y.ravel()] if several else y
    said = prepared.target.decode(perfect.astype("float32"), table)
    targets = getattr(config.data, "targets", [])
    for name in [name for name in targets if name in said and name in table]:
        cells = table[name].tail(len(said))  # a forecast is of the last rows alone
        if y.dtype.kind == "f":
            true = pd.to_numeric(cells).to_numpy("float64")
            equal = np.allclose(said[name], true, atol=1e-3 * (true.std() or 1.0))
        else:
            equal = np.array_equal(as_text(said[name]), as_text(cells))
        if not equal:
            yield Finding(
                "answers-differ-from-targets",
                "error",
                f"The {name!r} of a perfect network, decoded, is not the {name!r} of the data.",
                "Every answer of predict.py would be wrong, whatever the network has learnt.",
                "mend decode() in task.py: it has to undo encode()",
            )
