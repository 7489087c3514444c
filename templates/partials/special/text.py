"""What the doctor is told of texts: codes of padding and of unknown words, and longer texts."""

from typing import Any

import numpy as np

import doctor
from config import Config
from features import PADDING, UNKNOWN
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What tells whether texts are cut, or made of words that nobody knows."""
    encoder, table = prepared.encoder, prepared.tables["train"]
    longer = encoder.model_copy(update={"length": encoder.length + 1})

    def encoded(rows: np.ndarray) -> np.ndarray:
        return longer.encode(table.iloc[rows], "ignore")

    texts = doctor.TextFacts(PADDING, UNKNOWN, config.data.vocabulary, encoded)
    return {"feature_padding": float(PADDING), "texts": texts}
