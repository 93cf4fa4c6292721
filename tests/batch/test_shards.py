"""A run in parts is the run: samples/parallel.sh against `batch` in one go."""

import json
import os
import shutil
import subprocess

import pytest

from conftest import ROOT

SCRIPT = ROOT / "samples" / "parallel.sh"
pytestmark = pytest.mark.skipif(not shutil.which("parallel"), reason="GNU parallel is not installed")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """150 providers on one policy, three of which are wrong in a way of their own."""
    folder = tmp_path_factory.mktemp("delen")
    make = ROOT / "tests" / "bench" / "bulk_set.py"
    subprocess.run(["python3", make, folder, "--documents", "150", "--lines", "6"], check=True, stdout=subprocess.DEVNULL)
    records = (folder / "in.ndjson").read_text(encoding="utf-8").splitlines()
    records[10] = records[10].replace('"agb":', '"agd":', 1)
    records[77] = "{"
    records[149] = records[149].replace('"prestaties"', '"prestatie"', 1)
    (folder / "in.ndjson").write_text("\n".join(records) + "\n", encoding="utf-8")
    return folder


def batch(binary, folder, *more):
    return subprocess.run([binary, "batch", "--policy", folder / "beleid.json", *more], capture_output=True, text=True)


def in_parts(binary, folder, out, *more):
    return subprocess.run(
        ["sh", SCRIPT, *more, folder / "in.ndjson", out, "--", "--policy", folder / "beleid.json"],
        capture_output=True, text=True, env={**os.environ, "NAVOLGBAAR": binary, "HOME": str(folder)},
    )


def errors(path):
    """Without what counts from the beginning of a part."""
    return [{k: v for k, v in json.loads(line).items() if k in ("formaat", "kenmerk", "agb", "invoer")} for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def whole(binary, run):
    done = batch(binary, run, "--ndjson", run / "heel.ndjson", run / "in.ndjson")
    assert done.returncode == 1, done.stderr
    return run / "heel.ndjson"


@pytest.mark.parametrize("workers, parts", [(1, 1), (2, 2), (3, 7), (2, 40)])
def test_parts_put_together_are_the_whole(binary, run, whole, tmp_path, workers, parts):
    done = in_parts(binary, run, tmp_path / "uit", "-j", str(workers), "-n", str(parts))
    assert done.returncode == 1 and "in: 150 = uit: 147 + fouten: 3" in done.stdout, done.stderr
    assert (tmp_path / "uit" / "uitkomst.ndjson").read_bytes() == whole.read_bytes()
    assert errors(tmp_path / "uit" / "fouten.ndjson") == errors(whole.with_name("heel.ndjson.fouten.ndjson"))
    assert len((tmp_path / "uit" / "overzicht.ndjson").read_text(encoding="utf-8").splitlines()) == 147


def test_called_again_it_goes_on(binary, run, whole, tmp_path):
    out = tmp_path / "uit"
    in_parts(binary, run, out, "-n", "5")
    # As if it was stopped: two parts were not there yet, one was not begun.
    for path in list((out / "delen").glob("deel-00001.*")) + list((out / "delen").glob("deel-00004.*")) + [out / "uitkomst.ndjson"]:
        path.unlink()
    kept = (out / "delen" / "deel-00000.uit").stat().st_ino
    done = in_parts(binary, run, out, "-n", "5")
    assert done.returncode == 1, done.stderr
    assert (out / "uitkomst.ndjson").read_bytes() == whole.read_bytes()
    assert (out / "delen" / "deel-00000.uit").stat().st_ino == kept


def test_parts_of_another_input_are_not_taken_for_its_own(binary, run, tmp_path):
    out = tmp_path / "uit"
    in_parts(binary, run, out)
    before = (out / "uitkomst.ndjson").read_bytes()
    (tmp_path / "ander.ndjson").write_bytes((run / "in.ndjson").read_bytes().replace(b"Voorbeeld 1", b"Voorbeeld 9"))
    done = subprocess.run(
        ["sh", SCRIPT, tmp_path / "ander.ndjson", out, "--", "--policy", run / "beleid.json"],
        capture_output=True, text=True, env={**os.environ, "NAVOLGBAAR": binary, "HOME": str(run)},
    )
    assert done.returncode == 2 and "another input" in done.stderr and (out / "uitkomst.ndjson").read_bytes() == before


def test_without_the_program_it_says_so(binary, run, tmp_path):
    for name in ("sh", "getconf", "sed"):
        (tmp_path / name).symlink_to(shutil.which(name))
    done = subprocess.run(
        [shutil.which("sh"), SCRIPT, run / "in.ndjson", tmp_path / "uit", "--", "--policy", run / "beleid.json"],
        capture_output=True, text=True, env={"PATH": str(tmp_path), "NAVOLGBAAR": binary},
    )
    assert done.returncode == 2 and "apt install parallel" in done.stderr and not (tmp_path / "uit").exists()


def test_a_part_that_cannot_be_read_stops_the_joining(binary, run, tmp_path):
    done = subprocess.run(
        ["sh", SCRIPT, run / "in.ndjson", tmp_path / "uit", "--", "--policy", run / "weg.json"],
        capture_output=True, text=True, env={**os.environ, "NAVOLGBAAR": binary, "HOME": str(run)},
    )
    assert done.returncode == 4 and not (tmp_path / "uit" / "uitkomst.ndjson").exists()


def test_a_pipe_of_parts_is_the_run_too(binary, run, whole, tmp_path):
    """What Spark's pipe does: each part from standard input to standard output."""
    lines = (run / "in.ndjson").read_bytes().splitlines(keepends=True)
    out = b""
    for i in range(0, 150, 50):
        done = subprocess.run(
            [binary, "batch", "--policy", run / "beleid.json", "--ndjson", "-", "--errors", tmp_path / f"fouten-{i}.ndjson", "-"],
            input=b"".join(lines[i : i + 50]), capture_output=True,
        )
        assert done.returncode == 1, done.stderr
        out += done.stdout
    assert out == whole.read_bytes()
