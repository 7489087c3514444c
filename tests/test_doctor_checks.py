"""What the doctor says of toy trainings: each check fires at its fault, none where all is well."""

from __future__ import annotations

import keras
import pytest
from doctor_faults import FAULTS
from doctor_faults_between_parts import SOUND
from doctor_faults_of_inputs import SOUND_INPUTS
from doctor_healthy import HEALTHY
from doctor_project_faults import PROJECT_FAULTS, SOUND_PROJECTS
from goodfit import doctor
from goodfit.doctor.case import Case
from goodfit.doctor.checks import by_heart, controls, device, first_steps, motion, own_step
from goodfit.doctor.explain import ids
from test_doctor_monitors import FITS, SYMPTOMS
from toy_trainings import Fires


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What checks train in a few seconds must not depend on what else this machine does, nor on how
    a network starts."""
    keras.utils.set_random_seed(0)
    limits = (
        *((first_steps, "SECONDS"), (motion, "SLOW"), (by_heart, "OWN_SECONDS")),
        *((by_heart, "BY_HEART_SECONDS"), (controls, "CONTROL_SECONDS"), (own_step, "SECONDS")),
    )
    for module, limit in limits:
        monkeypatch.setattr(module, limit, 600.0)


def examined(fault: Fires) -> doctor.Report:
    made = fault.make()
    if isinstance(made, Case):
        return doctor.examine_case(made, fault.cost)
    return doctor.examine(made.model, made.x, made.y, cost=fault.cost, **made.arguments)


@pytest.mark.parametrize(
    "fault", [*FAULTS, *PROJECT_FAULTS], ids=lambda fault: fault.sentence.replace(" ", "-")
)
def test_a_fault_is_found(fault: Fires) -> None:
    report = examined(fault)
    found = [(one.check, one.level) for one in report.findings]
    assert (fault.check, fault.level) in found, (found, report.stumbled, report.notes)
    assert report.stumbled == []


@pytest.mark.parametrize("near", SOUND_INPUTS, ids=lambda near: near.sentence.replace(" ", "-"))
def test_what_is_only_like_a_fault_is_none(near: Fires) -> None:
    report = examined(near)
    assert (near.check, near.level) not in {(one.check, one.level) for one in report.findings}
    assert report.stumbled == []


@pytest.mark.parametrize("name", [*HEALTHY, *SOUND])
def test_of_a_sound_training_nothing_is_said(name: str) -> None:
    model, x, y, arguments = (HEALTHY | SOUND)[name]()
    report = doctor.examine(model, x, y, **arguments)
    assert (report.findings, report.stumbled) == ([], [])
    assert report.looked_at
    assert "a model that can be copied" not in report.reasons_not_asked()


@pytest.mark.parametrize("name", SOUND_PROJECTS)
def test_of_a_sound_project_nothing_is_said(name: str) -> None:
    report = doctor.examine_case(SOUND_PROJECTS[name](), "free")
    assert (report.findings, report.stumbled) == ([], [])


def test_every_check_is_seen_to_fire() -> None:
    seen = {fault.check for fault in [*FAULTS, *PROJECT_FAULTS]}
    seen |= {check for _, findings in SYMPTOMS.values() for check, _ in findings}
    seen |= {check for *_, check in FITS.values()} | {"diverges", "other-validation", "no-gpu"}
    seen |= {"prediction-differs", "alone-differs", "score-differs", "kept-differs"}  # round trips
    seen |= {"part-sizes", "window-length", "image-detail", "underfits"}  # test_settings_checks
    seen |= {"loss-arguments", "class-weights"}
    seen |= {"zero-for-missing", "filled-gaps", "two-units", "mixed-pictures"}  # test_values
    seen |= {"garbled-texts", "doubtful-labels"}
    seen |= {"near-copies", "shared-stems"}  # test_near_copies
    seen |= {"combined-leak", "made-of-targets", "future-in-inputs", "telling-word"}  # test_leaks
    seen |= {"telling-place"}
    assert seen == {*ids()}


def test_a_gpu_that_the_framework_does_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    monkeypatch.setattr(device, "sees_gpu", lambda: False)
    case = SOUND_PROJECTS["a project"]()
    for there in (True, False):
        monkeypatch.setattr(device.Path, "exists", lambda path, there=there: there)
        assert [one.check for one in device.no_gpu(case)] == ["no-gpu"] * there
