"""Words and all other signs of a text, one by one."""

import re
import unicodedata

# Thai, Lao, Burmese, Khmer, kana and Chinese put no space between words: each sign is one.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Accents, Hebrew and Arabic points and Indian vowel signs belong to the word they stand in.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff"
WORD = re.compile(rf"[{SPACELESS}]|(?:[^\W{SPACELESS}]|[{MARKS}])+|[^\w\s]")


def words(text: str) -> list[str]:
    """Lower-cased words, and all other signs one by one: "It's 9!" gives it, ', s, 9, !"""
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


def signs(sentence: str) -> list[str]:
    """Words and all other signs one by one, as they are: "Ada's." gives Ada, ', s, ."""
    return WORD.findall(unicodedata.normalize("NFKC", sentence))
