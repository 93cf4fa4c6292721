"""Every folder of samples/ is a test: the figures worked out by hand, and the explanation as it was approved.

    voorstel.json        must be explained without a gap; verwacht.tsv holds its figures, verwacht.txt and verwacht.json the whole output
    <name>.json          with <name>.tsv: its figures (fout-*: another way of computing; zonder-*: to be refused)
    beleid.json          the policy, for documents that name one
    wijzigingen.tsv      what changed since contract-<year>.json, worked out by hand; wijzigingen.txt is the overview as it was approved
    prijslijst-*.csv     the same contract as a price list: the same changes in lines and total
    keten.tsv            what changed over all contracts and the proposal, against cijfers.json; keten.txt is the overview

Run with NVB_WRITE_EXPECTED=1 to write verwacht.txt, verwacht.json, wijzigingen.txt and keten.txt where they are missing, then read them.
"""

import json
import os
from pathlib import Path

import pytest

from conftest import ROOT

SAMPLES = ROOT / "samples"
FOLDERS = sorted(p.parent for p in SAMPLES.glob("*/voorstel.json"))
# What is there to be audited or belongs to an audit: see test_audits.py.
AUDITED = ("aanbod", "toelichting-", "verwacht-")
DOCUMENTS = sorted(p for p in SAMPLES.glob("*/*.json") if p.name not in ("beleid.json", "verwacht.json", "cijfers.json") and not p.name.startswith(AUDITED))
PAIRS = sorted(p.parent for p in SAMPLES.glob("*/wijzigingen.tsv"))
CHAINS = sorted(p.parent for p in SAMPLES.glob("*/keten.tsv"))
LISTS = sorted(SAMPLES.glob("*/prijslijst-*.csv"))


def name(path):
    return str(path.relative_to(SAMPLES))


def with_policy(path):
    names_policy = "beleid" in json.loads(path.read_text(encoding="utf-8"))
    return [path, "--policy", path.parent / "beleid.json"] if names_policy else [path]


def table(path):
    return path.with_name("verwacht.tsv") if path.name == "voorstel.json" else path.with_suffix(".tsv")


