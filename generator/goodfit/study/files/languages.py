"""Of which language the words beyond ASCII are: what tells Windows-1250 from Windows-1252, where
every byte is a letter in both.

Each language has its own letters, each more or less common, and its vowels stand between
consonants: `Plzeň` is Czech in Windows-1250, `Plzeò` hardly Italian in Windows-1252.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from math import log

# How often each letter is one of those beyond ASCII, in percent.
WESTERN = {
    "French": "é60 à13 è12 ê6 ç3 ô2 â2 î1.5 ù1.5 û1 œ1 ë.5 ï.5 ü.5",
    "German": "ü37 ä28 ö18 ß15 é2",
    "Spanish": "ó33 í24 á20 é13 ñ6 ú4 ü.5",
    "Portuguese": "ã22 ç17 á14 é13 í10 ó9 ê6 õ4 â3 ú3 à3 ô3",
    "Italian": "à35 è30 ò12 ì10 ù10 é8 ó.1",
    "Danish": "ø35 å35 æ25 é1",
    "Swedish": "ä50 ö30 å20 é1",
    "Icelandic": "ð22 á15 í15 ó10 ö8 þ7 ú6 æ6 é5 ý3",
    "several": "é25 á10 ó10 ü10 í9 ö8 ä6 ç5 ñ4 è4 ã3 ø2 å2 ú2 à2 ê1.5 ô1 â1 î1 ë1 ï1 ß1 õ.5 æ.5 û.4"
    " ò.3 ý.3 š.3 ì.2 ù.3 ž.2 œ.2 ð.1",
}
CENTRAL = {
    "Czech": "í23 á19 ě11 é10 ř9 č8 ž8 š7 ý7 ů5 ú1 ň.7 ď.5 ť.5 ó.2",
    "Slovak": "á20 í10 ý10 č10 ž10 é9 š9 ť5 ľ4 ú4 ô2 ň2 ď2 ä1 ó1 ŕ.2 ĺ.2",
    "Polish": "ł22 ę15 ą12 ż12 ó11 ś9 ć6 ń4 ź1",
    "Hungarian": "é30 á30 ó9 ö8 ő8 í5 ü4 ú3 ű1.5",
    "Romanian": "ă35 ş20 ţ20 î12 â10",
    "Croatian": "č30 š27 ž22 ć15 đ6",
}
TURKISH = {"Turkish": "ı32 ü14 ş13 ç8 ğ8 i̇6 ö6 â.5"}
BALTIC = {
    "Lithuanian": "ė20 š17 ų15 ž12 ą8 į7 ū6 č5 ę3",
    "Latvian": "ā30 ī15 ē13 š10 ņ6 ļ5 ū4 ķ3 ģ2 ž2 č1",
    "Estonian": "ä35 õ30 ü20 ö10 š2 ž1",
}
LANGUAGES: dict[str, Mapping[str, str]] = {  # by encoding, the likelier first
    **dict.fromkeys(("cp1252", "latin-1"), WESTERN),
    **dict.fromkeys(("cp1250", "iso8859_2"), CENTRAL),
    "cp1254": TURKISH,
    "cp1257": BALTIC,
    **dict.fromkeys(("cp850", "mac_roman"), WESTERN),
    **dict.fromkeys(("cp852", "mac_latin2"), CENTRAL),
}
BETWEEN = "\u2018\u2019\u2013\u2014\u00b7\u2026\u00a0\u00ad"  # stand within words: l’eau
BEHIND = "ªº°²³¹"  # nº, m², 25 °C: never behind a vowel
SIGNS = BETWEEN + BEHIND + "€£¥¢§±µ“”„‚®©™¼½¾«»¿¡×÷•‰´¨`~"
STRANGE = log(1e-4)  # a letter that the language has not, or a sign between letters
UNIT = 2.0  # as of m², which nobody writes for a letter
AMID, BESIDE_ITS_LIKE = log(0.85 / 0.3), log(0.15 / 0.7)  # a vowel beside a consonant; or a vowel
TOGETHER = 0.6  # of the letters beyond ASCII stand beside another: they are of another script


def table_of(letters: str) -> dict[str, float]:
    """The logarithm of how common each letter is."""
    pairs = re.findall(r"(\D+?)(\d*\.?\d+)\s?", letters)
    return {letter: log(float(percent) / 100) for letter, percent in pairs}


TABLES = {
    name: {language: table_of(one) for language, one in some.items()}
    for name, some in LANGUAGES.items()
}


def is_vowel(letter: str) -> bool:
    """A vowel with or without signs; false for consonants and for signs."""
    plain = unicodedata.normalize("NFD", letter)[:1]
    return plain in "aeiouy" or plain in "øæœı"


def worth(words: Iterable[str], letters: Mapping[str, float]) -> float:
    """How well the `words` fit a language with these letters, as the logarithm of a likelihood."""
    found = 0.0
    for word in words:
        for before, sign, after in zip(f" {word}", word, f"{word[1:]} ", strict=False):
            if sign.isascii() or sign in BETWEEN:
                continue
            beside = [one.lower() for one in (before, after) if one.isalpha()]
            if sign in SIGNS:
                behind = sign in BEHIND and is_vowel(before.lower())
                together = after in SIGNS and after not in BETWEEN  # °³ is no unit
                found += STRANGE * (len(beside) == 2 or behind or together)
                found += UNIT * (sign in BEHIND and not after.isalpha() and not behind)
                continue
            found += letters.get(sign.lower(), STRANGE)
            found += STRANGE * (sign.isupper() and before.isalpha() and not word.isupper())
            alike = [is_vowel(sign.lower()) == is_vowel(one) for one in beside]
            found += sum(BESIDE_ITS_LIKE if one else AMID for one in alike)
    return found


def best_language(words: Iterable[str], encoding: str) -> float:
    """How well words fit that language of an encoding which they fit best."""
    some = [*words]
    return max(worth(some, letters) for letters in TABLES[encoding].values())


def of_another_script(words: Iterable[bytes]) -> bool:
    """Most bytes beyond ASCII stand beside another one, in three words or more: such are letters of
    Cyrillic, Greek, Chinese and the like, and none of the Latin script."""
    some = [word for word in {*words} if re.search(rb"[\x80-\xff]", word)]
    high = sum(byte > 0x7F for word in some for byte in word)
    runs = [run for word in some for run in re.findall(rb"[\x80-\xff]{2,}", word)]
    return len(runs) > 2 and sum(map(len, runs)) > TOGETHER * high
