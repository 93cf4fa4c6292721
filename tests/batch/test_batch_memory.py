"""Every allocation of a run that fails, one after the other: out of memory is exit code 5 and said so, what stands there is whole, and it is gone on with."""

import os
import subprocess

import pytest

from batch_set import empty, shim, tree
from test_batch_basics import POLICY, contract, lines_of, record
from test_batch_sources import Files

pytestmark = pytest.mark.plain

STRIDE = int(os.environ.get("NVB_STRIDE", "7"))  # 1: all of them, in the long run


def failing(binary, at, arguments):
    environment = shim("fail_malloc.so") | {"NVB_FAIL_AT": str(at)}
    return subprocess.run([binary, *map(str, arguments)], env=environment, capture_output=True, timeout=120)


@pytest.fixture
def inputs(write, tmp_path):
    documents = [record(1), record(2), "{nee", record(3), record(3), record(4) | {"beleid": "ANDERS"}]
    policy = write(POLICY, "beleid.json")
    lines = ["--policy", policy, "--previous", write(lines_of([contract(1), contract(4), contract(9)]), "oud.ndjson"), write(lines_of(documents), "in.ndjson")]
    (tmp_path / "t").mkdir()
    return {"lines": lines, "tables": Files(tmp_path / "t", more=[["77777777", "A1", "1", "1"]]).tables}


RUNS = {
    "lines to a folder": ("lines", ["--out", "{}/uit", "--formats", "text,json,wijzigingen,wijzigingen-json,toetsen,toetsen-json", "--summary", "{}/som"]),
    "lines to a file": ("lines", ["--ndjson", "{}/uit", "--jobs", "1"]),
    "lines on two workers": ("lines", ["--ndjson", "{}/uit", "--jobs", "2"]),
    "tables to a folder": ("tables", ["--out", "{}/uit", "--summary", "{}/som"]),
    "tables to a pipe": ("tables", ["--ndjson", "-", "--errors", "{}/fout"]),
}


@pytest.mark.parametrize("name", RUNS)
def test_every_allocation_may_fail(nvb, binary, inputs, tmp_path, name):
    folder = tmp_path / "werk"
    kind, to = RUNS[name]
    arguments = ["batch", *inputs[kind], *(a.format(folder) for a in to)]
    if "--jobs" not in to:
        arguments += ["--jobs", "1"]
    empty(folder)
    whole = nvb(*arguments)
    files = tree(folder)
    empty(folder)
    total = int(failing(binary, 0, arguments).stderr.split()[-2])
    assert total > 100 and whole.returncode == 1 and tree(folder) == files
    wrong = []
    for n, at in enumerate(range(1, total + 1, STRIDE)):
        empty(folder)
        got = failing(binary, at, arguments)
        left = tree(folder)
        if got.returncode == whole.returncode:
            if left != files or got.stdout != whole.stdout.encode():
                wrong.append(f"allocation {at} of {total}: {len(files) - len(left)} files fewer, without a word")
            continue
        if got.returncode != 5 or b"E901" not in got.stderr:
            wrong.append(f"allocation {at} of {total}: exit code {got.returncode}, {got.stderr[:300]!r}")
        elif "-" not in to and n % 10 == 0:
            done = nvb(*arguments, "--resume")
            if done.returncode != whole.returncode or tree(folder) != files:
                wrong.append(f"allocation {at} of {total}, gone on with: exit code {done.returncode}, {done.stderr[:300]!r}, {sorted(set(tree(folder)) ^ set(files))}")
    print(total, "allocations")
    assert not wrong, f"{len(wrong)} of {total}: " + "\n".join(wrong[:8])


def test_going_on_without_memory(nvb, binary, inputs, tmp_path):
    """--resume of a run that was stopped: out of memory touches nothing that was there."""
    folder = empty(tmp_path / "werk")
    arguments = ["batch", *inputs["lines"], "--out", folder / "uit", "--jobs", "1"]
    whole = nvb(*arguments)
    state = folder / "uit/.navolgbaar/voortgang.json"
    state.write_text(state.read_text().replace('"klaar": true', '"klaar": false'))
    files = tree(folder)
    arguments.append("--resume")
    total = int(failing(binary, 0, arguments).stderr.split()[-2])
    wrong = []
    for at in range(1, total + 1, STRIDE):
        state.write_bytes(files["uit/.navolgbaar/voortgang.json"])
        got = failing(binary, at, arguments)
        left = tree(folder)
        for name in left:
            if name != "uit/.navolgbaar/voortgang.json" and left[name] != files.get(name):
                wrong.append(f"allocation {at} of {total}: {name} is not as it was")
        if sorted(left) != sorted(files) or (got.returncode, b"E901" in got.stderr) not in ((5, True), (whole.returncode, False)):
            wrong.append(f"allocation {at} of {total}: exit code {got.returncode}, {got.stderr[:200]!r}")
    assert not wrong, f"{len(wrong)}: " + "\n".join(wrong[:8])
