"""The oracle against published figures and hand arithmetic; the generator against its promise of variety.

Expected amounts are published (source named in the case) or worked out by hand in the comment beside them.
"""

import decimal
import json
import random
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generate  # noqa: E402
import oracle  # noqa: E402


def figures(document, policy=None):
    """{path: waarde} as the oracle shows it."""
    text = json.dumps(document)
    computed = oracle.compute(oracle.load(text), policy and oracle.load(json.dumps(policy)))
    return {path: oracle.show(value)[0] for path, value in computed.items()}


def priced(steps, bedrag="100", **rest):
    """A proposal of one line P."""
    document = {"indexen": rest.pop("indexen", {}), "kenmerken": rest.pop("kenmerken", {})}
    return document | {"prestaties": [{"code": "P", "basis": {"bedrag": bedrag}, "stappen": steps, **rest}]}


VNG_2024 = {
    "componenten": [
        {"id": "ova", "aandeel": "90%", "voorlopig": "4.94%", "vorig": {"voorlopig": "4.74%", "definitief": "6.36%"}},
        {"id": "ppc", "aandeel": "10%", "voorlopig": "2.51%", "vorig": {"voorlopig": "4.87%", "definitief": "7.02%"}},
    ],
    "methode": {"nacalculatie": "verhouding", "samenstelling": "optellen", "weging": "per_term"},
    "afronding": {"gewogen": 2},
}


# ---------------------------------------------------------------- published cases


def test_vng_2024():
    """Published by the municipalities' association: 1.55 and 2.05, weighted 1.60, provisional 4.70, total 6.30."""
    found = figures({"indexen": {"vng": VNG_2024}})
    assert found["/indexen/vng"] == "6.3"
    assert found["/indexen/vng/nacalculatie"] == "1.6"
    assert found["/indexen/vng/voorlopig"] == "4.7"
    assert found["/indexen/vng/ova/nacalculatie"].startswith("1.5466")  # 106.36/104.74 - 1
    assert found["/indexen/vng/ppc/nacalculatie"].startswith("2.0501")  # 107.02/104.87 - 1
    assert "/indexen/vng/ova" not in found and "/indexen/vng/ova/gewogen" not in found


@pytest.mark.parametrize(("composition", "expected"), [("optellen", "6.29"), ("vermenigvuldigen", "6.37")])
def test_vng_2024_by_other_methods(composition, expected):
    """Unrounded gives 6.29, multiplied 6.37: both were wrong answers to the published 6.30."""
    other = VNG_2024 | {"methode": VNG_2024["methode"] | {"samenstelling": composition}, "afronding": {"totaal": 2}}
    assert figures({"indexen": {"vng": other}})["/indexen/vng"] == expected


@pytest.mark.parametrize(
    ("unit", "tariffs"),
    [("10.8345", "5.42 10.83 21.67 16.25 27.09"), ("11.509", "5.75 11.51 23.02 17.26 28.77")],
)
def test_gp_consultations(unit, tariffs):
    """Published 2022 and 2023: one unrounded unit value carried into five consultations."""
    lines = [{"code": "unit", "basis": {"bedrag": unit}}]
    for code, factor in zip("abcde", ("0.5", "1", "2", "1.5", "2.5")):
        lines.append({"code": code, "basis": {"prestatie": "unit", "factor": factor}})
    found = figures({"prestaties": lines})
    assert [found[f"/prestaties/{code}/tarief"] for code in "abcde"] == tariffs.split()


def test_gp_consultation_from_a_rounded_unit():
    """From the unit in cents the double consultation would be 21.66, which is not what was published."""
    lines = [
        {"code": "unit", "basis": {"bedrag": "10.8345"}},
        {"code": "c", "basis": {"prestatie": "unit", "van": "tarief", "factor": "2"}},
    ]
    assert figures({"prestaties": lines})["/prestaties/c/tarief"] == "21.66"


@pytest.mark.parametrize(
    ("points", "tariff"),
    [
        ("7.6", "50.54"), ("3.8", "25.27"), ("5", "33.25"), ("6", "39.9"), ("12", "79.79"), ("18", "119.69"),
        ("30", "199.48"), ("3", "19.95"), ("4.2", "27.93"), ("34", "226.08"), ("10", "66.49"),
    ],
)  # fmt: skip
def test_dental_2023(points, tariff):
    """Published 2023 tariffs from the point value 6.6494."""
    found = figures({"prestaties": [{"code": "C", "basis": {"bedrag": "6.6494", "factor": points}}]})
    assert found["/prestaties/C/tarief"] == tariff


