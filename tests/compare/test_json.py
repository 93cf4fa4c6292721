"""A comparison and a chain as JSON: which keys in which order, fractions only where needed, and sums that are right to the last digit.

The amounts themselves are held against an oracle elsewhere; here it is what is written about them.
"""

import copy
import json
import re
import sys
from fractions import Fraction

import pytest

from conftest import ROOT, SMALL

sys.path.insert(0, str(ROOT / "tests" / "schema"))
from test_schema import BY_NAME, STORE, check  # noqa: E402

SAMPLES = ROOT / "samples"


# --- documents ------------------------------------------------------------------------------------------------------------------


def contract(year, lines, **more):
    """A flat contract: code -> tariff, volume, and what else stands at the line."""
    document = {key: copy.deepcopy(SMALL[key]) for key in ("formaat", "zorgverzekeraar", "zorgaanbieder")}
    document |= {"soort": "contract", "kenmerk": f"C-{year}", "contractjaar": year, "prestaties": []}
    for code, (tariff, volume, *rest) in lines.items():
        line = {"code": code, "tarief": tariff, **(rest[0] if rest else {})}
        if volume is not None:
            line["volume"] = {"aantal": volume}
        document["prestaties"].append(line)
    return document | more


HOUR = {"eenheid": "uur", "groep": "g"}
GROUP = {"g": {"omschrijving": "Uren"}}
# A and B become one line: volumes of 1 and 2 make thirds. C goes on in two lines, D lapses, E is new; the words change.
OLD = contract(2025, {"A": ("10.00", "1", HOUR), "B": ("11.00", "2", HOUR), "C": ("20.00", "70", HOUR), "D": ("5.00", "3"), "G": ("1.00", None)},
               groepen=GROUP, voorwaarden=[{"id": "v", "titel": "Toegang", "tekst": "Binnen twee weken \"gezien\"."}])
NEW = contract(2026, {"AB": ("12.00", "4", {**HOUR, "was": ["A", "B"], "omschrijving": "A \\ B"}), "C1": ("21.00", "40", {**HOUR, "was": ["C"]}),
                      "C2": ("22.00", "29", {**HOUR, "was": ["C"]}), "E": ("7.50", "2"), "G": ("1.00", "10")},
               groepen=GROUP, voorwaarden=[{"id": "v", "titel": "Toegang", "tekst": "Binnen drie weken \"gezien\"."}])


def proposal_after(old_tariff):
    document = copy.deepcopy(SMALL)
    document["prestaties"][0]["basis"]["bedrag"] = old_tariff
    return document


CASES = {
    "merged and split": (OLD, NEW, []),
    "middle": (OLD, NEW, ["--attributie", "midden"]),
    "the other way": (NEW, OLD, []),
    "from flat to built up": (contract(2025, {"A1": ("100.00", "8")}), SMALL, []),
    "a base that does not connect": (contract(2025, {"A1": ("99.50", "8")}), SMALL, []),
    "nothing changed": (OLD, OLD, []),
    "price list": ("code;omschrijving;eenheid;tarief;volume\nA;Consult;uur;9,50;3\nD;;;5,00;\n", OLD, []),
}
FOLDERS = [("fysiotherapiepraktijk", "contract-2025.json", ["--policy", "beleid.json"]), ("ggz-praktijk", "contract-2025.json", []),
           ("wijkverpleging-organisatie", "contract-2024.json", []), ("ziekenhuis-offerte", "contract-2025.json", [])]


@pytest.fixture(params=[*CASES, *(f[0] for f in FOLDERS)])
def pair(request, tmp_path):
    """The arguments of diff: two files and options."""
    if request.param in CASES:
        old, new, options = CASES[request.param]
        names = ["oud.csv" if isinstance(old, str) else "oud.json", "nieuw.json"]
        for name, document in zip(names, (old, new)):
            (tmp_path / name).write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return [tmp_path / name for name in names] + options
    folder, old, options = next(f for f in FOLDERS if f[0] == request.param)
    home = SAMPLES / folder
    new = next(home.glob("voorstel.json"), None) or home / "offerte.json"
    return [home / old, new] + [home / o if o.endswith(".json") else o for o in options]


