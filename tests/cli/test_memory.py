"""Every allocation that fails, one after the other: out of memory is exit code 5, said so, and what is written is whole."""

import os
import subprocess
from pathlib import Path

import pytest

from test_diff import FIGURES, PRICES, contract, on, policy

pytestmark = pytest.mark.plain

EXPECTED = {"formaat": "navolgbaar/voorstel/1", "indexen": {"lpo": {"percentage": "5%"}}, "stappen": [{"id": "index", "soort": "index", "index": "lpo"}],
            "prestaties": [{"code": "A1", "basis": {"soort": "kostprijs", "bedrag": "99.00"}}, {"code": "Z1"}]}
FIGURED = {"formaat": "navolgbaar/toelichting/1",
           "voorstel": {"formaat": "navolgbaar/voorstel/1", "prestaties": [{"code": "A1", "basis": {"soort": "kostprijs", "bedrag": "99.00"}}]},
           "knopen": [{"pad": "/prestaties/A1/basis", "waarde": "99", "uit": ["/prestaties/A1/basis/bedrag"]},
                      {"pad": "/prestaties/A1/tarief", "waarde": "33.33333333333333333333", "exact": False, "breuk": "100/3", "uit": ["/prestaties/A1/basis"]}]}
RUNS = [
    ["explain"],
    ["explain", "--format", "json"],
    ["check"],
    ["tree"],
    ["show", "/totaal/omzet"],
    ["explain", "--set", "/indexen/lpo/percentage=5%", "--lang", "en"],
    ["show", "/totaal/omzte"],
]


@pytest.fixture(scope="module")
def failing(binary):
    shim = Path(os.environ.get("NVB_BUILD", ".")) / "tests" / "fail_malloc.so"
    if not shim.exists():
        pytest.skip("this build has no fail_malloc.so (sanitizers bring their own malloc)")

    def run(at, arguments):
        # By its bare name: LD_PRELOAD takes a space in a path for the end of it.
        environment = {"LD_PRELOAD": shim.name, "LD_LIBRARY_PATH": str(shim.parent), "NVB_FAIL_AT": str(at)}
        return subprocess.run([binary, *map(str, arguments)], env=environment, capture_output=True, timeout=60)

    return run


def allocations(failing, arguments):
    return int(failing(0, arguments).stderr.split()[-2])


def check_all(failing, binary, arguments):
    want = subprocess.run([binary, *map(str, arguments)], capture_output=True)
    total = allocations(failing, arguments)
    assert total > 10
    wrong = []
    for at in range(1, total + 1):
        got = failing(at, arguments)
        fine = got.returncode == 5 and b"E901" in got.stderr and got.stdout in (b"", want.stdout)
        spared = (got.returncode, got.stdout) == (want.returncode, want.stdout)  # it could do without
        if not fine and not spared:
            wrong.append(f"allocation {at} of {total}: exit code {got.returncode}, {len(got.stdout)} bytes, {got.stderr[:200]!r}")
    assert not wrong, "\n".join(wrong[:10])


@pytest.mark.parametrize("document", ["proposal", "gap"])
@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
def test_every_allocation_may_fail(failing, binary, request, arguments, document):
    check_all(failing, binary, [arguments[0], request.getfixturevalue(document), *arguments[1:]])


def test_new_makes_all_files_or_none(failing, tmp_path):
    total = allocations(failing, ["new", "--sector", "ggz", "-o", tmp_path / "0"])
    assert total > 10
    for at in range(1, total + 1):
        folder = tmp_path / str(at)
        got = failing(at, ["new", "--sector", "ggz", "-o", folder])
        if got.returncode == 0:
            assert len(list(folder.iterdir())) == 4, at
        else:
            assert got.returncode in (4, 5) and got.stdout == b"" and not folder.exists(), at


@pytest.fixture
def files(write, small):
    """By letter: expectations, an explanation, two contracts, a proposal with a gap, a price list, index figures, one with an error; and policies that two of them name."""
    del small["stappen"][1]["reden"]
    small["voorwaarden"] = [{"id": "v", "titel": "Betaling", "tekst": "Betaling volgt binnen dertig dagen."}]
    wrong = contract(2024, verkeerd=1)
    return {"a": write(contract(2024, "95.00"), "a.json"), "b": write(contract(), "b.json"), "g": write(small, "g.json"),
            "l": write(PRICES, "l.csv"), "c": write(FIGURES, "c.json"), "w": write(wrong, "w.json"),
            "x": write(on("P", 2025, "100.00"), "x.json"), "y": write(on("Q", 2026, "101.00"), "y.json"),
            "e": write(EXPECTED, "e.json"), "t": write(FIGURED, "t.json"), "P": write(policy("P"), "P.json"), "Q": write(policy("Q"), "Q.json")}


@pytest.mark.parametrize(
    "arguments",
    [
        "diff b g",
        "diff b g --format json --attributie midden",
        "diff a b g",
        "diff a b g --format json",
        "diff b g --reference c --format json",
        "diff x y --policy P --policy Q",
        "diff x y --policy P",
        "diff l g",
        "diff w g",
        "diff w g --lang en --set /contractjaar=2026",
        "explain g --previous b",
        "explain g --previous b --draft",
        "explain g --previous b --draft --format json",
        "explain g --previous l --draft",
        "check g --previous b",
        "audit g",
        "audit g --format json",
        "audit g --questions",
        "audit b --previous a --reference c --format json",
        "audit b --previous a --previous l --expect e --format json",
        "audit l --previous b --expect e --format json",
        "audit t --format json",
        "audit g --expect e --format json",
    ],
)
def test_every_allocation_of_several_documents_may_fail(failing, binary, files, arguments):
    check_all(failing, binary, [files.get(word, word) for word in arguments.split()])
