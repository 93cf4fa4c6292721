"""Explanations nobody would make by accident: refused with a message that says where, or audited; never a crash, never raw escapes."""

import copy
import json
import os
import re
import resource
import subprocess
from decimal import Decimal

import pytest

MEMORY = 3 << 30
SECONDS = 60  # a run that takes longer has hung
BROKEN = re.compile(rb"Traceback|Sanitizer|runtime error|assert|Segmentation|core dumped", re.I)
UNPRINTED = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80[\xaa-\xae\x8e\x8f]|\xe2\x81[\xa6-\xa9]|\xc2[\x80-\x9f]")


@pytest.fixture
def explanation(nvb, small, write):
    """Of a proposal without an input that is a rounded figure: what does not follow is wrong."""
    small["contractering"] = "face_to_face"
    small["prestaties"][0]["basis"]["soort"] = "kostprijs"
    small["indexen"]["lpo"] = {"jaar": 2026, "bron": "b", "componenten": [
        {"id": "loon", "soort": "overig", "voorlopig": "4%", "nacalculatie": "0.25%", "bron": "b"}]}  # fmt: skip
    done = nvb("explain", write(small), "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def put(binary, tmp_path):
    """Audit this text or document; (code, stdout, stderr) in bytes."""

    def run(document, *options):
        file = tmp_path / "toelichting.json"
        if not isinstance(document, (str, bytes)):
            document = json.dumps(document, ensure_ascii=False)
        file.write_bytes(document if isinstance(document, bytes) else document.encode("utf-8", "surrogatepass"))

        def limit():
            if "asan" not in os.environ.get("NVB_BUILD", ""):  # which reserves more than there is
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

        done = subprocess.run([binary, "audit", str(file), *options], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
                              preexec_fn=limit, check=False)  # fmt: skip
        assert done.returncode in (0, 1, 3), (done.returncode, done.stderr[:500])
        assert not BROKEN.search(done.stderr), done.stderr[:500]
        assert not UNPRINTED.search(done.stderr), UNPRINTED.search(done.stderr)
        assert not UNPRINTED.search(done.stdout), UNPRINTED.search(done.stdout)
        return done.returncode, done.stdout, done.stderr

    return run


def node(explanation, path):
    return next(n for n in explanation["knopen"] if n["pad"] == path)


TARIFF, STEP = "/prestaties/A1/tarief", "/prestaties/A1/stappen/kwaliteit"


def test_as_it_is_it_follows(put, explanation):
    code, out, _ = put(explanation, "--format", "json")
    found = json.loads(out)
    assert found["oordeel"] == "sluit" and len(found["cijfers"]) == len(explanation["knopen"])
    assert not [f for f in found["bevindingen"] if f["regel"] == "gesteld-volgt"]


def refused(result, *words):
    code, _, err = result
    assert code == 3, err
    for word in words:
        assert word.encode() in err, err
    return err


def place(explanation, path, key):
    """Where the explanation holds it."""
    return f"/knopen/{[n['pad'] for n in explanation['knopen']].index(path)}/{key}"


def test_a_figure_twice_with_other_values(put, explanation):
    twin = copy.deepcopy(node(explanation, STEP))
    twin["waarde"] = "1.23"
    explanation["knopen"].append(twin)
    refused(put(explanation), STEP)


def test_a_figure_twice_with_the_same_value(put, explanation):
    explanation["knopen"].append(copy.deepcopy(node(explanation, STEP)))
    code, _, err = put(explanation)
    assert code == 3 and STEP.encode() in err or code == 0


def test_a_circle_in_what_figures_come_from(put, explanation):
    node(explanation, STEP)["uit"] = [TARIFF]
    node(explanation, TARIFF)["uit"] = [STEP]
    refused(put(explanation), "/prestaties/A1")


def test_a_figure_from_itself(put, explanation):
    node(explanation, STEP)["uit"] = [STEP]
    refused(put(explanation), STEP)


def test_a_long_circle(put, explanation):
    extra = [{**copy.deepcopy(node(explanation, STEP)), "pad": f"/prestaties/A1/stappen/x{n}", "uit": [f"/prestaties/A1/stappen/x{(n + 1) % 5000}"]}
             for n in range(5000)]  # fmt: skip
    explanation["knopen"] += extra
    refused(put(explanation), "/prestaties/A1/stappen/x")


def test_a_leaf_that_is_not_there(put, explanation):
    node(explanation, STEP)["uit"] = ["/prestaties/A1/nergens"]
    refused(put(explanation), "/prestaties/A1/nergens")


def test_a_figure_left_out_is_noticed(put, explanation):
    explanation["knopen"] = [n for n in explanation["knopen"] if not n["pad"].startswith(STEP)]
    for n in explanation["knopen"]:
        n["uit"] = [p for p in n["uit"] if not p.startswith(STEP)]
    code, out, _ = put(explanation, "--format", "json")
    assert code in (0, 1)
    assert any(f["soort"] == "ontbrekend-cijfer" for f in json.loads(out)["bevindingen"])


def test_a_figure_that_follows_from_nothing_is_noticed(put, explanation):
    extra = {**copy.deepcopy(node(explanation, TARIFF)), "pad": "/prestaties/A1/toeslag", "uit": []}
    explanation["knopen"].append(extra)
    code, out, _ = put(explanation, "--format", "json")
    assert code == 1
    assert any(f["soort"] == "onbekend-cijfer" for f in json.loads(out)["bevindingen"])


ESCAPES = ["\x1b[31mrood\x1b[0m", "\x1b]0;titel\x07", "\u202egnilepsgip\u202c", "\u2066x\u2069", "\x9b31m", "a\rb", "\x7f", "\u200f"]


@pytest.mark.parametrize("text", ESCAPES, ids=ascii)
@pytest.mark.parametrize("format", ["text", "json"])
def test_escapes_in_labels_and_paths(put, explanation, text, format):
    for n in explanation["knopen"]:
        n["label"] = text
    extra = {**copy.deepcopy(node(explanation, TARIFF)), "pad": f"/prestaties/{text}/tarief", "uit": [f"/{text}"]}
    put(explanation, "--format", format)
    put({**explanation, "knopen": [*explanation["knopen"], extra]}, "--format", format)
    put({**explanation, "knopen": [*explanation["knopen"], {**extra, "uit": []}]}, "--format", format)


@pytest.mark.parametrize("text", ESCAPES, ids=ascii)
def test_escapes_in_what_is_claimed(put, explanation, text):
    node(explanation, STEP)["waarde"] = text
    refused(put(explanation), place(explanation, STEP, "waarde"))


@pytest.mark.parametrize("text", ESCAPES, ids=ascii)
@pytest.mark.parametrize("format", ["text", "json"])
def test_escapes_in_ids_of_the_proposal(put, nvb, small, write, text, format):
    step = small["stappen"][1]
    step["id"], step["reden"] = f"id{text}", text
    small["prestaties"][0]["code"], small["prestaties"][0]["tarief"] = f"A{text}", "1.00"
    put(small, "--format", format)


@pytest.mark.parametrize("value", [
    "9" * 5000, "9" * 10**6, "1e400", "-", "", "NaN", "Infinity", "1/0", "0x10", "1,5", "--1", "+1", " 1", "1.", ".5",
], ids=lambda v: v[:12] + f"…{len(v)}")  # fmt: skip
def test_numbers_nobody_can_read(put, explanation, value):
    node(explanation, STEP)["waarde"] = value
    refused(put(explanation), place(explanation, STEP, "waarde"))


@pytest.mark.parametrize("value", ["9" * 41, "0." + "1" * 21, "-" + "1" * 1000 + "." + "3" * 20], ids=len)
def test_numbers_that_are_only_long(put, explanation, value):
    """The figures of a proposal may be long; the claim is read, or refused at its place."""
    node(explanation, STEP)["waarde"] = value
    code, _, err = put(explanation)
    assert code == 1 or place(explanation, STEP, "waarde").encode() in err


@pytest.mark.parametrize("value", ["1/0", "1/" + "0" * 50, "9" * 10**6 + "/7", "a/b", "1/2/3", "/", "1/-2"], ids=lambda v: v[:8] + f"…{len(v)}")
def test_fractions_nobody_can_read(put, explanation, value):
    node(explanation, STEP).update(breuk=value, exact=False)
    refused(put(explanation), place(explanation, STEP, "breuk"))


@pytest.mark.parametrize("value", [None, True, [], {}, [1], {"a": 1}])
@pytest.mark.parametrize("key", ["waarde", "pad"])
def test_wrong_types(put, explanation, key, value):
    node(explanation, STEP)[key] = value
    refused(put(explanation), "knopen")


@pytest.mark.parametrize("nodes", [{}, "x", 3, [3], [[]], ["x"]], ids=str)
def test_nodes_that_are_no_nodes(put, explanation, nodes):
    explanation["knopen"] = nodes
    refused(put(explanation), "knopen")


@pytest.mark.parametrize("depth", [100, 5000, 200000])
def test_depth(put, explanation, depth):
    text = json.dumps(explanation)
    for deep in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
        refused(put(text[:-1] + ', "x-diep": ' + deep + "}")) if depth > 1000 else put(text[:-1] + ', "x-diep": ' + deep + "}")


def test_a_long_chain_is_no_recursion(put, explanation):
    """Figures that come from each other 200,000 deep, none of them known."""
    base = {"soort": "x", "label": "x", "waarde": "1", "eenheid": "EUR", "exact": True}
    extra = [{"pad": f"/keten/{n}", "uit": [f"/keten/{n + 1}"] if n < 199999 else [], **base} for n in range(200000)]
    explanation["knopen"] += extra
    code, _, err = put(explanation, "--format", "json")
    assert code in (1, 3)


def test_a_million_nodes(put, explanation):
    base = json.dumps(explanation)
    start = base.index('"knopen"')
    start = base.index("[", start) + 1
    many = ",".join(f'{{"pad":"/x/{n}","waarde":"{n}","eenheid":"EUR","exact":true,"uit":[]}}' for n in range(10**6))
    code, _, err = put(base[:start] + many + "," + base[start:], "--format", "json")
    assert code in (1, 3)


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_cut_short(put, explanation, cut):
    text = json.dumps(explanation)
    refused(put(text[: len(text) * cut // 100]))


@pytest.mark.parametrize("value", [Decimal("0.5"), Decimal("1e-20")], ids=str)
def test_a_figure_off_by_a_little_is_seen(put, explanation, value):
    """However small: nothing is taken for rounding that is none."""
    n = node(explanation, STEP)
    n["waarde"] = format(Decimal(n["waarde"]) + value, "f")
    code, out, _ = put(explanation, "--format", "json")
    assert code == 1
    assert next(c for c in json.loads(out)["cijfers"] if c["pad"] == STEP)["oordeel"] == "sluit_niet"
