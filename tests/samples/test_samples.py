"""Every folder of samples/ is a test: the figures worked out by hand, and the explanation as it was approved.

    voorstel.json        must be explained without a gap; verwacht.tsv holds its figures, verwacht.txt and verwacht.json the whole output
    <name>.json          with <name>.tsv: its figures (fout-*: another way of computing; zonder-*: to be refused)
    beleid.json          the policy, for documents that name one

Run with NVB_WRITE_EXPECTED=1 to write verwacht.txt and verwacht.json where they are missing, then read them.
"""

import json
import os
from pathlib import Path

import pytest

from conftest import ROOT

SAMPLES = ROOT / "samples"
FOLDERS = sorted(p.parent for p in SAMPLES.glob("*/voorstel.json"))
DOCUMENTS = sorted(p for p in SAMPLES.glob("*/*.json") if p.name not in ("beleid.json", "verwacht.json"))


def name(path):
    return str(path.relative_to(SAMPLES))


def with_policy(path):
    names_policy = "beleid" in json.loads(path.read_text(encoding="utf-8"))
    return [path, "--policy", path.parent / "beleid.json"] if names_policy else [path]


def table(path):
    return path.with_name("verwacht.tsv") if path.name == "voorstel.json" else path.with_suffix(".tsv")


def figures(nvb, path):
    got = nvb("explain", "--draft", "--format", "json", *with_policy(path))
    assert got.returncode == 0, got.stderr
    return {k["pad"]: k["waarde"] for k in json.loads(got.stdout)["knopen"]}


def test_there_are_samples():
    assert len(FOLDERS) >= 11
    assert not [name(p) for p in SAMPLES.iterdir() if p.is_dir() and p not in FOLDERS], "folders without voorstel.json"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_figures(nvb, path):
    if not table(path).exists():
        assert path.name.startswith("zonder-"), f"{name(table(path))} is missing"
        return
    want = dict(row.split("\t")[:2] for row in table(path).read_text(encoding="utf-8").splitlines() if row and not row.startswith("#"))
    assert want
    got = figures(nvb, path)
    differing = [f"{pad}: {got.get(pad)}, by hand {value}" for pad, value in want.items() if got.get(pad) != value]
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_machine_integers_and_mpfr_give_the_same_bytes(nvb, path):
    plain = nvb("explain", "--draft", "--format", "json", *with_policy(path))
    assert nvb("explain", "--draft", "--format", "json", "--mpfr-only", *with_policy(path)).stdout == plain.stdout


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
@pytest.mark.parametrize("format", ["text", "json"])
def test_a_proposal_is_explained_without_a_gap(nvb, folder, format):
    got = nvb("explain", "--format", format, *with_policy(folder / "voorstel.json"))
    assert got.returncode == 0, got.stderr
    assert got.stdout.endswith("\n")


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if p.name.startswith("zonder-")], ids=name)
def test_a_missing_reason_refuses_the_explanation(nvb, path):
    got = nvb("explain", *with_policy(path))
    assert (got.returncode, got.stdout) == (3, "")
    assert "E501" in got.stderr
    assert nvb("check", *with_policy(path)).returncode == 1


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_the_other_commands_take_it(nvb, path):
    assert nvb("tree", *with_policy(path)).returncode == 0
    assert nvb("check", *with_policy(path)).returncode in (0, 1)
    assert nvb("show", path, "/totaal/omzet", *with_policy(path)[1:]).returncode == 0


EXPECTED = {"verwacht.txt": ["--format", "text"], "verwacht.json": ["--format", "json", "--indent"]}


@pytest.mark.parametrize("file", EXPECTED)
@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_the_explanation_is_as_approved(nvb, folder, file):
    expected = folder / file
    got = nvb("explain", *EXPECTED[file], *with_policy(folder / "voorstel.json"))
    assert got.returncode == 0, got.stderr
    if not expected.exists() and os.environ.get("NVB_WRITE_EXPECTED"):
        expected.write_text(got.stdout, encoding="utf-8")
    if expected.exists():
        assert got.stdout == expected.read_text(encoding="utf-8")


def test_every_folder_has_an_approved_explanation():
    lacking = [name(folder / file) for folder in FOLDERS for file in EXPECTED if not (folder / file).exists()]
    assert not lacking, "missing: " + ", ".join(lacking)
