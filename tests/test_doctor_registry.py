"""Every check of the doctor has one entry that says all there is to it, and the doctor imports only
what it may."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from goodfit import doctor
from goodfit.doctor.explain import explained, ids, near, rows
from goodfit.doctor.registry import REGISTRY, Entry, Registry
from goodfit.doctor.words import FILLED, Words

PACKAGE = Path(doctor.__file__).parent
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
LEVELS = {"error", "warning"}
FINDERS = {"Finding", "finding"}  # what makes a finding; its first argument says of which check

Function = ast.FunctionDef | ast.Module


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(FILES[name].read_text(encoding="utf-8"))


def functions(name: str) -> Iterator[tuple[Function, list[ast.Call]]]:
    """Every function of a file, with the calls that stand in it and in no function inside it."""
    ahead: list[Function] = [tree_of(name)]
    while ahead:
        function = ahead.pop()
        calls, inside = [], list(ast.iter_child_nodes(function))
        while inside:
            node = inside.pop()
            if isinstance(node, ast.FunctionDef):
                ahead.append(node)
                inside += node.decorator_list
                continue
            if isinstance(node, ast.Call):
                calls.append(node)
            inside += ast.iter_child_nodes(node)
        yield function, calls


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def entries_of(name: str) -> dict[str, str]:
    """The constants of a file that hold an entry, each with its id."""
    found = {}
    for node in tree_of(name).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            texts = [one for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
            if any(
                isinstance(one, ast.Name) and one.id in ("Entry", "entry")
                for one in ast.walk(node.value)
            ):
                found[ast.unparse(node.targets[0])] = str(texts[0].value)
    return found


def words_of(name: str, function: Function, expression: ast.expr) -> set[str]:
    """All texts that an expression may be: a constant, a choice, a variable of its function, what
    the callers of its function give, or the id of an entry."""
    if isinstance(expression, ast.Constant):
        return {str(expression.value)}
    if isinstance(expression, ast.IfExp):
        choices = (expression.body, expression.orelse)
        return set().union(*(words_of(name, function, one) for one in choices))
    if isinstance(expression, ast.Attribute) and expression.attr == "id":
        return words_of(name, function, expression.value)
    assert isinstance(expression, ast.Name), f"{name}: {ast.unparse(expression)}"
    word, found = expression.id, set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and one.id == word for one in targets):
                found |= words_of(name, function, node.value)
    if isinstance(function, ast.FunctionDef):
        places = [one.arg for one in function.args.args]
        if word in places:
            for caller, calls in functions(name):
                for call in calls:
                    if called(call) == function.name:
                        given = call.args[places.index(word)]
                        found |= words_of(name, caller, given)
    return found or {entries_of(name)[word]}


@cache
def yielded() -> dict[str, set[str]]:
    """The id of every finding that the code can make, with its levels."""
    found: dict[str, set[str]] = {}
    for name in FILES:
        for function, calls in functions(name):
            for call in calls:
                if called(call) in FINDERS and getattr(function, "name", "") not in FINDERS:
                    for check, level in pairs(name, function, *call.args[:2]):
                        found.setdefault(check, set()).add(level)
    return found


def pairs(
    name: str, function: Function, check: ast.expr, level: ast.expr
) -> Iterator[tuple[str, str]]:
    """All ids and levels that go together; where one condition decides both, side by side."""
    if isinstance(check, ast.IfExp) and isinstance(level, ast.IfExp):
        assert ast.unparse(check.test) == ast.unparse(level.test)
        yield from pairs(name, function, check.body, level.body)
        yield from pairs(name, function, check.orelse, level.orelse)
        return
    yield from product(words_of(name, function, check), words_of(name, function, level))


def test_all_that_is_found_has_an_entry_and_every_entry_is_found_somewhere() -> None:
    assert {*yielded()} == {*ids()}


@pytest.mark.parametrize("name", ids())
def test_an_entry_says_of_which_level_its_findings_are(name: str) -> None:
    assert yielded()[name] == {*REGISTRY.entries[name].level.split(" or ")} <= LEVELS


def test_every_check_is_of_an_entry() -> None:
    assert {check.id for check in REGISTRY.checks} <= {*ids()}


def test_an_id_is_words_in_lower_case_with_hyphens() -> None:
    assert [name for name in ids() if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert [name for name, entry in REGISTRY.entries.items() if entry.id != name] == []


@pytest.mark.parametrize("name", ids())
def test_an_entry_is_complete_and_its_fix_names_things_as_a_script_does(name: str) -> None:
    entry = REGISTRY.entries[name]
    for label, text in rows(entry):
        assert text.strip(), label
        assert label in explained(name) and text in explained(name)
    assert entry.catches[0].isupper() and entry.catches.endswith(".")
    assert entry.why[0].isupper() and entry.why.endswith(".")
    assert {*re.findall(r"\{(\w+)\}", entry.fix + entry.threshold)} <= {*FILLED}
    assert not re.search(r"[{}]", Words().fill(entry.fix))


def test_a_project_calls_things_by_its_own_names() -> None:
    words = Words(model="model.py", settings={"learning_rate": "optimizer.learning_rate"})
    filled = words.fill("see {model}, {learning_rate} and {epochs}")
    assert filled == "see model.py, optimizer.learning_rate and epochs"


def test_an_id_is_taken_once() -> None:
    registry = Registry()
    entry = registry.entry(Entry("same", "error", "A.", "B.", "c"))
    with pytest.raises(ValueError, match="same"):
        registry.entry(entry)


def test_every_check_has_an_entry() -> None:
    assert {check.id for check in REGISTRY.checks} <= {*REGISTRY.entries}


def test_an_unknown_id_is_told_what_is_near() -> None:
    assert near("head-agrement").startswith("one of head-agreement")
    assert near("zzz") == f"one of {', '.join(ids())}"


def test_every_check_needs_what_a_case_can_say() -> None:
    from goodfit.doctor.needs import NEEDS

    needed = {need for check in REGISTRY.checks for need in check.needs}
    assert needed <= {*NEEDS}
    assert all(need.missing for need in NEEDS.values())


FREE = {"keras", "numpy", "sklearn"}
BACKENDS = {"tensorflow", "jax", "torch"}
ALSO = {  # what is allowed beside these, by the beginning of the path
    "report/": {"pandas", "matplotlib"},
    "curves.py": {"pandas", "matplotlib"},
    "trips.py": {"pandas"},  # of projects alone, as the next
    "unanswered.py": {"pandas"},
    "by_settings.py": {"pandas"},
    "harmless.py": {"pandas"},
    "checks/out_of_fold.py": {"scipy"},  # which sklearn brings along
    "rate_finder/outcome.py": {"matplotlib"},
    "rate_finder/range_test.py": {"tensorflow"},
    "loading.py": {"tensorflow"},
}


def imports(name: str) -> Iterator[tuple[str, bool]]:
    """Every module that a file imports and that is not its own, nor Python's; whether within a
    function."""
    tree = tree_of(name)
    within = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        modules = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            if node.level:
                depth = name.count("/") + 1
                assert node.level <= depth, f"{name} imports from outside the doctor"
            modules = [] if node.level else [str(node.module)]
        for module in modules:
            first = module.partition(".")[0]
            if first not in sys.stdlib_module_names:
                yield first, id(node) in within


@pytest.mark.parametrize("name", FILES)
def test_a_file_imports_nothing_but_keras_and_what_computes(name: str) -> None:
    also = set().union(*(more for path, more in ALSO.items() if name.startswith(path)))
    for module, within in imports(name):
        allowed = FREE | also | (BACKENDS if within else set())
        assert module in allowed, f"{name} imports {module}"


def python(code: str, **environment: str) -> str:
    """What a new interpreter prints."""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **environment},
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout


def test_the_import_of_the_doctor_waits_for_nothing() -> None:
    loaded = {*python("import goodfit.doctor, sys; print(*sys.modules)").split()}
    assert "goodfit.doctor" in loaded
    assert not loaded & {"keras", "tensorflow", "jax", "torch", "numpy", "sklearn", "pandas"}


def test_the_doctor_has_all_names_that_it_tells_and_no_others() -> None:
    """Whatever was imported before: a module of such a name would hide the function."""
    modules = {Path(name).stem for name in FILES if "/" not in name}
    assert not modules & {*doctor.__all__}
    assert all(getattr(doctor, name) for name in doctor.__all__)
    with pytest.raises(AttributeError, match="no attribute 'physician'"):
        _ = doctor.physician


WITHOUT_TENSORFLOW = """
import sys
import keras
import numpy as np
from goodfit import doctor

random = np.random.RandomState(0)
x = random.normal(size=(300, 6)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("int32")
model = keras.Sequential(
    [keras.Input((6,)), keras.layers.Dense(16, "relu"), keras.layers.Dense(1, "sigmoid")]
)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
before = "tensorflow" in sys.modules
report = doctor.examine(model, x, y, validation_split=0.2, epochs=20)
with doctor.on_fit(doctor.Capture(quiet=True)) as capture:
    model.fit(x, y, validation_split=0.2, epochs=8, verbose=0)
print(keras.backend.backend(), before, "tensorflow" in sys.modules)
print([str(one) for one in report.findings + capture.fits[0].findings])
print(report.stumbled + capture.fits[0].report.stumbled)
"""


@pytest.mark.emitted
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_another_backend_is_examined_without_tensorflow(backend: str) -> None:
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed, so that Keras cannot run on it here")
    lines = python(WITHOUT_TENSORFLOW, KERAS_BACKEND=backend).splitlines()
    assert lines[-3:] == [f"{backend} False False", "[]", "[]"]
