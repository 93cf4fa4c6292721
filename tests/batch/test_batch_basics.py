"""`batch` from outside: the bytes of `explain`, in order, whatever --jobs; nothing lost; and going on after any end."""

import copy
import filecmp
import json
import os
import random
import shutil
import signal
import subprocess
import time

import pytest

from conftest import SMALL

POLICY = {k: v for k, v in SMALL.items() if k not in ("zorgaanbieder", "prestaties")} | {
    "kenmerk": "BELEID-2026",
    "catalogus": {"A1": {"omschrijving": "Zitting", "eenheid": "zitting"}, "A2": {"omschrijving": "Intake", "eenheid": "zitting"}},
}
FORMS = {
    "text": ("explain", ".txt"), "json": ("explain", ".json"), "toetsen": ("check", ".toetsen.txt"), "toetsen-json": ("check", ".toetsen.json"),
    "wijzigingen": ("diff", ".wijzigingen.txt"), "wijzigingen-json": ("diff", ".wijzigingen.json"),
}

KILLS = int(os.environ.get("NVB_KILLS", "12"))


def record(i, lines=2):
    return {
        "formaat": "navolgbaar/voorstel/1", "beleid": "BELEID-2026", "kenmerk": f"K-{i:04}",
        "zorgaanbieder": {"naam": f"Praktijk {i}", "agb": f"{4000000 + i:08}"},
        "prestaties": [
            {"code": f"A{n + 1}", "basis": {"soort": "vorig_contract", "bedrag": f"{50 + i % 97}.{n % 100:02}", "jaar": 2025, "bron": "b"}, "volume": {"aantal": str(i + n + 1)}}
            | ({} if n < 2 else {"omschrijving": f"Regel {n}", "eenheid": "zitting"})
            for n in range(lines)
        ],
    }


def contract(i):
    return {
        "formaat": "navolgbaar/voorstel/1", "soort": "contract", "kenmerk": f"OUD-{i:04}", "datum": "2024-11-12", "contractjaar": 2025,
        "zorgverzekeraar": SMALL["zorgverzekeraar"], "zorgaanbieder": {"naam": f"Praktijk {i}", "agb": f"{4000000 + i:08}"},
        "prestaties": [{"code": "A1", "omschrijving": "Zitting", "eenheid": "zitting", "tarief": "48.00", "volume": {"aantal": "12"}}],
    }


def lines_of(documents):
    return "".join((d if isinstance(d, str) else json.dumps(d)) + "\n" for d in documents)


@pytest.fixture
def policy(write):
    return write(POLICY, "beleid.json")


@pytest.fixture
def source(write, policy):
    """An input of good and bad records, and what is wrong with which."""
    documents = [record(i) for i in range(1, 41)]
    documents[4] = "{nee"
    documents[9]["prestaties"][0]["basis"]["bedrag"] = "veel"
    documents[19] = copy.deepcopy(SMALL) | {"kenmerk": "GAT"}
    del documents[19]["stappen"][1]["reden"]
    documents[29]["beleid"] = "ANDERS"
    return write(lines_of(documents), "in.ndjson"), documents, {5, 10, 20, 30}


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_form_has_the_bytes_of_its_own_command(nvb, policy, write, tmp_path):
    documents = [record(i) for i in range(1, 8)]
    previous = [contract(i) for i in range(1, 7)]
    out = tmp_path / "uit"
    done = nvb("batch", "--policy", policy, "--previous", write(lines_of(previous), "oud.ndjson"), write(lines_of(documents), "in.ndjson"),
               "--out", out, "--formats", ",".join(FORMS))
    assert done.returncode == 0 and done.stderr == "", done.stderr
    for i, document in enumerate(documents, 1):
        new = write(document, "nieuw.json")
        old = write(previous[i - 1], "oud.json") if i < 7 else None
        for form, (command, ending) in FORMS.items():
            path = out / "00001-01000" / f"K-{i:04}{ending}"
            arguments = ["--policy", policy, "--format", "json" if form.endswith("json") else "text"]
            if command == "diff":
                if not old:
                    assert not path.exists()
                    continue
                arguments += [old, new]
            else:
                arguments += [new] + (["--previous", old] if old else [])
            assert path.read_text(encoding="utf-8") == nvb(command, *arguments).stdout, (i, form)


