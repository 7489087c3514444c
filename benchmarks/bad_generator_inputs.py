"""Bad inputs to `goodfit`: to its flags, answers, files, folders, places and streams."""

from __future__ import annotations

import io
import math
import os
import signal
import sys
import time
import tomllib
import traceback
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import Any

import bad_files
from bad_inputs import LIMIT, BadInput, Ending, Tried, below, faults, folder_of
from bad_inputs import in_process_of_its_own as in_own
from goodfit.cli import main as goodfit
from goodfit.constraints import Range, Setting
from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS
from goodfit.settings import SETTINGS, read_override

TABLE = tomllib.loads((Path(__file__).parent / "bad_inputs.toml").read_text(encoding="utf-8"))
DATA = ("generate", "p", "--yes", "--data")
PLAIN = ("generate", "p", "--yes")
EVERY = '"$@"'
NAMES = {
    "nothing": "",
    "a space": "a b",
    "a path": "a/b",
    "a way up": "../a",
    "the folder itself": ".",
    "the folder above": "..",
    "a flag": "--",
    "a template": "{{7*7}}",
    "a tag of a template": "{%raise%}",
    "a digit first": "1a",
    "a dash last": "a-",
    "a dot": "a.b",
    "letters of another script": "größe",
    "a smiley": "a😀",
    "what a terminal obeys": "a\x1b[31m",
    "two lines": "a\nb",
    "what turns round": "a\u202eb",
    "sixty-five letters": "a" * 65,
    "a thousand letters": "a" * 1000,
    "a package that it needs": "keras",
    "the same in capitals": "TensorFlow",
    "a command for a shell": "a;rm",
    "a variable": "$HOME",
    "a wildcard": "*",
}
TOML = [
    *(
        "banana",
        "-1",
        "-0.5",
        "0",
        "1.5",
        "2",
        "inf",
        "-inf",
        "nan",
        "true",
        "[]",
        "{}",
        '["a", 1]',
    ),
    *("[[1]]", "[-1]", "2024-01-01", "9" * 30, '""', '"\\u0000"', '["x"]', "1e300", "[true]"),
    *("[0.5, 0.5]", "{ a = 1 }", "07:32:00", "-" + "9" * 400, "'\u202e'", "[inf]", "[" * 200),
]
TEXTS = [
    *("banana", "-1", "0", "1e400", "nan", "inf", "-inf", "", " ", "½", "٣", "1.5", "1,5", "0x10"),
    *("9" * 400, "9" * 6000, "\x1b[31mred", "5000 rows", "None", "1__0", "5kk", "1e3", "-5%", "%"),
    *("1/2", "a\nb", "100%%", "١٬٠٠٠", "0.0000000001x", "+", ".", "e"),
]
TYPED = [
    "true",
    "-7",
    "3.5",
    "inf",
    "nan",
    "[]",
    "[1]",
    "{ a = 1 }",
    "2024-01-01",
    "''",
    "07:32:00",
]


def refused(setting: Setting, text: str) -> bool:
    """`--set` cannot give it that; a number beyond all is no number."""
    try:
        value = read_override(f"{setting.name}={text}")[1]
        whole = isinstance(setting.constraint, Range) and setting.constraint.whole
        beyond = value in (math.inf, 1e300) or (whole and value > 10**15)
    except (GoodfitError, TypeError):
        return True
    return beyond or not setting.constraint.accepts(value)


def toml_value(text: str) -> Any:
    """What stands in a file of answers."""
    return tomllib.loads(f"v = {text}")["v"]


def short(name: str, text: str) -> str:
    """What an input is called that gives `text` to something."""
    return (
        f"{name} = {text!r}" if len(text) < 40 else f"{name} = {text[:20]!r} and more: {len(text)}"
    )


def settings() -> Iterator[BadInput]:
    """Every setting by up to five values that it cannot have; others for each."""
    for place, setting in enumerate(SETTINGS):
        turned = TOML[place % len(TOML) :] + TOML[: place % len(TOML)]
        wrong = [one for one in turned if refused(setting, one)]
        for text in wrong[:5]:
            name = f"{setting.name} = {text[:40]!r}"
            yield BadInput(
                "settings", name, (*PLAIN, "--set", f"{setting.name}={text}"), setting.name
            )


