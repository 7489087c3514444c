"""Nothing that stands in a path, an answer, a name or a cell is run, obeyed or taken for a mark."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from cookiecutter.main import cookiecutter
from goodfit import __version__
from goodfit.answers import complete, read_answers_file
from goodfit.cli import main
from goodfit.doctor.finding import Finding
from goodfit.doctor.harmless import for_spreadsheet, readable
from goodfit.doctor.report.page import Block, write_page
from goodfit.plan import make_plan
from goodfit.reader.how import CONTROLS, printable, setting
from goodfit.render import TEMPLATES, plain, render, table_cell
from goodfit.study.evidence import Evidence
from goodfit.toml import inline

BRACES = "{{7*7}} {% raise %} {# gone #}"
OBEYED = "\x1b[31m\x1b]0;t\x07\x9b1m\x7f\u202e\u2066\u2028"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def goodfit(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def made(here: Path, name: str = "toy") -> dict[str, str]:
    """The text files of a project, by their names."""
    paths = [path for path in (here / name).rglob("*") if path.is_file()]
    return {str(path.relative_to(here / name)): path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.parametrize("by", ["goodfit", "goodfit, dry", "cookiecutter"])
def test_a_folder_is_no_template(by: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = here / BRACES
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    if by == "cookiecutter":
        cookiecutter(str(TEMPLATES), no_input=True, extra_context={"project_slug": "toy"})
    else:
        dry = ["--dry-run"] if "dry" in by else []
        result = goodfit("generate", "toy", "--yes", *dry)
        assert result.exit_code == 0, result.output
    assert [path.name for path in here.iterdir()] == [BRACES]
    assert [path.name for path in folder.iterdir()] == ([] if "dry" in by else ["toy"])


def test_an_installed_template_gives_cookiecutter_no_compiled_files(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = here / "templates"
    shutil.copytree(TEMPLATES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("", "tests"):
        cache = copy / "{{cookiecutter.project_slug}}" / folder / "__pycache__"
        cache.mkdir(parents=True)
        (cache / "run.cpython-311.pyc").write_bytes(b"\0\1")
    out = here / "out"
    cookiecutter(str(copy), no_input=True, output_dir=str(out))
    assert (out / "my-model/train.py").is_file()
    assert [*out.rglob("*.pyc")] == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project of a table of hostile names and cells, and what was said while it was made."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [f"a{OBEYED}z", "error:\nb", "c|`d``e`", BRACES, "=1+1"]
    rows = [
        {
            names[0]: place * 7 % 31 / 3,
            names[1]: f"x{OBEYED}" if place % 3 else "y\nz",
            names[2]: ["|", "`", "<b>"][place % 5 % 3],
            names[3]: ["{{7*7}}", "{% x %}"][place % 7 % 2],
            names[4]: place * 5 % 17,
            "answer": ["=cmd()", f"<script>{OBEYED}"][place * place % 11 % 2],
        }
        for place in range(120)
    ]
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    words = ["--data", str(folder / "rows.csv"), "--target", "answer", "--output-dir", str(folder)]
    result = CliRunner().invoke(main, ["generate", "toy", *words, "--yes"])
    assert result.exit_code == 0, result.output
    said = CliRunner().invoke(main, ["study", str(folder / "rows.csv")]).output
    return folder, result.output + said


def test_no_file_of_a_project_holds_signs_that_a_terminal_obeys(hostile: tuple[Path, str]) -> None:
    folder, said = hostile
    assert not CONTROLS.search(said) and r"\x1b" in said
    assert "\nb`" not in said and r"error:\nb" in said
    for name, text in made(folder).items():
        assert not CONTROLS.search(text), name
    config = tomllib.loads((folder / "toy/config.toml").read_text(encoding="utf-8"))
    assert {f"a{OBEYED}z", "=1+1"} <= {*config["data"]["numeric"]}  # read back as they are
    assert {"error:\nb", BRACES} <= {*config["data"]["categorical"]}


def test_tables_of_decisions_keep_their_cells(hostile: tuple[Path, str]) -> None:
    folder, _ = hostile
    lines = (folder / "toy/DECISIONS.md").read_text(encoding="utf-8").splitlines()
    widths = {len(re.split(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")}
    assert widths <= {5, 6, 7}  # three, four or five cells
    whole = "\n".join(lines)
    assert BRACES in whole and "<script>" not in re.sub("(`+).*?\\1", "", whole)


def test_a_project_is_made_again_from_its_own_answers(
    hostile: tuple[Path, str], here: Path
) -> None:
    folder, _ = hostile
    answers = folder / "toy/answers.toml"
    assert tomllib.loads(answers.read_text(encoding="utf-8"))["goodfit"] == __version__
    result = goodfit("generate", "--answers", str(answers))
    assert result.exit_code == 0 and "note" not in result.stderr
    old, new = made(folder), made(here)
    assert {name: text for name, text in new.items() if old[name] != text} == {}


CELLS = {
    "plain": ("a", '`"a"`'),
    "a backtick": ("a`b", '``"a`b"``'),
    "two backticks": ("``", '```"``"```'),
    "a bar": ("a|b", r'`"a\|b"`'),
    "two lines": ("a\nb", r'`"a\nb"`'),
    "what turns round": ("a\u202eb", r'`"a\u202eb"`'),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_value_in_a_table_of_markdown(name: str) -> None:
    value, shown = CELLS[name]
    assert table_cell(value) == shown


def test_text_in_markdown_is_what_it_says() -> None:
    assert plain("a\n# b [c](d) <e>") == r"a \# b \[c\](d) \<e\>"
    assert plain("a\x1b[31m") == r"a\\x1b\[31m"


@pytest.mark.parametrize("text", [OBEYED, f"a\n{OBEYED}", "\ud800", "\u061c\u200e\u200f"])
def test_what_a_terminal_would_obey_is_written_out(text: str) -> None:
    for shown in (printable(text), readable(text), str(Finding("x", "error", text, text, text))):
        assert not CONTROLS.search(shown)
    assert not CONTROLS.search(setting("ignore", [text]))
    assert printable("a\n  b") == "a\n  b" and printable("a\nerror: b") == r"a\nerror: b"
    if "\ud800" not in text:
        assert tomllib.loads(f"v = {inline(text)}")["v"] == text and inline(text).isprintable()


def test_evidence_stands_on_one_line() -> None:
    one = Evidence("input", 1, "certain", "a\n  b\x1b", each={"c": "d\n e"})
    assert one.why == r"a\n  b\x1b" and one.each == {"c": r"d\n e"}


def test_a_page_shows_names_as_text(here: Path) -> None:
    table = pd.DataFrame({f"<i>{OBEYED}": [f"<script>{OBEYED}", "&"]})
    page = write_page(f"<b>{OBEYED}", [Block(f"<u>{OBEYED}", f"<s>{OBEYED}", table)], here)
    text = page.read_text(encoding="utf-8")
    assert not CONTROLS.search(text)
    assert not re.search("<(script|i|b|u|s)>", text) and "&lt;script&gt;" in text


FORMULAS = {
    "=1+1": "'=1+1",
    "+x": "'+x",
    "-x": "'-x",
    "@sum(a)": "'@sum(a)",
    "\t=1": "'\t=1",
    "＝1": "'＝1",
    "-1.5": "-1.5",
    "+3": "+3",
    "-1e-5": "-1e-5",
    "-5%": "-5%",
    "a=1": "a=1",
    "": "",
}


def test_a_spreadsheet_runs_nothing_and_numbers_stay(here: Path) -> None:
    table = pd.DataFrame(
        {
            "=name": list(FORMULAS),
            "number": [-1.0, float("nan"), *range(len(FORMULAS) - 2)],
            "class": pd.Categorical(["=a", None] * (len(FORMULAS) // 2)),
        }
    )
    for_spreadsheet(table).to_csv(here / "out.csv", index=False)
    back = pd.read_csv(here / "out.csv", keep_default_na=False)
    assert list(back["'=name"]) == list(FORMULAS.values())
    assert set(back["class"]) == {"'=a", ""}
    assert list(back["number"])[:3] == ["-1.0", "", "0.0"]
    twice = pd.DataFrame([["=a", "b"]], columns=["x", "x"])
    assert for_spreadsheet(twice).iloc[0].tolist() == ["'=a", "b"]


def test_answers_as_text_lose_nothing(here: Path) -> None:
    path = here / "a.toml"
    path.write_text('overrides = "batch_size=7; dropout=0.1"\n', encoding="utf-8")
    result = goodfit("generate", "toy", "--answers", "a.toml", "--set", "seed=3")
    assert result.exit_code == 0, result.output
    kept = read_answers_file(here / "toy/answers.toml")["overrides"]
    assert kept == {"batch_size": 7, "dropout": 0.1, "seed": 3}


def test_answers_of_another_goodfit_are_told(here: Path) -> None:
    (here / "a.toml").write_text('goodfit = "99.0"\n', encoding="utf-8")
    result = goodfit("generate", "toy", "--answers", "a.toml")
    assert result.exit_code == 0 and "99.0" in result.stderr and __version__ in result.stderr


def test_an_image_and_a_ci_may_do_no_more_than_they_must(here: Path) -> None:
    render(make_plan(complete({"project_slug": "toy"})), here)
    files = made(here)
    lines = files["Dockerfile"].splitlines()
    assert lines.index("USER project") < lines.index('CMD ["python", "train.py"]')
    copied = [line.split()[1] for line in lines if line.startswith("COPY ")]
    ignored = [line for line in files[".dockerignore"].splitlines() if not line.startswith("#")]
    assert ignored == ["*", *(f"!{name}" for name in copied)]
    ci = files[".github/workflows/ci.yml"]
    assert "\npermissions:\n  contents: read\n" in ci and "write" not in ci
    pinned = re.findall(r"uses: (\S+)", ci)
    assert pinned and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in pinned)


@pytest.mark.parametrize("name", ["none", "MIT", "Apache-2.0", "BSD-3-Clause"])
def test_a_licence_is_written_where_one_is_chosen(name: str, here: Path) -> None:
    assert goodfit("generate", "toy", "--yes", "--license", name).exit_code == 0
    files = made(here)
    project = tomllib.loads(files["pyproject.toml"])["project"]
    assert project.get("license", "none") == name
    assert ("LICENSE" in files) == (name != "none") == ("LICENSE" in files["README.md"])
    first = {"MIT": "MIT License", "Apache-2.0": "Apache License", "BSD-3-Clause": "BSD 3-Clause"}
    assert first.get(name, "") in files.get("LICENSE", "")[:60]
    assert files["README.md"].endswith("\n") and not files["README.md"].endswith("\n\n")


def test_answers_are_text_for_cookiecutter_whatever_its_settings_say(here: Path) -> None:
    user = {"default_context": {"description": BRACES}, "replay_dir": str(here / "r")}
    (here / "user.yml").write_text(json.dumps(user), encoding="utf-8")
    cookiecutter(
        str(TEMPLATES), no_input=True, config_file=str(here / "user.yml"), output_dir=str(here)
    )
    assert BRACES in (here / "my-model/pyproject.toml").read_text(encoding="utf-8")