def test_district_nursing_2023():
    """0.9 × 4.74 + 0.1 × 4.87 = 4.753, published as 4.75; on top a correction of 2.17 by court order."""
    index = {
        "componenten": [
            {"id": "ova", "aandeel": "90%", "voorlopig": "4.74%"},
            {"id": "ppc", "aandeel": "10%", "voorlopig": "4.87%"},
        ],
        "afronding": {"totaal": 2},
        "gesteld": "4.75%",
    }
    steps = [
        {"id": "wv", "soort": "index", "index": "wv"},
        {"id": "corr", "soort": "nacalculatie", "percentage": "2.17%", "over": "basis"},
    ]
    found = figures(priced(steps, "60.00", indexen={"wv": index}))
    assert found["/indexen/wv"] == "4.75" and found["/indexen/wv/ova/gewogen"] == "4.266"
    assert found["/prestaties/P/stappen/wv"] == "2.85"
    # 60 × 0.9 × 4.74% = 2.5596 and 60 × 0.1 × 4.87% = 0.2922 make 2.8518: rounding took 0.0018
    assert found["/prestaties/P/stappen/wv/ova/voorlopig"] == "2.5596"
    assert found["/prestaties/P/stappen/wv/ppc/voorlopig"] == "0.2922"
    assert found["/prestaties/P/stappen/wv/ova/nacalculatie"] == "0"
    assert found["/prestaties/P/stappen/wv/rest"] == "-0.0018"
    assert found["/prestaties/P/stappen/corr"] == "1.302"
    assert found["/prestaties/P/tarief"] == "64.15"  # 64.152


def test_hospital_framework():
    """0.6 × 4.12 + 0.3 × 2.37 + 0.1 × 2.80 = 3.463, published as 3.46."""
    parts = [("loon", "60%", "4.12"), ("prijs", "30%", "2.37"), ("kapitaal", "10%", "2.80")]
    index = {"componenten": [{"id": i, "aandeel": w, "voorlopig": v} for i, w, v in parts], "afronding": {"totaal": 2}}
    assert figures({"indexen": {"i": index}})["/indexen/i"] == "3.46"


# ---------------------------------------------------------------- by hand


def test_one_percent_has_two_meanings():
    """On an index of 6.30%: 1% of the indexed tariff leaves 5.237%, one point off the index 5.30%."""
    index = {"id": "ix", "soort": "index", "percentage": "6.30%"}
    off = {"id": "af", "soort": "afslag", "percentage": "1%"}
    assert figures(priced([index, off | {"over": "geindexeerd"}]))["/prestaties/P/onafgerond"] == "105.237"
    assert figures(priced([index, off | {"over": "basis"}]))["/prestaties/P/onafgerond"] == "105.3"
    assert figures(priced([index, off | {"over": "ix"}]))["/prestaties/P/onafgerond"] == "106.237"
    assert figures(priced([index, off | {"over": ["basis", "ix"]}]))["/prestaties/P/onafgerond"] == "105.237"


def test_multiplied_index_splits_without_a_rest():
    """n = 110/100 - 1 = 10%, v = 5%: (1.1 × 1.05 - 1) = 15.5%; on 200: 20 + 200 × 5% × 1.1 = 11, together 31."""
    index = {"componenten": [{"id": "c", "voorlopig": "5", "vorig": {"voorlopig": "0", "definitief": "10"}}]}
    found = figures(priced([{"id": "s", "soort": "index", "index": "i"}], "200", indexen={"i": index}))
    assert found["/indexen/i"] == found["/indexen/i/c"] == "15.5"
    assert found["/prestaties/P/stappen/s/c/nacalculatie"] == "20"
    assert found["/prestaties/P/stappen/s/c/voorlopig"] == "11"
    assert found["/prestaties/P/stappen/s"] == "31"
    assert "/prestaties/P/stappen/s/rest" not in found


