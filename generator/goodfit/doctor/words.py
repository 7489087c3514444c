"""What things are called where they are to be mended, and errors in a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """How things are called where they are to be mended: in a script, or in a project whose files
    and settings have names. `settings` renames arguments such as "learning_rate"."""

    samples: str = "samples"
    model: str = "the model"
    compile: str = "compile()"
    targets: str = "the targets"
    inputs: str = "the inputs"
    pipeline: str = "the data given to fit()"
    split: str = "the split"
    head: str = "the compiled loss"
    find_rate: str = "try 10 times less and 10 times more"
    columns: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)

    def setting(self, name: str) -> str:
        """What an argument is called where it is set."""
        return self.settings.get(name, name)

    def column(self, place: int) -> str:
        """The name of an input column, in quotes; its number where it has no name."""
        return repr(self.columns[place]) if place < len(self.columns) else str(place + 1)

    def fill(self, text: str) -> str:
        """`text` with `{model}`, `{learning_rate}`, ... replaced by what these are called here."""
        for name in FILLED:
            text = text.replace("{" + name + "}", getattr(self, name, None) or self.setting(name))
        return text


FILLED = (
    *("samples", "model", "compile", "targets", "inputs", "pipeline", "split", "head", "find_rate"),
    *("learning_rate", "batch_size", "epochs", "clipnorm", "early_stopping", "metrics", "loss"),
    "dropout",
)

PARTS = {"train": "training", "validation": "validation", "test": "test"}


def in_one_line(error: BaseException) -> str:
    """The kind of an error and what it says first; Keras' own first line only says where."""
    lines = [re.sub(r"\x1b\[\d*m", "", one).strip() for one in str(error).splitlines()]
    lines = [one for one in lines if one] or [""]
    most = 2 if lines[0].startswith("Exception encountered") else 1
    return f"{type(error).__name__}: {' '.join(lines[:most])}"[:400]