def rows(path):
    """A list of figures worked out by hand: key, tab, value."""
    return dict(row.split("\t")[:2] for row in path.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#"))


def figures(nvb, path):
    got = nvb("explain", "--draft", "--format", "json", *with_policy(path))
    assert got.returncode == 0, got.stderr
    return {k["pad"]: k["waarde"] for k in json.loads(got.stdout)["knopen"]}


def as_approved(expected, text):
    if not expected.exists() and os.environ.get("NVB_WRITE_EXPECTED"):
        expected.write_text(text, encoding="utf-8")
    if expected.exists():
        assert text == expected.read_text(encoding="utf-8")


def test_there_are_samples():
    assert len(FOLDERS) >= 11
    assert not [name(p) for p in SAMPLES.iterdir() if p.is_dir() and p not in FOLDERS], "folders without voorstel.json"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_figures(nvb, path):
    if not table(path).exists():
        assert path.name.startswith("zonder-"), f"{name(table(path))} is missing"
        return
    want = rows(table(path))
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
    as_approved(expected, got.stdout)


def test_every_folder_has_an_approved_explanation():
    lacking = [name(folder / file) for folder in FOLDERS for file in EXPECTED if not (folder / file).exists()]
    assert not lacking, "missing: " + ", ".join(lacking)


# --- compared with last year, and over the years -------------------------------------------------------------------------------


def contracts(folder):
    return sorted(folder.glob("contract-*.json"))


def diff(nvb, folder, old, *more):
    """Everything from the oldest of `old` to the proposal of the folder; it never is the same."""
    new = with_policy(folder / "voorstel.json")
    got = nvb("diff", *old, *new, *more)
    assert got.returncode == 1, got.stderr
    return got.stdout


def changes(nvb, folder, old, *more):
    return json.loads(diff(nvb, folder, old, "--format", "json", *more))


def chain(folder):
    return contracts(folder), "--reference", folder / "cijfers.json"


def own_name(item):
    return next((item[key] for key in ("id", "groep", "reeks", "code") if key in item), None)


def value(node, key):
    """The value a key of wijzigingen.tsv or keten.tsv names, or None. Items of a list go by id, group, series or code, else by position;
    an item of a bridge stands for its amount, a change of content (inhoud/<path>, with #oud or #nieuw for its values) for its kind."""
    way, _, side = key.partition("#")
    way = way.split("/")
    while way and node is not None:
        step = way.pop(0)
        if isinstance(node, dict):
            node = node.get(step)
        elif node and isinstance(node[0], dict) and "pad" in node[0]:
            node, way = next((i for i in node if i["pad"] == "/" + "/".join([step, *way])), None), []
        else:
            named = [i for i in node if isinstance(i, dict) and own_name(i) == step]
            node = named[0] if named else node[int(step)] if step.isdigit() and int(step) < len(node) else None
    if isinstance(node, dict):
        node = node.get(side or ("bedrag" if "bedrag" in node else "soort"))
    return node if node is None or isinstance(node, str) else json.dumps(node)


def bridges(keys):
    """Bridge by bridge the ids that the keys name: those, and no others, are to be there."""
    found = {}
    for key in keys:
        way = key.split("/")
        at = next((i for i, step in enumerate(way) if step in ("brug", "oorzaken")), None)
        if at is not None:
            found.setdefault("/".join(way[: at + 1]), set()).add(way[at + 1])
    return found


def bridge_ids(got, key):
    for step in key.split("/"):
        got = got[step] if isinstance(got, dict) else next((i for i in got if own_name(i) == step), None) or got[int(step)]
    return {item["id"] for item in got}


def compare(got, path):
    want = rows(path)
    assert want
    differing = [f"{key}: {value(got, key)}, by hand {figure}" for key, figure in want.items() if value(got, key) != figure]
    differing += [f"{key}: {bridge_ids(got, key)}, by hand {ids}" for key, ids in bridges(want).items() if bridge_ids(got, key) != ids]
    assert not differing, "\n".join(differing)


def test_there_are_contracts_to_compare_with():
    assert len(PAIRS) >= 4 and CHAINS and LISTS
    assert all(len(contracts(folder)) == 1 for folder in PAIRS) and all(len(contracts(folder)) > 1 for folder in CHAINS)


@pytest.mark.parametrize("folder", PAIRS, ids=name)
def test_changes_since_last_year(nvb, folder):
    compare(changes(nvb, folder, contracts(folder)), folder / "wijzigingen.tsv")


@pytest.mark.parametrize("folder", PAIRS, ids=name)
def test_changes_in_the_explanation_are_the_same(nvb, folder):
    got = nvb("explain", "--previous", contracts(folder)[0], "--format", "json", *with_policy(folder / "voorstel.json"))
    assert got.returncode == 0, got.stderr
    assert json.loads(got.stdout)["wijzigingen"] == changes(nvb, folder, contracts(folder))


@pytest.mark.parametrize("path", LISTS, ids=name)
def test_a_price_list_brings_the_same_changes(nvb, path):
    by_list, by_contract = (changes(nvb, path.parent, old) for old in ([path], contracts(path.parent)))
    assert by_list["oud"]["soort"] == "prijslijst"
    for part in ("prestaties", "totaal", "groepen"):
        assert by_list[part] == by_contract[part]


@pytest.mark.parametrize("folder", CHAINS, ids=name)
def test_changes_over_the_years(nvb, folder):
    compare(changes(nvb, folder, *chain(folder)), folder / "keten.tsv")


@pytest.mark.parametrize("folder", PAIRS, ids=name)
def test_the_overview_of_changes_is_as_approved(nvb, folder):
    as_approved(folder / "wijzigingen.txt", diff(nvb, folder, contracts(folder)))


@pytest.mark.parametrize("folder", CHAINS, ids=name)
def test_the_overview_of_the_years_is_as_approved(nvb, folder):
    as_approved(folder / "keten.txt", diff(nvb, folder, *chain(folder)))


def test_every_comparison_has_an_approved_overview():
    lacking = [f for f in [p / "wijzigingen.txt" for p in PAIRS] + [p / "keten.txt" for p in CHAINS] if not f.exists()]
    assert not lacking, "missing: " + ", ".join(map(name, lacking))
