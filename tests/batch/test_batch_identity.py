"""`batch` is `explain`, `check` and `diff`, document by document: on random documents over the whole model and on the samples, however they are given, worked out and put together."""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from batch_set import Run, rows, tree
from conftest import ROOT

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
import generate  # noqa: E402
import pairs  # noqa: E402

RUNS = int(os.environ.get("NVB_IDENTITY", "24"))
ENDINGS = {".txt": ("explain", "text"), ".json": ("explain", "json"), ".toetsen.txt": ("check", "text"), ".toetsen.json": ("check", "json"),
           ".wijzigingen.txt": ("diff", "text"), ".wijzigingen.json": ("diff", "json")}  # fmt: skip
ALL = "text,json,toetsen,toetsen-json"


def one_line(text):
    """The same document on a line of its own: no text of JSON holds a real newline."""
    return text.replace("\r", " ").replace("\n", " ")


def batch(nvb, folder, records, *more):
    source = folder / "in.ndjson"
    source.write_text("".join(r + "\n" for r in records), encoding="utf-8")
    done = nvb("batch", source, "--out", folder / "uit", *more)
    assert done.returncode in (0, 1), done.stderr
    out = folder / "uit"
    good, bad = rows(out / "overzicht.ndjson"), rows(out / "fouten.ndjson")
    assert sorted(r["nummer"] for r in good + bad) == list(range(1, len(records) + 1))
    return out, {r["nummer"]: r for r in good}, {r["nummer"]: r for r in bad}


def codes_of(stderr):
    return sorted(re.findall(r"\b(E\d{3})\b:", stderr))


def is_each_document(nvb, out, good, bad, i, command, document, old=None):
    """command(arguments) -> done; what batch wrote of record i is what each command says of it."""
    if i in good:
        for file in good[i]["bestanden"]:
            ending = max((e for e in ENDINGS if file["naam"].endswith(e)), key=len)
            verb, form = ENDINGS[ending]
            arguments = [old, document] if verb == "diff" else [document] + (["--previous", old] if old else [])
            told = command(verb, *arguments, "--format", form)
            assert (out / file["naam"]).read_bytes() == told.stdout.encode(), (i, ending, told.stderr)
            assert told.returncode in (0, 1)
    else:
        told = command("explain", document, *(["--previous", old] if old else []), "--format", "json")
        assert told.returncode in (1, 3) and told.stdout == "", (i, bad[i]["meldingen"])
        said = sorted(m["code"] for m in bad[i]["meldingen"] if m["ernst"] != "waarschuwing")
        assert set(codes_of(told.stderr)) >= set(said) and said, (said, told.stderr)


def distinct(i, document):
    document["kenmerk"] = f"{document.get('kenmerk', '')} #{i}"


def test_random_documents(nvb, rng, tmp_path):
    records, names = [], []
    for i in range(RUNS):
        case = generate.make(random.Random(f"{rng.random()}:{i}"))
        if case.policy is not None:
            case.policy["kenmerk"] = case.document["beleid"] = f"P{i}"
            (tmp_path / f"p{i}.json").write_text(case.policy_text(), encoding="utf-8")
        distinct(i, case.document)
        if rng.random() < 0.15:
            case.document.pop(rng.choice(list(case.document)))
        records.append((one_line(case.text()), case.policy is not None))
    for with_policy in (False, True):
        own = [(i, text) for i, (text, has) in enumerate(records) if has == with_policy]
        if not own:
            continue
        folder = tmp_path / str(with_policy)
        folder.mkdir()
        extra = [a for i, _ in own for a in ("--policy", tmp_path / f"p{i}.json") if with_policy]
        out, good, bad = batch(nvb, folder, [text for _, text in own], *extra, "--formats", ALL)
        for n, (i, text) in enumerate(own, 1):
            path = folder / "een.json"
            path.write_text(text, encoding="utf-8")
            one = extra if bad.get(n) else [a for a in (["--policy", tmp_path / f"p{i}.json"] if with_policy else [])]
            is_each_document(nvb, out, good, bad, n, lambda *a: nvb(*a, *one), path)


