"""`new`: every sector's start works at once, its hand-worked figures are the outcome, and nothing half-written stays behind."""

import csv
import io
import json
import os
import re
from decimal import Decimal

import pytest

from conftest import ROOT

START = ROOT / "formats" / "start"
SECTORS = sorted(p.name for p in START.iterdir() if p.is_dir())
NAMES = {"beleid.json", "aanbieders.csv", "prestaties.csv"}


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def start(nvb, tmp_path):
    def make(sector, *more):
        folder = tmp_path / "begin"
        done = nvb("new", "--sector", sector, "-o", folder, *more)
        assert (done.returncode, done.stderr) == (0, "")
        assert sorted(done.stdout.splitlines()) == sorted(str(p) for p in folder.iterdir())
        return folder

    return make


@pytest.fixture
def explain(nvb):
    def one(folder, agb, *more):
        return nvb("explain", "--policy", folder / "beleid.json", "--providers", folder / "aanbieders.csv", "--lines", folder / "prestaties.csv", "--agb", agb, *more)

    return one


def test_the_sectors_are_those_of_the_folder(nvb):
    listed = nvb("new")
    assert (listed.returncode, listed.stderr) == (0, "") and sorted(listed.stdout.split()) == SECTORS and len(SECTORS) == 6


@pytest.mark.parametrize("sector", SECTORS)
def test_the_files_are_those_of_the_repository(start, sector):
    folder = start(sector)
    assert {p.name for p in folder.iterdir()} == NAMES | {"LEESMIJ.md"}
    for path in folder.iterdir():
        assert path.read_bytes() == (START / sector / path.name).read_bytes()


@pytest.mark.parametrize("sector", SECTORS)
def test_in_english_what_to_do_is_in_english(start, sector):
    folder = start(sector, "--lang", "en")
    assert {p.name for p in folder.iterdir()} == NAMES | {"README.md"}
    assert (folder / "README.md").read_bytes() == (START / sector / "README.md").read_bytes()


@pytest.mark.parametrize("sector", SECTORS)
def test_the_tables_are_what_a_dutch_spreadsheet_saves(sector):
    for name in ("aanbieders.csv", "prestaties.csv"):
        raw = (START / sector / name).read_bytes()
        rows = raw.decode("utf-8-sig").splitlines()
        assert raw.startswith(b"\xef\xbb\xbf") and len({row.count(";") for row in rows}) == 1
        assert not re.search(r"\d\.\d", raw.decode())


@pytest.mark.parametrize("sector", SECTORS)
def test_parties_are_plainly_examples(sector):
    policy = json.loads((START / sector / "beleid.json").read_text(encoding="utf-8"))
    assert policy["zorgverzekeraar"]["uzovi"] == "9990" and "fictief" in policy["zorgverzekeraar"]["naam"]
    for row in table(START / sector / "aanbieders.csv"):
        assert "9999" in row["agb"] and "fictief" in row["naam"]


@pytest.mark.parametrize("sector", SECTORS)
def test_batch_explains_every_provider_without_a_word_of_complaint(nvb, start, sector):
    folder = start(sector)
    out = folder / "uitkomst"
    done = nvb("batch", "--policy", folder / "beleid.json", "--providers", folder / "aanbieders.csv", "--lines", folder / "prestaties.csv", "--out", out)
    assert done.returncode == 0 and not re.search(r"\b[EW]\d{3}\b", done.stderr), done.stderr
    assert (out / "fouten.ndjson").read_text(encoding="utf-8") == ""
    references = sorted(row["kenmerk"] for row in table(folder / "aanbieders.csv"))
    assert sorted(p.stem for p in (out / "00001-01000").glob("*.txt")) == references
    assert sorted(p.stem for p in (out / "00001-01000").glob("*.json")) == references


