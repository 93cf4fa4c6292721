"""Every rule of model section 9, each outcome: one right proposal, one change at a time."""

import copy
import json
import os
import subprocess

import pytest

NVB = os.environ.get("NVB_BIN")
pytestmark = pytest.mark.skipif(not NVB, reason="NVB_BIN is not set")

MET, NOT, NVT, UNKNOWN = "voldaan", "niet_voldaan", "nvt", "onbekend"


def proposal():
    """Contract year 2026, offered on the last day that is in time, exactly 28 days to reply."""
    return {
        "formaat": "navolgbaar/voorstel/1", "soort": "contractvoorstel", "contractering": "digitaal",
        "kenmerk": "K-1", "datum": "2025-10-01", "contractjaar": 2026,
        "zorgverzekeraar": {"naam": "Polis (fictief)", "uzovi": "9999"},
        "zorgaanbieder": {"naam": "Praktijk (fictief)", "agb": "99999999"},
        "bronnen": {"b": {"titel": "Bron"}},
        "indexen": {"lpo": {"jaar": 2026, "bron": "b", "componenten": [
            {"id": "ova", "soort": "loon", "aandeel": "90%", "voorlopig": "4%",
             "vorig": {"jaar": 2025, "voorlopig": "4%", "definitief": "5%"}},
            {"id": "ppc", "soort": "prijs", "aandeel": "10%", "voorlopig": "2%", "nacalculatie": "0.1%"}]}},
        "stappen": [{"id": "i", "soort": "index", "index": "lpo"},
                    {"id": "k", "soort": "opslag", "bedrag": "1", "reden": "r", "bron": "b"}],
        "prestaties": [{"code": "A", "basis": {"soort": "vorig_contract", "bedrag": "100", "jaar": 2025, "bron": "b"},
                        "volume": {"aantal": 10}}],
        "reactie": {"uiterlijk": "2025-10-29", "contact": "post@praktijk.example"},
    }


def put(path, value):
    """A change: sets (or with ... removes) what lies at a path of keys and positions."""
    def change(document):
        *way, last = path.split("/")
        at = document
        for part in way:
            at = at[int(part)] if isinstance(at, list) else at[part]
        last = int(last) if isinstance(at, list) else last
        if value is ...:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(value)
        else:
            at[last] = value
    return change


SHORT = {"percentage": "4%", "soort": "loon", "jaar": 2026, "bron": "b"}
PRICE_ONLY = {"jaar": 2026, "bron": "b", "componenten": [{"id": "ppc", "soort": "prijs", "voorlopig": "2%", "nacalculatie": "0%"}]}
ON_INDEX = {"id": "d", "soort": "afslag", "percentage": "1%", "over": "i", "reden": "r", "bron": "b"}
OFFER = [put("soort", "offerte"), put("contractering", "face_to_face")]
BENCHMARK = {"id": "bm", "omschrijving": "o", "populatie": "p", "peiljaar": 2024, "maatstaf": "m", "aannames": ["a"],
             "correcties": [], "uitkomst": "u", "uitwerking": "w"}