@pytest.fixture
def diff(nvb):
    def call(*arguments):
        done = nvb("diff", *arguments, "--format", "json")
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return call


@pytest.fixture
def changes(diff, pair):
    return json.loads(diff(*pair))


# --- what holds for any of them -------------------------------------------------------------------------------------------------


def exact(node, key):
    """The number under a key: its fraction where there is one."""
    beside = node.get("breuk" if key == "bedrag" else key + "_breuk")
    return Fraction(beside) if beside else Fraction(node[key])


def objects(node):
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(inner)


def half_away(value, places):
    """Nearest, half away from zero, as a Fraction."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def fractions_are_needed(node):
    """A fraction comes right after its number, in lowest terms, and only where 20 decimals cannot hold the value."""
    for thing in objects(node):
        names = list(thing)
        for at, name in enumerate(names):
            if name != "breuk" and not name.endswith("_breuk"):
                continue
            shown = "bedrag" if name == "breuk" else name[: -len("_breuk")]
            assert names[at - 1] == shown
            value = Fraction(thing[name])
            assert f"{value.numerator}/{value.denominator}" == thing[name]
            assert (value * 10**20).denominator > 1
            if shown != "percentage":
                assert half_away(value, 20) == Fraction(thing[shown])


def adds_up(items, difference, whole=None):
    assert sum((exact(i, "bedrag") for i in items), Fraction(0)) == difference
    assert sum((Fraction(i["afgedrukt"]) for i in items), Fraction(0)) == (half_away(difference, 2) if whole is None else whole)
    for item in items:
        amount, printed = exact(item, "bedrag"), Fraction(item["afgedrukt"])
        assert amount != 0 and abs(printed - amount) < Fraction(1, 100)
        assert item.get("draagt_cent", False) == (printed != half_away(amount, 2))


def resolve(ref, root):
    base, _, place = ref.partition("#")
    node = root = STORE[base] if base else root
    for part in place.strip("/").split("/") if place else []:
        node = node[part]
    return node, root


def in_order(node, schema, root):
    """Keys stand in the order the schema lists them, all the way down."""
    for part in [schema, *schema.get("allOf", [])]:
        if "$ref" in part:
            in_order(node, *resolve(part["$ref"], root))
        if isinstance(node, dict) and part.get("type") == "object":
            listed = [k for k in part["properties"] if k in node]
            assert list(node) == listed
            for key in listed:
                in_order(node[key], part["properties"][key], root)
        if isinstance(node, list) and isinstance(part.get("items"), dict):
            for item in node:
                in_order(item, part["items"], root)


def step_is_right(found):
    fractions_are_needed(found)
    whole = {"prijs": Fraction(0), "volume": Fraction(0), "staffels": Fraction(0), "afronding": Fraction(0), "nieuw": Fraction(0), "vervallen": Fraction(0)}
    for line in found["prestaties"]:
        if "basis" in line:
            gap = exact(line["basis"], "bedrag") - exact(line["basis"], "genoemd")
            found_gap = sum((exact(i, "bedrag") for i in line["brug"] if i["soort"] == "basis_sluit_niet_aan"), Fraction(0))
            assert gap == found_gap and line["basis"]["sluit"] == (gap == 0)
        if "verschil" in line:
            assert exact(line, "verschil") == exact(line["nieuw"], "tarief") - exact(line["oud"], "tarief")
        adds_up(line["brug"], exact(line, "verschil") if "verschil" in line else Fraction(0))
        turnover = {side: exact(line[side], "omzet") if "omzet" in line.get(side, {}) else Fraction(0) for side in ("oud", "nieuw")}
        for name in ("nieuw", "vervallen"):
            if line["status"] == name:
                whole[name] += turnover["nieuw"] - turnover["oud"]
        both = "oud" in line and "nieuw" in line
        assert ("effect" in line) == (both and ("omzet" in line["oud"] or "omzet" in line["nieuw"]))
        if "effect" in line:
            parts = {name: exact(line["effect"], name) for name in ("prijs", "volume", "staffels", "afronding")}
            assert sum(parts.values()) == turnover["nieuw"] - turnover["oud"]
            for name, part in parts.items():
                whole[name] += part
        if line["status"] == "ongewijzigd":
            assert line["brug"] == [] and line["oud"] == line["nieuw"]
    total = found["totaal"]
    assert exact(total, "verschil") == exact(total, "nieuw") - exact(total, "oud")
    adds_up(total["brug"], exact(total, "verschil"))
    items = {i["id"]: exact(i, "bedrag") for i in total["brug"]}
    assert list(items) == [n for n in ("prijs", "volume", "nieuw", "vervallen", "staffels", "plafonds", "afronding") if n in items]
    for name, amount in whole.items():
        assert items.get(name, 0) == amount, name
    adds_up(total["oorzaken"], whole["prijs"], next((Fraction(i["afgedrukt"]) for i in total["brug"] if i["id"] == "prijs"), 0))
    assert len({(i["id"], i["soort"]) for i in total["oorzaken"]}) == len(total["oorzaken"])
    for group in found["groepen"]:
        assert exact(group, "hoeveelheid") + exact(group, "mix") == exact(group, "volume")
    for change in found["inhoud"]:
        words_are_right(change)


def words_are_right(change):
    for side, dropped in (("oud", "toegevoegd"), ("nieuw", "vervallen")):
        if "woorden" in change:
            text = "".join(run["tekst"] for run in change["woorden"] if run["soort"] != dropped)
            assert re.sub(r"\s", "", text) == re.sub(r"\s", "", change[side])


# --- one pair -------------------------------------------------------------------------------------------------------------------


def test_everything_adds_up(changes):
    step_is_right(changes)


def test_by_the_schema(changes):
    check("wijzigingen", changes)
    in_order(changes, BY_NAME["wijzigingen"], BY_NAME["wijzigingen"])


def test_one_line_and_the_same_bytes_again(diff, pair):
    text = diff(*pair)
    assert text.count("\n") == 1 and text.endswith("}\n")
    assert diff(*pair) == text
    assert json.loads(diff(*pair, "--indent")) == json.loads(text)
    english = json.loads(diff(*pair, "--lang", "en"))
    assert english.pop("taal") == "en"
    dutch = json.loads(text)
    assert dutch.pop("taal") == "nl" and english == dutch


def test_exit_code_says_whether_anything_differs(nvb, write):
    old, new = write(OLD, "oud.json"), write(NEW, "nieuw.json")
    assert nvb("diff", old, new, "--format", "json").returncode == 1
    assert nvb("diff", old, old, "--format", "json").returncode == 0


def test_in_an_explanation(nvb, diff, write):
    old, new = write(contract(2025, {"A1": ("99.50", "8")}), "oud.json"), write(SMALL, "nieuw.json")
    done = nvb("explain", new, "--previous", old, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    explanation = json.loads(done.stdout)
    check("toelichting", explanation)
    assert list(explanation) == ["formaat", "taal", "voorstel", "knopen", "secties", "toetsen", "wijzigingen"]
    assert explanation["wijzigingen"] == json.loads(diff(old, new))
    again = write(done.stdout, "toelichting.json")
    assert nvb("explain", again, "--previous", old, "--format", "json").stdout == done.stdout
    without = json.loads(nvb("explain", again, "--format", "json").stdout)
    assert "wijzigingen" not in without and without["voorstel"] == explanation["voorstel"]
    assert json.loads(diff(old, again)) == explanation["wijzigingen"]


def test_in_a_draft(nvb, write, gap):
    done = nvb("explain", gap, "--draft", "--previous", write(contract(2025, {"A1": ("100.00", "8")}), "oud.json"), "--format", "json")
    assert list(json.loads(done.stdout))[-3:] == ["toetsen", "wijzigingen", "gaten"]
    check("toelichting", json.loads(done.stdout))


def test_what_is_said_of_lines(diff, write):
    found = json.loads(diff(write(OLD, "oud.json"), write(NEW, "nieuw.json")))
    lines = {line["code"]: line for line in found["prestaties"]}
    assert list(lines) == ["AB", "C1", "C2", "E", "G", "D"]
    both = lines["AB"]
    assert list(both) == ["code", "omschrijving", "was", "status", "oud", "nieuw", "verschil", "verschil_breuk", "brug", "effect"]
    assert both["was"] == ["A", "B"] and both["omschrijving"] == "A \\ B"
    # (1 × 10 + 2 × 11) ÷ 3 = 32/3; 12 − 32/3 = 4/3
    assert both["oud"] == {"tarief": "10.66666666666666666667", "tarief_breuk": "32/3", "aantal": "3", "omzet": "32"}
    assert both["brug"] == [{"id": "tarief", "soort": "tarief", "bedrag": "1.33333333333333333333", "breuk": "4/3", "afgedrukt": "1.33"}]
    # 4/3 × 4 and 32/3 × 1
    assert both["effect"] == {"prijs": "5.33333333333333333333", "prijs_breuk": "16/3", "volume": "10.66666666666666666667", "volume_breuk": "32/3", "staffels": "0", "afronding": "0"}
    for code, volume in (("C1", 40), ("C2", 29)):
        assert lines[code]["was"] == ["C"] and lines[code]["splitsing"] is True
        assert exact(lines[code]["oud"], "aantal") == Fraction(70 * volume, 69)
    assert lines["E"] == {"code": "E", "status": "nieuw", "nieuw": {"tarief": "7.5", "aantal": "2", "omzet": "15"}, "brug": []}
    assert lines["D"] == {"code": "D", "status": "vervallen", "oud": {"tarief": "5", "aantal": "3", "omzet": "15"}, "brug": []}
    assert lines["G"]["oud"] == {"tarief": "1"} and lines["G"]["brug"] == []
    assert found["totaal"]["zonder_volume"] == {"oud": 1, "nieuw": 0}
    assert [g["groep"] for g in found["groepen"]] == ["g"] and found["groepen"][0]["prestaties"] == 3
    words = next(c for c in found["inhoud"] if "woorden" in c)
    assert words["oud"] == "Binnen twee weken \"gezien\"." and [(r["soort"], r["tekst"].strip()) for r in words["woorden"]] == [
        ("gelijk", "Binnen"), ("vervallen", "twee"), ("toegevoegd", "drie"), ("gelijk", "weken \"gezien\".")]


def test_which_documents(diff, write):
    prices = write("code;omschrijving;eenheid;tarief;volume\nA;Consult;uur;9,50;3\n", "lijst.csv")
    offer = write({**SMALL, "ronde": 3}, "voorstel.json")
    found = json.loads(diff(prices, offer, "--any-party"))
    assert list(found["oud"]) == ["kenmerk", "soort"] and found["oud"]["soort"] == "prijslijst" and "lijst" in found["oud"]["kenmerk"]
    assert list(found["nieuw"].items()) == [("kenmerk", "KLEIN-2026"), ("contractjaar", 2026), ("ronde", 3), ("soort", "contractvoorstel")]


@pytest.mark.parametrize("name", ["uitvoer.md", "output.md"])
def test_example_of_the_reference(diff, write, name):
    """10 -> 11 euro at 100 -> 120 units."""
    text = (ROOT / "formats" / "reference" / name).read_text(encoding="utf-8")
    example = next(b for b in map(json.loads, re.findall(r"^```json\n(.*?)^```$", text, re.S | re.M)) if b.get("formaat") == "navolgbaar/wijzigingen/1")
    old, new = write(contract(2025, {"A1": ("10.00", "100")}), "oud.json"), write(contract(2026, {"A1": ("11.00", "120")}), "nieuw.json")
    assert json.loads(diff(old, new)) == example
    for files, attribution, price, volume in (((old, new), "volgorde", 120, 200), ((old, new), "midden", 110, 210),
                                              ((new, old), "volgorde", -100, -220), ((new, old), "midden", -110, -210)):
        found = json.loads(diff(*files, "--attributie", attribution))
        assert found["attributie"] == attribution
        assert [(i["id"], i["afgedrukt"]) for i in found["totaal"]["brug"]] == [("prijs", f"{price}.00"), ("volume", f"{volume}.00")]


def test_cents_of_the_reference(diff, write):
    """Three steps of 33.5 cents on one euro: 34, 34 and 33, and the last carries the cent. On paper 1.01, at 1.005."""
    steps = [{"id": i, "soort": "opslag", "bedrag": "0.335", "reden": "r", "bron": "b"} for i in "xyz"]
    new = {**copy.deepcopy(SMALL), "stappen": steps}
    new["prestaties"][0] |= {"basis": {"soort": "vorig_contract", "bedrag": "1.00", "jaar": 2025, "bron": "b"}, "tariefafronding": {"decimalen": 3}}
    new["toelichting"] = {"indexatie": "Geen index."}
    line = json.loads(diff(write(contract(2025, {"A1": ("1.00", "10")}), "oud.json"), write(new)))["prestaties"][0]
    assert [(i["id"], i["bedrag"], i["afgedrukt"], i.get("draagt_cent", False)) for i in line["brug"]] == [
        ("x", "0.335", "0.34", False), ("y", "0.335", "0.34", False), ("z", "0.335", "0.33", True)]


def test_mix_of_the_reference(diff, write):
    old = write(contract(2025, {"A": ("10.00", "100", HOUR), "B": ("20.00", "100", HOUR)}, groepen=GROUP), "oud.json")
    new = write(contract(2026, {"A": ("10.00", "90", HOUR), "B": ("20.00", "120", HOUR)}, groepen=GROUP), "nieuw.json")
    assert json.loads(diff(old, new))["groepen"] == [
        {"groep": "g", "eenheid": "uur", "prestaties": 2, "oud": "200", "nieuw": "210", "prijs": "0", "volume": "300", "hoeveelheid": "150", "mix": "150"}]


# --- a chain --------------------------------------------------------------------------------------------------------------------


def chain_is_right(found):
    check("reeks", found)
    in_order(found, BY_NAME["reeks"], BY_NAME["reeks"])
    fractions_are_needed(found)
    for step in found["stappen"]:
        step_is_right(step)
    assert found["documenten"] == [found["stappen"][0]["oud"], *(s["nieuw"] for s in found["stappen"])]
    for line in found["prestaties"]:
        points = line["tarieven"]
        assert [p["document"] for p in points] == sorted(p["document"] for p in points)
        assert exact(line, "verschil") == exact(points[-1], "tarief") - exact(points[0], "tarief")
        adds_up(line["brug"], exact(line, "verschil"))
    total = found["totaal"]
    assert exact(total, "oud") == exact(found["stappen"][0]["totaal"], "oud")
    assert exact(total, "nieuw") == exact(found["stappen"][-1]["totaal"], "nieuw")
    adds_up(total["brug"], exact(total, "nieuw") - exact(total, "oud"))


def test_chain(diff, write):
    years = {2024: {"A": ("100.00", "10"), "X": ("1.00", "1"), "Y": ("2.00", "2")}, 2025: {"A": ("105.00", "9"), "X": ("1.00", "1"), "Y": ("2.00", "2")},
             2026: {"A": ("110.25", "9"), "XY": ("3.00", "3", {"was": ["X", "Y"]}), "N": ("4.00", "1")}}
    files = [write(contract(year, lines), f"{year}.json") for year, lines in years.items()]
    text = diff(*files)
    assert text.count("\n") == 1 and diff(*files) == text
    found = json.loads(text)
    chain_is_right(found)
    lines = {line["code"]: line for line in found["prestaties"]}
    assert [p["tarief"] for p in lines["A"]["tarieven"]] == ["100", "105", "110.25"]
    assert lines["A"]["groei"] == {"soort": "exact", "jaren": 2, "percentage": "5.00", "decimalen": 2}
    assert lines["A"]["brug"] == [{"id": "tarief", "soort": "tarief", "bedrag": "10.25", "afgedrukt": "10.25"}]
    assert lines["XY"]["samengevoegd"] is True and len(lines["N"]["tarieven"]) == 1
    assert lines["N"]["groei"] == {"soort": "nvt"} and lines["N"]["brug"] == []
    # each step is the comparison of its two documents
    for at in (0, 1):
        assert found["stappen"][at] == json.loads(diff(*files[at : at + 2]))


@pytest.mark.parametrize("last, growth", [
    ("111.00", {"soort": "ingesloten", "jaren": 2, "percentage": "5.36", "decimalen": 2}),
    ("0.00", {"soort": "nvt", "jaren": 2}),
    ("100.00", {"soort": "exact", "jaren": 2, "percentage": "0.00", "decimalen": 2}),
])
def test_growth(diff, write, last, growth):
    files = [write(contract(year, {"A": (tariff, "10")}), f"{year}.json") for year, tariff in ((2024, "100.00"), (2025, "103.00"), (2026, last))]
    found = json.loads(diff(*files))
    chain_is_right(found)
    shown = found["prestaties"][0]["groei"]
    between = shown.pop("tussen", None)
    assert shown == growth
    if between:
        low, high = map(Fraction, between)
        assert low < high and half_away(low, 2) == half_away(high, 2) == Fraction(growth["percentage"])
        assert (1 + low / 100) ** 2 < Fraction(last) / 100 < (1 + high / 100) ** 2


def test_chain_of_a_sample(diff):
    home = SAMPLES / "huisarts-keten"
    found = json.loads(diff(home / "contract-2022.json", home / "contract-2023.json", home / "voorstel.json"))
    chain_is_right(found)
    assert len(found["documenten"]) == 3 and not any("cijfers" in line for line in found["prestaties"])


def test_chain_against_figures(diff):
    """The first tariff times the figures of the years since: definitive ones, else the last provisional one of the file."""
    home = SAMPLES / "huisarts-keten"
    found = json.loads(diff(home / "contract-2022.json", home / "contract-2023.json", home / "voorstel.json", "--reference", home / "cijfers.json"))
    chain_is_right(found)
    series = {s["id"]: s["cijfers"] for s in json.loads((home / "cijfers.json").read_text(encoding="utf-8"))["reeksen"]}
    years = [document["contractjaar"] for document in found["documenten"]]
    seen = 0
    for line in found["prestaties"]:
        first, last = line["tarieven"][0], line["tarieven"][-1]
        if first["document"] == last["document"]:
            assert "cijfers" not in line
            continue
        assert [against["reeks"] for against in line["cijfers"]] == list(series)
        for against in line["cijfers"]:
            expected = exact(first, "tarief")
            for year in range(years[first["document"]] + 1, years[-1] + 1):
                stages = {f["stadium"]: Fraction(f["percentage"].rstrip("%")) / 100 for f in series[against["reeks"]] if f["jaar"] == year}
                if not stages:
                    assert against == {"reeks": against["reeks"], "ontbreekt": year}
                    break
                expected *= 1 + stages.get("definitief", stages.get("voorlopig"))
            else:
                assert exact(against, "geindexeerd") == expected
                assert exact(against, "verschil") == exact(last, "tarief") - expected
                seen += 1
    assert seen
