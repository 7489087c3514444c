"""Records in JSON, in ARFF and in SQLite: rows whose file says what their columns are."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .how import DAMAGED, SHOWN, Fault, Several, counted

if TYPE_CHECKING:
    import polars as pl

ATTRIBUTE = re.compile(r"""@attribute\s+('(?:\\.|[^'])*'|"(?:\\.|[^"])*"|\S+)\s+(.+)""", re.I)
CELL = re.compile(r"""\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|([^,]*))\s*(?:,|$)""")
CATEGORY = re.compile(r"""'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|[^,\s][^,]*[^,\s]|[^,\s]""")
POLARS = {".parquet": "parquet", ".json": "json", ".jsonl": "ndjson", ".ndjson": "ndjson"}
SPARSE = re.compile(r"""(\d+)\s+('(?:\\.|[^'])*'|"(?:\\.|[^"])*"|[^,]*[^,\s])""")


def frame_of(columns: dict[str, list[Any]]) -> pl.DataFrame:
    """Columns of Python's values: numbers where all are, or lists of them, else every value as
    text."""
    import polars as pl

    made = []
    for name, values in columns.items():
        kinds = {type(one) for one in values if one is not None}
        if kinds <= {int, float} and kinds:
            floats = [None if one is None else float(one) for one in values]
            whole = kinds == {int} and max(map(abs, filter(None, values)), default=0) < 1 << 53
            made.append(pl.Series(name, values if whole else floats, strict=False))
        elif kinds == {list}:
            made.append(pl.Series(name, [[float(one) for one in some] for some in values]))
        elif kinds <= {bool, str} and len(kinds) < 2:
            made.append(pl.Series(name, values, pl.Boolean if bool in kinds else pl.String))
        else:
            made.append(pl.Series(name, [as_text(one) for one in values], pl.String))
    return pl.DataFrame(made)


def as_text(value: Any) -> str | None:
    """A value among others of another type."""
    return value if value is None or isinstance(value, str) else json.dumps(value, default=str)


def scan_json(path: Path, sheet: str) -> pl.LazyFrame:
    """An array of records; the one such in an object; what pandas writes: cells by column or by
    row, lists by column, a list of names and one of rows; or a record a line. Raises Fault for
    anything else.
    """
    text = path.read_text(encoding="utf-8-sig")
    try:
        held = json.loads(text, parse_int=whole_number)
    except RecursionError:
        given = f"{path} is nested more than a thousand levels deep"
        raise Fault(given, "a list of records", "write an object for each row, in a list") from None
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return records_frame(records_in_lines(path, text), path).lazy()
        given = f"{path}, line {error.lineno:,}, column {error.colno:,}: {error.msg}"
        raise Fault(given, "JSON that is whole", DAMAGED) from None
    if isinstance(held, dict) and {"images", "annotations"} <= held.keys():
        fix = "crop the objects into folders of their class, or add a CSV of images and targets"
        raise Fault(f"{path} is COCO: objects in images", "one answer for each image", fix)
    found = dict(lists_of_records(held, ""))
    if sheet in found or len(found) == 1:
        return records_frame(found[sheet if sheet in found else next(iter(found))], path).lazy()
    if found:
        sizes = {name: len(rows) for name, rows in found.items()}
        raise Several(path, sizes, sheet, "lists of records")
    if isinstance(held, dict) and (columns := as_pandas_writes(held)):
        return records_frame(columns, path).lazy()
    lists = list(held.values()) if isinstance(held, dict) else []
    if all(isinstance(one, list) for one in lists) and len({len(one) for one in lists}) == 1:
        return frame_of(held).lazy()
    given = f"{path} is JSON without a list of records"
    raise Fault(given, '[{"size": 1, "kind": "a"}, ...]', "write an object for each row, in a list")


def records_in_lines(path: Path, text: str) -> list[dict[str, Any]]:
    """The record of each line. Raises Fault where a line is none."""
    filled = [line for line in text.split("\n") if line.strip()]
    try:
        records = [json.loads(line, parse_int=whole_number) for line in filled]
    except (ValueError, RecursionError):
        records = [None]
    if not all(isinstance(one, dict) for one in records):
        given = f"{path} holds several JSON values, and {faulty_record(path)}"
        raise Fault(given, "one array of records, or a record a line", "mend that line")
    return records


