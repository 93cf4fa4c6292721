"""The baseline of the benchmark writes what the program writes: a comparison of speed says something only on equal output."""

import json
import subprocess
import sys

import pytest

from conftest import ROOT

BENCH = ROOT / "tests" / "bench"


def python(script, *words):
    return subprocess.run([sys.executable, BENCH / script, *map(str, words)], capture_output=True, text=True, timeout=120)


def generate(folder, *words):
    done = python("bulk_set.py", folder, *words)
    assert done.returncode == 0, done.stderr
    return folder / "beleid.json", folder / "in.ndjson"


def held_against(binary, policy, records, documents):
    done = python("bulk_baseline.py", policy, records, "--check", binary, "--documents", documents)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_baseline_and_program_write_the_same_bytes(binary, tmp_path):
    policy, records = generate(tmp_path, "--documents", 8, "--lines", 7, "--codes", 5)
    facts = {json.loads(line)["kenmerken"]["keurmerk"]["waarde"] for line in records.open(encoding="utf-8")}
    assert facts == {"ja", "nee"}, "a condition that is met and one that is not"
    assert held_against(binary, policy, records, 8).startswith("8 documents")


def test_a_document_of_many_lines(binary, tmp_path):
    held_against(binary, *generate(tmp_path, "--documents", 1, "--lines", 1030), 1)


AMOUNTS = ["0", "0.01", "0.001", "12.5", "1000", "200000.00", "1234567.89", "999999999999"]


def test_amounts_at_the_edges(binary, tmp_path):
    policy, records = generate(tmp_path, "--documents", 1, "--lines", len(AMOUNTS))
    record = json.loads(records.read_text(encoding="utf-8"))
    for line, amount in zip(record["prestaties"], AMOUNTS):
        line["basis"]["bedrag"] = amount
    for line, count in zip(record["prestaties"], ["0", "1", "1000", "10.5", "0.125", "99999.999", "3", "1200000"]):
        line["volume"]["aantal"] = count
    records.write_text(json.dumps(record) + "\n", encoding="utf-8")
    held_against(binary, policy, records, 1)


@pytest.mark.parametrize("change", [
    lambda policy: policy["stappen"][1].update(over="stand"),
    lambda policy: policy["stappen"][2].update(aandeel="50%"),
    lambda policy: policy["indexen"]["lpo"]["methode"].update(nacalculatie="verhouding"),
], ids=["over", "aandeel", "methode"])
def test_a_policy_of_another_kind_is_refused(tmp_path, change):
    policy, records = generate(tmp_path, "--documents", 1, "--lines", 2)
    text = json.loads(policy.read_text(encoding="utf-8"))
    change(text)
    policy.write_text(json.dumps(text), encoding="utf-8")
    done = python("bulk_baseline.py", policy, records)
    assert done.returncode == 1 and "NotThisKind" in done.stderr


def test_the_set_is_always_the_same(tmp_path):
    options = ["--lines", 4, "--csv", "--previous", "--documents"]
    generate(tmp_path / "a", *options, 3)
    generate(tmp_path / "b", *options, 3)
    generate(tmp_path / "long", *options, 9)
    for name in ("beleid.json", "in.ndjson", "oud.ndjson", "aanbieders.csv", "regels.csv"):
        text = (tmp_path / "a" / name).read_bytes()
        assert text == (tmp_path / "b" / name).read_bytes()
        assert (tmp_path / "long" / name).read_bytes().startswith(text), "a longer run begins like a shorter one"