@pytest.mark.parametrize("sector", SECTORS)
def test_explain_of_one_provider_is_what_batch_writes(nvb, start, explain, sector):
    folder = start(sector)
    nvb("batch", "--policy", folder / "beleid.json", "--providers", folder / "aanbieders.csv", "--lines", folder / "prestaties.csv", "--out", folder / "uit")
    for row in table(folder / "aanbieders.csv"):
        said = explain(folder, row["agb"])
        assert (said.returncode, said.stderr) == (0, "")
        assert said.stdout == (folder / "uit" / "00001-01000" / f"{row['kenmerk']}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("sector", SECTORS)
def test_no_duty_of_the_law_is_unmet(start, explain, nvb, tmp_path, sector):
    folder = start(sector)
    for row in table(folder / "aanbieders.csv"):
        whole = tmp_path / "toelichting.json"
        whole.write_text(explain(folder, row["agb"], "--format", "json").stdout, encoding="utf-8")
        checked = nvb("check", whole, "--format", "json")
        assert checked.returncode == 0, checked.stdout
        unmet = [t for t in json.loads(checked.stdout)["toetsen"] if t["uitkomst"] == "niet_voldaan"]
        # An overview of changes needs last year's contract, which a start does not have.
        assert {t["id"] for t in unmet} <= {"wijzigingenoverzicht"}, unmet


@pytest.mark.parametrize("sector", SECTORS)
def test_the_figures_worked_out_by_hand_are_the_outcome(start, explain, sector):
    folder = start(sector)
    text = (folder / "LEESMIJ.md").read_text(encoding="utf-8")
    agb = re.search(r"--agb (\d{8})", text)[1]
    assert f"--agb {agb}" in (START / sector / "README.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\| `(/[^`]+)` \| `([^`]+)` \|", text, re.M)
    found = {n["pad"]: n["waarde"] for n in json.loads(explain(folder, agb, "--format", "json").stdout)["knopen"]}
    assert len(promises) >= 6 and promises[-1][0].endswith("/tarief")
    for path, value in promises:
        assert Decimal(str(found[path])) == Decimal(value), path


@pytest.mark.parametrize("sector", SECTORS)
def test_every_column_and_key_of_the_explanation_exists(sector):
    text = (START / sector / "LEESMIJ.md").read_text(encoding="utf-8")
    policy = json.loads((START / sector / "beleid.json").read_text(encoding="utf-8"))
    columns = {c for name in ("aanbieders.csv", "prestaties.csv") for c in table(START / sector / name)[0]}
    traits = {c for c in columns if c.startswith("kenmerk.")}
    assert {c.split(".")[1] for c in traits} == set(policy["kenmerken"])
    assert all(f"`{c}`" in text for c in columns)


# --- what does not work leaves nothing behind ---


@pytest.mark.parametrize(
    "arguments, code, hint",
    [
        (["--sector", "ggz"], "E808", "-o MAP"),
        (["-o", "begin"], "E808", "fysiotherapie|ggz"),
        (["--sector", "gzg", "-o", "begin"], "E840", "ggz"),
        (["--sector", "xxxxxxxxxxxx", "-o", "begin"], "E840", "fysiotherapie, ggz"),
        (["--sector", "", "-o", "begin"], "E840", "fysiotherapie, ggz"),
        (["ggz"], "E809", "navolgbaar new"),
        (["--sector", "ggz", "-o", "-"], "E805", "MAP"),
    ],
)
def test_a_mistake_makes_no_folder(nvb, tmp_path, arguments, code, hint):
    done = nvb("new", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and code in done.stderr and hint in done.stderr, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled(nvb, tmp_path):
    assert nvb("new", "--sector", "ggz", "-o", ".", cwd=tmp_path).returncode == 0
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("name", ["iets.txt", ".verborgen"])
def test_a_folder_with_something_in_it_is_left_alone(nvb, tmp_path, name):
    (tmp_path / name).write_text("van mij")
    done = nvb("new", "--sector", "ggz", "-o", tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and "E841" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == [name] and (tmp_path / name).read_text() == "van mij"


def test_a_file_is_no_folder(nvb, tmp_path):
    path = tmp_path / "begin"
    path.write_text("van mij")
    done = nvb("new", "--sector", "ggz", "-o", path)
    assert done.returncode == 2 and "E842" in done.stderr and path.read_text() == "van mij"


def test_the_folder_above_must_exist(nvb, tmp_path):
    done = nvb("new", "--sector", "ggz", "-o", tmp_path / "weg" / "begin")
    assert done.returncode == 4 and "E706" in done.stderr and list(tmp_path.iterdir()) == []


def test_where_nobody_can_write(nvb):
    done = nvb("new", "--sector", "ggz", "-o", "/proc/self/begin")
    assert (done.returncode, done.stdout) == (4, "") and "E706" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_nothing_may_be_written(nvb, tmp_path):
    tmp_path.chmod(0o500)
    done = nvb("new", "--sector", "ggz", "-o", tmp_path / "begin")
    tmp_path.chmod(0o700)
    assert done.returncode == 4 and "E706" in done.stderr and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
def test_a_disk_that_is_full_leaves_nothing(binary, tmp_path, there):
    """Files of at most 512 bytes or a block: the first that is longer fails, those before it go too."""
    import resource
    import signal
    import subprocess

    folder = tmp_path / "begin"
    if there:
        folder.mkdir()

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    done = subprocess.run([binary, "new", "--sector", "ggz", "-o", folder], capture_output=True, text=True, preexec_fn=small_files)
    assert done.returncode == 4 and done.stdout == "" and "E706" in done.stderr
    assert folder.exists() == there and list(folder.iterdir() if there else tmp_path.iterdir()) == []


def test_what_is_installed_says_the_same(nvb):
    """Help names the options of `new`, in both languages."""
    for lang, word in (("nl", "MAP"), ("en", "FOLDER")):
        said = nvb("help", "new", "--lang", lang).stdout
        assert "--sector" in said and f"--output {word}" in said
