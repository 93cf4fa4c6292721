"""`batch` in the hands of somebody who means ill, or is unlucky: whatever comes in, nothing is lost, nothing of others is touched, and it ends."""

import base64
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import time

import pytest

from batch_set import Run, empty, rows, tree
from test_batch_basics import POLICY, contract, lines_of, record


@pytest.fixture
def policy(write):
    return write(POLICY, "beleid.json")


@pytest.fixture
def batch(nvb, policy, tmp_path):
    """batch(records or bytes, ...) -> what it said, MAP; the counts always add up."""

    def call(records, *more, out="uit", name="in.ndjson"):
        data = records if isinstance(records, bytes) else lines_of(records).encode()
        source, folder = tmp_path / name, tmp_path / out
        source.write_bytes(data)
        shutil.rmtree(folder, ignore_errors=True)
        done = nvb("batch", "--policy", policy, source, "--out", folder, *more)
        assert done.returncode in (0, 1), done.stderr
        good, bad = rows(folder / "overzicht.ndjson"), rows(folder / "fouten.ndjson")
        assert sorted(r["nummer"] for r in good + bad) == list(range(1, len(good + bad) + 1))
        assert (done.returncode == 1) == bool(bad)
        named = [f["naam"] for r in good for f in r["bestanden"]]
        assert sorted(named) == sorted(str(p.relative_to(folder)) for p in folder.glob("[0-9]*/*")), "a result was lost"
        assert len({n.lower() for n in named}) == len(named)
        return good, bad, folder

    return call


def named(i, kenmerk):
    return record(i) | {"kenmerk": kenmerk}


def codes(bad):
    return [m["code"] for r in bad for m in r["meldingen"]]


# --- names ---

NAMES = [
    "../../x", "/etc/passwd", "..", ".", "...", "~", "-rf", "--out", ".h", "CON", "nul.txt", "r\nl", "a\tb", "a b", "a_b", "a__b", "a/b", "a\\b", "😀", "ä", "Ä", "\u202egnp.exe", "x" * 100, "x" * 101, "x" * 300, "x" * 299 + "y",
    "K.wijzigingen", "K.toetsen", "K.json", "K", "voortgang.json", ".navolgbaar", ".navolgbaar.tmp", "overzicht.ndjson", "$(id)", "`id`", "%s%n", "*", "?", '"', "'", "con.", "\x7f", "\x1b[2J",
]  # fmt: skip


def test_a_kenmerk_never_leaves_its_folder(batch, tmp_path):
    good, bad, folder = batch([named(i, k) for i, k in enumerate(NAMES, 1)], "--formats", "text,json,toetsen,toetsen-json")
    assert len(good) == len(NAMES) - len(bad) and set(codes(bad)) <= {"E114", "E234"}
    for path in folder.glob("0*/*"):
        assert len(path.name.encode()) <= 130 and path.name[0] not in "-." and path.name.isascii() and path.name.isprintable()
        assert not set(path.name) & set(" /\\*?\"'$`%~:;|<>&\x7f")
    assert {p.name for p in folder.iterdir()} == {"00001-01000", ".navolgbaar", "overzicht.ndjson", "fouten.ndjson"}


@pytest.mark.parametrize("kenmerk", ["", "a\u0000b", 5, None, ["a"], {"a": 1}, "x" * 5_000_000, "\ud800"], ids=range(8))
def test_a_kenmerk_that_is_none(batch, kenmerk):
    good, bad, _ = batch([record(1), named(2, kenmerk), record(3)])
    assert [r["nummer"] for r in good if r["nummer"] != 2] == [1, 3] and (bad or len(good) == 3)