def faulty_record(path: Path) -> str:
    """Which line is no record, in words."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line) if line.strip() else {}
            except RecursionError:
                return f"line {number} is nested more than a thousand levels deep"
            except ValueError:
                return f"line {number} is no JSON: {line.strip()[:40]!r}"
            if not isinstance(record, dict):
                return f"line {number} is no record with names: {line.strip()[:40]!r}"
    return "its records do not go together"


def as_pandas_writes(held: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of {column: {row: cell}}, {row: {column: cell}}, where rows have numbers, or
    {"columns": names, "data": rows}; [] for anything else."""
    if isinstance(held.get("columns"), list) and isinstance(held.get("data"), list):
        return [dict(zip(map(str, held["columns"]), row, strict=False)) for row in held["data"]]
    inner = list(held.values())
    if not inner or not all(isinstance(one, dict) and one for one in inner):
        return []
    if all(key.isdigit() for key in held):
        return inner
    rows = list(inner[0])
    if not all(row.isdigit() for row in rows) or any(list(one) != rows for one in inner):
        return []
    return [{name: cells[row] for name, cells in held.items()} for row in rows]


def whole_number(digits: str) -> int | float:
    """A number as JSON has it; one that no column of whole numbers can hold is a fraction."""
    return int(digits) if len(digits) < 18 else float(digits)


