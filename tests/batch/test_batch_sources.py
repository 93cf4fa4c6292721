"""Where records come from: two tables (CSV) say the same as lines of JSON, wherever the run stops; standard input; contracts of last year."""

import json
import os
import random
import subprocess
import time

import pytest

from conftest import ROOT, SMALL

AGBS = ["01234567", "04999902", "12345678", "99999999", "00000001"]


def policy():
    base = json.loads(json.dumps(SMALL))
    base["kenmerk"] = "BELEID-26"
    for key in ("zorgaanbieder", "prestaties"):
        del base[key]
    line = {"basis": SMALL["prestaties"][0]["basis"], "omschrijving": "Consult"}
    base["catalogus"] = {f"A{i}": json.loads(json.dumps(line)) for i in range(1, 6)}
    base["stappen"][1]["voorwaarde"] = {"omschrijving": "keurmerk", "kenmerk": "keurmerk", "is": "ja"}
    base["kenmerken"] = {"keurmerk": {"waarde": "nee"}}
    return base


def providers():
    """Records, and what they are as rows."""
    rng = random.Random(5)
    records, heads, lines = [], [], []
    for n, agb in enumerate(AGBS):
        record = {
            "formaat": "navolgbaar/voorstel/1",
            "beleid": "BELEID-26",
            "kenmerk": f"K{n}",
            "zorgaanbieder": {"naam": f'Praktijk "{n}"; Zuid', "agb": agb},
            "prestaties": [],
        }
        fact = ["ja", "nee", ""][n % 3]
        if fact:
            record["kenmerken"] = {"keurmerk": {"waarde": fact, "bron": "b"}}
        heads.append([agb, f'"Praktijk ""{n}""; Zuid"', f"K{n}", fact, "b" if fact else ""])
        for i in range(1, 1 + rng.randint(1, 5)):
            base, volume = f"{rng.randint(1, 200)}.{rng.randint(10, 99)}", str(rng.randint(1, 2000))
            record["prestaties"].append({"code": f"A{i}", "basis": {"bedrag": base}, "volume": {"aantal": volume}})
            lines.append([agb, f"A{i}", volume, base])
        records.append(record)
    return records, heads, lines


class Files:
    def __init__(self, folder, notation="nl", shuffled=False, more=()):
        self.folder = folder
        self.records, heads, lines = providers()
        sep, mark = (";", ",") if notation == "nl" else (",", ".")
        if shuffled:
            random.Random(1).shuffle(lines)
            order = {agb: i for i, agb in enumerate(AGBS)}
            codes = {agb: [row[1] for row in lines if row[0] == agb] for agb in order}
            for record in self.records:
                own = codes[record["zorgaanbieder"]["agb"]]
                record["prestaties"].sort(key=lambda line: own.index(line["code"]))
        cell = lambda text: text.replace(".", mark) if text.replace(".", "").isdigit() else text
        self.providers, self.lines, self.ndjson, self.policy = (folder / n for n in ("p.csv", "l.csv", "in.ndjson", "beleid.json"))
        head = ["agb", "naam", "kenmerk", "kenmerk.keurmerk", "kenmerk.keurmerk.bron"]
        if notation == "intl":
            heads = [[c if c.startswith('"') else c for c in row] for row in heads]
        self.providers.write_text("\n".join(sep.join(row) for row in [head, *heads]) + "\n")
        rows = [["agb", "code", "volume", "basis"], *lines, *more]
        self.lines.write_text("\n".join(sep.join(map(cell, row)) for row in rows) + "\n")
        self.ndjson.write_text("".join(json.dumps(r) + "\n" for r in self.records))
        self.policy.write_text(json.dumps(policy()))

    @property
    def tables(self):
        return ["--providers", self.providers, "--lines", self.lines, "--policy", self.policy]