# rule, outcome, changes
CASES = [
    ("toelichting-basis", MET, []),
    ("toelichting-basis", NOT, [put("prestaties/0/basis", ...)]),
    ("toelichting-basis", NOT, [put("prestaties/0/basis", ...), put("prestaties/0/tarief", "9.00")]),
    ("toelichting-basis", MET, [put("prestaties/0/basis", ...), put("prestaties/0/tarief", "9.00"), put("toelichting", {"basis": "t"})]),
    ("toelichting-basis", NOT, [put("prestaties/0/basis/soort", "anders")]),
    ("toelichting-basis", MET, [put("prestaties/0/basis/soort", "anders"), put("prestaties/0/basis/omschrijving", "o")]),
    ("toelichting-basis", NOT, [put("plafonds", [{"id": "p", "prestaties": "alle", "basis": {"soort": "anders", "bedrag": "500", "bron": "b"}}])]),
    ("toelichting-indexatie", MET, []),
    ("toelichting-indexatie", NOT, [put("prestaties/0/zonder", ["i"])]),
    ("toelichting-indexatie", MET, [put("prestaties/0/zonder", ["i"]), put("toelichting", {"indexatie": "waarom"})]),
    ("toelichting-indexatie", MET, [put("prestaties/0/zonder", ["i"]), put("prestaties/0/basis/soort", "nza_tarief"), put("prestaties/0/basis/jaar", 2026)]),
    ("toelichting-indexatie", NOT, [put("prestaties/0/zonder", ["i"]), put("prestaties/0/basis/soort", "nza_tarief")]),
    ("toelichting-indexatie", MET, [put("prestaties/1", {"code": "B", "zonder": "alle", "basis": {"soort": "vorig_contract", "prestatie": "A"}})]),
    ("toelichting-op-en-afslagen", MET, []),
    ("toelichting-op-en-afslagen", NVT, [put("stappen/1", ...)]),
    ("toelichting-op-en-afslagen", NOT, [put("stappen/1/reden", ...)]),
    ("toelichting-op-en-afslagen", NOT, [put("stappen/1/bedrag", ...), put("stappen/1/percentage", "1%")]),
    ("toelichting-op-en-afslagen", NOT, [put("prestaties/0/basis/percentage", "95%")]),
    ("toelichting-op-en-afslagen", MET, [put("prestaties/0/basis/percentage", "95%"), put("prestaties/0/basis/reden", "r")]),
    ("toelichting-volume", MET, []),
    ("toelichting-volume", NVT, [put("prestaties/0/volume", ...)]),
    ("toelichting-benchmark", NVT, []),
    ("toelichting-benchmark", MET, [put("benchmark", [BENCHMARK])]),
    ("toelichting-benchmark", NOT, [put("benchmark", [{k: v for k, v in BENCHMARK.items() if k != "uitkomst"}])]),
    ("toelichting-benchmark", NOT, [put("stappen/1/categorie", "prijsbenchmarking")]),
    ("toelichting-akkoorden", NVT, []),
    ("toelichting-akkoorden", MET, [put("akkoorden", [{"id": "a", "akkoord": "IZA", "doel": "d", "bijdrage": "b", "verwijzing": "v"}])]),
    ("op-en-afslag-navolgbaar", MET, []),
    ("op-en-afslag-navolgbaar", NVT, [put("stappen/1", ...)]),
    ("op-en-afslag-navolgbaar", NOT, [put("stappen/1/bron", ...)]),
    ("op-en-afslag-navolgbaar", NOT, [put("stappen/0/aandeel", "50%")]),
    ("gesteld-volgt", NVT, []),
    # 90% x (1.05/1.04 x 1.04 - 1) + 10% x (1.001 x 1.02 - 1) = 4.5% + 0.2102%; 100 + 4.7102 + 1 = 105.7102
    ("gesteld-volgt", MET, [put("prestaties/0/tarief", "105.71")]),
    ("gesteld-volgt", NOT, [put("prestaties/0/tarief", "105.72")]),
    ("gesteld-volgt", MET, [put("indexen/lpo/gesteld", "4.7102%")]),
    ("gesteld-volgt", NOT, [put("indexen/lpo/gesteld", "4.71%")]),
    ("aangeboden-1-oktober", MET, []),
    ("aangeboden-1-oktober", NOT, [put("datum", "2025-10-02"), put("reactie/uiterlijk", "2025-11-29")]),
    ("aangeboden-1-oktober", UNKNOWN, [put("datum", ...)]),
    ("aangeboden-1-oktober", NVT, [put("datum", "2025-11-02"), put("ronde", 2)]),
    ("aangeboden-1-oktober", NVT, [put("datum", "2026-03-02"), put("aanvullend", True), put("reactie/uiterlijk", "2026-05-01")]),
    ("aangeboden-1-oktober", NVT, [put("contractering", "face_to_face"), put("afspraken", [{"artikel": "6", "tekst": "t"}])]),
    ("reactietermijn", MET, []),
    ("reactietermijn", NOT, [put("reactie/uiterlijk", "2025-10-28")]),
    ("reactietermijn", UNKNOWN, [put("reactie/uiterlijk", ...)]),
    ("reactietermijn", NVT, [put("afspraken", [{"artikel": "7", "tekst": "t"}])]),
    ("reactietermijn", MET, OFFER + [put("reactie/uiterlijk", "2025-11-12")]),
    ("reactietermijn", NOT, OFFER + [put("reactie/uiterlijk", "2025-11-13")]),
    # 2028 is a leap year: 1 February to 29 February is 28 days, to 28 February 27
    ("reactietermijn", MET, [put("contractjaar", 2029), put("datum", "2028-02-01"), put("reactie/uiterlijk", "2028-02-29")]),
    ("reactietermijn", NOT, [put("contractjaar", 2029), put("datum", "2028-02-01"), put("reactie/uiterlijk", "2028-02-28")]),
    ("vragen-beantwoord", MET, []),
    ("vragen-beantwoord", UNKNOWN, [put("reactie/contact", ...)]),
    ("vragen-beantwoord", NVT, [put("afspraken", [{"artikel": "5", "tekst": "t"}])]),
    ("tarief-onder-maximum", NVT, []),
    ("tarief-onder-maximum", MET, [put("prestaties/0/maximum", {"bedrag": "104.00", "bron": "b"})]),
    # limited to 104.005, then rounded to 104.01: above the maximum, computed and reported
    ("tarief-onder-maximum", NOT, [put("prestaties/0/maximum", {"bedrag": "104.005", "bron": "b"})]),
    ("wijzigingenoverzicht", NOT, []),
    ("wijzigingenoverzicht", NVT, OFFER),
    ("ova-volledig", MET, []),
    ("ova-volledig", NOT, [put("stappen/2", ON_INDEX)]),
    ("ova-volledig", NOT, [put("stappen/2", {**ON_INDEX, "over": ["i"]})]),
    ("ova-volledig", MET, [put("stappen/2", {**ON_INDEX, "over": ["basis", "i"]})]),
    ("ova-volledig", NOT, [put("stappen/0/aandeel", "99%"), put("stappen/0/reden", "r")]),
    ("ova-volledig", NOT, [put("indexen/lpo/gesteld", "4.71%")]),
    ("ova-volledig", NOT, [put("indexen/lpo", PRICE_ONLY)]),
    ("ova-volledig", UNKNOWN, [put("indexen/lpo", SHORT)]),
    # declared rounding is no discount
    ("ova-volledig", MET, [put("indexen/lpo/afronding", {"totaal": 1})]),
    ("ova-volledig", NVT, [put("prestaties/0/zonder", ["i"]), put("prestaties/0/basis/soort", "nza_tarief"), put("prestaties/0/basis/jaar", 2026)]),
    # a condition that is not met: the step adds nothing, so nothing is indexed
    ("ova-volledig", NOT, [put("stappen/0/voorwaarde", {"omschrijving": "v", "voldaan": False})]),
    ("ova-volledig", NOT, [put("stappen/0/aandelen", {"ova": "0", "ppc": "100"})]),
    ("ova-volledig", NOT, [put("stappen/2", {"id": "l", "soort": "opslag", "over": "i", "reden": "r", "bron": "b", "tabel": {
        "kenmerk": "x", "treden": [{"tot": 2, "percentage": "-10"}, {"percentage": "1"}]}}), put("kenmerken", {"x": {"waarde": 1, "bron": "b"}})]),
    ("ova-volledig", UNKNOWN, [put("prestaties/0/zonder", ["i"]), put("prestaties/0/basis/soort", "kostprijs"), put("prestaties/0/basis/jaar", ...)]),
    ("alle-jaren-geindexeerd", NOT, [put("stappen/0/voorwaarde", {"omschrijving": "v", "voldaan": False})]),
    ("nacalculatie-verwerkt", NVT, [put("stappen/0/voorwaarde", {"omschrijving": "v", "voldaan": False})]),
    ("toelichting-akkoorden", NOT, [put("akkoorden", [{"id": "a", "akkoord": "IZA"}])]),
    ("reactietermijn", NOT, OFFER + [put("reactie/uiterlijk", "2025-09-29")]),
    ("bron-bij-elk-cijfer", NOT, [put("prestaties/0/minimum", {"bedrag": "1"})]),
    ("bron-bij-elk-cijfer", NOT, [put("kenmerken", {"x": {"waarde": 1}})]),
    ("index-niet-dubbel", NOT, [put("stappen/2", {"id": "i2", "soort": "index", "index": "lpo"})]),
    ("index-niet-dubbel", NOT, [put("prestaties/0/basis/soort", "nza_tarief"), put("prestaties/0/basis/jaar", 2026)]),
    ("alle-jaren-geindexeerd", MET, []),
    ("alle-jaren-geindexeerd", NOT, [put("prestaties/0/basis/jaar", 2024)]),
    ("alle-jaren-geindexeerd", MET, [put("prestaties/0/basis/jaar", 2024), put("toelichting", {"indexatie": "waarom 2025 niet"})]),
    ("alle-jaren-geindexeerd", UNKNOWN, [put("prestaties/0/basis/jaar", ...), put("prestaties/0/basis/soort", "kostprijs")]),
    ("nacalculatie-verwerkt", MET, []),
    ("nacalculatie-verwerkt", NOT, [put("indexen/lpo/componenten/1/nacalculatie", ...)]),
    ("nacalculatie-verwerkt", NOT, [put("indexen/lpo/componenten/0/vorig/jaar", 2023)]),
    ("nacalculatie-verwerkt", MET, [put("indexen/lpo/componenten/1/nacalculatie", ...), put("toelichting", {"indexatie": "geen"})]),
    ("nacalculatie-verwerkt", MET, [put("indexen/lpo", SHORT), put("stappen/2", {"id": "n", "soort": "nacalculatie", "bedrag": "-0.10", "jaar": 2025, "doorwerking": "eenmalig", "reden": "r", "bron": "b"})]),
    ("nacalculatie-verwerkt", NOT, [put("indexen/lpo", SHORT), put("stappen/2", {"id": "n", "soort": "nacalculatie", "bedrag": "-0.10", "jaar": 2023, "doorwerking": "eenmalig", "reden": "r", "bron": "b"})]),
    ("bron-bij-elk-cijfer", MET, []),
    ("bron-bij-elk-cijfer", NOT, [put("prestaties/0/basis/bron", ...)]),
    ("bron-bij-elk-cijfer", NOT, [put("indexen/lpo/bron", ...)]),
    ("index-niet-dubbel", MET, []),
    ("index-niet-dubbel", NOT, [put("prestaties/1", {"code": "B", "basis": {"soort": "vorig_contract", "prestatie": "A"}})]),
    ("tarief-niet-negatief", MET, []),
    ("tarief-niet-negatief", NOT, [put("stappen/2", {"id": "d", "soort": "afslag", "bedrag": "500", "reden": "r", "bron": "b"})]),
]