def lists_of_records(held: Any, name: str, depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """Lists whose items are all objects, with the names that lead to them, such as "data.rows"."""
    if isinstance(held, list) and held and all(isinstance(one, dict) for one in held):
        yield name, held
    elif isinstance(held, dict) and depth < 4:
        for key, value in held.items():
            yield from lists_of_records(value, f"{name}.{key}".strip("."), depth + 1)


def records_frame(records: Sequence[dict[str, Any]], path: Path) -> pl.DataFrame:
    """A row for each record, null where it lacks a name. Objects in records become columns such as
    "address.city", lists of words words with commas between them. Raises Fault for other lists."""
    flat = [dict(flattened(one, "")) for one in records]
    names = list(dict.fromkeys(name for one in flat for name in one))
    columns = {name: [one.get(name) for one in flat] for name in names}
    for name in names:
        if all(one is None or is_of_words(one) for one in columns[name]):
            columns[name] = [one and ", ".join(one) for one in columns[name]]
    lists = [name for name in names if any(isinstance(one, list) for one in columns[name])]
    if others := [name for name in lists if not are_of_numbers(columns[name])]:
        raise lists_in(path, others)
    return frame_of(columns)


def are_of_numbers(values: Sequence[Any]) -> bool:
    """Lists of as many numbers each, such as places: [52.5, 13.4]."""
    if not all(isinstance(one, list) for one in values) or len({len(one) for one in values}) > 1:
        return False
    return all(type(number) in (int, float) for one in values for number in one)


def is_of_words(value: Any) -> bool:
    """A list such as labels are: ["joy", "love"]."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def lists_in(path: Path, names: Sequence[str]) -> Fault:
    """What is to be said of columns in whose cells there are several values."""
    shown = ", ".join(map(repr, names[:SHOWN])) + ", ..." * (len(names) > SHOWN)
    given = f"{path}: lists in the column{'s' * (len(names) > 1)} {shown}"
    fix = "put what they say into columns of their own, such as their length; or leave them out"
    if path.suffix in POLARS and not any("." in name for name in names):
        copy, kind = str(path.with_stem(f"{path.stem}-without-lists")), POLARS[path.suffix]
        code = f"polars.read_{kind}({str(path)!r}).drop({list(names)!r}).write_{kind}({copy!r})"
        fix += f": python -c {shlex.quote(f'import polars; {code}')} writes what to name then"
    return Fault(given, "one value in each cell", fix)


def flattened(record: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """(name, value) of a record and of the objects in it."""
    for name, value in record.items():
        if isinstance(value, dict) and value:
            yield from flattened(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value if value != {} else None


def scan_arff(path: Path, sheet: str) -> pl.LazyFrame:
    """Numbers where the header says so; categories and all else as text. Dense rows, or sparse."""
    import polars as pl

    names, kinds, rows = read_arff(path)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    made = []
    for name, kind, cells in zip(names, kinds, columns, strict=True):
        series = pl.Series(name, cells, pl.String)
        if kind in ("numeric", "real", "integer"):
            numbers = series.cast(pl.Float64, strict=False)
            wrong = series.filter(numbers.is_null() & series.is_not_null())
            if len(wrong):
                given = f"{path}: @attribute {name} is {kind}, and a row has {wrong[0]!r}"
                raise Fault(given, "numbers, ? where one is missing", "mend the row or the header")
            series = numbers
        if kind.startswith("{"):
            known = [unquoted(one) for one in CATEGORY.findall(kind.strip("{} \t"))]
            if len(wrong := series.filter(~series.is_in(known))):
                given = f"{path}: @attribute {name} is {kind[:60]}, and a row has {wrong[0]!r}"
                raise Fault(given, "a category that is declared", "mend the row or the header")
            series = series.cast(pl.Categorical)  # never read as numbers, such as 1 and 2
        made.append(series)
    return pl.DataFrame(made).lazy()


def read_arff(path: Path) -> tuple[list[str], list[str], list[list[str | None]]]:
    """Names and types of the attributes, and the rows. Raises Fault for a faulty line."""
    names: list[str] = []
    kinds: list[str] = []
    rows: list[list[str | None]] = []
    data = False
    raw = path.read_bytes()
    for number, line in enumerate(text_of(raw).splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if data:
            cells = arff_cells(line, kinds)
            if len(cells) != len(names):
                many = counted(len(cells), "cell")
                given = f"{path}, line {number:,}: {many} of {len(names)} attributes"
                raise Fault(given, "a cell for each attribute", "mend the line")
            rows.append(cells)
        elif found := ATTRIBUTE.match(line):
            names.append(unquoted(found[1]))
            kind = found[2].strip()
            kinds.append(kind if kind.startswith("{") else kind.lower())
        else:
            data = line.lower().startswith("@data")
    if not names or not data or len({*names}) < len(names):
        given = f"{path} names {len(names)} attributes, and {'has' if data else 'lacks'} @data"
        raise Fault(given, "@attribute NAME TYPE, each name once; @data; rows", "mend its header")
    return names, kinds, rows


def text_of(raw: bytes) -> str:
    """UTF-8, or Latin-1 where it is none."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def unquoted(cell: str) -> str:
    """A name or a value without quotation marks around it."""
    if len(cell) > 1 and cell[0] == cell[-1] and cell[0] in "'\"":
        return re.sub(r"\\(.)", r"\1", cell[1:-1])
    return cell


def arff_cells(line: str, kinds: Sequence[str]) -> list[str | None]:
    """The cells of a row, None for ?. Where a sparse row names none, 0 or the first category is."""
    if line.startswith("{"):
        zero = [unquoted(kind.strip("{} ").split(",")[0].strip()) for kind in kinds]
        cells = [z if k.startswith("{") else "0" for k, z in zip(kinds, zero, strict=True)]
        for place, cell in SPARSE.findall(line.strip("{}")):
            if int(place) < len(cells):
                cells[int(place)] = unquoted(cell)
        return [None if cell == "?" else cell for cell in cells]
    if "'" not in line and '"' not in line:
        found: Iterable[str] = (cell.strip() for cell in line.split(","))
        return [None if cell in ("?", "") else cell for cell in found]
    cells, place = [], 0
    while place < len(line) and (part := CELL.match(line, place)):
        quoted = part[1] if part[1] is not None else part[2]
        cells.append(part[3].strip() if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        place = part.end()
    return [None if cell in ("?", "") else cell for cell in cells]


def scan_sqlite(path: Path, sheet: str) -> pl.LazyFrame:
    """The only table or view of a database, or that which is called `sheet`."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as base:
            kinds = "type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            found = base.execute(f"SELECT name FROM sqlite_master WHERE {kinds} ORDER BY rowid")
            names = [str(name) for (name,) in found]
            if not names:
                fix = "name another file"
                raise Fault(f"{path} is a database without a table", "a table in it", fix)
            if sheet not in names and len(names) > 1:
                count = "SELECT count(*) FROM "
                sizes = {one: base.execute(count + identifier(one)).fetchone()[0] for one in names}
                raise Several(path, sizes, sheet, "tables")
            table = sheet if sheet in names else names[0]
            cursor = base.execute(f"SELECT * FROM {identifier(table)}")
            titles = [str(one[0]) for one in cursor.description]
            columns: list[list[Any]] = [[] for _ in titles]
            while rows := cursor.fetchmany(50_000):
                for cells, column in zip(zip(*rows, strict=True), columns, strict=True):
                    column.extend(cells)
    except sqlite3.Error as error:
        given = f"{path} cannot be read: {error}"
        raise Fault(given, "an SQLite database that is whole", DAMAGED) from None
    for name, column in zip(titles, columns, strict=True):
        if any(isinstance(one, bytes) for one in column):
            given = f"{path}: column {name!r} of {table!r} holds bytes"
            fix = "make a view without it, and set data.sheet to its name"
            raise Fault(given, "numbers and words", fix)
    return frame_of(dict(zip(titles, columns, strict=True))).lazy()


def identifier(name: str) -> str:
    """A name in SQL."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