def test_random_pairs(nvb, rng, tmp_path):
    new, old = [], []
    i = 0
    while len(new) < RUNS // 2:
        i += 1
        pair = pairs.make(random.Random(f"{rng.random()}:{i}"))
        if pair.rows is not None:
            continue
        agb = f"{4000000 + i:08}"
        for document in (pair.old, pair.new):
            document.setdefault("zorgaanbieder", {"naam": "X"})["agb"] = agb
        distinct(i, pair.new)
        new.append(one_line(pair.new_text()))
        old.append(one_line(pair.old_text()))
    shuffled = old[:]
    rng.shuffle(shuffled)
    (tmp_path / "oud.ndjson").write_text("".join(o + "\n" for o in shuffled), encoding="utf-8")
    out, good, bad = batch(nvb, tmp_path, new, "--previous", tmp_path / "oud.ndjson", "--formats", ALL + ",wijzigingen,wijzigingen-json", "--attributie", "midden")
    for n, (a, b) in enumerate(zip(old, new), 1):
        (tmp_path / "a.json").write_text(a, encoding="utf-8")
        (tmp_path / "b.json").write_text(b, encoding="utf-8")
        is_each_document(nvb, out, good, bad, n, lambda *c: nvb(*c, "--attributie", "midden"), tmp_path / "b.json", tmp_path / "a.json")
    print(len(good), "good", len(bad), "bad")


SAMPLES = sorted(p.parent for p in (ROOT / "samples").glob("*/voorstel.json"))


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_samples(nvb, tmp_path, sample, lang):
    policy = ["--policy", sample / "beleid.json"] if (sample / "beleid.json").exists() else []
    documents = [sample / "voorstel.json", *sorted(sample.glob("contract-*.json"))]
    own = [d for d in documents if not policy or "beleid" in json.loads(d.read_text(encoding="utf-8"))]
    options = [*policy, "--draft", "--lang", lang]
    out, good, bad = batch(nvb, tmp_path, [one_line(d.read_text(encoding="utf-8")) for d in own], *options, "--formats", ALL)
    for n, document in enumerate(own, 1):
        (tmp_path / "een.json").write_text(one_line(document.read_text(encoding="utf-8")), encoding="utf-8")
        command = lambda verb, *a: nvb(verb, *a, *[o for o in options if verb == "explain" or o != "--draft"])
        is_each_document(nvb, out, good, bad, n, command, tmp_path / "een.json")


# --- however it is given ---


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return Run(tmp_path_factory.mktemp("run"), 120, 6)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return Run(tmp_path_factory.mktemp("schoon"), 50, 6, spoil=False)


@pytest.mark.parametrize("kind", ["ndjson", "csv previous", "ndjson previous"])
@pytest.mark.parametrize("target", ["--out", "--ndjson"])
def test_jobs_change_no_byte(nvb, run, tmp_path, kind, target):
    told = []
    for jobs in (1, 2, 3, 4, 17):
        done = nvb("batch", *run.given(kind), target, tmp_path / "uit", "--jobs", jobs, "--summary", tmp_path / "som")
        told.append((done.returncode, done.stdout, done.stderr, {k: v for k, v in tree(tmp_path).items()}))
        subprocess.run(["rm", "-r", *tmp_path.glob("*")], check=True)
    assert all(t == told[0] for t in told[1:])
    assert len(told[0][3]) > 3


