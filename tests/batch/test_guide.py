"""The guide for purchasers, followed to the letter: every command of inkoper.md and purchaser.md that can be run, on the start of `new`."""

import json
import re
import shlex

import pytest

from conftest import ROOT

GUIDE = (ROOT / "formats/reference/inkoper.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.M | re.S)
AGB = "04999911"


def block(begins, kind=""):
    return next(text for k, text in BLOCKS if k == kind and text.startswith(begins))


def command(*holds):
    """The command of the guide that holds these words, as arguments without the name of the program."""
    line = next(line for _, text in BLOCKS for line in text.splitlines() if line.startswith("navolgbaar ") and all(h in line for h in holds))
    return shlex.split(line)[1:]


@pytest.fixture
def folder(nvb, tmp_path):
    """What the first command of the guide makes, with last year's tables of section 7 beside it."""
    assert nvb(*command("new"), cwd=tmp_path).returncode == 0
    start = tmp_path / "fysio-2026"
    (start / "contract-2025.json").write_text(block("{\n", "json"), encoding="utf-8")
    (start / "prestaties-2025.csv").write_text(block("agb;code;omschrijving"), encoding="utf-8")
    names = [";".join(row.split(";")[:2]) for row in (start / "aanbieders.csv").read_text(encoding="utf-8").splitlines()]
    (start / "aanbieders-2025.csv").write_text("\n".join(names[:3]) + "\n", encoding="utf-8")
    return start


def test_one_provider(nvb, folder):
    said = nvb(*command("explain"), cwd=folder)
    assert (said.returncode, said.stderr) == (0, "") and AGB in said.stdout


def test_all_of_them(nvb, folder):
    done = nvb(*command("batch", "--summary"), cwd=folder)
    assert done.returncode == 0
    for name in ("00001-01000/VB-FYS-2026-001.txt", "00001-01000/VB-FYS-2026-001.json", "overzicht.ndjson", "fouten.ndjson"):
        assert (folder / "uitkomst" / name).exists()
    assert json.loads((folder / "samenvatting.json").read_text(encoding="utf-8"))
    again = nvb(*command("batch", "--summary"), "--resume", cwd=folder)
    assert again.returncode == 0


def test_last_year_from_a_table_and_what_changed(nvb, folder):
    assert nvb(*command("batch", "contract-2025.json"), cwd=folder).returncode == 0
    contracts = [json.loads(line) for line in (folder / "contracten-2025.ndjson").read_text(encoding="utf-8").splitlines()]
    assert [c["voorstel"]["zorgaanbieder"]["agb"] for c in contracts] == ["04999911", "04999912"]
    done = nvb(*command("batch", "--previous"), cwd=folder)
    assert done.returncode == 0, done.stderr
    results = folder / "uitkomst" / "00001-01000"
    changed = (results / "VB-FYS-2026-001.wijzigingen.txt").read_text(encoding="utf-8")
    assert "€ 36,15" in changed and "€ 39,20" in changed  # 36.15 of last year, and the tariff worked out in LEESMIJ.md
    assert not (results / "VB-FYS-2026-003.wijzigingen.txt").exists()


def test_records_instead_of_tables(nvb, folder):
    record = block('{"formaat"').replace("…", "Praktijk")
    (folder / "voorstellen.ndjson").write_text(record, encoding="utf-8")
    done = nvb(*command("batch", "--ndjson uitkomst.ndjson", "voorstellen.ndjson"), cwd=folder)
    assert done.returncode == 0, done.stderr
    assert json.loads((folder / "uitkomst.ndjson").read_text(encoding="utf-8"))["voorstel"]["kenmerk"] == "VB-1"


def test_a_lost_zero_is_told_with_its_cell(nvb, folder):
    for name in ("aanbieders.csv", "prestaties.csv"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(AGB, AGB[1:]), encoding="utf-8")
    done = nvb(*command("batch", "--summary"), cwd=folder)
    assert done.returncode == 1
    errors = [json.loads(line) for line in (folder / "uitkomst" / "fouten.ndjson").read_text(encoding="utf-8").splitlines()]
    assert errors and any(m["bestand"].endswith("aanbieders.csv") and AGB[1:] in m["melding"] for e in errors for m in e["meldingen"]), errors
    assert len(list((folder / "uitkomst" / "00001-01000").glob("*.txt"))) == 2


def test_the_commands_of_both_languages_are_the_same():
    english = (ROOT / "formats/reference/purchaser.md").read_text(encoding="utf-8")
    for words in (["explain"], ["batch", "--summary"]):
        assert shlex.join(["navolgbaar", *command(*words)]) in english
