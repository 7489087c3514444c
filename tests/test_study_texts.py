"""Texts beside other columns: votes of annotators, several texts, lines as fastText reads them."""

from __future__ import annotations

import random
from pathlib import Path

from studied import evidence, look

PICK = random.Random(0)


def voted() -> str:
    """A class that is what most of three to six people said, and a text."""
    rows = [",count,hate,rude,neither,class,tweet"]
    for row in range(200):
        votes = [0, 0, 0]
        best = PICK.randrange(3)
        votes[best] = PICK.randrange(2, 6)
        votes[(best + 1) % 3] = PICK.randrange(2)
        counts = ",".join(map(str, [sum(votes), *votes]))
        rows.append(f"{row},{counts},{best},this is what number {row} of them wrote today")
    return "\n".join(rows)


def test_votes_beside_a_text_are_no_features(tmp_path: Path) -> None:
    found = look(tmp_path, voted(), targets=["class"])
    assert found.answers["input"] == "text" and found.settings["text_column"] == "tweet"
    why = evidence(found, "text_column").why
    assert "`count`: votes: it counts all of them" in why
    assert "`hate`: votes: the class is the one that has most, here '0'" in why
    lines = [line.rpartition(",")[0] for line in voted().splitlines()]
    numbers = "\n".join(f"{line},{row * 7 % 13}.5" for row, line in enumerate(lines))
    left_out = look(tmp_path, numbers, targets=["class"], task="multiclass-classification")
    assert {"count", "hate", "rude", "neither"} <= {*left_out.settings["ignore"]}


def test_of_two_texts_one_is_asked_for(tmp_path: Path) -> None:
    rows = ["subject,body,label"]
    for row in range(60):
        body = f"dear all this is letter {row} and it is longer than what stands above"
        rows.append(f"a subject of number {row},{body},{'ab'[row // 7 % 2]}")
    found = look(tmp_path, "\n".join(rows))
    assert found.answers["input"] == "text" and found.open_questions == ("text_column",)
    assert "`subject` of 5 (a subject of number " in evidence(found, "text_column").why
    said = look(tmp_path, "\n".join(rows), text_column="subject")
    assert said.settings["text_column"] == "subject" and not said.open_questions
    assert "`body`: it holds free text" in evidence(said, "text_column").why
    joined = evidence(found, "text_column").value
    assert joined == "subject + body"
    both = look(tmp_path, "\n".join(rows), text_column=joined)
    assert both.settings["text_column"] == joined and not both.open_questions
    assert both.answers["length"] > said.answers["length"]
    assert "Not used" not in evidence(both, "text_column").why


def test_labels_in_front_of_a_text_are_its_classes(tmp_path: Path) -> None:
    lines = [f"__label__{'ab'[row % 2]} this, is text number {row}" for row in range(60)]
    found = look(tmp_path, "\n".join(lines) + "\n", "train.txt")
    assert found.answers["input"] == "text" and found.answers["task"] == "binary-classification"
    assert found.settings["targets"] == ["label"] and not found.open_questions
    several = [f"__label__c {line}" if row % 3 else line for row, line in enumerate(lines)]
    found = look(tmp_path, "\n".join(several) + "\n", "train.txt")
    assert found.answers["task"] == "multilabel-classification"
    assert found.settings["targets"] == ["label=a", "label=b", "label=c"]