def test_names_that_are_one_are_all_errors(batch):
    texts = [json.dumps(named(1, "A")), json.dumps(named(2, "a")), json.dumps(named(3, "B")), json.dumps(named(4, "A")).replace('"A"', '"\\u0041"', 1), json.dumps(named(5, "A")).replace('"kenmerk"', '"kenm\\u0065rk"')]
    good, bad, _ = batch(texts)
    assert [r["nummer"] for r in bad] == [1, 2, 4, 5] and set(codes(bad)) == {"E162"}
    good, bad, folder = batch([named(1, "a b")])
    made = next(folder.glob("0*/*.json")).stem
    _, bad, _ = batch([named(1, "a b"), named(2, made.upper())])
    assert [r["nummer"] for r in bad] == [1, 2]


@pytest.mark.parametrize("outer", [["Y", "Z"], ["Y", None], [None, "Y"], [7, "Z"], [{"kenmerk": "Q"}, None]], ids=str)
def test_an_explanation_has_the_name_of_what_is_in_it(nvb, policy, batch, write, tmp_path, outer):
    """A kenmerk outside "voorstel" is not the document's: two letters in one file would lose one."""
    done = nvb("explain", "--policy", policy, "--format", "json", write(record(1)))
    explanation = json.loads(done.stdout)
    explanation["voorstel"].pop("beleid", None)
    records = [({"kenmerk": o} if o is not None else {}) | explanation for o in outer]
    source, folder = write(lines_of(records), "in.ndjson"), tmp_path / "uit"
    done = nvb("batch", source, "--out", folder)
    good = rows(folder / "overzicht.ndjson")
    files = [f["naam"] for r in good for f in r["bestanden"]]
    assert len(set(files)) == len(files) == len(list(folder.glob("0*/*"))), done.stderr
    assert len(good) + len(rows(folder / "fouten.ndjson")) == 2


# --- lines ---

GOOD = json.dumps(record(1)).encode()
LINES = {
    "binary garbage": (bytes(range(1, 256)) * 40, None),
    "zeros": (bytes(5000), 1),
    "UTF-16": ((GOOD.decode() + "\n" + GOOD.decode()).encode("utf-16"), None),
    "UTF-32": (GOOD.decode().encode("utf-32"), 1),
    "a carriage return in the middle": (GOOD + b"\r" + GOOD, 1),
    "deep arrays": (b"[" * 2_000_000, 1),
    "deep objects": (b'{"a":' * 400_000, 1),
    "deep and closed": (b"[" * 100_000 + b"]" * 100_000, 1),
    "other blanks": (b"\x0b\x0c", 1),
    "only numbers": (b"1e999999999", 1),
    "a null": (b"null", 1),
    "an empty text": (b'""', 1),
    "a key a million times": (b"{" + b",".join(b'"a%d":0' % i for i in range(100_000)) + b"}", 1),
    "the same key": (b"{" + b",".join([b'"kenmerk":"K-0007"'] * 10_000) + b"}", 1),
    "latin-1": (GOOD.replace(b"Praktijk 1", b"Praktijk \xe9\xe9n"), 1),
    "a surrogate alone": (GOOD.replace(b"Praktijk 1", b"Praktijk \\ud800"), 1),
    "a number of a megabyte": (GOOD.replace(b'"51.00"', b'"5' + b"0" * 1_000_000 + b'"'), 1),
    "two documents": (GOOD + GOOD, 1),
    "a comment": (GOOD + b" // klaar", 1),
}


@pytest.mark.parametrize("name", LINES)
def test_a_bad_line_spoils_itself_alone(batch, name):
    data, n = LINES[name]
    first, last = json.dumps(record(8)).encode(), json.dumps(record(9)).encode()
    good, bad, _ = batch(first + b"\n" + data + b"\n" + last + b"\n")
    assert {r["kenmerk"] for r in good} == {"K-0008", "K-0009"}
    assert bad and (n is None or len(bad) == n)
    kept = [base64.b64decode(r["invoer_base64"]) if "invoer_base64" in r else r["invoer"].encode() for r in bad if r["nummer"] != 0]
    lines = [line.removesuffix(b"\r") for line in data.split(b"\n")]
    assert [k for k in kept if k in lines] == [line for line in lines if line in kept] and len([k for k in kept if k in lines]) >= len(bad) - 1