LEGAL = {"toelichting-basis", "toelichting-indexatie", "toelichting-op-en-afslagen", "toelichting-volume", "toelichting-benchmark",
         "toelichting-akkoorden", "op-en-afslag-navolgbaar", "gesteld-volgt", "aangeboden-1-oktober", "reactietermijn",
         "vragen-beantwoord", "tarief-onder-maximum"}


def contract():
    """Last year's contract of the same parties: line A at 100 euro flat."""
    return {
        "formaat": "navolgbaar/voorstel/1", "soort": "contract", "kenmerk": "C-0", "contractjaar": 2025,
        "zorgverzekeraar": {"naam": "Polis (fictief)", "uzovi": "9999"},
        "zorgaanbieder": {"naam": "Praktijk (fictief)", "agb": "99999999"},
        "prestaties": [{"code": "A", "tarief": "100"}],
    }


# rule, outcome, a word of the reason, changes to the proposal, changes to the contract
WITH_CONTRACT = [
    ("wijzigingenoverzicht", MET, "C-0", [], []),
    ("wijzigingenoverzicht", NVT, "digitaal", OFFER, []),
    ("wijzigingenoverzicht", UNKNOWN, "geen contract", [], [put("soort", "offerte"), put("contractering", "face_to_face")]),
    ("toelichting-basis", MET, "vorige contract", [], []),
    ("toelichting-basis", NOT, "A", [], [put("prestaties/0/tarief", "100.01")]),
    ("toelichting-basis", NOT, "A", [put("prestaties/0/basis/bedrag", "99.99")], []),
    ("toelichting-basis", NOT, "A", [], [put("prestaties/0/code", "B")]),
    ("toelichting-basis", MET, "vorige contract", [put("prestaties/0/was", "B")], [put("prestaties/0/code", "B")]),
    ("toelichting-basis", MET, "basis", [put("prestaties/0/basis/soort", "kostprijs")], [put("prestaties/0/tarief", "1")]),
    ("toelichting-basis", NOT, "A", [], [put("prestaties/0/tarief", ...)]),  # the contract has the line, but no tariff for it
    ("toelichting-basis", MET, "andere", [put("prestaties/1", {"code": "B", "tarief": "9"}), put("toelichting", {"basis": "t", "indexatie": "t"})], []),
]