@pytest.fixture
def files(tmp_path):
    return lambda *args, **named: Files(tmp_path, *args, **named)


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("notation", ["nl", "intl"])
@pytest.mark.parametrize("shuffled", [False, True])
def test_tables_say_what_the_same_lines_of_json_say(nvb, files, tmp_path, notation, shuffled):
    f = files(notation, shuffled)
    a, b = tmp_path / "a.ndjson", tmp_path / "b.ndjson"
    one = nvb("batch", *f.tables, "--ndjson", a)
    other = nvb("batch", "--policy", f.policy, f.ndjson, "--ndjson", b)
    assert (one.returncode, one.stderr) == (other.returncode, other.stderr) == (0, one.stderr)
    assert a.read_bytes() == b.read_bytes() and len(read(a)) == len(AGBS)


def test_explain_gives_the_bytes_of_batch(nvb, files, tmp_path):
    f = files()
    assert nvb("batch", *f.tables, "--out", tmp_path / "out").returncode == 0
    for n, agb in enumerate(AGBS):
        for form, ending in (("text", "txt"), ("json", "json")):
            told = nvb("explain", *f.tables, "--agb", agb, "--format", form)
            assert (told.returncode, told.stderr) == (0, "")
            assert told.stdout == (tmp_path / f"out/00001-01000/K{n}.{ending}").read_text(encoding="utf-8")


def test_explain_wants_to_know_which(nvb, files):
    f = files()
    told = nvb("explain", *f.tables)
    assert told.returncode == 2 and "E830" in told.stderr and "5 zorgaanbieders" in told.stderr
    told = nvb("explain", *f.tables, "--agb", "55555555")
    assert told.returncode == 2 and "E831" in told.stderr


def test_explain_takes_tables_or_a_document(nvb, files):
    f = files()
    for arguments, code in (
        ([*f.tables, f.ndjson], "E822"),
        (["--providers", f.providers], "E817"),
        (["--lines", f.lines, f.ndjson], "E817"),
        (["--agb", "01234567", f.ndjson], "E817"),
        ([*f.tables, "--agb", "01234567", "-o", f.lines], "E819"),
    ):
        told = nvb("explain", *arguments)
        assert told.returncode == 2 and code in told.stderr, told.stderr


def test_one_provider_needs_no_choosing(nvb, files):
    f = files()
    head, first = f.providers.read_text().splitlines()[:2]
    f.providers.write_text(f"{head}\n{first}\n")
    told = nvb("explain", *f.tables)
    assert told.returncode == 3 and "E165" in told.stderr  # nobody asked for the lines of the others
    rows = f.lines.read_text().splitlines()
    f.lines.write_text("\n".join([rows[0], *(r for r in rows if r.startswith(AGBS[0]))]))
    assert nvb("explain", *f.tables).returncode == 0


def test_a_problem_lies_in_its_cell(nvb, files, tmp_path):
    f = files(more=[["04999902", "A9", "1", "2.50"], ["04999902", "A8", "x", ""]])
    row = len(f.lines.read_text().splitlines())
    assert nvb("batch", *f.tables, "--out", tmp_path / "out").returncode == 1
    (bad,) = read(tmp_path / "out/fouten.ndjson")
    (said,) = bad["meldingen"]
    assert (bad["agb"] if "agb" in bad else AGBS[1], bad["regel"]) == ("04999902", 3)
    assert (said["code"], said["regel"], said["kolom"]) == ("E145", row, 13) and said["bestand"].endswith("l.csv")
    f.lines.write_text(f.lines.read_text().replace("A8;x;", "A1;1;"))
    told = nvb("explain", *f.tables, "--agb", "04999902")  # the code that is not in the policy
    assert told.returncode == 3 and f"l.csv:{row - 1}:" in told.stderr and f"{row - 1} | 04999902;A9;1;2,50" in told.stderr


def test_nothing_of_the_tables_is_lost(nvb, files, tmp_path):
    f = files(more=[["77777777", "A1", "1", "1"], ["1234567", "A1", "1", "1"], ["", "A2", "2", "2"], ["77777777", "A2", "1", "1"], ['0123"4567', "A1", "1", "1"]])
    with open(f.providers, "a") as out:
        out.write("12345678;Weer;K9;;\n")
    assert nvb("batch", *f.tables, "--out", tmp_path / "out").returncode == 1
    bad = read(tmp_path / "out/fouten.ndjson")
    codes = [[m["code"] for m in b["meldingen"]] for b in bad]
    assert codes[0] == ["E163"]  # a zero was lost: the row is of 01234567
    assert codes[1:3] == [["E164"], ["E164"]] or ["E164"] in codes
    good = read(tmp_path / "out/overzicht.ndjson")
    assert len(good) + len(bad) == 6 + 2 and len(good) == 3
    said = "".join(b["invoer"] for b in bad)
    for row in f.lines.read_text().splitlines()[-5:]:
        assert row in said


