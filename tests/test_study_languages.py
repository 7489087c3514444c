"""Texts of many languages: read rightly, or asked about with what each encoding makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from goodfit.study import study
from goodfit.study.files.encoding import find_encoding, foreign_encodings
from studied import assert_refused, evidence, goodfit

WESTERN = {
    "French": "Genève, crème brûlée, été, hôtel, où, forêt, ça",
    "Spanish": "niño, España, según, ¿qué?, ¡adiós!, corazón, José",
    "Portuguese": "São Paulo, não, educação, ações, você, três",
    "Italian": "città, è, lunedì, però, università, perché, più",
    "Danish": "Tromsø, blåbær, smørbrød, Ålesund, være",
    "Icelandic": "Ísland, síðan, það, góður, Þór, sæll",
    "players": "Müller, Pérez, Sørensen, João, Núñez, Ångström, Çelik, Mbappé",
    "signs": "µg/m³, 25 °C, 5 €, “so”, it’s, ½, ACME®",
}
OTHERS = {
    "cp1250": ["město, třída, řeka", "Łódź, Kraków, złoty", "Győr, őszi", "Michał, Paweł", "Plzeň"],
    "iso8859_2": ["Łódź, ślad, ścieżka"],
    "cp1254": ["İzmir, ağaç, şehir", "kız"],
    "cp1257": ["Rīga, jūra, ēka"],
    "cp850": ["Köln, größe, Übung"],
    "mac_roman": ["Köln, café, Genève"],
    "cp852": ["město, řeka"],
}
SCRIPTS = {  # a few words alone, as in a header
    "cp1251": "город, цена, класс",
    "koi8_r": "город, цена, класс",
    "cp932": "都市, 価格, クラス",
    "gb18030": "城市, 价格, 类别",
    "cp949": "도시, 가격, 등급",
    "cp874": "เมือง, ราคา, ชั้น",
}


def rows(path: Path, words: str, encoding: str) -> Path:
    lines = [f"{place},{word.strip()}" for place, word in enumerate(words.split(","))]
    plain = [f"{place},plain words" for place in range(40)]
    path.write_bytes("\n".join(["x,word", *lines, *plain]).encode(encoding))
    return path


@pytest.mark.parametrize("language", WESTERN)
def test_western_languages_are_windows_1252(language: str, tmp_path: Path) -> None:
    found = find_encoding(rows(tmp_path / "rows.csv", WESTERN[language], "cp1252"))
    assert (found.value, found.confidence) == ("cp1252", "likely")


@pytest.mark.parametrize(
    ("encoding", "words"), [(name, one) for name, some in OTHERS.items() for one in some]
)
def test_other_latin_letters_are_asked_about(encoding: str, words: str, tmp_path: Path) -> None:
    path = rows(tmp_path / "rows.csv", words, encoding)
    found = find_encoding(path)
    assert found.confidence == "unsure"
    offered = [path.read_text(encoding=one) for one in (found.value, *found.others)]
    assert path.read_text(encoding=encoding) in offered
    assert any(word.strip() in found.why for word in words.split(","))  # as it is written


@pytest.mark.parametrize("encoding", SCRIPTS)
def test_names_in_another_script_are_asked_about(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    lines = [f"{row},{row % 7},{'ny'[row % 2]}" for row in range(60)]
    path.write_bytes("\n".join([SCRIPTS[encoding], *lines]).encode(encoding))
    assert find_encoding(path).value is None
    words = [word for name, word in foreign_encodings(path) if name == encoding]
    assert SCRIPTS[encoding].startswith(words[0])
    assert_refused(goodfit("study", path), f"--set encoding={encoding} (")


def test_texts_of_one_folder_are_read_alike(tmp_path: Path) -> None:
    """A single word may be of any language; those of all files are not."""
    words = ["España", "niño comió", "según José", "corazón", "¿qué?", "árbol", "canción", "sí"]
    for place, word in enumerate(words * 5):
        path = tmp_path / ("good", "bad")[place % 2] / f"{place}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(f"esto es {word} y {place} palabras".encode("cp1252"))
    asked = evidence(study(tmp_path), "encoding")
    assert (asked.value, asked.confidence) == ("cp1252", "likely")