def test_marks_blanks_and_ends(batch):
    a, b = json.dumps(record(1)), json.dumps(record(2))
    for text in (f"{a}\n{b}", f"\ufeff{a}\r\n{b}\r\n", f"\n\n{a}\n \t\r\n\r\n{b}", f"{a}\n\ufeff{b}\n"):
        good, _, _ = batch(text.encode())
        assert [r["nummer"] for r in good] in ([1, 2], [1])
    good, bad, _ = batch(b"")
    assert not good and not bad
    good, bad, _ = batch(b"\xef\xbb\xbf")
    assert not good and not bad


def test_a_hundred_thousand_bad_lines(batch):
    good, bad, _ = batch(b"x\n" * 100_000 + GOOD + b"\n")
    assert (len(good), len(bad)) == (1, 100_000)
    assert [r["nummer"] for r in bad] == list(range(1, 100_001)) == [r["regel"] for r in bad]


def test_a_large_document_among_small_ones(batch):
    good, bad, folder = batch([record(1), record(2, lines=5000), *(record(i) for i in range(3, 30))], "--jobs", 3)
    assert not bad and [r["nummer"] for r in good] == list(range(1, 30))


@pytest.mark.plain
def test_a_line_of_300_megabytes(nvb, policy, tmp_path):
    source = tmp_path / "in.ndjson"
    with open(source, "wb") as f:
        f.write(GOOD + b"\n" + b'{"a":"')
        for _ in range(300):
            f.write(b"y" * (1 << 20))
        f.write(b'"}\n' + json.dumps(record(2)).encode() + b"\n")
    done = nvb("batch", "--policy", policy, source, "--out", tmp_path / "uit", "--jobs", 1)
    (bad,) = rows(tmp_path / "uit/fouten.ndjson")
    assert done.returncode == 1 and codes([bad]) == ["E118"] and bad["regel"] == 2
    assert [r["kenmerk"] for r in rows(tmp_path / "uit/overzicht.ndjson")] == ["K-0001", "K-0002"]
    source.unlink()


# --- places ---


def test_nothing_of_the_run_is_taken_for_another(nvb, policy, write, tmp_path):
    """The summary and the errors in the place of what the run itself writes."""
    source = write(lines_of([record(1), "{nee", record(3)]), "in.ndjson")
    os.symlink("a.ndjson", tmp_path / "naar.json")
    (tmp_path / "hard.json").write_text("")
    for name in ("a.ndjson", "a.ndjson.overzicht.ndjson", "a.ndjson.fouten.ndjson", "a.ndjson.voortgang.json", "./a.ndjson", "naar.json"):
        for option in ("--summary", "--errors"):
            if (option, name) == ("--errors", "a.ndjson.fouten.ndjson"):
                continue  # that is where they are
            for old in tmp_path.glob("a.ndjson*"):
                old.unlink()
            done = nvb("batch", "--policy", policy, source, "--ndjson", tmp_path / "a.ndjson", option, f"{tmp_path}/{name}")
            whole = done.returncode == 1 and len(rows(tmp_path / "a.ndjson")) == 2 and len(rows(tmp_path / "a.ndjson.overzicht.ndjson")) == 2
            assert done.returncode == 2 or (whole and json.loads((tmp_path / "a.ndjson.voortgang.json").read_text())["klaar"] and "fout/1" in (tmp_path / "a.ndjson.fouten.ndjson").read_text()), (option, name, done.returncode, done.stderr)


