"""Every allocation that fails, one after the other: out of memory is exit code 5, said so, and what is written is whole."""

import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.plain

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


@pytest.mark.parametrize("document", ["proposal", "gap"])
@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
def test_every_allocation_may_fail(failing, binary, request, arguments, document):
    arguments = [arguments[0], request.getfixturevalue(document), *arguments[1:]]
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