HOSTILE = ["=1+1", "+1", "@SUM(A1)", "-", '"a\nb"', '"', 'a"b', '"a"b', "\x00", "\x1b[2J", "\xff", "\ufeff", "9" * 5000, "x" * 1000000, '"' + "y" * 1000000 + '"', '"' + "z" * 200000, ";" * 2000]


@pytest.mark.parametrize("cell", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("where", ["code", "volume", "naam", "agb"])
def test_a_hostile_cell_spoils_one_provider(nvb, files, tmp_path, cell, where):
    f = files()
    path, column = (f.providers, {"agb": 0, "naam": 1}[where]) if where in ("naam", "agb") else (f.lines, {"code": 1, "volume": 2}[where])
    raw = cell.encode("latin-1") if cell == "\xff" else cell.encode()
    rows = path.read_bytes().split(b"\n")
    cells = rows[1].split(b";") if where != "naam" and where != "agb" else [b"01234567", b"N", b"K0", b"", b""]
    cells[column] = raw
    rows[1] = b";".join(cells)
    path.write_bytes(b"\n".join(rows))
    done = nvb("batch", *f.tables, "--out", tmp_path / "out")
    assert done.returncode in (0, 1), done.stderr
    good = [row["kenmerk"] for row in read(tmp_path / "out/overzicht.ndjson")]
    assert good[-4:] == ["K1", "K2", "K3", "K4"]
    assert done.returncode == 1 or len(good) == 5


@pytest.mark.parametrize("text, code", [("", "E138"), ("naam;agb\n", "E138"), ("code;agb;agb\n", "E139"), ("agb\tcode\n", "E151"), ("a\xe9;b\n", "E131")])
def test_a_header_that_will_not_do_ends_the_run(nvb, files, tmp_path, text, code):
    f = files()
    f.lines.write_bytes(text.encode("latin-1"))
    done = nvb("batch", *f.tables, "--out", tmp_path / "out")
    assert done.returncode == 3 and code in done.stderr and "l.csv" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_column_of_a_fact_the_policy_does_not_know_ends_the_run(nvb, files, tmp_path):
    """Otherwise a slip in its name would leave every provider what the policy says: no surcharge."""
    f = files()
    rows = f.providers.read_text()
    f.providers.write_text(rows.replace("kenmerk.keurmerk", "kenmerk.keurmekr"))
    for told in (nvb("batch", *f.tables, "--out", tmp_path / "out"), nvb("explain", *f.tables, "--agb", AGBS[0])):
        assert told.returncode == 3 and told.stderr.count("E168") == 1 and "p.csv:1:18" in told.stderr, told.stderr
        assert "bedoelt u 'kenmerk.keurmerk'?" in told.stderr
    assert not (tmp_path / "out").exists()
    f.providers.write_text(rows)
    rules = policy()  # a fact that a condition names needs no value in the policy
    rules["kenmerken"] = {"anders": {"waarde": "1"}}
    f.policy.write_text(json.dumps(rules))
    told = nvb("batch", *f.tables, "--out", tmp_path / "other")
    assert told.returncode == 1 and "E168" not in told.stderr, told.stderr


@pytest.mark.parametrize("notation, result", [("intl", 1), ("nl", 0)])
def test_between_commas_an_empty_cell_too_many_counts(nvb, files, tmp_path, notation, result):
    """1,50 is then two cells, and what came last may be empty; a spreadsheet pads with semicolons."""
    f = files(notation)
    sep = ";" if notation == "nl" else ","
    rows = f.lines.read_text().splitlines()
    at = next(i for i, row in enumerate(rows) if row.startswith(AGBS[2]))
    rows[at] += sep
    f.lines.write_text("\n".join(rows) + "\n")
    assert nvb("batch", *f.tables, "--out", tmp_path / "out").returncode == result
    bad = read(tmp_path / "out/fouten.ndjson")
    assert [(b["agb"], [m["code"] for m in b["meldingen"]]) for b in bad] == [(AGBS[2], ["E142"])] * result
    rows = [row + sep for row in rows]  # with as much in the header it is a column without a name
    rows[at] = rows[at][:-1]
    f.lines.write_text("\n".join(rows) + "\n")
    assert nvb("batch", *f.tables, "--out", tmp_path / "padded").returncode == 0


def test_columns_that_do_not_count_are_told_once(nvb, files, tmp_path):
    f = files()
    rows = f.lines.read_text().splitlines()
    f.lines.write_text("\n".join([rows[0] + ";opmerking", *(r + ";ja" for r in rows[1:])]) + "\n")
    done = nvb("batch", *f.tables, "--out", tmp_path / "out")
    assert done.returncode == 0 and done.stderr.count("E631") == 1 and "opmerking" in done.stderr


def test_standard_input_is_as_good_as_a_file(nvb, files, tmp_path):
    f = files()
    for name, source, stdin in (("a", f.ndjson, None), ("b", "-", f.ndjson.read_bytes())):
        done = subprocess.run(
            [os.environ["NVB_BIN"], "batch", "--policy", f.policy, source, "--out", tmp_path / name], input=stdin, capture_output=True
        )
        assert done.returncode == 0, done.stderr
    for name in ("overzicht.ndjson", "fouten.ndjson", "00001-01000/K0.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert not list((tmp_path / "b").rglob("invoer*"))


def test_two_documents_with_one_name_are_both_errors(nvb, files, tmp_path):
    f = files()
    f.records[3]["kenmerk"] = "k1"  # the same to a file system that does not tell case apart
    f.ndjson.write_text("".join("\r\n" + json.dumps(r) + "\r\n" for r in f.records))
    assert nvb("batch", "--policy", f.policy, f.ndjson, "--out", tmp_path / "out").returncode == 1
    bad = read(tmp_path / "out/fouten.ndjson")
    assert [(b["nummer"], b["regel"], b["meldingen"][0]["code"]) for b in bad] == [(2, 4, "E162"), (4, 8, "E162")]
    assert "regel 8" in bad[0]["meldingen"][0]["melding"] and "regel 4" in bad[1]["meldingen"][0]["melding"]


def test_previous_contracts_are_found_by_agb(nvb, files, tmp_path):
    f = files()
    old = []
    for record in f.records[:3]:
        before = {**json.loads(json.dumps(SMALL)), "kenmerk": "OUD-" + record["kenmerk"], "soort": "contract", "contractjaar": 2025}
        before["zorgaanbieder"] = record["zorgaanbieder"]
        old.append(before)
    path = tmp_path / "oud.ndjson"
    path.write_text("\n".join(json.dumps(o) for o in reversed(old)))
    done = nvb("batch", *f.tables, "--previous", path, "--ndjson", tmp_path / "a.ndjson")
    assert done.returncode == 0, done.stderr
    got = read(tmp_path / "a.ndjson")
    assert [g.get("wijzigingen", {}).get("oud", {}).get("kenmerk") for g in got] == ["OUD-K0", "OUD-K1", "OUD-K2", None, None]
    (tmp_path / "old.json").write_text(json.dumps(old[1]))
    alone = nvb("explain", *f.tables, "--agb", AGBS[1], "--previous", tmp_path / "old.json", "--format", "json")
    assert alone.stdout == (tmp_path / "a.ndjson").read_text(encoding="utf-8").splitlines(keepends=True)[1]


def test_previous_contracts_that_cannot_be_told_apart_end_the_run(nvb, files, tmp_path):
    f = files()
    path = tmp_path / "oud.ndjson"
    contract = json.dumps(SMALL)
    path.write_text(f"{contract}\n\n{{}}\n{contract}\n")
    done = nvb("batch", *f.tables, "--previous", path, "--out", tmp_path / "out")
    assert done.returncode == 3 and "E160" in done.stderr and "regel 1 en op regel 4" in done.stderr
    assert "E161" in done.stderr and "regel 3" in done.stderr
    assert not (tmp_path / "out").exists()


def test_tables_that_changed_do_not_go_on(nvb, files, tmp_path):
    f = files()
    out = tmp_path / "out"
    assert nvb("batch", *f.tables, "--out", out).returncode == 0
    state = out / ".navolgbaar" / "voortgang.json"
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    text = state.read_text(encoding="utf-8").replace('"klaar": true', '"klaar": false')
    state.write_text(text, encoding="utf-8")
    assert nvb("batch", *f.tables, "--out", out, "--resume").returncode == 0
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    state.write_text(text, encoding="utf-8")
    f.lines.write_text(f.lines.read_text() + "01234567;A5;1;1\n")
    done = nvb("batch", *f.tables, "--out", out, "--resume")
    assert done.returncode == 4 and "E722" in done.stderr


@pytest.mark.parametrize("kind", ["tables", "names", "lines"])
def test_input_that_grew_behind_the_checkpoint(nvb, files, tmp_path, kind):
    """What a first pass read decides about every record; to one file without names growing is fine."""
    f = files()
    path = f.providers if kind == "tables" else f.ndjson
    given = f.tables if kind == "tables" else ["--policy", f.policy, f.ndjson]
    target = ["--ndjson", tmp_path / "out.ndjson"] if kind != "names" else ["--out", tmp_path / "out"]
    whole = path.read_text()
    cut = whole.splitlines(keepends=True)
    path.write_text("".join(cut[:-1]))
    if kind == "tables":
        f.lines.write_text("".join(row for row in f.lines.read_text().splitlines(keepends=True) if not row.startswith(AGBS[4])))
    assert nvb("batch", *given, *target).returncode == 0
    written = lambda: {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p != path}
    before = written()
    assert nvb("batch", *given, *target, "--resume").returncode == 0 and written() == before
    path.write_text(whole)
    done = nvb("batch", *given, *target, "--resume")
    if kind == "lines":
        assert done.returncode == 0 and len(read(tmp_path / "out.ndjson")) == len(AGBS), done.stderr
    else:
        assert done.returncode == 4 and "E722" in done.stderr and written() == before, done.stderr


def test_a_run_over_tables_goes_on_after_a_kill(nvb, files, tmp_path):
    f = files()
    rng = random.Random(7)
    agbs = [f"{n:08d}" for n in range(1, 4001)]
    f.providers.write_text("agb;naam\n" + "".join(f"{a};Praktijk {a}\n" for a in agbs))
    rows = [f"{a};A{i};{rng.randint(1, 99)};{rng.randint(1, 99)},50" for a in agbs for i in range(1, 6)]
    rows += [f"9{n:07d};A1;1;1,50" for n in range(300)]  # lines of nobody: errors, at the end
    rng.shuffle(rows)
    f.lines.write_text("agb;code;volume;basis\n" + "\n".join(rows) + "\n")
    result = tmp_path / "heel.ndjson"
    command = [os.environ["NVB_BIN"], "batch", *f.tables, "--ndjson"]
    begun = time.monotonic()
    assert subprocess.run([*command, result], capture_output=True).returncode == 1
    took = time.monotonic() - begun
    other = tmp_path / "stuk.ndjson"
    killed = 0
    for attempt in range(40):
        more = ["--resume"] if other.exists() else []
        run = subprocess.Popen([*command, other, *more], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            run.wait((rng.uniform(0.3, 0.9) if killed else 0.1) * took if attempt < 12 else 120)
        except subprocess.TimeoutExpired:
            run.kill()
            killed += 1
        said = run.communicate()[1]
        if run.returncode == 1:
            break
        assert run.returncode == -9, said
    assert killed > 0 and run.returncode == 1
    for ending in ("", ".overzicht.ndjson", ".fouten.ndjson"):
        assert (tmp_path / f"stuk.ndjson{ending}").read_bytes() == (tmp_path / f"heel.ndjson{ending}").read_bytes()
    bad = read(tmp_path / "heel.ndjson.fouten.ndjson")
    assert len(bad) == 300 and {m["code"] for b in bad for m in b["meldingen"]} == {"E165"}
