"""What the random tests share: the program, the driver of the number module, and a seed that is told."""

import os
import random
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def binary():
    places = []
    if "NVB_BIN" in os.environ:
        places = [Path(os.environ["NVB_BIN"])]
    elif "NVB_BUILD" in os.environ:
        places = [Path(os.environ["NVB_BUILD"]) / name for name in ("bin/navolgbaar", "navolgbaar")]
    else:
        pytest.skip("neither NVB_BIN nor NVB_BUILD is set")
    found = [place.resolve() for place in places if place.is_file()]
    assert found, f"no binary at {' or '.join(map(str, places))}"
    return found[0]


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
