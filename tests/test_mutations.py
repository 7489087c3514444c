"""The mutation suite: every fault can be seeded, and a part of them is found by the right name.

`python benchmarks/mutations.py` seeds all of them.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import mutation_run
import mutations
import pytest
from goodfit.cells import ARCHITECTURES, INPUTS, TASKS
from goodfit.render import PACKAGE
from mutation_data import HEALTHY
from mutation_faults import Fault, faults, healthy_projects, variants
from mutation_spoils import SPOILT

FAULTS = {f"{fault.project}: {fault.name}": fault for fault in faults()}
PART = (  # one of data, configuration, model and pipeline each
    "labels are -1 and 1",
    "a millionth of the learning rate",
    "softmax over one unit",
    "rows and targets are shuffled each on their own",
)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("healthy")


@cache
def healthy(name: str, workshop: Path) -> Path:
    """A healthy project, written once."""
    (workshop / name).mkdir()
    return healthy_projects()[name].make(workshop / name)


def test_every_input_task_and_architecture_has_faults() -> None:
    seeded = {fault.project for fault in faults()}
    answers = [one.answers for name, one in healthy_projects().items() if name in seeded]
    assert {one["input"] for one in answers} == {input.name for input in INPUTS}
    assert {one["task"] for one in answers} == {task.name for task in TASKS}
    assert {one["architecture"] for one in answers} == {one.name for one in ARCHITECTURES}
    assert len(FAULTS) == len(faults()) >= 60
    assert seeded | {one.project for one in variants()} == {*healthy_projects()}


def test_all_data_files_are_used() -> None:
    assert {fault.spoil for fault in faults()} - {""} == {*SPOILT}
    assert {one.files for one in healthy_projects().values()} - {""} == {*HEALTHY}


@pytest.mark.parametrize("place", range(len(variants())))
def test_a_sound_variant_applies(place: int, workshop: Path, tmp_path: Path) -> None:
    variant = variants()[place]
    project = shutil.copytree(healthy(variant.project, workshop), tmp_path / "project")
    variant.apply(project)
    tomllib.loads((project / "config.toml").read_text(encoding="utf-8"))
    for path in (variant.file,) if variant.file else ():
        ast.parse((project / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_edit_that_applies(name: str, workshop: Path, tmp_path: Path) -> None:
    fault = FAULTS[name]
    assert [bool(fault.file), bool(fault.set), bool(fault.spoil)].count(True) == 1
    before = healthy(fault.project, workshop)
    project = shutil.copytree(before, tmp_path / "project")
    fault.apply(project)
    changed = [
        path.relative_to(project)
        for path in project.rglob("*")
        if path.is_file() and not same(path, before / path.relative_to(project))
    ]
    if fault.file:
        assert changed == [Path(fault.file)]
        ast.parse((project / fault.file).read_text(encoding="utf-8"))
    elif fault.set:
        assert changed == [Path("config.toml")]
        tomllib.loads((project / "config.toml").read_text(encoding="utf-8"))
    else:
        assert changed and all(path.parts[0] == "data" for path in changed)


def same(path: Path, other: Path) -> bool:
    """Both files are there, with the same bytes."""
    return other.is_file() and path.read_bytes() == other.read_bytes()


def test_an_edit_that_no_longer_fits_is_refused(workshop: Path) -> None:
    fault = Fault("gone", "rows", "model", ["first-loss"], file="model.py", old="no such line")
    with pytest.raises(ValueError, match="0 such places"):
        fault.apply(healthy("rows", workshop))
    with pytest.raises(ValueError, match="0 lines"):
        Fault("gone", "rows", "model", [], set={"no_such": 1}).apply(healthy("rows", workshop))


def test_every_fault_has_a_finding_that_could_tell_it() -> None:
    files = (PACKAGE / "doctor").rglob("*.py")  # which projects carry as it is
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for name, fault in FAULTS.items():
        said = [one for one in fault.right if f'"{one}"' in code or one == "refused"]
        assert said, f"{name}: nothing says any of {fault.right}"


def test_findings_and_refusals_are_read_as_they_are_printed() -> None:
    said = "error: Rows are gone. [shared-rows]\n  why: x\nwarning: It [is] slow. [input-bound]\n"
    assert [name for *_, name in mutation_run.FINDING.findall(said)] == [
        "shared-rows",
        "input-bound",
    ]
    assert mutation_run.REFUSAL.search("error: lr = -1\n  expected: more\n  fix: less\n")
    assert not mutation_run.REFUSAL.search(said)


@pytest.mark.emitted
def test_a_part_of_the_faults_is_found_by_the_right_name() -> None:
    command = [sys.executable, mutations.__file__, "--jobs", "2", "--only", *PART]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "by the right finding" in ran.stdout
