"""What the doctor is told of codes of words."""

import numpy as np

import doctor
from config import Config
from features import PADDING, UNKNOWN
from run import Prepared


def text_facts(prepared: Prepared, config: Config) -> doctor.TextFacts:
    """What tells whether texts are cut, or made of words that nobody knows."""
    encoder, table = prepared.encoder, prepared.tables["train"]
    longer = encoder.model_copy(update={"length": encoder.length + 1})

    def encoded(rows: np.ndarray) -> np.ndarray:
        return longer.encode(table.iloc[rows], "ignore")

    texts = table["text"] if "text" in table else table["tokens"].map(" ".join)
    views = ("words", "shapes", "beginnings", "endings")
    known = [list(getattr(encoder, view)) for view in views if hasattr(encoder, view)]
    size = config.data.vocabulary
    return doctor.TextFacts(PADDING, UNKNOWN, size, encoded, texts.tolist(), known)
