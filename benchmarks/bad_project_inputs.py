"""Bad inputs to the scripts of emitted projects, and how they are typed there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import bad_files
from bad_inputs import LIMIT, BadInput, Ending, Tried, below, faults
from bad_inputs import in_process_of_its_own as in_own
from bad_project_files import damaged_runs, laid, lost_data, new_files, places, streams
from goodfit.constraints import Range
from goodfit.settings import BY_NAME
from goodfit.toml import inline

SCRIPTS = ("train", "evaluate", "predict", "check", "find_lr", "study")
READS_CONFIG = ("train", "check", "find_lr", "study")
DRIVER = Path(__file__).parent / "bad_project_driver.py"
SHORT = ("--set", "epochs=2")
PROJECTS: dict[str, tuple[str, ...]] = {
    "table": ("--data", "rows.csv", "--target", "answer", *SHORT),
    "forecast": ("--data", "series.csv", "--target", "sold", "--task", "forecasting", *SHORT),
    "pictures": ("--data", "d", *SHORT),
}
WRONG = [
    *("banana", "-1", "0.5", "inf", "nan", "true", "[]", "{}", '["a", 1]', "[[1]]", "2024-01-01"),
    *("9" * 30, '""', '"\\u0000"', "1e300", "{ a = 1 }", "07:32:00", "-" + "9" * 400, "0", "[1"),
]


def value_of(text: str) -> Any:
    """What `--set` of a project reads."""
    try:
        return tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        return text


def wrong_for(name: str) -> list[str]:
    """Values that a setting cannot have, as they are typed; others first for each."""
    setting, place = BY_NAME[name], [*BY_NAME].index(name) % len(WRONG)
    constraint = setting.constraint
    found = []
    for text in WRONG[place:] + WRONG[:place]:
        value = value_of(text)
        whole = isinstance(constraint, Range) and constraint.whole
        beyond = whole and isinstance(value, int) and abs(value) > 10**12
        if beyond or not constraint.accepts(value):
            found.append(text)
    return found


def settings(project: str, config: dict[str, Any]) -> Iterator[BadInput]:
    """Every key of config.toml by three values: two by --set and one in a file, in turn by every
    script that reads one."""
    place = 0
    for section, keys in config.items():
        for key in keys:
            few = wrong_for(key)[:3]
            for number, text in enumerate(few):
                script = READS_CONFIG[place % 4]
                place += 1
                name = f"{section}.{key} = {text[:30]}"
                if number == 2 and not isinstance(value_of(text), str):
                    words = (script, "--config", "other.toml")
                    changed = config | {section: keys | {key: value_of(text)}}
                    fill = partial(other, changed)
                    yield BadInput(
                        "settings in a file", name, words, key, files=fill, where=project
                    )
                else:
                    words = (script, "--set", f"{section}.{key}={text}")
                    yield BadInput("settings", name, words, key, where=project)


def other(config: dict[str, Any], folder: Path) -> None:
    """Another config.toml."""
    lines = []
    for section, keys in config.items():
        lines += [f"[{section}]", *(f"{key} = {inline(value)}" for key, value in keys.items())]
    (folder / "other.toml").write_text("\n".join(lines), encoding="utf-8")


def configs(project: str) -> Iterator[BadInput]:
    """Files of settings that are damaged, or no files."""
    words = [(script, "--config", "other.toml") for script in READS_CONFIG]

    def bad(name: str, change: Any, code: int | tuple[int, ...] = 2, own: bool = False) -> BadInput:
        at = words[len(name) % 4]

        def fill(folder: Path) -> None:
            result = change((folder / "config.toml").read_bytes())
            if isinstance(result, bytes):
                (folder / "other.toml").write_bytes(result)

        return BadInput("settings in a file", name, at, "" if code != 2 else "other.toml", code,
                        fill, where=project, way='"$@"' * own)  # fmt: skip

    for name, damage in bad_files.DAMAGES.items():
        if name != "without its end":  # where a remark stands
            yield bad(name, damage)
    yield bad("an unknown key", lambda text: text.replace(b"batch_size", b"bacth_size", 1))
    yield bad("an unknown section", lambda text: text + b"\n[more]\na = 1\n")
    yield bad("a key outside of sections", lambda text: b"seed = 3\n" + text)
    yield bad("a section that is a value", lambda text: text.replace(b"[split]", b"[splat]", 1))
    yield bad("a section twice", lambda text: text + b"\n[data]\n")
    yield bad("a section that is a list", lambda text: text.replace(b"[split]", b"[[split]]", 1))
    yield bad("as UTF-16", lambda text: text.decode().encode("utf-16"))
    yield bad("a tab in text", lambda text: text.replace(b'sheet = ""', b'sheet = "a\x01b"', 1))
    for name, place in bad_files.PLACES.items():
        if name != "a file below a file":
            way = '"$@"' if "pipe" in name else ""
            at, fill = words[len(name) % 4], partial(laid, place, "other.toml")
            says = "other.toml"
            yield BadInput("settings in a file", name, at, says, 2, fill, (), way, project)


def flags(project: str) -> Iterator[BadInput]:
    """Words that a script does not take."""
    for script in SCRIPTS:
        some: list[tuple[str, tuple[str, ...], str]] = [
            ("a flag that nobody has", ("--frobnicate",), "--frobnicate"),
            ("a flag without its value", ("--set",), "--set"),
            ("a setting without a section", ("--set", "seed=3"), "seed"),
            ("a setting without a value", ("--set", "training.seed"), "training.seed"),
            ("a section that nobody has", ("--set", "trainig.seed=3"), "trainig"),
            ("a key that nobody has", ("--set", "data.seperator=3"), "separator"),
            ("an empty setting", ("--set", ""), "--set"),
            ("a setting that a terminal obeys", ("--set", "\x1b[31mred.a=3"), "x1b"),
            ("two settings in one", ("--set", "data.day_first=true\n[x]"), ""),
            ("a value for a section", ("--set", "data=3"), "data"),
        ]
        for name, words, says in some:
            yield BadInput("flags", f"{script}, {name}", (script, *words), says, where=project)
        if script in READS_CONFIG:
            gone = (script, "--config", "gone.toml")
            yield BadInput("flags", f"{script}, a file that is not there", gone, "gone.toml",
                           where=project)  # fmt: skip
            yield BadInput("flags", f"{script}, a word", (script, "word"), "word", where=project)
    more: list[tuple[str, tuple[str, ...], str]] = [
        ("a share that is none", ("find_lr", "--share", "many"), "many"),
        ("a share below 0", ("find_lr", "--share", "-1"), "-1"),
        ("a share beyond all", ("find_lr", "--share", "inf"), "inf"),
        ("no share", ("find_lr", "--share", "nan"), "nan"),
        ("a run that is not there", ("evaluate", "runs/99"), "99"),
        ("a run by a number that is not there", ("evaluate", "99"), "99"),
        ("two runs", ("evaluate", "1", "1"), "run"),
        ("a run that a terminal obeys", ("evaluate", "\x1b[31m"), "x1b"),
        ("a run of predict that is not there", ("predict", "--run", "99"), "99"),
        ("a file that is not there", ("predict", "gone.csv"), "gone.csv"),
        ("a word for what is unseen", ("predict", "rows.csv", "--unseen", "guess"), "unseen"),
    ]
    for name, words, says in more:
        yield BadInput("flags", name, words, says, where=project)


def project_inputs() -> Iterator[BadInput]:
    """All of them; the keys of config.toml are those of a project of each kind."""
    from rendering import project as rendered

    given = {
        "table": {"task": "binary-classification", "input": "tabular", "samples": 60},
        "forecast": {"task": "forecasting", "samples": 400},
    }
    seen: set[str] = set()
    for name, answers in given.items():
        with tempfile.TemporaryDirectory() as folder:
            made = rendered(answers, Path(folder))
            config = tomllib.loads((made / "config.toml").read_text(encoding="utf-8"))
        new = {
            section: {key: value for key, value in keys.items() if key not in seen}
            for section, keys in config.items()
        }
        seen |= {key for keys in config.values() for key in keys}
        whole = config if name == "table" else {}
        yield from (settings(name, whole) if whole else settings_of(name, new))
    yield from configs("table")
    yield from flags("table")
    for some in (new_files, damaged_runs, lost_data, places, streams):
        yield from some()


def settings_of(project: str, config: dict[str, dict[str, Any]]) -> Iterator[BadInput]:
    """Those by --set alone."""
    for bad in settings(project, config):
        if bad.kind == "settings":
            yield bad


def made(name: str, root: Path) -> Path:
    """A project of a kind below `root`, with its data and a run. Raises CalledProcessError."""
    bad_files.project_data(root)
    goodfit = shutil.which("goodfit") or "goodfit"
    words = [goodfit, "generate", name, *PROJECTS[name], "--yes"]
    subprocess.run(words, cwd=root, check=True, stdout=subprocess.DEVNULL)
    train = [sys.executable, "train.py", "--set", "checks.before_training=false"]
    subprocess.run(train, cwd=root / name, check=True, stdout=subprocess.DEVNULL)
    return root / name


class Project:
    """A project with a process in which its scripts are called, and a copy to restore it from."""

    def __init__(self, name: str, root: Path) -> None:
        self.path = made(name, root)
        self.copy = root / f"{name}.copy"
        shutil.copytree(self.path, self.copy)
        self.start = self.seconds_to_load()
        self.begin()

    def seconds_to_load(self) -> float:
        """How long the bare start of TensorFlow takes here."""
        begun = time.perf_counter()
        words = [sys.executable, "-c", "import doctor.loading, train"]
        subprocess.run(words, cwd=self.path, check=True, capture_output=True)
        return time.perf_counter() - begun

    def begin(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, DRIVER],
            cwd=self.path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def typed(self, bad: BadInput) -> Ending:
        """How a script ends with these words."""
        script, *words = bad.words
        if bad.way:
            here = Path.cwd()
            os.chdir(self.path)
            try:
                command = [sys.executable, f"{script!s}.py"]
                given = BadInput(bad.kind, bad.name, words, way=bad.way)
                ended = in_own(given, command, LIMIT + self.start)
            finally:
                os.chdir(here)
            return ended._replace(seconds=max(0.0, ended.seconds - self.start))
        if self.process.poll() is not None:  # begun now: its folder was put back meanwhile
            self.begin()
        assert self.process.stdin and self.process.stdout
        print(json.dumps([script, words, LIMIT]), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            code = self.process.wait()
            return Ending(-abs(code) or -1, "", "the process ended")
        return Ending(*json.loads(line))

    def restore(self) -> None:
        """Put everything back, but for the folder itself, in which a process is."""
        for path in self.path.iterdir():
            path.chmod(0o755) if not path.is_symlink() else None
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        shutil.copytree(self.copy, self.path, dirs_exist_ok=True)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def try_projects(inputs: Sequence[BadInput]) -> list[Tried]:
    """Type each of them in its project."""
    tried = []
    for name in dict.fromkeys(bad.where for bad in inputs):
        with tempfile.TemporaryDirectory(prefix="bad-", ignore_cleanup_errors=True) as root:
            project = Project(name, Path(root))
            for bad in [one for one in inputs if one.where == name]:
                if bad.files:
                    bad.files(project.path)
                before = below(project.path)
                ended = project.typed(bad)
                left = below(project.path) - before - {*bad.leaves}
                found = list(faults(bad, ended, sorted(left)))
                tried.append(Tried(bad, found, ended.seconds))
                if found and os.environ.get("SHOW"):
                    print(bad.kind, bad.name, found, flush=True)
                if bad.files or left or bad.leaves:
                    project.restore()
            project.end()
    return tried