@pytest.mark.parametrize("option", ["--summary", "--errors"])
@pytest.mark.parametrize("name", ["overzicht.ndjson", "fouten.ndjson", ".navolgbaar/voortgang.json", ".navolgbaar/voortgang.json.tmp", "00001-01000/K-0001.json", "00001-01000/.navolgbaar.tmp", "00001-01000"])
def test_nothing_in_the_folder_either(nvb, policy, write, tmp_path, option, name):
    source, out = write(lines_of([record(1), "{nee", record(3)]), "in.ndjson"), tmp_path / "uit"
    done = nvb("batch", "--policy", policy, source, "--out", out, option, out / name)
    if done.returncode in (2, 4):
        return
    assert done.returncode == 1 and len(rows(out / "overzicht.ndjson")) == 2
    assert {p.name for p in out.glob("0*/*")} >= {"K-0001.json", "K-0001.txt", "K-0003.json", "K-0003.txt"}
    assert sum("fout/1" in p.read_text() for p in out.rglob("*") if p.is_file()) == 1
    assert nvb("batch", "--policy", policy, source, "--out", out, option, out / name, "--resume").returncode == 1


def test_a_dash_is_no_file_for_errors(nvb, policy, write, tmp_path):
    (tmp_path / "-").write_text("van mij")
    source = write(lines_of([record(1), "{nee"]), "in.ndjson")
    nvb("batch", "--policy", policy, source, "--ndjson", tmp_path / "a", "--errors", "-", cwd=tmp_path)
    assert (tmp_path / "-").read_text() == "van mij"


def test_links_and_files_where_a_folder_comes(nvb, policy, write, tmp_path):
    source = write(lines_of([record(1), record(2)]), "in.ndjson")
    elsewhere = empty(tmp_path / "elders")
    for make in (
        lambda out: (out / "00001-01000").write_text("van mij"),
        lambda out: (out / "00001-01000").symlink_to(elsewhere),
        lambda out: (out / "overzicht.ndjson").symlink_to(elsewhere / "x"),
        lambda out: (out / "fouten.ndjson").symlink_to("/dev/null"),
        lambda out: (out / ".navolgbaar").symlink_to(elsewhere),
        lambda out: (out / ".navolgbaar").write_text("van mij"),
    ):
        out = empty(tmp_path / "uit")
        make(out)
        before = tree(out)
        done = nvb("batch", "--policy", policy, source, "--out", out)
        assert done.returncode in (0, 2, 4)
        if done.returncode:
            assert tree(out) == before and done.stderr.startswith("fout E")
        assert list(elsewhere.glob("K-*")) == []