def test_own_shares():
    """Half and half instead of 90/10, terms rounded at 2: N = 1.80 (1.798…), V = 3.73 (3.725), together 5.53."""
    step = {"id": "s", "soort": "index", "index": "vng", "aandelen": {"ova": "1/2", "ppc": "50%"}}
    found = figures(priced([step], indexen={"vng": VNG_2024}))
    assert found["/indexen/vng"] == "6.3"
    assert found["/prestaties/P/stappen/s/index"] == "5.53"
    assert found["/prestaties/P/stappen/s"] == "5.53"


def test_intermediate_rounding_is_inside_the_step():
    """100.333 + 1.5% (1.504995): the stand goes to 101.84, so the step is 1.507, of which 0.002005 rounding."""
    step = {"id": "s", "soort": "opslag", "percentage": "1.5", "over": "basis", "afronden": {"decimalen": 2}}
    found = figures(priced([step], "100.333"))
    assert found["/prestaties/P/stappen/s"] == "1.507"
    assert found["/prestaties/P/stappen/s/afronding"] == "0.002005"
    step["afronden"]["wat"] = "bedrag"
    found = figures(priced([step], "100.333"))
    assert found["/prestaties/P/stappen/s"] == "1.5"
    assert found["/prestaties/P/stappen/s/afronding"] == "-0.004995"
    assert found["/prestaties/P/tarief"] == "101.83"


def test_condition_not_met():
    step = {"id": "s", "soort": "opslag", "percentage": "3%", "over": "basis"}
    step["voorwaarde"] = {"omschrijving": "score", "kenmerk": "k", "is": "8.40"}
    met = figures(priced([step], kenmerken={"k": {"waarde": 8.4}}))
    assert met["/prestaties/P/stappen/s"] == "3" and "/prestaties/P/stappen/s/potentieel" not in met
    unmet = figures(priced([step], kenmerken={"k": {"waarde": "8,4"}}))
    assert unmet["/prestaties/P/stappen/s"] == "0" and unmet["/prestaties/P/stappen/s/potentieel"] == "3"


def test_a_step_not_met_still_counts_as_indexed():
    """The stand after it is the one before it: 100 + 10 = 110, of which 1% is 1.10."""
    steps = [
        {"id": "a", "soort": "opslag", "bedrag": "10"},
        {"id": "i", "soort": "index", "percentage": "5", "voorwaarde": {"omschrijving": "x", "voldaan": False}},
        {"id": "b", "soort": "afslag", "percentage": "1", "over": "geindexeerd"},
    ]
    assert figures(priced(steps))["/prestaties/P/stappen/b"] == "-1.1"


@pytest.mark.parametrize(("value", "figure"), [("6.9", "-1"), ("7", "0"), ("7.999", "0"), ("8", "2.5"), (12, "2.5")])
def test_ladder(value, figure):
    treads = [{"tot": 7, "percentage": "-1"}, {"tot": "8.0", "bedrag": "0"}, {"bedrag": "2.50"}]
    step = {"id": "s", "soort": "opslag", "over": "basis", "tabel": {"kenmerk": "k", "treden": treads}}
    assert figures(priced([step], kenmerken={"k": {"waarde": value}}))["/prestaties/P/stappen/s"] == figure


def test_layers_of_a_step():
    """Shared a, b; the group changes b and adds c; the line drops a, changes c in its place and adds d."""
    shared = [{"id": "a", "soort": "opslag", "bedrag": "1"}, {"id": "b", "soort": "opslag", "bedrag": "2"}]
    group = [{"id": "b", "soort": "afslag"}, {"id": "c", "soort": "opslag", "percentage": "50", "over": "stand"}]
    own = [{"id": "d", "soort": "opslag", "bedrag": "8"}, {"id": "c", "percentage": None, "over": None, "bedrag": "4"}]
    line = {"code": "P", "groep": "g", "basis": {"bedrag": "100"}, "zonder": ["a"], "stappen": own}
    found = figures({"stappen": shared, "groepen": {"g": {"stappen": group}}, "prestaties": [line]})
    steps = {path.rsplit("/", 1)[1]: value for path, value in found.items() if "/stappen/" in path}
    assert list(steps.items()) == [("b", "-2"), ("c", "4"), ("d", "8")]


def test_merge_patch_by_the_book():
    """Cases from the appendix of RFC 7396."""
    for target, patch, result in [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ]:
        assert oracle.merge_patch(target, patch) == result


