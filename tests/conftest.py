"""What the tests share: the program under test, a proposal small enough to read; the driver of the number module, and a seed that is told."""

import copy
import json
import os
import random
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SMALL = {
    "formaat": "navolgbaar/voorstel/1",
    "soort": "contractvoorstel",
    "contractering": "digitaal",
    "kenmerk": "KLEIN-2026",
    "datum": "2025-09-24",
    "contractjaar": 2026,
    "zorgverzekeraar": {"naam": "Zorgverzekeraar Voorbeeld", "uzovi": "9991"},
    "zorgaanbieder": {"naam": "Praktijk Voorbeeld", "agb": "04999902"},
    "bronnen": {"b": {"titel": "Inkoopbeleid 2026"}},
    "indexen": {"lpo": {"percentage": "4%", "soort": "loon", "bron": "b"}},
    "stappen": [
        {"id": "index", "soort": "index", "index": "lpo"},
        {"id": "kwaliteit", "soort": "opslag", "percentage": "1%", "over": "basis", "reden": "keurmerk", "bron": "b"},
    ],
    "prestaties": [
        {
            "code": "A1",
            "basis": {"soort": "vorig_contract", "bedrag": "100.00", "jaar": 2025, "bron": "b"},
            "volume": {"aantal": "10"},
        }
    ],
    "reactie": {"uiterlijk": "2025-10-31", "contact": "inkoop@voorbeeld.example"},
}


@pytest.fixture(scope="session")
def binary():
    path = os.environ.get("NVB_BIN")
    if not path:
        pytest.skip("NVB_BIN names no program")
    return path


@pytest.fixture(scope="session")
def nvb(binary):
    """nvb("explain", path, ...) -> CompletedProcess with text; input= and all of subprocess.run besides."""

    def call(*arguments, **options):
        options.setdefault("timeout", 120)
        if not {"stdin", "input"} & options.keys():
            options["stdin"] = subprocess.DEVNULL
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        if not isinstance(options.get("input"), bytes):
            options.setdefault("encoding", "utf-8")
        return subprocess.run([binary, *map(str, arguments)], **options)

    return call


@pytest.fixture
def small():
    """The proposal as data, to be changed at will."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def write(tmp_path):
    def to_file(document, name="voorstel.json"):
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def proposal(write):
    """The proposal as a file."""
    return write(SMALL)


@pytest.fixture
def gap(write, small):
    """A proposal that leaves a surcharge unexplained."""
    del small["stappen"][1]["reden"]
    return write(small, "gat.json")


@pytest.fixture(scope="module")
def driver():
    build = os.environ.get("NVB_BUILD")
    if not build:
        pytest.skip("NVB_BUILD names no build directory")
    binary = Path(build) / "tests" / "number_driver"
    assert binary.exists(), f"{binary} is not built"

    def run(lines):
        done = subprocess.run(
            [binary], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=120, check=True
        )
        answers = done.stdout.split("\n")[:-1]
        assert len(answers) == len(lines)
        return [answer.split("\t") for answer in answers]

    return run


@pytest.fixture
def rng():
    seed = int(os.environ.get("NVB_SEED", random.SystemRandom().randrange(2**32)))
    print(f"NVB_SEED={seed}")
    return random.Random(seed)
