"""What is no data to learn from as it is: called by its right name, with what to do instead."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.study.commands import NAME_WRITTEN, python_command
from goodfit.study.evidence import counted
from goodfit.study.files.listing import IMAGES, Files

EXPECTED = "a table, images, texts or series"
SOUND = "make a table or series of them first, such as the mean of each MFCC in a row for each file"
R_CODE = 'in R: write.csv(x, "rows.csv", row.names = FALSE)'
PICKLE = 'write it again: pandas.read_pickle(FILE).to_parquet("rows.parquet")'
ARRAY = 'save X and y: numpy.savez("rows.npz", X=..., y=...)'
GEO = 'write its attributes: geopandas.read_file(FILE).drop(columns="geometry").to_csv("rows.csv")'
CODE = "python: "  # before what is a line of Python
WORDS_ONLY = CODE + (
    r"rows = [line.split('\t') for line in open(FILE, encoding='utf-8')]; "
    r"open('words.conll', 'w', encoding='utf-8').writelines('\n' if len(row) < 4 else "
    r"f'{row[1]}\tB-{row[3]}\n' for row in rows if row[0].isdigit() or not row[0].strip())"
)
SPARSE = CODE + (
    "import numpy; rows = [line.partition('#')[0].split() for line in open(FILE)]; "
    "cells = [dict(cell.split(':') for cell in row[1:]) for row in rows if row]; "
    "names = sorted({name for row in cells for name in row}, key=int); "
    "X = [[float(row.get(name, 0)) for name in names] for row in cells]; "
    "numpy.savez('rows.npz', X=X, y=[row[0].replace(',', '|') for row in rows if row])"
)
TABLE = "save the table in it as CSV, and name that"
FOREIGN: dict[str, tuple[str, str]] = {  # endings: what it is, what to do
    ".pkl .pickle .joblib": ("a Python pickle, which may run anything when it is read", PICKLE),
    ".rdata .rda .rds": ("data of R", R_CODE),
    ".pdf": ("a PDF", TABLE),
    ".doc .docx .odt .rtf .ppt .pptx .pages": ("a document", TABLE),
    ".wav .mp3 .flac .ogg .m4a .aac .opus .aiff": ("sound", SOUND),
    ".mp4 .avi .mov .mkv .webm": ("video", "save its pictures in folders of their class"),
    ".tar .tgz .7z .rar": ("an archive", "unpack it, and name the folder"),
    ".npy": ("a single NumPy array", ARRAY),
    ".pt .pth .ckpt .onnx .keras .safetensors": ("a model or its weights", "name the data itself"),
    ".tfrecord .tfrecords": ("TFRecords", "write the examples as Parquet or as image files"),
    ".dcm .nii": ("medical images", "save them as PNG files in folders of their class"),
    ".xml .html .htm": (
        "a web page or XML",
        'pandas.read_html or read_xml, then to_csv("rows.csv")',
    ),
    ".yaml .yml .toml .ini": ("a file of settings", "name the data itself"),
    ".orc .avro": ("a file of Hadoop", "polars.read_avro or pandas.read_orc, then write_parquet"),
    ".shp .gpkg .geojson .kml": ("a map", GEO),
    ".ipynb .py .r .sql": ("a program", "name the data that it reads"),
    ".conllu .conllx": (
        "CoNLL-U, with ten columns for each token",
        WORDS_ONLY,
    ),
    ".tsf": (
        "a collection of series in one file",
        "write those of one kind as CSV: a row for each time, a column for each series",
    ),
    ".libsvm .svmlight .svm": ("sparse rows of LIBSVM", SPARSE),
    ".numbers": ("a sheet of Numbers", "export it as CSV or Excel"),
}
BY_ENDING = {ending: said for endings, said in FOREIGN.items() for ending in endings.split()}
SPARSE_ROW = re.compile(r"[-+]?\d+(\.\d+)?(;\S+)?( +\d+:[-+.\deE]+){2,} *(#.*)?")
BOX = re.compile(r"\d+( -?\d*\.?\d+){4,}")


def ending_in(path: Path) -> str:
    """The ending of a file, that below .gz where nothing else says what it is."""
    ending = path.suffix.lower()
    return Path(path.stem).suffix.lower() if ending in (".gz", ".bz2", ".xz", ".zst") else ending


def refuse_foreign(path: Path) -> None:
    """Raise GoodfitError for a file whose ending names what is not read."""
    found = BY_ENDING.get(ending_in(path))
    if not found and is_sparse(path):
        found = ("sparse rows of LIBSVM", SPARSE)
    if found:
        kind, fix = found
        raise GoodfitError(f"{path} is {kind}", EXPECTED, fix_for(path, fix))


def fix_for(path: Path, fix: str) -> str:
    """The words for this file; a line of Python as a command."""
    words = fix.replace("FILE", repr(str(path)))
    return NAME_WRITTEN + python_command(words[len(CODE) :]) if fix.startswith(CODE) else words


def is_sparse(path: Path) -> bool:
    """The lines of a file are a number and, for some columns, their place and value: 1 3:0.5 7:1"""
    with path.open("rb") as file:
        lines = file.read(1 << 16).decode("utf-8", "replace").splitlines()[:-1]
    filled = [line for line in lines[:20] if line.strip()]
    return len(filled) > 2 and all(SPARSE_ROW.fullmatch(line.strip()) for line in filled)


def refuse_foreign_folder(files: Files) -> None:
    """Raise GoodfitError for a folder of which most files are of a kind that is not read."""
    counts = Counter(BY_ENDING.get(ending_in(path), ("", ""))[0] for path in files.paths)
    kind, count = counts.most_common(1)[0]
    if kind:
        path = next(one for one in files.paths if BY_ENDING.get(ending_in(one), ("",))[0] == kind)
        given = (
            f"{files.root} holds {counted(count, 'file')} of one kind, such as {path.name}: {kind}"
        )
        fix = fix_for(path, BY_ENDING[ending_in(path)][1])
        raise GoodfitError(given, EXPECTED, fix)


def refuse_objects(files: Files) -> None:
    """Raise GoodfitError for images with boxes around objects: COCO, YOLO or Pascal VOC."""
    fix = "crop the objects into folders of their class, or add a CSV of images and targets"
    expected = "one answer for each image, or a mask for each"
    for path in files.ending((".json",)):
        with path.open("rb") as file:
            head = file.read(1 << 22) + file.read()[-(1 << 16) :]
        if all(f'"{word}"'.encode() in head for word in ("images", "annotations", "categories")):
            raise GoodfitError(
                f"{files.root} is COCO: {path.name} has boxes of objects", expected, fix
            )
    stems = {path.stem for path in files.ending(IMAGES)}
    for ending, name, box in ((".txt", "YOLO", BOX), (".xml", "Pascal VOC", re.compile(".*<"))):
        beside = [path for path in files.ending((ending,)) if path.stem in stems]
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in beside[:20]]
        lines = [line for text in texts for line in text.splitlines() if line.strip()]
        if lines and len(beside) > len(stems) / 2 and all(map(box.match, lines[:100])):
            given = f"{files.root} is {name}: {beside[0].name} has the boxes of an image"
            raise GoodfitError(given, expected, fix)
