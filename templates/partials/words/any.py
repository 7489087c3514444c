"""Words and all other signs of a text, one by one."""

import re
import unicodedata

from reader.words import WORD


def words(text: str) -> list[str]:
    """Lower-cased words, and all other signs one by one: "It's 9!" gives it, ', s, 9, !"""
    return re.findall(WORD, unicodedata.normalize("NFKC", text).lower())


def signs(sentence: str) -> list[str]:
    """Words and all other signs one by one, as they are: "Ada's." gives Ada, ', s, ."""
    return re.findall(WORD, unicodedata.normalize("NFKC", sentence))