def reads(kind: Any, value: Any) -> bool:
    """An answer may be that."""
    try:
        kind.read(value)
    except Exception:
        return False
    return True


def answers() -> Iterator[BadInput]:
    """Every question by up to six texts as a flag, and by every kind of TOML in a file."""
    for place, question in enumerate(QUESTIONS):
        flag = f"--{question.name.replace('_', '-')}"
        turned = TEXTS[2 * place % len(TEXTS) :] + TEXTS[: 2 * place % len(TEXTS)]
        wrong = [text for text in turned if not reads(question.kind, text)]
        if question.name not in ("project_slug", "overrides", "evidence", "outliers"):
            for text in wrong[:6]:
                words = (*PLAIN, f"{flag}={text}")
                yield BadInput("answers by flag", short(flag, text), words, question.name)
        for text in TYPED:
            if not reads(question.kind, toml_value(text)):
                said = question.name.split("_")[0] if question.name != "project_slug" else "name"
                yield answers_file(f"{question.name} = {text}", f"{question.name} = {text}", said)


def answers_file(
    name: str, text: str | bytes, says: str = "a.toml", kind: str = "answers in a file", **more: Any
) -> BadInput:
    """An input of a file of answers, which holds `text`."""
    content = text.encode() if isinstance(text, str) else text
    words = more.pop("words", ("generate", "--answers", "a.toml"))
    fill = more.pop("files", lambda folder: (folder / "a.toml").write_bytes(content))
    return BadInput(kind, name, words, says, files=fill, **more)


def broken_answers() -> Iterator[BadInput]:
    """Answers in a file that is damaged, of another encoding, or no file."""
    text = b'task = "regression"\nsamples = 5000\n'
    for name, damage in bad_files.DAMAGES.items():
        code = 0 if name == "nothing in it" else (0, 2) if name.startswith(("cut", "with")) else 2
        leaves = ("my-model",)
        says = "a.toml" if code == 2 else ""
        yield answers_file(name, damage(text), says, "answers damaged", code=code, leaves=leaves)
    for encoding, right in (("utf-16", 2), ("utf-8-sig", 0), ("latin-1", 2), ("utf-32", 2)):
        content = 'description = "größe"\n'.encode(encoding)
        says = "" if right == 0 else "a.toml"
        more = {"code": right, "leaves": ("my-model",) * (right == 0)}
        yield answers_file(f"as {encoding}", content, says, "answers damaged", **more)
    for name, place in bad_files.PLACES.items():
        below_file = name == "a file below a file"
        words = ("generate", "p", "--answers", "gone/a.toml" if below_file else "a.toml")
        code = (0, 2) if name in ("a link to the null device",) else 2

        def fill(folder: Path, place: Any = place) -> None:
            place(folder / "a.toml")

        says = "a.toml"
        yield BadInput(
            "answers damaged", name, words, says, code, fill, ("p",) * (code != 2), EVERY
        )


def files() -> Iterator[BadInput]:
    """Every form of file by every damage, and what lies where a file is expected."""
    for form, whole in bad_files.FORMS.items():
        for name, damage in bad_files.DAMAGES.items():
            text = form in ("csv", "tsv", "jsonl") and not name.startswith(("nothing", "all"))
            unseen = form in ("arrow", "sqlite") and name.startswith("noise")  # no sum is kept
            code = (0, 2) if text or unseen else 2
            made = (form, name) == ("npz", "cut in half") or form == "json"

            def fill(
                folder: Path, form: str = form, whole: Any = whole, damage: Any = damage
            ) -> None:
                (folder / f"rows.{form}").write_bytes(damage(whole()))

            words = ("study", f"rows.{form}") if made else (*DATA, f"rows.{form}")
            says = f"rows.{form}" if code == 2 else ""
            yield BadInput("files damaged", f"{form}, {name}", words, says, code, fill, ("p",))
    for name, (content, codes) in bad_files.TABLES.items():

        def table(folder: Path, content: bytes = content) -> None:
            (folder / "rows.csv").write_bytes(content)

        more = ("--target", "answer") if codes == (0,) else ()
        words = (*DATA, "rows.csv", *more)
        yield BadInput("tables", name, words, "", codes, table, ("p",))
        yield BadInput("tables", f"{name}, studied", ("study", "rows.csv"), "", (0, 2), table)
    for name, place in bad_files.PLACES.items():
        path = "gone/rows.csv" if name == "a file below a file" else "rows.csv"
        for words in ((*DATA, path), ("study", path)):

            def fill_place(folder: Path, place: Any = place) -> None:
                place(folder / "rows.csv")

            said = f"{name}, {words[0]}"
            yield BadInput("files and places", said, words, "rows.csv", 2, fill_place, way=EVERY)