@pytest.mark.parametrize("form", ["json", "toetsen-json"])
def test_ndjson_has_a_line_per_good_document_in_order(nvb, policy, source, write, tmp_path, form):
    path, documents, bad = source
    errors = tmp_path / "fout"
    done = nvb("batch", "--policy", policy, path, "--ndjson", "-", "--formats", form, "--errors", errors, "--jobs", 3)
    assert done.returncode == 1
    good = [d for i, d in enumerate(documents, 1) if i not in bad]
    lines = done.stdout.splitlines(keepends=True)
    assert len(lines) == len(good)
    for line, document in list(zip(lines, good))[::7]:
        extra = ["--policy", policy] if "beleid" in document else []
        assert line == nvb(FORMS[form][0], write(document), *extra, "--format", "json").stdout
    assert "40 documenten" in done.stderr  # the summary, beside the results


def test_bytes_do_not_depend_on_jobs(nvb, policy, source, tmp_path):
    path, _, _ = source
    told = set()
    for jobs in (1, 2, 3, 4, 64):
        out = tmp_path / "uit"
        done = nvb("batch", "--policy", policy, path, "--out", out, "--jobs", jobs, "--summary", tmp_path / "som.json")
        assert done.returncode == 1
        told.add((done.stdout, done.stderr, json.dumps({k: v.decode() for k, v in tree(out).items()}), (tmp_path / "som.json").read_text()))
        shutil.rmtree(out)
    assert len(told) == 1


def test_a_bad_document_goes_to_the_errors_as_it_was(nvb, policy, source, tmp_path):
    path, documents, bad = source
    out = tmp_path / "uit"
    assert nvb("batch", "--policy", policy, path, "--out", out).returncode == 1
    errors = rows(out / "fouten.ndjson")
    assert {e["nummer"] for e in errors} == bad and {e["regel"] for e in errors} == bad
    raw = path.read_text(encoding="utf-8").splitlines()
    for e in errors:
        assert e["invoer"] == raw[e["nummer"] - 1]
        assert e["meldingen"] and all(m["code"].startswith("E") for m in e["meldingen"])
    by_number = {e["nummer"]: e for e in errors}
    assert by_number[10]["kenmerk"] == "K-0010" and by_number[10]["agb"] == "04000010"
    assert any(m.get("regel") == 10 for m in by_number[10]["meldingen"])
    overview = rows(out / "overzicht.ndjson")
    assert [o["nummer"] for o in overview] == [i for i in range(1, 41) if i not in bad]
    assert not list(out.rglob("*.tmp"))


def test_empty_lines_bom_and_cr_count_for_nothing(nvb, policy, tmp_path):
    text = "\ufeff" + "\r\n\r\n  \n".join(json.dumps(record(i)) for i in (1, 2)) + "\r\n"
    path = tmp_path / "in.ndjson"
    path.write_bytes(text.encode())
    out = tmp_path / "uit"
    assert nvb("batch", "--policy", policy, path, "--out", out).returncode == 0
    assert len(rows(out / "overzicht.ndjson")) == 2


def test_two_of_one_name_are_both_errors(nvb, policy, write, tmp_path):
    documents = [record(1), record(2), record(3)]
    documents[2]["kenmerk"] = "k-0001"
    out = tmp_path / "uit"
    assert nvb("batch", "--policy", policy, write(lines_of(documents), "in.ndjson"), "--out", out).returncode == 1
    assert [e["nummer"] for e in rows(out / "fouten.ndjson")] == [1, 3]
    assert len(list((out / "00001-01000").iterdir())) == 2


def test_standard_input(nvb, policy, source, tmp_path):
    path, _, _ = source
    a, b = tmp_path / "a", tmp_path / "b"
    assert nvb("batch", "--policy", policy, path, "--out", a).returncode == 1
    assert nvb("batch", "--policy", policy, "-", "--out", b, input=path.read_text()).returncode == 1
    assert (a / "overzicht.ndjson").read_bytes() == (b / "overzicht.ndjson").read_bytes()


# --- usage ---