def test_lines_and_tables_are_one(nvb, clean, tmp_path):
    """NDJSON and two tables, a file and a pipe, with and without a carriage return."""
    told = []
    text = clean.input.read_bytes()
    (tmp_path / "cr.ndjson").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n\r\n"))
    for name, arguments, stdin in (
        ("a", clean.given("ndjson previous"), None), ("b", clean.given("csv previous"), None),
        ("c", ["--policy", clean.policy, "--previous", clean.previous, tmp_path / "cr.ndjson"], None),
        ("d", ["--policy", clean.policy, "--previous", clean.previous, "-"], text),
    ):
        done = nvb("batch", *arguments, "--out", tmp_path / name, "--formats", "text,json,wijzigingen,wijzigingen-json,toetsen,toetsen-json", **({"input": stdin} if stdin else {}))
        assert done.returncode == 0, done.stderr
        told.append({k: v for k, v in tree(tmp_path / name).items() if "voortgang" not in k})
    for other in told[1:]:
        assert sorted(other) == sorted(told[0])
        assert [k for k in other if other[k] != told[0][k]] == []


@pytest.mark.parametrize("parts", [1, 4, 7])
def test_parts_put_together_are_the_whole(nvb, run, tmp_path, parts):
    """`split -n l/N` and `cat`: the run is a filter."""
    whole = tmp_path / "heel"
    assert nvb("batch", *run.given("ndjson previous"), "--ndjson", whole).returncode == 1
    subprocess.run(["split", "-n", f"l/{parts}", "-d", run.input, tmp_path / "deel-"], check=True)
    results, bad, good = b"", [], 0
    for part in sorted(tmp_path.glob("deel-??")):
        done = nvb("batch", "--policy", run.policy, "--previous", run.previous, part, "--ndjson", "-", "--errors", f"{part}.fout", input=b"")
        assert done.returncode in (0, 1), done.stderr
        results += done.stdout
        bad += rows(f"{part}.fout")
    assert results == whole.read_bytes()
    assert [r.get("invoer", r.get("invoer_base64")) for r in bad] == [r.get("invoer", r.get("invoer_base64")) for r in rows(f"{whole}.fouten.ndjson")]
    assert len(results.splitlines()) + len(bad) == run.n


def test_order_and_counts(nvb, run, tmp_path):
    done = nvb("batch", *run.given("ndjson"), "--ndjson", tmp_path / "a", "--jobs", 4, "--summary", tmp_path / "som")
    assert done.returncode == 1
    good, bad = rows(tmp_path / "a.overzicht.ndjson"), rows(tmp_path / "a.fouten.ndjson")
    assert {r["nummer"] for r in bad} == run.bad
    assert [r["nummer"] for r in good] == [n for n in range(1, run.n + 1) if n not in run.bad]
    assert [r["nummer"] for r in bad] == sorted(run.bad)
    results = rows(tmp_path / "a")
    assert [r["voorstel"]["zorgaanbieder"]["agb"] for r in results] == [r["agb"] for r in good]
    summary = json.loads((tmp_path / "som").read_text())
    assert (summary["in"], summary["uit"], summary["fouten"]) == (run.n, len(good), len(bad))


def test_what_was_wrong_can_be_given_again(nvb, run, tmp_path):
    """The errors hold the input as it stood: mended and given again, nothing is left."""
    import base64

    assert nvb("batch", *run.given("ndjson"), "--ndjson", tmp_path / "a").returncode == 1
    lines = run.input.read_bytes().split(b"\n")
    for r in rows(tmp_path / "a.fouten.ndjson"):
        kept = base64.b64decode(r["invoer_base64"]) if "invoer_base64" in r else r["invoer"].encode()
        assert kept == lines[r["regel"] - 1]


def test_other_words_same_figures(nvb, run, tmp_path):
    """--mpfr-only works the same sums out another way."""
    a, b = tmp_path / "a", tmp_path / "b"
    nvb("batch", *run.given("ndjson previous"), "--ndjson", a)
    done = nvb("batch", *run.given("ndjson previous"), "--ndjson", b, "--mpfr-only")
    if done.returncode == 2:
        pytest.skip("no such option")
    assert a.read_bytes() == b.read_bytes()
