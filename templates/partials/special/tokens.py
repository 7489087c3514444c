"""What the doctor is told of tagged sentences: codes of padding and of unknown words."""

from typing import Any

from config import Config
from features import PADDING
from run import Prepared
from text_facts import text_facts


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the codes mean."""
    return {"feature_padding": float(PADDING), "texts": text_facts(prepared, config)}


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: known words, and how long the sentences are."""
    lengths = map(len, prepared.tables["train"]["tokens"])
    return {
        "form": "tokens",
        "vocabulary": tuple(prepared.encoder.words),
        "lengths": tuple(lengths),
    }