def test_policy_and_catalogue():
    policy = {"kenmerk": "B", "catalogus": {"P": {"basis": {"bedrag": "9.00"}, "maximum": {"bedrag": "1"}}, "Q": {}}}
    document = {"beleid": "B", "prestaties": [{"code": "P", "basis": {"factor": "2"}, "maximum": None}]}
    assert figures(document, policy)["/prestaties/P/tarief"] == "18"
    merged = oracle.effective(document, policy)
    assert merged["x-beleid"] == "B" and "beleid" not in merged and "catalogus" not in merged


def test_limits_then_rounding():
    """110% of 50.005 is 55.0055; the tariff rounds up above its maximum, and the four figures add up."""
    found = figures(priced([], "60", maximum={"bedrag": "50.005", "percentage": "110%"}))
    assert found["/prestaties/P/begrenzing"] == "-4.9945"
    assert found["/prestaties/P/onafgerond"] == "55.0055"
    assert found["/prestaties/P/afronding"] == "0.0045"
    assert found["/prestaties/P/tarief"] == "55.01"


def test_volume_treads_and_turnover():
    """1000 + 2.5% - 4.6 = 1020.4 → 1020; 500 at 100%, 500 at 75%, 20 at 12.5% of 3.33."""
    volume = {
        "basis": {"aantal": 1000},
        "stappen": [{"id": "a", "percentage": "2.5", "over": "basis"}, {"id": "b", "aantal": "-4.6"}],
        "afronding": {"decimalen": 0},
    }
    treads = [{"tot": 500, "percentage": 100}, {"tot": 1000, "percentage": 75}, {"percentage": "12.5"}]
    found = figures(priced([], "3.33", volume=volume, staffels=treads))
    assert found["/prestaties/P/volume"] == "1020" and found["/prestaties/P/volume/afronding"] == "-0.4"
    assert [found[f"/prestaties/P/staffels/{n}"] for n in range(3)] == ["1665", "1248.75", "8.33"]  # 8.325
    assert found["/prestaties/P/omzet"] == "2922.08"
    # 2922.08 / 1020 = 2.86478431372549019607|84…
    assert found["/prestaties/P/effectief_tarief"] == "2.86478431372549019608"


def test_nested_ceilings():
    """a 600, b 400, c 200. Inner on a: 500, cut -100. Outer on a, b: 1000 - 100 against 800 at 50%: 50 - 100 = -50."""
    units = {"a": 300, "b": 200, "c": 100}
    lines = [{"code": code, "tarief": "2", "volume": {"aantal": n}} for code, n in units.items()]
    extra = {"id": "s", "soort": "opslag", "bedrag": "60"}
    ceilings = [
        {"id": "in", "bedrag": 500, "prestaties": ["a"]},
        {"id": "uit", "bedrag": 800, "prestaties": ["a", "b"], "boven": "50%"},
        {"id": "alles", "prestaties": "alle", "basis": {"bedrag": 1000}, "stappen": [extra]},
    ]
    found = figures({"prestaties": lines, "plafonds": ceilings})
    assert (found["/plafonds/in"], found["/plafonds/uit"], found["/plafonds/alles"]) == ("-100", "-50", "0")
    assert found["/plafonds/alles/bedrag"] == "1060"
    # 1200 - 150 = 1050; a bears 100 + 50 × 600/1000 = 130 of it, b 20, and c nothing
    assert found["/totaal/omzet_voor_plafond"] == "1200" and found["/totaal/omzet"] == "1050"
    assert found["/prestaties/b/effectief_tarief"] == "1.9"  # 380 / 200
    assert found["/prestaties/a/effectief_tarief"].startswith("1.5666")  # 470 / 300
    assert "/prestaties/c/effectief_tarief" not in found


# ---------------------------------------------------------------- numbers

DECIMAL_MODES = {
    "rekenkundig": decimal.ROUND_HALF_UP,
    "naar_even": decimal.ROUND_HALF_EVEN,
    "naar_boven": decimal.ROUND_CEILING,
    "naar_beneden": decimal.ROUND_FLOOR,
    "richting_nul": decimal.ROUND_DOWN,
    "weg_van_nul": decimal.ROUND_UP,
}