def test_a_place_in_the_way_halfway(nvb, binary, policy, write, tmp_path):
    """A file where the second block of a thousand should come: what is done stays, and it goes on when the way is free."""
    source, out = write(lines_of(record(i, 1) for i in range(1, 1201)), "in.ndjson"), tmp_path / "uit"
    arguments = ["batch", "--policy", policy, source, "--out", out, "--formats", "toetsen", "--resume"]
    going = subprocess.Popen([binary, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (out / "00001-01000").exists() and going.poll() is None:
        time.sleep(0.001)
    (out / "01001-02000").write_text("in de weg")
    _, stderr = going.communicate()
    if going.returncode == 0:
        pytest.skip("it was too fast")
    assert going.returncode == 4 and b"01001-02000" in stderr, stderr
    assert nvb(*arguments).returncode == 4
    (out / "01001-02000").unlink()
    assert nvb(*arguments).returncode == 0 and len(list(out.glob("0*/*"))) == 1200


@pytest.mark.parametrize("where", ["nergens/uit", "beleid.json", "beleid.json/uit", "/proc/uit", "in.ndjson"])
def test_an_out_that_cannot_be(nvb, policy, write, tmp_path, where):
    source = write(lines_of([record(1)]), "in.ndjson")
    before = tree(tmp_path)
    for option in ("--out", "--ndjson"):
        done = nvb("batch", "--policy", policy, source, option, tmp_path / where)
        assert done.returncode in (2, 4) and done.stderr.startswith("fout E"), done.stderr
        assert tree(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_nobody_may_write(nvb, policy, write, tmp_path):
    shut = empty(tmp_path / "dicht")
    shut.chmod(0o500)
    done = nvb("batch", "--policy", policy, write(lines_of([record(1)]), "in.ndjson"), "--out", shut / "uit")
    shut.chmod(0o700)
    assert done.returncode == 4 and "E706" in done.stderr


@pytest.mark.parametrize("option", ["--ndjson", "--errors", "--summary"])
def test_a_device_that_is_full(nvb, policy, write, tmp_path, option):
    source = write(lines_of([record(1), "{nee"]), "in.ndjson")
    to = {"--ndjson": "-", "--errors": tmp_path / "fout"} | {option: "/dev/full"}
    done = nvb("batch", "--policy", policy, source, *[str(a) for pair in to.items() for a in pair])
    assert done.returncode == 4 and "schijf is vol" in done.stderr


def test_standard_output_that_is_full_or_shut(nvb, binary, policy, write, tmp_path):
    source = write(lines_of([record(1), "{nee"]), "in.ndjson")
    with open("/dev/full", "w") as full:
        done = nvb("batch", "--policy", policy, source, "--ndjson", "-", "--errors", tmp_path / "fout", stdout=full)
        assert done.returncode == 4 and "E707" in done.stderr
        done = nvb("batch", "--policy", policy, source, "--out", tmp_path / "uit", stdout=full)  # the summary has no place
        assert done.returncode == 4 and "E707" in done.stderr
    run = ["sh", "-c", f'"{binary}" batch --policy "{policy}" "{source}" --ndjson - --errors "{tmp_path}/fout2" >&-']
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 4, done


def test_no_more_than_a_file_may_hold(nvb, policy, write, tmp_path):
    """RLIMIT_FSIZE: like a full disk; and gone on with when there is room."""
    source, out = write(lines_of(record(i, 20) for i in range(1, 60)), "in.ndjson"), tmp_path / "uit.ndjson"
    arguments = ["batch", "--policy", policy, source, "--ndjson", out, "--resume"]
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    done = nvb(*arguments, preexec_fn=limit)
    assert done.returncode == 4 and "E706" in done.stderr, (done.returncode, done.stderr)
    assert nvb(*arguments).returncode == 0
    assert nvb("batch", "--policy", policy, source, "--ndjson", tmp_path / "b.ndjson").returncode == 0
    assert out.read_bytes() == (tmp_path / "b.ndjson").read_bytes()


# --- others at the same time ---


def test_two_runs_in_one_place(binary, policy, write, tmp_path):
    source = write(lines_of(record(i, 10) for i in range(1, 200)), "in.ndjson")
    for turn in range(6):
        out = tmp_path / "uit"
        shutil.rmtree(out, ignore_errors=True)
        command = [binary, "batch", "--policy", str(policy), str(source), "--out", str(out)] + (["--resume"] if turn % 2 else [])
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        said = [run.communicate(timeout=120)[1] for run in both]
        ends = sorted(run.returncode for run in both)
        assert ends[0] == 0 and ends[1] in (0, 2, 4), said
        assert ends[1] != 4 or any("E713" in s or "E711" in s for s in said), said
        good = rows(out / "overzicht.ndjson")
        assert len(good) == 199 and len(list(out.glob("0*/*"))) == 398 and not list(out.rglob("*.tmp"))


def test_errors_that_two_runs_share(binary, nvb, policy, write, tmp_path):
    source = write(lines_of(record(i, 30) for i in range(1, 400)), "in.ndjson")
    fifo_free = [binary, "batch", "--policy", str(policy), str(source), "--errors", str(tmp_path / "fout")]
    first = subprocess.Popen([*fifo_free, "--out", str(tmp_path / "a")], stdout=subprocess.DEVNULL)
    while not (tmp_path / "a/overzicht.ndjson").exists():
        time.sleep(0.001)
    time.sleep(0.01)
    second = subprocess.run([*fifo_free, "--out", str(tmp_path / "b")], capture_output=True, text=True)
    if first.poll() is None:
        assert second.returncode == 4 and "E713" in second.stderr
    assert first.wait() == 0
    if second.returncode == 4:
        again = nvb("batch", "--policy", policy, source, "--errors", tmp_path / "fout", "--out", tmp_path / "b")
        assert again.returncode == 0, again.stderr  # nothing of the run that was refused is in the way


def test_sixty_four_jobs(nvb, policy, write, tmp_path):
    source = write(lines_of(record(i) for i in range(1, 30)), "in.ndjson")
    a, b = (nvb("batch", "--policy", policy, source, "--ndjson", "-", "--errors", tmp_path / f"f{j}", "--jobs", j) for j in (64, 1))
    assert a.returncode == 0 and a.stdout == b.stdout


def test_a_policy_that_changes_meanwhile(binary, policy, write, tmp_path):
    source = write(lines_of(record(i, 30) for i in range(1, 300)), "in.ndjson")
    out = tmp_path / "uit.ndjson"
    going = subprocess.Popen([binary, "batch", "--policy", str(policy), str(source), "--ndjson", str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not out.exists():
        time.sleep(0.001)
    policy.write_text("{}")
    assert going.wait() == 0 and len(rows(out)) == 299


# --- standard input ---


def test_a_pipe_that_stalls(binary, policy, tmp_path):
    fifo = tmp_path / "pijp"
    os.mkfifo(fifo)
    going = subprocess.Popen([binary, "batch", "--policy", str(policy), str(fifo), "--ndjson", str(tmp_path / "a"), "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(fifo, "wb", buffering=0) as to:
        to.write(GOOD + b"\n" + GOOD[:50])
        time.sleep(0.3)
        to.write(GOOD[50:] + b"\n")
        time.sleep(0.2)
    assert going.wait(timeout=30) == 0 and len(rows(tmp_path / "a")) == 2


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_pipe_that_never_speaks_can_be_left(binary, policy, tmp_path, jobs):
    """Asked to stop while it waits for input, it stops, with a checkpoint."""
    read, write_to = os.pipe()
    going = subprocess.Popen([binary, "batch", "--policy", str(policy), "-", "--ndjson", str(tmp_path / "a"), "--jobs", str(jobs)], stdin=read, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(read)
    os.write(write_to, GOOD + b"\n")
    time.sleep(0.5)
    going.terminate()
    try:
        _, stderr = going.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        going.kill()
        going.communicate()
        pytest.fail("SIGTERM is not heard while it waits for input")
    finally:
        os.close(write_to)
    assert going.returncode == 4 and b"E708" in stderr and len(rows(tmp_path / "a")) == 1


def test_an_input_that_cannot_be_read_on(nvb, policy, tmp_path):
    done = nvb("batch", "--policy", policy, tmp_path, "--out", tmp_path / "uit")
    assert done.returncode == 4 and "E702" in done.stderr and not (tmp_path / "uit").exists()
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(str(tmp_path / "s"))
        done = nvb("batch", "--policy", policy, tmp_path / "s", "--out", tmp_path / "uit")
        assert done.returncode == 4 and not (tmp_path / "uit").exists()
    done = nvb("batch", "--policy", policy, "/proc/self/mem", "--ndjson", tmp_path / "x")
    assert done.returncode == 4 and "E705" in done.stderr


# --- last year ---

OLD = {
    "twice the same AGB": (lines_of([contract(1), contract(2), contract(1)]), "E160"),
    "garbage": ("x\n" + lines_of([contract(1)]), "E161"),
    "no AGB": (lines_of([contract(1) | {"zorgaanbieder": {"naam": "X"}}]), "E161"),
    "an array": ("[]\n", "E161"),
}


@pytest.mark.parametrize("name", OLD)
def test_previous_contracts_that_end_the_run(nvb, policy, write, tmp_path, name):
    text, code = OLD[name]
    done = nvb("batch", "--policy", policy, "--previous", write(text, "oud.ndjson"), write(lines_of([record(1)]), "in.ndjson"), "--out", tmp_path / "uit")
    assert done.returncode == 3 and code in done.stderr and not (tmp_path / "uit").exists()


def test_previous_contracts_that_are_bad_inside(batch, write):
    """What is wrong with a contract of last year is the error of that provider alone, and says where."""
    broken = json.dumps(contract(2)).replace('"48.00"', '"veel"')
    path = write(lines_of([contract(3), broken, contract(1), contract(77)]), "oud.ndjson")
    good, bad, folder = batch([record(i) for i in range(1, 6)], "--previous", path, "--formats", "json,wijzigingen")
    assert [r["nummer"] for r in bad] == [2]
    assert any(m.get("regel") == 2 and m.get("bestand", "").endswith("oud.ndjson") for m in bad[0]["meldingen"]), bad
    assert {p.name for p in folder.glob("0*/*.wijzigingen.txt")} == {"K-0001.wijzigingen.txt", "K-0003.wijzigingen.txt"}


def test_previous_contracts_of_a_hundred_megabytes(nvb, policy, write, tmp_path):
    path = tmp_path / "oud.ndjson"
    with open(path, "w") as f:
        for i in range(1, 1001):
            f.write(json.dumps(contract(i) | {"toelichting": "x" * 100_000}) + "\n")
    done = nvb("batch", "--policy", policy, "--previous", path, write(lines_of([record(i) for i in (5, 999, 5000)]), "in.ndjson"), "--ndjson", tmp_path / "a")
    assert done.returncode in (0, 1), done.stderr
    assert len(rows(tmp_path / "a")) + len(rows(tmp_path / "a.fouten.ndjson")) == 3
    path.unlink()


# --- tables ---


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return Run(tmp_path_factory.mktemp("tabellen"), 12, 3, spoil=False)


def table(nvb, run, tmp_path, providers=None, lines=None, *more):
    files = []
    for name, data, own in (("a.csv", providers, run.providers), ("p.csv", lines, run.lines)):
        path = tmp_path / name
        path.write_bytes(own.read_bytes() if data is None else data)
        files.append(path)
    done = nvb("batch", "--policy", run.policy, "--providers", files[0], "--lines", files[1], "--out", tmp_path / "uit", *more)
    if done.returncode > 1:
        return done, [], []
    return done, rows(tmp_path / "uit/overzicht.ndjson"), rows(tmp_path / "uit/fouten.ndjson")


def test_a_table_in_the_other_notation(nvb, run, tmp_path):
    done, good, bad = table(nvb, run, tmp_path, None, None, "--csv", "intl")
    assert done.returncode == 3 or (done.returncode == 1 and not good)


def test_zeros_that_were_dropped(nvb, run, tmp_path):
    heads = run.providers.read_bytes().splitlines(keepends=True)
    heads[1] = heads[1].lstrip(b"0")
    done, good, bad = table(nvb, run, tmp_path, b"".join(heads))
    assert done.returncode == 1 and len(good) == 11 and "E163" in codes(bad)


def test_rows_twice(nvb, run, tmp_path):
    heads, lines = (p.read_bytes().splitlines(keepends=True) for p in (run.providers, run.lines))
    done, good, bad = table(nvb, run, tmp_path, b"".join(heads + [heads[2]]))
    assert done.returncode == 1 and len(good) == 11 and codes(bad).count("E164") == 2
    shutil.rmtree(tmp_path / "uit")
    done, good, bad = table(nvb, run, tmp_path, None, b"".join(lines + [lines[1]]))
    assert done.returncode == 1 and len(good) == 11 and len(bad) == 1


@pytest.mark.parametrize("later", [False, True], ids=["alone", "one later"])
def test_a_quote_that_is_never_closed(nvb, run, tmp_path, later):
    """It spoils what stands up to the next quote, and nothing of that is lost."""
    heads = run.providers.read_bytes().splitlines(keepends=True)
    for at, name in ((3, b'"nooit dicht'), (6, b'"Praktijk ""Zuid"""')):
        cells = heads[at].split(b";")
        cells[1] = name if at == 3 or later else cells[1]
        heads[at] = b";".join(cells)
    done, good, bad = table(nvb, run, tmp_path, b"".join(heads))
    assert done.returncode == 1 and bad and len(good) >= 8
    told = "".join(r["invoer"] for r in bad)
    known = [r["agb"] for r in good]
    assert [line for line in heads[1:] if line[:8].decode() not in known and line.decode().strip() not in told] == []


def test_formulas_are_text(nvb, run, tmp_path):
    heads = run.providers.read_bytes().splitlines(keepends=True)
    cells = heads[1].split(b";")
    cells[1] = b"=HYPERLINK(A1)"
    heads[1] = b";".join(cells)
    done, good, bad = table(nvb, run, tmp_path, b"".join(heads))
    assert done.returncode == 0 and len(good) == 12
    assert "=HYPERLINK(A1)" in next((tmp_path / "uit").glob("0*/*.json")).read_text() or any("HYPERLINK" in p.read_text() for p in (tmp_path / "uit").glob("0*/*.json"))


def test_tables_that_are_pipes_or_empty(nvb, run, tmp_path):
    done, _, _ = table(nvb, run, tmp_path, b"")
    assert done.returncode == 3
    head = run.lines.read_bytes().splitlines(keepends=True)[0]
    done, good, bad = table(nvb, run, tmp_path, None, head)
    assert done.returncode == 1 and not good and len(bad) == 12 or done.returncode == 3
    os.mkfifo(tmp_path / "pijp")
    done = nvb("batch", "--policy", run.policy, "--providers", run.providers, "--lines", "/dev/null", "--out", tmp_path / "uit2")
    assert done.returncode in (3, 4) and not (tmp_path / "uit2").exists()


@pytest.mark.plain
def test_a_million_and_a_half_rows_nobody_asked_for(nvb, run, tmp_path):
    """The rows of lines lean on no memory: all those without a provider are told, and the others are explained."""
    n = int(os.environ.get("NVB_ROWS", "150000"))
    own = run.lines.read_bytes()
    width = own.splitlines()[0].count(b";")
    path = tmp_path / "p.csv"
    with open(path, "wb") as f:
        f.write(own)
        for i in range(n):
            f.write(b"%08d;10001;%d" % (90000000 + i % 5000, i) + b";" * (width - 2) + b"\n")
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))
    done = nvb("batch", "--policy", run.policy, "--providers", run.providers, "--lines", path, "--ndjson", tmp_path / "a", preexec_fn=limit)
    assert done.returncode == 1, done.stderr
    assert len(rows(tmp_path / "a")) == 12 and len(rows(tmp_path / "a.fouten.ndjson")) == 5000
    path.unlink()


# --- memory ---


def peak(binary, arguments, tmp_path):
    """Peak memory of a run, in KiB, measured from a process of its own."""
    script = (
        "import resource, subprocess, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))\n"
        "end = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
        "print(end, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, binary, *map(str, arguments)], capture_output=True, text=True, check=True)
    return tuple(map(int, done.stdout.split()))


@pytest.mark.plain
def test_memory_does_not_grow_with_the_number(binary, tmp_path):
    """At most 64 MiB whatever the number of documents of up to 500 lines, on two workers."""
    few, many = int(os.environ.get("NVB_FEW", "20")), int(os.environ.get("NVB_MANY", "200"))
    told = {}
    for n in (few, many):
        run = Run(empty(tmp_path / str(n)), n, 500, spoil=False)
        for kind in ("ndjson", "csv previous"):
            end, kib = peak(binary, ["batch", *run.given(kind), "--ndjson", tmp_path / "uit.ndjson", "--jobs", 2], tmp_path)
            assert end in (0, 1)
            told[n, kind] = kib
            for path in tmp_path.glob("uit.ndjson*"):
                path.unlink()
        shutil.rmtree(tmp_path / str(n))
    print(told)
    assert all(kib <= 64 << 10 for (_, kind), kib in told.items() if kind == "ndjson"), told
    for kind in ("ndjson", "csv previous"):
        assert told[many, kind] <= told[few, kind] * 1.15 + 4096, told