def check(changes, tmp_path, previous=None):
    document = proposal()
    for change in changes:
        change(document)
    file = tmp_path / "voorstel.json"
    file.write_text(json.dumps(copy.deepcopy(document)), encoding="utf-8")
    more = []
    if previous is not None:
        (tmp_path / "contract.json").write_text(json.dumps(previous), encoding="utf-8")
        more = ["--previous", str(tmp_path / "contract.json")]
    done = subprocess.run([NVB, "check", str(file), "--format", "json", *more], capture_output=True, text=True, timeout=30,
                          check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, {row["id"]: row for row in json.loads(done.stdout)["toetsen"]}


@pytest.mark.parametrize("rule, outcome, changes", CASES, ids=[f"{r}-{o}-{i}" for i, (r, o, _) in enumerate(CASES)])
def test_outcome(rule, outcome, changes, tmp_path):
    code, rows = check(changes, tmp_path)
    assert rows[rule]["uitkomst"] == outcome, rows[rule]["waarom"]
    broken = {r for r in rows if rows[r]["uitkomst"] == NOT and r in LEGAL}
    assert code == (1 if broken else 0)


@pytest.mark.parametrize("rule, outcome, word, changes, to_contract", WITH_CONTRACT,
                         ids=[f"{row[0]}-{row[1]}-{i}" for i, row in enumerate(WITH_CONTRACT)])
def test_against_the_previous_contract(rule, outcome, word, changes, to_contract, tmp_path):
    previous = contract()
    for change in to_contract:
        change(previous)
    code, rows = check(changes, tmp_path, previous)
    assert rows[rule]["uitkomst"] == outcome, rows[rule]["waarom"]
    assert word in rows[rule]["waarom"]
    broken = {r for r in rows if rows[r]["uitkomst"] == NOT and r in LEGAL}
    assert code == (1 if broken else 0)


def test_a_contract_owes_no_toelichting(tmp_path):
    _, rows = check([put("soort", "contract")], tmp_path)
    assert {row["uitkomst"] for row in rows.values()} == {NVT}


def test_only_the_law_can_be_enforced(tmp_path):
    _, rows = check([], tmp_path)
    assert {r for r in rows if rows[r]["aard"] == "wettelijk"} == LEGAL
    assert {rows[r]["aard"] for r in rows} == {"wettelijk", "richtsnoer", "eigen"}


def test_every_rule_has_cases(tmp_path):
    _, rows = check([], tmp_path)
    assert set(rows) == {rule for rule, _, _ in CASES}