@pytest.mark.parametrize("mode", oracle.MODES)
def test_rounding_agrees_with_decimal(mode):
    """Python's decimal module rounds decimals by its own code; ties of both signs are among them."""
    rng = random.Random(mode)
    with decimal.localcontext(decimal.Context(prec=100)):
        for _ in range(4000):
            text = generate.digits(rng.randint(-(10**6), 10**6), rng.randint(0, 6))
            text += rng.choice(["", "5", "50"]) if "." in text else ""
            places = rng.randint(0, 6)
            expected = decimal.Decimal(text).quantize(decimal.Decimal(1).scaleb(-places), DECIMAL_MODES[mode])
            assert oracle.round_to(Fraction(text), places, mode) == Fraction(expected), (text, places)


def test_rounding_of_an_afslag():
    """The model's own example: -1.235 becomes -1.23 upwards and -1.24 downwards."""
    value = Fraction("-1.235")
    assert oracle.plain(oracle.round_to(value, 2, "naar_boven")) == "-1.23"
    assert oracle.plain(oracle.round_to(value, 2, "naar_beneden")) == "-1.24"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), ("0", True, None)),
        (Fraction("-0.00"), ("0", True, None)),
        (Fraction("1.10"), ("1.1", True, None)),
        (Fraction(1200), ("1200", True, None)),
        (Fraction(-1, 8), ("-0.125", True, None)),
        (Fraction(1, 10**20), ("0.00000000000000000001", True, None)),
        (Fraction(1, 10**21), ("0", False, "1/1000000000000000000000")),
        (Fraction(-1, 10**21), ("0", False, "-1/1000000000000000000000")),
        (Fraction(-5, 10**21), ("-0.00000000000000000001", False, "-1/200000000000000000000")),
        (Fraction(2, 3), ("0.66666666666666666667", False, "2/3")),
        (Fraction(10**21 - 1, 10**21), ("1", False, "999999999999999999999/1000000000000000000000")),
    ],
)
def test_show(value, shown):
    assert oracle.show(value) == shown


def test_numbers_keep_their_digits():
    found = figures({"prestaties": [{"code": "P", "tarief": "12345678901234567890.12345678901234567890"}]})
    assert found["/prestaties/P/tarief"] == "12345678901234567890.1234567890123456789"
    document = oracle.load('{"prestaties": [{"code": "P", "tarief": 12345678901234567.89}]}')
    assert oracle.show(oracle.compute(document)["/prestaties/P/tarief"])[0] == "12345678901234567.89"


@pytest.mark.parametrize("text", ["1,5", "1e3", "+1", " 1", ".5", "1.", "", "0x1", "٣", "1" * 41, "0." + "1" * 21])
def test_not_a_number(text):
    with pytest.raises(oracle.Fault):
        oracle.number(text)


CHAIN = [{"code": "0", "basis": {"bedrag": "1"}}]
CHAIN += [{"code": str(n), "basis": {"prestatie": str(n - 1)}} for n in range(1, 18)]
LIMITED = {"code": "A", "basis": {"bedrag": "1"}, "maximum": {"bedrag": "1"}, "minimum": {"bedrag": "2"}}


def test_sixteen_deep():
    assert figures({"prestaties": CHAIN[:17]})["/prestaties/16/tarief"] == "1"


@pytest.mark.parametrize(
    "document",
    [
        {"prestaties": [{"code": "A", "basis": {"prestatie": "B"}}, {"code": "B", "basis": {"prestatie": "A"}}]},
        {"prestaties": [{"code": "A", "tarief": "1"}, {"code": "A", "tarief": "1"}]},
        {"prestaties": [{"code": "A", "basis": {"bedrag": "1"}, "tarief": "2"}]},
        {"prestaties": [LIMITED]},
        {"prestaties": [{"code": "A", "tarief": "1", "volume": {"aantal": "-1"}}]},
        {"prestaties": CHAIN},
        {"indexen": {"i": VNG_2024 | {"gesteld": "6.29%"}}},
        {"indexen": {"i": {"componenten": [{"id": "a", "aandeel": "99%", "voorlopig": "1"}]}}},
        priced([{"id": "s", "soort": "opslag", "percentage": "1"}]),
        priced([{"id": "s", "soort": "opslag", "percentage": "1", "over": "t"}]),
        priced([{"id": "s", "soort": "afslag", "bedrag": "-1"}]),
        priced([], zonder=["x"]),
    ],
)
def test_faults(document):
    with pytest.raises(oracle.Fault):
        figures(document)