USAGE = [
    (["{in}"], "E808"), ([], "E808"), (["{in}", "--out", "{new}", "--ndjson", "-"], "E822"), (["{in}", "--ndjson", "-"], "E828"),
    (["{in}", "--out", "{new}", "--formats", "text,pdf"], "E805"), (["{in}", "--ndjson", "{new}", "--formats", "text"], "E825"),
    (["{in}", "--ndjson", "{new}", "--formats", "json,toetsen-json"], "E825"), (["{in}", "--out", "{new}", "--formats", "wijzigingen"], "E817"),
    (["{in}", "--out", "{new}", "--any-party"], "E817"), (["{in}", "--out", "{new}", "--csv", "nl"], "E817"),
    (["{in}", "--out", "{new}", "--jobs", "65"], "E806"), (["{in}", "--out", "{new}", "--providers", "p.csv", "--lines", "l.csv"], "E822"),
    (["--out", "{new}", "--providers", "p.csv"], "E817"), (["--out", "{new}", "--providers", "p.csv", "--lines", "l.csv"], "E826"),
    (["-", "--out", "{new}", "--policy", "-"], "E814"), (["{in}", "--out", "{new}", "--summary", "{in}"], "E819"),
    (["{in}", "--ndjson", "{new}", "--errors", "{new}"], "E829"), (["{in}", "--out", "{new}", "--errors", "/dev/null"], "E824"),
    (["{in}", "--ndjson", "-", "--errors", "{new}", "--resume"], "E822"), (["{in}", "--out", "{in}"], "E835"), (["{in}", "--out", "{new}", "--errors", "-"], "E824"),
    (["{in}", "--ndjson", "{new}", "--summary", "{new}"], "E829"), (["{in}", "--ndjson", "{new}", "--summary", "{new}.overzicht.ndjson"], "E829"),
    (["{in}", "--ndjson", "{new}", "--summary", "{new}.voortgang.json"], "E829"), (["{in}", "--ndjson", "{new}", "--errors", "{new}.voortgang.json"], "E829"),
    (["{in}", "--out", "{new}", "--summary", "{new}/overzicht.ndjson"], "E829"), (["{in}", "--out", "{new}", "--errors", "{new}/.navolgbaar/voortgang.json"], "E829"),
]


@pytest.mark.parametrize("arguments,code", USAGE, ids=lambda v: v if isinstance(v, str) else " ".join(v))
def test_what_does_not_go_together(nvb, source, tmp_path, arguments, code):
    done = nvb("batch", *[a.replace("{in}", str(source[0])).replace("{new}", str(tmp_path / "nieuw")) for a in arguments])
    assert done.returncode == 2 and code in done.stderr, done.stderr
    assert done.stdout == "" and not (tmp_path / "nieuw" / "overzicht.ndjson").exists()


def test_what_exists_is_not_written_over(nvb, policy, source, tmp_path):
    path, _, _ = source
    out = tmp_path / "uit"
    out.mkdir()
    (out / "brief.txt").write_text("van mij")
    done = nvb("batch", "--policy", policy, path, "--out", out)
    assert done.returncode == 2 and "E823" in done.stderr and "--resume" in done.stderr
    done = nvb("batch", "--policy", policy, path, "--out", out, "--resume")
    assert done.returncode == 4 and "E711" in done.stderr
    assert tree(out) == {"brief.txt": b"van mij"}
    done = nvb("batch", "--policy", policy, path, "--ndjson", out / "brief.txt")
    assert done.returncode == 2 and "E823" in done.stderr
    for target in (["--out", tmp_path / "run"], ["--ndjson", tmp_path / "run.ndjson"]):
        assert nvb("batch", "--policy", policy, path, *target).returncode == 1
        done = nvb("batch", "--policy", policy, path, *target)
        assert done.returncode == 2 and "E823" in done.stderr and "ga verder met --resume" in done.stderr


def test_killed_before_the_first_checkpoint(nvb, policy, source, tmp_path):
    for extra in ([], ["--resume"]):
        out = tmp_path / "uit"
        (out / ".navolgbaar").mkdir(parents=True)
        (out / "overzicht.ndjson").touch()
        assert nvb("batch", "--policy", policy, source[0], "--out", out, *extra).returncode == 1
        shutil.rmtree(out)


# --- going on ---


def big(write, n=600, lines=30):
    return write(lines_of(record(i, lines) for i in range(1, n + 1)), "veel.ndjson")


@pytest.mark.parametrize("target", ["--out", "--ndjson"])
def test_killed_at_any_moment_and_resumed(nvb, binary, policy, write, tmp_path, target, rng):
    path = big(write, 300)
    reference, folder = tmp_path / "a", tmp_path / "b"
    reference.mkdir()
    begin = time.monotonic()
    whole = nvb("batch", "--policy", policy, path, target, reference / "uit")
    took = time.monotonic() - begin
    assert whole.returncode == 0
    for _ in range(max(1, KILLS // 6)):
        folder.mkdir()
        command = [binary, "batch", "--policy", str(policy), str(path), target, str(folder / "uit"), "--resume", "--jobs", "2"]
        for _ in range(2):
            run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0, took))
            run.kill()
            run.wait()
        done = nvb(*command[1:])
        assert done.returncode == 0, done.stderr
        assert tree(folder) == {k: v for k, v in tree(reference).items()}
        assert done.stdout.replace(str(folder), str(reference)) .split()[-20:] == whole.stdout.split()[-20:]
        shutil.rmtree(folder)


