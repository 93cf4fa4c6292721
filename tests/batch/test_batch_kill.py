"""`batch` killed at any moment and gone on with: the same bytes as if nothing had happened, each time; and what was meddled with is not gone on with."""

import json
import os
import signal
import subprocess
import time

import pytest

from batch_set import Run, empty, rows, shim, tree

KILLS = int(os.environ.get("NVB_KILLS", "12"))
WAYS = ["ndjson", "ndjson previous", "csv", "csv previous"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return Run(tmp_path_factory.mktemp("run"), 160, 20)


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    """So small that every call it makes can be its last."""
    return Run(tmp_path_factory.mktemp("klein"), 9, 2)


def command(run, kind, target, folder, jobs=2):
    to = ["--out", folder / "uit"] if target == "out" else ["--ndjson", folder / "uit.ndjson"]
    more = ["--formats", "text,json,wijzigingen,wijzigingen-json,toetsen"] if target == "out" and "previous" in kind else []
    return [str(a) for a in ["batch", *run.given(kind), *to, *more, "--jobs", jobs, "--summary", folder / "som.json", "--resume"]]


def undisturbed(nvb, run, kind, target, folder):
    """What a run leaves when nobody disturbs it; in the very folder, since messages name files."""
    began = time.monotonic()
    done = nvb(*command(run, kind, target, empty(folder)))
    assert done.returncode in (0, 1) and done.stderr == "", done.stderr
    return tree(folder), done.returncode, done.stdout, time.monotonic() - began


def is_as_undisturbed(done, folder, whole):
    files, code, said, _ = whole
    left = tree(folder)
    assert done.returncode == code, done.stderr
    assert sorted(left) == sorted(files)
    assert [name for name in files if left[name] != files[name]] == []
    assert done.stdout == said


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("target", ["out", "ndjson"])
def test_a_signal_at_any_moment(nvb, binary, run, tmp_path, target, kind, rng):
    folder = tmp_path / "werk"
    whole = undisturbed(nvb, run, kind, target, folder)
    ends = set()
    for turn in range(max(1, KILLS // (2 * len(WAYS)) + 1)):
        jobs = 1 + turn % 2
        arguments = command(run, kind, target, empty(folder), jobs)
        for _ in range(3):  # what goes on is killed too
            how = rng.choice([signal.SIGKILL] * 3 + [signal.SIGTERM, signal.SIGINT])
            at = rng.uniform(0, 0.9 * whole[3])
            going = subprocess.Popen([binary, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(at)
            going.send_signal(how)
            _, stderr = going.communicate(timeout=60)
            ends.add(going.returncode)
            assert going.returncode in (-how, 4, whole[1]), (how, stderr)
            if going.returncode == 4:
                assert how != signal.SIGKILL and b"E708" in stderr, stderr
        is_as_undisturbed(nvb(*arguments), folder, whole)
    print(sorted(ends))


def last_call(binary, environment, arguments):
    done = subprocess.run([binary, *arguments], env={**environment, "NVB_KILL_AT": "0"}, capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return int(done.stderr.split()[-2])


@pytest.mark.plain
@pytest.mark.parametrize("torn", [False, True], ids=["before", "torn"])
@pytest.mark.parametrize("kind", ["ndjson", "csv previous"])
@pytest.mark.parametrize("target", ["out", "ndjson"])
def test_every_call_may_be_the_last(nvb, binary, small_run, tmp_path, target, kind, torn):
    """Killed before each call that changes a file (between a rename and its checkpoint too), or in the middle of each write."""
    environment = shim("kill_call.so") | ({"NVB_KILL_TORN": "1"} if torn else {})
    folder = tmp_path / "werk"
    whole = undisturbed(nvb, small_run, kind, target, folder)
    arguments = command(small_run, kind, target, empty(folder), 1)
    total = last_call(binary, environment, arguments)
    assert total > 12
    wrong = []
    stride = 3 if total > 80 and KILLS < 50 else 1
    for at in range(1, total + 1, stride):
        empty(folder)
        killed = subprocess.run([binary, *arguments], env={**environment, "NVB_KILL_AT": str(at)}, capture_output=True, timeout=60)
        if killed.returncode != -signal.SIGKILL:
            assert torn and killed.returncode == whole[1]  # that call was no write
            continue
        try:
            is_as_undisturbed(nvb(*arguments), folder, whole)
        except AssertionError as problem:
            wrong.append(f"call {at} of {total}: {problem}")
    assert not wrong, "\n".join(wrong[:4])


@pytest.mark.plain
def test_going_on_may_be_killed_at_every_call(nvb, binary, small_run, tmp_path):
    environment = shim("kill_call.so")
    folder = tmp_path / "werk"
    whole = undisturbed(nvb, small_run, "ndjson previous", "out", folder)
    arguments = command(small_run, "ndjson previous", "out", empty(folder), 1)
    total = last_call(binary, environment, arguments)
    for at in range(1, total, 1 if KILLS >= 50 else 4):
        empty(folder)
        for second in (total // 2, at, 3):
            subprocess.run([binary, *arguments], env={**environment, "NVB_KILL_AT": str(second)}, capture_output=True, timeout=60)
        is_as_undisturbed(nvb(*arguments), folder, whole)


@pytest.mark.plain
@pytest.mark.parametrize("target", ["out", "ndjson"])
def test_the_disk_may_be_full_at_every_call(nvb, binary, small_run, tmp_path, target):
    """A message, exit code 4, and gone on with when there is room again."""
    environment = shim("kill_call.so")
    folder = tmp_path / "werk"
    whole = undisturbed(nvb, small_run, "ndjson", target, folder)
    arguments = command(small_run, "ndjson", target, empty(folder), 1)
    total = last_call(binary, environment, arguments)
    wrong = []
    for at in range(1, total + 1):
        empty(folder)
        full = subprocess.run([binary, *arguments], env={**environment, "NVB_FAIL_CALL": str(at)}, capture_output=True, timeout=60)
        said = full.stderr.decode()
        if full.returncode != 4 or not any(code in said for code in ("E706", "E707")):
            wrong.append(f"call {at} of {total}: exit code {full.returncode}, {said!r}")
            continue
        try:
            is_as_undisturbed(nvb(*arguments), folder, whole)
        except AssertionError as problem:
            wrong.append(f"call {at} of {total}, gone on with: {problem}")
    assert not wrong, "\n".join(wrong[:4])


# --- meddling ---


def cut(path, n=5):
    path.write_bytes(path.read_bytes()[:-n])


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(bytes(data))


def swap_lines(path):
    lines = path.read_bytes().splitlines(keepends=True)
    lines[0], lines[1] = lines[1], lines[0]
    path.write_bytes(b"".join(lines))


def edit(old, new):
    def change(path):
        data = path.read_bytes()
        assert old in data
        path.write_bytes(data.replace(old, new, 1))

    return change


def one(pattern, how):
    return lambda folder: how(sorted((folder / "uit").glob(pattern))[0])


def replaced_by_link(path):
    other = path.with_name(".elders")
    path.rename(other)
    path.symlink_to(other.name)


MEDDLED = {
    "an output file, one bit": (one("0*/*.json", flip), "E709"),
    "an output file, shorter": (one("0*/*.txt", cut), "E709"),
    "an output file, gone": (one("0*/*.txt", lambda p: p.unlink()), "E709"),
    "an output file, a link": (one("0*/*.txt", replaced_by_link), "E709"),
    "overview, torn": (one("overzicht.ndjson", cut), "E709"),
    "overview, a line less": (one("overzicht.ndjson", lambda p: p.write_bytes(b"".join(p.read_bytes().splitlines(keepends=True)[:-1]))), "E709"),
    "overview, two lines swapped": (one("overzicht.ndjson", swap_lines), "E709"),
    "overview, empty": (one("overzicht.ndjson", lambda p: p.write_bytes(b"")), "E709"),
    "overview, gone": (one("overzicht.ndjson", lambda p: p.unlink()), "E709"),
    "overview, a folder": (one("overzicht.ndjson", lambda p: (p.unlink(), p.mkdir())), ""),
    "errors, one bit": (one("fouten.ndjson", flip), "E709"),
    "checkpoint, torn": (one(".navolgbaar/voortgang.json", lambda p: cut(p, 40)), "E710"),
    "checkpoint, empty": (one(".navolgbaar/voortgang.json", lambda p: p.write_bytes(b"")), "E710"),
    "checkpoint, nothing but zeros": (one(".navolgbaar/voortgang.json", lambda p: p.write_bytes(bytes(700))), "E710"),
    "checkpoint, garbage after it": (one(".navolgbaar/voortgang.json", lambda p: p.write_bytes(p.read_bytes() + b"{}")), "E710"),
    "checkpoint, huge": (one(".navolgbaar/voortgang.json", edit(b'"nummer": ', b'"nummer": 99999999999999999999')), "E710"),
    "checkpoint, counts that do not add up": (one(".navolgbaar/voortgang.json", edit(b'"goed": ', b'"goed": 1')), "E710"),
    "checkpoint, counts shifted": (one(".navolgbaar/voortgang.json", lambda p: p.write_bytes(shifted(p.read_bytes()))), "E709"),
    "checkpoint, gone": (one(".navolgbaar/voortgang.json", lambda p: p.unlink()), "E711"),
    "checkpoint, another digest": (one(".navolgbaar/voortgang.json", edit(b'"xxh3": "', b'"xxh3": "0000')), "E710"),
}


def shifted(data):
    state = json.loads(data)
    return data.replace(b'"goed": %d' % state["goed"], b'"goed": %d' % (state["goed"] - 1)).replace(b'"fout": %d' % state["fout"], b'"fout": %d' % (state["fout"] + 1))


@pytest.fixture(scope="module", params=[True, False], ids=["finished", "halfway"])
def begun(request, binary, small_run, tmp_path_factory):
    """A run that came to its end, or was killed on its way, and what it left."""
    folder = tmp_path_factory.mktemp("begonnen")
    finished = request.param
    arguments = command(small_run, "ndjson previous", "out", folder, 1)
    subprocess.run([binary, *arguments], capture_output=True)
    if not finished:
        state = folder / "uit/.navolgbaar/voortgang.json"
        state.write_text(state.read_text().replace('"klaar": true', '"klaar": false'))
    return folder, arguments


def untouched(nvb, folder, arguments, codes, exit_code=4):
    before = tree(folder)
    stamps = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
    done = nvb(*arguments)
    assert done.returncode == exit_code and done.stdout == "", (done.returncode, done.stderr)
    assert codes in done.stderr, done.stderr
    assert tree(folder) == before
    assert stamps == {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def copied(begun, tmp_path):
    """The same, to meddle with."""
    folder, arguments = begun
    subprocess.run(["cp", "-a", f"{folder}/.", tmp_path / "kopie"], check=True)
    return tmp_path / "kopie", [a.replace(str(folder), str(tmp_path / "kopie")) for a in arguments]


@pytest.mark.parametrize("name", MEDDLED)
def test_what_was_meddled_with_is_refused_and_left(nvb, copied, name):
    folder, arguments = copied
    how, code = MEDDLED[name]
    how(folder)
    untouched(nvb, folder, arguments, code)


OTHERWISE = {
    "draft": ["--draft"], "language": ["--lang", "en"], "attribution": ["--attributie", "midden"], "any party": ["--any-party"],
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_with_other_options_it_does_not_go_on(nvb, copied, name):
    folder, arguments = copied
    untouched(nvb, folder, arguments + OTHERWISE[name], "E712")


@pytest.mark.parametrize("which, code", [("policy", "E712"), ("input", "E722"), ("previous", "E722")])
def test_with_other_files_it_does_not_go_on(nvb, copied, small_run, which, code, tmp_path):
    folder, arguments = copied
    path = getattr(small_run, which)
    data = path.read_bytes()
    try:
        path.write_bytes(data.replace(b"26", b"27", 1))
        untouched(nvb, folder, arguments, code)
        path.unlink()
        untouched(nvb, folder, arguments, "E701")
    finally:
        path.write_bytes(data)


def test_without_formats_it_does_not_go_on(nvb, copied):
    folder, arguments = copied
    at = arguments.index("--formats")
    untouched(nvb, folder, arguments[:at] + arguments[at + 2 :], "E712")


def test_other_jobs_are_the_same_run(nvb, copied):
    folder, arguments = copied
    before = {k: v for k, v in tree(folder).items() if "voortgang" not in k}
    done = nvb(*arguments, "--progress", "never")
    assert done.returncode == 1, done.stderr
    assert {k: v for k, v in tree(folder).items() if "voortgang" not in k} == before


def test_what_a_finished_run_left_is_counted_and_digested(begun):
    """In = out + errors, and each file the overview names is there with that size."""
    folder, _ = begun
    out = folder / "uit"
    good, bad = rows(out / "overzicht.ndjson"), rows(out / "fouten.ndjson")
    assert sorted(r["nummer"] for r in good + bad) == list(range(1, 10))
    named = {f["naam"]: f["bytes"] for r in good for f in r["bestanden"]}
    there = {str(p.relative_to(out)): p.stat().st_size for p in out.glob("0*/*")}
    assert named == there