def literal() -> Iterator[BadInput]:
    """Those of bad_inputs.toml."""
    for kind, rows in TABLE.items():
        for row in rows:
            text = row.get("answers")
            text = f'description = "{"a" * 2**20}"' if text == "MEGABYTE" else text

            def fill(
                folder: Path, text: str | None = text, data: bool = row.get("data", False)
            ) -> None:
                if text is not None:
                    (folder / "a.toml").write_text(text, encoding="utf-8")
                if data:
                    (folder / "rows.csv").write_bytes(bad_files.csv())

            code = row.get("code", 2)
            code = tuple(code) if isinstance(code, list) else code
            words = row.get("words", [])
            if kind == "answers":
                named = ["p"] * ("project_slug" not in (text or ""))
                words = ["generate", *named, "--answers", "a.toml", *words]
            kind_said = {"answers": "answers in a file", "set": "settings"}.get(kind, kind)
            leaves = row.get("leaves", ())
            yield BadInput(kind_said, row["name"], words, row.get("says", ""), code, fill, leaves)


def names() -> Iterator[BadInput]:
    """Names of projects."""
    for name, word in NAMES.items():
        says = "name" if word != "--" else ""
        code = 2 if word != "--" else (0, 2)
        leaves = ("my-model",) if word == "--" else ()
        yield BadInput("names", name, ("generate", "--yes", word), says, code, leaves=leaves)


def generator_inputs() -> Iterator[BadInput]:
    """All of them."""
    from bad_places import folders, places, streams

    for some in (
        literal,
        names,
        settings,
        answers,
        broken_answers,
        files,
        folders,
        places,
        streams,
    ):
        yield from some()


def late(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def typed_here(words: Sequence[str | bytes]) -> Ending:
    """How `goodfit` ends with these words, run inside this process as its script runs it."""
    output, errors = io.StringIO(), io.StringIO()
    begun, stdin = time.perf_counter(), sys.stdin
    sys.stdin = io.StringIO()
    signal.signal(signal.SIGALRM, late)
    signal.alarm(int(LIMIT) + 1)
    code: int | None = 0
    try:
        with redirect_stdout(output), redirect_stderr(errors):
            goodfit([str(word) for word in words], prog_name="goodfit")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except TimeoutError:
        code = None
    except BaseException:
        errors.write(traceback.format_exc())
        code = 1
    finally:
        signal.alarm(0)
        sys.stdin = stdin
    return Ending(code, output.getvalue(), errors.getvalue(), time.perf_counter() - begun)


def try_once(bad: BadInput) -> Tried:
    """Type it in a folder of its own."""
    command = [sys.executable, "-m", "goodfit"]
    with folder_of(bad) as (folder, before):
        ended = in_own(bad, command, LIMIT) if bad.way else typed_here(bad.words)
        told = ended.code == 2 and bad.kind != "streams"  # where a whole one may be left untold
        left = below(folder) - before - set(() if told else bad.leaves)
        return Tried(bad, list(faults(bad, ended, sorted(left))), ended.seconds)


def try_generator(inputs: Sequence[BadInput]) -> list[Tried]:
    """Type each of them; what has no end in time once more, as others may use the machine."""
    tried = []
    for bad in inputs:
        found = try_once(bad)
        if any(fault.startswith("no end") for fault in found.faults):
            found = try_once(bad)
        tried.append(found)
        if found.faults and os.environ.get("SHOW"):
            print(bad.kind, bad.name, found.faults, flush=True)
    return tried
