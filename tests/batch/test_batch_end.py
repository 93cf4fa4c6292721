"""How a run of `batch` ends: asked to while it waits, what it says of policies, and where its summary goes."""

import json
import os
import signal
import subprocess
import time

import pytest

from batch_set import rows, tree
from test_batch_basics import POLICY, contract, lines_of, record

OTHER = POLICY | {"kenmerk": "ANDER"}


@pytest.fixture
def policy(write):
    return write(POLICY, "beleid.json")


@pytest.fixture
def source(write):
    return write(lines_of([record(1), "{nee", record(3)]), "in.ndjson")


# --- asked to end ---


@pytest.mark.plain  # a sanitizer keeps a signal back while its thread waits
@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_silent_pipe_is_not_waited_for(nvb, binary, policy, tmp_path, write, how, jobs):
    """Asked to end while nothing comes in, it ends, and says how to go on; and it does."""
    out = tmp_path / "uit.ndjson"
    arguments = ["batch", "--policy", str(policy), "-", "--ndjson", str(out), "--jobs", str(jobs)]
    heard = lambda: signal.signal(how, signal.SIG_DFL)  # whoever runs the tests may have it ignored, as nohup does
    going = subprocess.Popen([binary, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heard)
    text = lines_of([record(1), "{nee", record(3)])
    going.stdin.write(text[:-40].encode())
    going.stdin.flush()
    while not (tmp_path / "uit.ndjson.voortgang.json").exists():
        time.sleep(0.01)
    time.sleep(0.3)
    going.send_signal(how)
    assert going.wait(timeout=10) == 4
    assert b"E708" in going.stderr.read() and going.stdout.read() == b""
    going.stdin.close()
    assert json.loads((tmp_path / "uit.ndjson.voortgang.json").read_text())["nummer"] == 2
    done = nvb(*arguments, "--resume", input=text)
    assert done.returncode == 1, done.stderr
    assert len(rows(out)) == 2 and len(rows(tmp_path / "uit.ndjson.fouten.ndjson")) == 1


# --- policies ---


def test_a_policy_that_nobody_used_is_told(nvb, policy, write, tmp_path, source):
    other, copy = write(OTHER, "ander.json"), write(POLICY, "kopie.json")
    arguments = ["batch", "--policy", policy, "--policy", other, "--policy", copy, source, "--ndjson", tmp_path / "a"]
    done = nvb(*arguments)
    assert done.returncode == 1 and done.stderr.count("E632") == 2, done.stderr
    assert "ander.json' is door geen" in done.stderr and "hetzelfde als" in done.stderr and "waarschuwing" in done.stderr
    again = nvb(*arguments, "--resume")
    assert again.returncode == 1 and again.stderr.count("E632") == 2  # it was kept
    assert nvb("batch", "--policy", policy, source, "--ndjson", tmp_path / "b").stderr == ""


def test_a_policy_of_a_previous_contract_is_used(nvb, write, policy, tmp_path, source):
    old = write(POLICY | {"kenmerk": "OUD"}, "oud-beleid.json")
    previous = write(lines_of([contract(1) | {"beleid": "OUD"}]), "oud.ndjson")
    done = nvb("batch", "--policy", policy, "--policy", old, source, "--previous", previous, "--ndjson", tmp_path / "a")
    assert "E632" not in done.stderr, done.stderr


# --- the summary ---


def test_a_summary_of_before_is_replaced_when_going_on(nvb, policy, source, tmp_path):
    """Killed between the last checkpoint and the summary: what stands there is of another run."""
    summary = tmp_path / "som.json"
    arguments = ["batch", "--policy", policy, source, "--ndjson", tmp_path / "a", "--summary", summary, "--resume"]
    nvb(*arguments)
    whole = summary.read_bytes()
    for left in (b"{}", whole[:-9], None):
        summary.unlink()
        if left is not None:
            summary.write_bytes(left)
        (tmp_path / "som.json.navolgbaar.tmp").write_text("half")
        assert nvb(*arguments).returncode == 1
        assert summary.read_bytes() == whole and not list(tmp_path.glob("som.json.*"))
    stamp = summary.stat().st_mtime_ns
    nvb(*arguments)
    assert summary.stat().st_mtime_ns == stamp


@pytest.mark.parametrize("left", ["folder", "link", "pipe"])
def test_what_stands_where_the_temporary_file_comes(nvb, policy, source, tmp_path, left):
    there = tmp_path / "som.json.navolgbaar.tmp"
    {"folder": there.mkdir, "link": lambda: there.symlink_to("mijn"), "pipe": lambda: os.mkfifo(there)}[left]()
    (tmp_path / "mijn").write_text("van mij")
    done = nvb("batch", "--policy", policy, source, "--ndjson", tmp_path / "a", "--summary", tmp_path / "som.json")
    assert done.returncode == 1 and json.loads((tmp_path / "som.json").read_text())
    assert (tmp_path / "mijn").read_text() == "van mij"


@pytest.mark.parametrize("option", ["--summary", "--errors"])
@pytest.mark.parametrize("name", ["uit/00001-01000/K-0001.json", "uit/x/../00001-01000/K-0001.json", "uit/fouten.ndjson", "naar/00001-01000/K-0001.json", "los", "./uit/nieuw/diep", "uit/", "uit"])
def test_what_is_not_there_yet_is_the_runs_own_too(nvb, policy, source, tmp_path, option, name):
    """Before anything was made, and through links that lead nowhere yet."""
    (tmp_path / "naar").symlink_to("uit")
    (tmp_path / "los").symlink_to("uit/00001-01000/K-0003.json")
    before = tree(tmp_path)
    done = nvb("batch", "--policy", policy, source, "--out", "uit", option, name, cwd=tmp_path)
    assert done.returncode == 2 and "E829" in done.stderr, (done.returncode, done.stderr)
    assert tree(tmp_path) == before and not (tmp_path / "uit").exists()


def test_a_temporary_name_that_is_of_the_run(nvb, policy, source, tmp_path):
    done = nvb("batch", "--policy", policy, source, "--ndjson", tmp_path / "s.navolgbaar.tmp", "--summary", tmp_path / "s")
    assert done.returncode == 2 and "E829" in done.stderr


def test_a_path_of_many_parts(nvb, policy, source, tmp_path):
    done = nvb("batch", "--policy", policy, source, "--out", tmp_path / "uit", "--summary", "a/" * 60_000 + "b")
    assert done.returncode in (2, 4), done.stderr


# --- names ---


def test_an_input_that_changes_after_the_first_pass(nvb, binary, policy, write, tmp_path):
    """The names of the first pass are not those of the second: it is said, and nothing is written over."""
    path = write(lines_of(record(i, 20) for i in range(1, 2001)), "in.ndjson")
    out = tmp_path / "uit"
    going = subprocess.Popen([binary, "batch", "--policy", str(policy), str(path), "--out", str(out), "--jobs", "1"], stderr=subprocess.PIPE)
    while not (out / "overzicht.ndjson").exists() and going.poll() is None:
        time.sleep(0.002)
    with open(path, "r+b") as f:  # the last lines, to the same length: two of one name
        data = f.read()
        f.seek(0)
        f.write(data.replace(b"K-2000", b"K-1999"))
    said = going.stderr.read().decode()
    going.wait()
    files = [f["naam"] for r in rows(out / "overzicht.ndjson") for f in r["bestanden"]]
    assert len(set(files)) == len(files)
    assert going.returncode == 0 or (going.returncode in (3, 4) and "E722" in said), said