# ---------------------------------------------------------------- the generator


@pytest.fixture(scope="module")
def cases():
    return [generate.make(random.Random(f"self:{n}")) for n in range(500)]


def test_the_same_seed_gives_the_same_case(cases):
    for n in range(20):
        again = generate.make(random.Random(f"self:{n}"))
        assert again.text() == cases[n].text() and again.figures == cases[n].figures


def test_generated_text_reads_back(cases):
    """What is written is what the oracle computed: reading the text gives the same figures."""
    for case in cases[:200]:
        policy = oracle.load(case.policy_text()) if case.policy is not None else None
        assert oracle.compute(oracle.load(case.text()), policy) == case.figures


def test_explanation_needs_no_gaps(cases):
    """Reasons, sources and statements are there, so that a strict explanation has nothing to refuse."""
    for case in cases:
        document = case.effective
        calculation = oracle.Calculation(document)
        for line in document["prestaties"]:
            if "basis" not in line:
                assert {"basis", "indexatie"} <= document["toelichting"].keys()
                continue
            base, steps = line["basis"], calculation.steps_of(line)
            assert "omschrijving" in base or base["soort"] != "anders"
            assert "reden" in base or "percentage" not in base
            for step in steps:
                if step["soort"] in ("opslag", "afslag"):
                    assert "reden" in step and step["bron"] in document["bronnen"]
                assert "reden" in step or "aandeel" not in step


def test_variety(cases):
    """Every rule, mode and base occurs, and ties of both signs at every rounding that can have them."""
    seen = sum((case.seen for case in cases), Counter())
    wanted = [("aandelen",), ("flat",), ("effectief_tarief",), ("policy",), ("catalogus",)]
    wanted += [("method", n, c, w) for n in ("verhouding", "verschil") for c in (True, False) for w in (True, False)]
    wanted += [("over", of) for of in ("basis", "stand", "geindexeerd", "step", "list", "list with basis")]
    wanted += [("step", kind, form, part) for kind in ("opslag", "afslag", "nacalculatie", "index")
               for form in ("percentage", "bedrag", "tabel") for part in (True, False)]  # fmt: skip
    wanted += [("step", "index", "index", part) for part in (True, False)]
    wanted += [("tie", where, mode, sign) for where in ("tarief", "step bedrag", "step stand")
               for mode in oracle.MODES for sign in "+-"]  # fmt: skip
    wanted += [("tie", "volume", mode, "+") for mode in oracle.MODES]
    wanted += [("tie", where, "rekenkundig", sign) for where in ("omzet", "staffel") for sign in "+-"]
    wanted += [("tie", "plafond boven", "rekenkundig", "+"), ("tie", "plafond bedrag", "rekenkundig", "+")]
    stages = ("nacalculatie", "component", "gewogen", "totaal")
    wanted += [("round", "index " + stage, "rekenkundig") for stage in stages]
    wanted += [("tabel", "is"), ("tabel", "tot"), ("zonder", "id"), ("zonder", "alle"), ("zonder", "and anew")]
    wanted += [("voorwaarde", fact, met) for fact in (True, False) for met in (True, False)]
    wanted += [("patched step", True, null) for null in (True, False)]
    wanted += [("maximum", True), ("maximum", False), ("minimum", True), ("minimum", False)]
    wanted += [("volume", "plain"), ("volume", "built up"), ("tread", "used"), ("tread", "empty")]
    wanted += [("volume step", of) for of in ("aantal", "basis", "stand")]
    wanted += [("plafond", how) for how in ("plain", "built up", "nested", "cuts", "does not cut")]
    wanted += [("derived", "onafgerond", 16), ("derived", "tarief", 1)]
    assert [key for key in wanted if not seen[key]] == []
    assert any(not oracle.show(value)[1] for case in cases for value in case.figures.values())
    assert any(len(line.get("tarief", "")) > 38 for case in cases for line in case.effective["prestaties"])
    assert any("~1" in path and "~0" in path for case in cases for path in case.figures)