def test_asked_to_stop_it_says_how_to_go_on(nvb, binary, policy, write, tmp_path):
    path = big(write, 1000)
    out = tmp_path / "uit"
    run = subprocess.Popen([binary, "batch", "--policy", str(policy), str(path), "--out", str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    while not (out / "00001-01000").exists():
        time.sleep(0.01)
    run.send_signal(signal.SIGTERM)
    stdout, stderr = run.communicate(timeout=60)
    assert run.returncode == 4 and stdout == "" and "E708" in stderr
    assert "batch --resume --policy" in " ".join(stderr.replace("|", " ").split())
    state = json.loads((out / ".navolgbaar/voortgang.json").read_text())
    assert 0 < state["nummer"] < 1000 and state["klaar"] is False
    assert len(list((out / "00001-01000").iterdir())) == 2 * state["nummer"]
    assert nvb("batch", "--resume", "--policy", policy, path, "--out", out).returncode == 0
    assert len(rows(out / "overzicht.ndjson")) == 1000


@pytest.fixture
def stopped(nvb, policy, source, tmp_path):
    path, _, _ = source
    out = tmp_path / "uit"
    assert nvb("batch", "--policy", policy, path, "--out", out).returncode == 1
    return out, ["batch", "--policy", policy, path, "--out", out, "--resume"]


def test_a_finished_run_is_left_alone(nvb, stopped):
    out, command = stopped
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in out.rglob("*")}
    done = nvb(*command)
    assert done.returncode == 1 and "al klaar" in done.stderr
    assert before == {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in out.rglob("*")}


def shorten(path):
    path.write_bytes(path.read_bytes()[:-5])


def change(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


TAMPER = [
    ("overzicht.ndjson", shorten, "E709"), ("overzicht.ndjson", change, "E709"), ("fouten.ndjson", change, "E709"), ("fouten.ndjson", lambda p: p.unlink(), "E709"),
    ("00001-01000/K-0001.json", change, "E709"), ("00001-01000/K-0002.txt", lambda p: p.unlink(), "E709"), ("00001-01000/K-0003.txt", shorten, "E709"),
    (".navolgbaar/voortgang.json", shorten, "E710"), ("../in.ndjson", change, "E722"), ("../in.ndjson", shorten, "E722"),
    ("../beleid.json", lambda p: p.write_bytes(p.read_bytes() + b" "), "E712"),
]


@pytest.mark.parametrize("name,how,code", TAMPER, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(TAMPER)])
def test_what_is_not_as_it_was_is_refused_untouched(nvb, stopped, name, how, code):
    out, command = stopped
    how(out / name)
    before = tree(out)
    done = nvb(*command)
    assert done.returncode == 4 and code in done.stderr, done.stderr
    assert tree(out) == before


def test_other_options_are_refused(nvb, stopped):
    _, command = stopped
    done = nvb(*command, "--draft")
    assert done.returncode == 4 and "E712" in done.stderr


# --- ends that are nobody's wish ---


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk(nvb, policy, source, tmp_path):
    done = nvb("batch", "--policy", policy, source[0], "--ndjson", "/dev/full", "--errors", tmp_path / "fout")
    assert done.returncode == 4 and "schijf is vol" in done.stderr


def test_a_reader_that_leaves(binary, policy, write, tmp_path):
    path = big(write)
    run = subprocess.Popen([binary, "batch", "--policy", str(policy), str(path), "--ndjson", "-", "--errors", str(tmp_path / "fout")],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run.stdout.read(1000)
    run.stdout.close()
    stderr = run.stderr.read().decode()
    assert run.wait(timeout=60) == 4 and "E707" in stderr


def test_progress_is_for_who_asks(nvb, policy, source, tmp_path):
    done = nvb("batch", "--policy", policy, source[0], "--out", tmp_path / "a")
    assert done.stderr == ""
    done = nvb("batch", "--policy", policy, source[0], "--out", tmp_path / "b", "--progress", "always")
    assert "40 van circa" in done.stderr and "4 fouten" in done.stderr and "\r" not in done.stderr
