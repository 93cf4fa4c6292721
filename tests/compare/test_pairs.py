"""The comparison on pairs small enough to work out by hand; the arithmetic stands beside each case."""

import copy
import json
from fractions import Fraction

import pytest

HEAD = {
    "formaat": "navolgbaar/voorstel/1", "soort": "contract",
    "zorgverzekeraar": {"naam": "Polis (fictief)", "uzovi": "9991"},
    "zorgaanbieder": {"naam": "Praktijk (fictief)", "agb": "04999902"},
}  # fmt: skip


def contract(year, *lines, **more):
    """A contract: it owes nobody a toelichting, so that the cases stay short."""
    return HEAD | {"kenmerk": f"C-{year}", "contractjaar": year, "prestaties": list(lines)} | more


def flat(code, tariff, count=None, **more):
    return {"code": code, "tarief": tariff} | volume(count) | more


def line(code, amount, *steps, base=None, count=None, **more):
    """A line on a cost price, unless `base` says otherwise; steps are (id, EUR)."""
    spec = {"code": code, "basis": {"soort": "kostprijs", "bedrag": amount} | (base or {})}
    if steps:
        spec["stappen"] = [{"id": name, "soort": "nacalculatie", "bedrag": euro, "doorwerking": "structureel", "jaar": 2024}
                           for name, euro in steps]  # fmt: skip
    return spec | volume(count) | more


def last(which=None, **more):
    """A base that says it comes from last year."""
    return {"soort": "vorig_contract"} | ({"vorig": which} if which else {}) | more


def volume(count):
    return {} if count is None else {"volume": {"aantal": count}}


class Answer:
    def __init__(self, done):
        self.code, self.errors = done.returncode, done.stderr
        self.json = json.loads(done.stdout) if done.stdout else None

    def pair(self, code="A"):
        return next(pair for pair in self.json["prestaties"] if pair["code"] == code)

    def bridge(self, code="A"):
        return [(item["id"], item["soort"], item["bedrag"]) for item in self.pair(code)["brug"]]

    def effect(self, code="A"):
        return tuple(self.pair(code)["effect"][key] for key in ("prijs", "volume", "staffels", "afronding"))

    def total(self):
        return {item["id"]: item["bedrag"] for item in self.json["totaal"]["brug"]}

    def causes(self):
        return {(item["id"], item["soort"]): item["bedrag"] for item in self.json["totaal"]["oorzaken"]}

    def refuses(self, code):
        return self.code == 3 and self.json is None and f"fout {code}" in self.errors

    def warns(self, code):
        return self.code in (0, 1) and f"waarschuwing {code}" in self.errors


@pytest.fixture
def diff(nvb, write):
    def call(old, new, *options):
        sides = ((old, "oud.json"), (new, "nieuw.json"))
        files = [side if isinstance(side, str) else write(side, name) for side, name in sides]
        return Answer(nvb("diff", *files, "--format", "json", *options))

    return call


@pytest.fixture
def price_list(tmp_path):
    def to_file(text, name="prijslijst.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return to_file


SMALLER, LARGER = contract(2025, flat("A", "10", 100)), contract(2026, flat("A", "11", 120))


# ---------------------------------------------------------------- price and volume


def test_price_and_volume_in_order(diff):
    """10 to 11 euro, 100 to 120 units: first 20 more at 10 = 200, then 1 euro more on 120 = 120; 1000 to 1320."""
    found = diff(SMALLER, LARGER)
    assert found.code == 1
    assert found.effect() == ("120", "200", "0", "0")
    assert found.total() == {"prijs": "120", "volume": "200"}
    assert [found.json["totaal"][key] for key in ("oud", "nieuw", "verschil")] == ["1000", "1320", "320"]
    assert found.json["attributie"] == "volgorde"


def test_price_and_volume_in_order_the_other_way(diff):
    """11 to 10, 120 to 100: 20 fewer at 11 = -220, 1 euro less on 100 = -100. It does not mirror."""
    found = diff(LARGER, SMALLER)
    assert found.effect() == ("-100", "-220", "0", "0")
    assert found.json["totaal"]["verschil"] == "-320"


def test_price_and_volume_in_the_middle(diff):
    """1 euro on the mean of 100 and 120 = 110; 20 units at the mean of 10 and 11 = 210. It mirrors."""
    assert diff(SMALLER, LARGER, "--attributie", "midden").effect() == ("110", "210", "0", "0")
    assert diff(LARGER, SMALLER, "--attributie", "midden").effect() == ("-110", "-210", "0", "0")


def test_rounding_of_turnovers_to_cents(diff):
    """10.01 x 0.5 = 5.005 is paid 5.01; 10.03 x 0.5 = 5.015 is paid 5.02: 0.005 both, nothing changed. Against 10.02 x 0.5 =
    5.01 exactly, the old half cent falls away."""
    same = diff(contract(2025, flat("A", "10.01", "0.5")), contract(2026, flat("A", "10.03", "0.5")))
    assert same.effect() == ("0.01", "0", "0", "0")
    gone = diff(contract(2025, flat("A", "10.01", "0.5")), contract(2026, flat("A", "10.02", "0.5")))
    assert gone.effect() == ("0.005", "0", "0", "-0.005")
    # 5.01 to 5.01. Down to the cent the two are 0.00 and -0.01, a cent too low; of equal remainders the first goes up. Both
    # are then printed as they would be alone (half away from zero), so that none carries a cent.
    items = gone.json["totaal"]["brug"]
    assert [(i["id"], i["afgedrukt"], i.get("draagt_cent", False)) for i in items] == [
        ("prijs", "0.01", False), ("afronding", "-0.01", False)
    ]  # fmt: skip


def test_treads(diff):
    """Up to 50 at 100%, the rest at 50%: 500 + 250 = 750 for 10 euro, 550 + 275 = 825 for 11. Without treads it would be
    1000 and 1100; treads cost 250 then and 275 now."""
    treads = {"staffels": [{"tot": 50, "percentage": "100%"}, {"percentage": "50%"}]}
    found = diff(contract(2025, flat("A", "10", 100, **treads)), contract(2026, flat("A", "11", 100, **treads)))
    assert found.effect() == ("100", "0", "-25", "0")
    assert found.total() == {"prijs": "100", "staffels": "-25"}


def test_ceiling(diff):
    """1000 to 1200; what is above 1100 is not paid: -100."""
    new = contract(2026, flat("A", "12", 100), plafonds=[{"id": "p", "omschrijving": "p", "bedrag": "1100", "prestaties": "alle"}])
    found = diff(contract(2025, flat("A", "10", 100)), new)
    assert found.total() == {"prijs": "200", "plafonds": "-100"}
    assert found.json["totaal"]["nieuw"] == "1100"


def test_new_and_lapsed_lines(diff):
    """B of 5 x 3 = 15 lapses, C of 7 x 4 = 28 is new."""
    found = diff(contract(2025, flat("A", "10", 1), flat("B", "5", 3)), contract(2026, flat("C", "7", 4), flat("A", "10", 1)))
    assert found.total() == {"nieuw": "28", "vervallen": "-15"}
    assert [(p["code"], p["status"]) for p in found.json["prestaties"]] == [("C", "nieuw"), ("A", "ongewijzigd"), ("B", "vervallen")]
    assert "oud" not in found.pair("C") and "nieuw" not in found.pair("B")
    assert found.pair("B")["oud"] == {"tarief": "5", "aantal": "3", "omzet": "15"}


def test_volume_on_one_side(diff):
    """No volume counts as 0 units: from 0 to 10 x 3 = 30, all of it volume; and it is said of how many lines."""
    found = diff(contract(2025, flat("A", "10")), contract(2026, flat("A", "11", 3)))
    assert found.effect() == ("3", "30", "0", "0")
    assert found.json["totaal"]["zonder_volume"] == {"oud": 1, "nieuw": 0}
    assert found.pair()["oud"] == {"tarief": "10"}


def test_causes(diff):
    """Index 1 euro on A (20 units) and 2 on B (30) = 80; the cost price of B 5 more = 150."""
    old = contract(2025, line("A", "10", count=20), line("B", "10", count=30))
    new = contract(2026, line("A", "10", ("index", "1"), count=20), line("B", "15", ("index", "2"), count=30))
    found = diff(old, new)
    assert found.causes() == {("index", "stap"): "80", ("basis", "basis"): "150"}
    assert found.total() == {"prijs": "230"}


def test_mix(diff):
    """A 10 euro, 100 to 120; B 20 euro, 100 to 100: 20 units more at the mean of 15 = 300, but they were the cheap ones: the
    volume effect is 10 x 20 = 200, so the mix is -100."""
    groups = {"groepen": {"g": {"omschrijving": "Groep"}}}
    in_group = {"groep": "g", "eenheid": "uur"}
    old = contract(2025, flat("A", "10", 100, **in_group), flat("B", "20", 100, **in_group), **groups)
    new = contract(2026, flat("A", "10", 120, **in_group), flat("B", "20", 100, **in_group), **groups)
    assert diff(old, new).json["groepen"] == [
        {"groep": "g", "eenheid": "uur", "prestaties": 2, "oud": "200", "nieuw": "220", "prijs": "0", "volume": "200",
         "hoeveelheid": "300", "mix": "-100"}
    ]  # fmt: skip
    # midden: the mean tariff is (3000/200 + 3200/220)/2 = (15 + 160/11)/2 = 325/22; times 20 = 3250/11
    middle = diff(old, new, "--attributie", "midden").json["groepen"][0]
    assert (middle["hoeveelheid_breuk"], middle["mix_breuk"]) == ("3250/11", "-1050/11")
    new["prestaties"][1]["eenheid"] = "dag"
    assert diff(old, new).json["groepen"] == []


# ---------------------------------------------------------------- the tariff


def test_base_that_does_not_connect(diff):
    """The contract came to 100.00, the base says 100.50: 0.50 is not explained; the index adds 4.02."""
    found = diff(contract(2025, flat("A", "100.00")), contract(2026, line("A", "100.50", ("index", "4.02"), base=last())))
    assert found.bridge() == [("basis_sluit_niet_aan", "basis_sluit_niet_aan", "0.5"), ("index", "stap_nieuw", "4.02")]
    assert found.pair()["verschil"] == "4.52"


def test_steps_after_the_figure_that_is_named(diff):
    """100 + a 5 + b 2 + c 1 = 108. The base is the stand after a = 105; b lapsed (-2), c went from 1 to 1.5, d is new (3):
    105 + 1.5 + 3 = 109.50, 1.50 more. A step a of the new year is new: the old one is in the base."""
    old = contract(2025, line("A", "100", ("a", "5"), ("b", "2"), ("c", "1")))
    found = diff(old, contract(2026, line("A", "105", ("c", "1.5"), ("d", "3"), base=last("na:a"))))
    assert sorted(found.bridge()) == [("b", "stap_vervallen", "-2"), ("c", "stap_gewijzigd", "0.5"), ("d", "stap_nieuw", "3")]
    assert found.pair()["verschil"] == "1.5"
    found = diff(old, contract(2026, line("A", "108", ("a", "4"), ("c", "1"), base=last())))
    assert sorted(found.bridge()) == [("a", "stap_nieuw", "4"), ("c", "stap_nieuw", "1")]


def test_step_that_the_contract_does_not_have(diff):
    """E606: na:x is unknown, so the tariff of 108 is what is compared with."""
    old = contract(2025, line("A", "100", ("a", "8")))
    found = diff(old, contract(2026, line("A", "107", base=last("na:x"))))
    assert found.warns("E606")
    assert found.bridge() == [("basis_sluit_niet_aan", "basis_sluit_niet_aan", "-1")]


def test_flat_contract_named_by_step(diff):
    """A flat contract has only a tariff to name; that is no warning."""
    found = diff(contract(2025, flat("A", "100")), contract(2026, line("A", "100", ("i", "2"), base=last("na:x"))))
    assert "E606" not in found.errors
    assert found.bridge() == [("i", "stap_nieuw", "2")]


def test_unrounded_figure_of_last_year(diff):
    """100.004 unrounded, 100.00 rounded (-0.004); the base 100.004 + 1 = 101.004, again -0.004: rounding is the same. From the
    tariff it would be new: 100 + 1.004 = 101.004."""
    old = contract(2025, line("A", "100", ("a", "0.004")))
    assert diff(old, contract(2026, line("A", "100.004", ("i", "1"), base=last("onafgerond")))).bridge() == [("i", "stap_nieuw", "1")]
    assert diff(old, contract(2026, line("A", "100", ("i", "1.004"), base=last()))).bridge() == [
        ("i", "stap_nieuw", "1.004"), ("afronding", "afronding", "-0.004")
    ]  # fmt: skip


def test_percentage_and_factor_on_a_base_of_last_year(diff):
    """100 x 90% x 1/2 = 45: -10 and -45."""
    found = diff(contract(2025, flat("A", "100")), contract(2026, line("A", "100", base=last(percentage="90%", factor="1/2", reden="r"))))
    assert found.bridge() == [("basis_percentage", "basis_percentage", "-10"), ("basis_factor", "basis_factor", "-45")]


def test_percentage_and_factor_on_another_base(diff):
    """80 x 90% x 0.5 = 36 to 100 x 110% x 0.25 = 27.50. Amount: 20 x 0.9 x 0.5 = 9; percentage: 100 x 0.2 x 0.5 = 10; factor:
    110 x -0.25 = -27.50."""
    old = contract(2025, line("A", "80", base={"percentage": "90%", "factor": "0.5", "reden": "r"}))
    new = contract(2026, line("A", "100", base={"percentage": "110%", "factor": "0.25", "reden": "r"}))
    found = diff(old, new)
    assert found.bridge() == [
        ("basis", "basis", "9"), ("basis_percentage", "basis_percentage", "10"), ("basis_factor", "basis_factor", "-27.5"),
    ]  # fmt: skip
    assert found.pair()["verschil"] == "-8.5"


def test_steps_on_another_base(diff):
    """A cost price claims nothing: all steps pair by id. 100 + 5 + 2 = 107 to 101 + 6 + 1 = 108."""
    old, new = contract(2025, line("A", "100", ("a", "5"), ("b", "2"))), contract(2026, line("A", "101", ("a", "6"), ("c", "1")))
    assert sorted(diff(old, new).bridge()) == [
        ("a", "stap_gewijzigd", "1"), ("b", "stap_vervallen", "-2"), ("basis", "basis", "1"), ("c", "stap_nieuw", "1")
    ]  # fmt: skip


def test_rounds_of_one_year_claim_nothing(diff):
    """The second round of 2026: 100 became 101, whatever the base is called."""
    old, new = contract(2026, line("A", "100", base=last())), contract(2026, line("A", "101", base=last()), ronde=2)
    found = diff(old, new)
    assert found.bridge() == [("basis", "basis", "1")]
    assert "E603" not in found.errors and "E604" not in found.errors


def test_line_that_leans_on_another(diff):
    """B is half of A: 100 to 110 makes 50 to 55, and it is the base that moved."""
    half = {"code": "B", "basis": {"soort": "kostprijs", "prestatie": "A", "factor": "0.5"}}
    found = diff(contract(2025, line("A", "100"), half), contract(2026, line("A", "110"), half))
    assert found.bridge("B") == [("basis", "basis", "5")]


def test_limits(diff):
    """100 + 10 = 110, at most 105 then (-5), 108 now (-2). From the tariff of 105 it is 115, at most 108: -7."""
    old = contract(2025, line("A", "100", ("a", "10"), maximum={"bedrag": "105"}))
    new = contract(2026, line("A", "100", ("a", "10"), maximum={"bedrag": "108"}))
    assert diff(old, new).bridge() == [("begrenzing", "begrenzing", "3")]
    new = contract(2026, line("A", "105", ("a", "10"), base=last(), maximum={"bedrag": "108"}))
    assert diff(old, new).bridge() == [("a", "stap_nieuw", "10"), ("begrenzing", "begrenzing", "-7")]


def test_rounding_is_an_item(diff):
    """100.004 is 100.00 (-0.004), 100.006 is 100.01 (+0.004): 0.002 of the step, 0.008 of the rounding."""
    found = diff(contract(2025, line("A", "100", ("a", "0.004"))), contract(2026, line("A", "100", ("a", "0.006"))))
    assert found.bridge() == [("a", "stap_gewijzigd", "0.002"), ("afronding", "afronding", "0.008")]
    assert [item["afgedrukt"] for item in found.pair()["brug"]] == ["0.00", "0.01"]


def test_flat_on_either_side(diff):
    """Nothing is known of a flat tariff but the two figures, unless the base says it comes from it."""
    flat_old, built_old = contract(2025, flat("A", "100")), contract(2025, line("A", "90", ("a", "10")))
    assert diff(built_old, contract(2026, flat("A", "103"))).bridge() == [("tarief", "tarief", "3")]
    assert diff(flat_old, contract(2026, line("A", "95", ("a", "8")))).bridge() == [("tarief", "tarief", "3")]
    assert diff(flat_old, contract(2026, line("A", "95", ("a", "8"), base=last()))).bridge() == [
        ("basis_sluit_niet_aan", "basis_sluit_niet_aan", "-5"), ("a", "stap_nieuw", "8")
    ]  # fmt: skip


def test_changes_that_cancel_out(diff):
    """10 from one step to another: the tariff is the same, and yet something changed."""
    found = diff(contract(2025, line("A", "100", ("a", "10"))), contract(2026, line("A", "100", ("b", "10"))))
    assert sorted(found.bridge()) == [("a", "stap_vervallen", "-10"), ("b", "stap_nieuw", "10")]
    assert (found.pair()["status"], found.pair()["verschil"]) == ("gewijzigd", "0")


def test_amount_that_does_not_terminate(diff):
    """100/3 = 33.33 and 101/3 = 33.67: the base 1/3 more, the rounding 0.01/3 + 0.01/3 = 1/150."""
    old, new = (contract(y, line("A", a, base={"factor": "1/3"})) for y, a in ((2025, "100"), (2026, "101")))
    basis, rounding = diff(old, new).pair()["brug"]
    assert basis == {"id": "basis", "soort": "basis", "bedrag": "0.33333333333333333333", "breuk": "1/3", "afgedrukt": "0.33"}
    assert (rounding["breuk"], rounding["afgedrukt"]) == ("1/150", "0.01")


def test_tie_in_the_largest_remainder(diff):
    """0.335 + 0.335 + 0.33 = 1.00; down to 0.33 each a cent is missing, and the first of the two halves has it. The second
    would alone be 0.34: it is the one that is printed otherwise."""
    steps = ("a", "0.335"), ("b", "0.335"), ("c", "0.33")
    found = diff(contract(2025, line("A", "10")), contract(2026, line("A", "10", *steps)))
    assert [(i["id"], i["afgedrukt"], i.get("draagt_cent", False)) for i in found.pair()["brug"]] == [
        ("a", "0.34", False), ("b", "0.33", True), ("c", "0.33", False),
    ]  # fmt: skip


def test_tie_below_zero(diff):
    """-0.335 twice and -0.33: down to -0.34, -0.34, -0.33 is a cent too low; the first goes up to -0.33, and carries it."""
    steps = ("a", "-0.335"), ("b", "-0.335"), ("c", "-0.33")
    found = diff(contract(2025, line("A", "10")), contract(2026, line("A", "10", *steps)))
    assert [(i["id"], i["afgedrukt"], i.get("draagt_cent", False)) for i in found.pair()["brug"]] == [
        ("a", "-0.33", True), ("b", "-0.34", False), ("c", "-0.33", False),
    ]  # fmt: skip


# ---------------------------------------------------------------- which lines belong together


def test_renamed(diff):
    found = diff(contract(2025, flat("A", "10", 100)), contract(2026, flat("B", "11", 120, was="A")))
    pair = found.pair("B")
    assert (pair["was"], pair["status"], pair["verschil"]) == (["A"], "gewijzigd", "1")
    assert found.effect("B") == ("120", "200", "0", "0")


def test_codes_that_change_places(diff):
    """B is what A was and A what B was: 10 to 11 and 20 to 22."""
    found = diff(contract(2025, flat("A", "10"), flat("B", "20")), contract(2026, flat("A", "22", was="B"), flat("B", "11", was="A")))
    assert (found.pair("A")["verschil"], found.pair("B")["verschil"]) == ("2", "1")


def test_was_takes_the_line_from_its_own_code(diff):
    """A comes from B; the old A then lapses."""
    found = diff(contract(2025, flat("A", "10", 1), flat("B", "20", 1)), contract(2026, flat("A", "21", 1, was="B")))
    assert [(p["status"], p.get("was")) for p in found.json["prestaties"]] == [("gewijzigd", ["B"]), ("vervallen", None)]


def test_put_together_by_volume(diff):
    """(10 x 100 + 20 x 300) / 400 = 17.50; to 18 for 400: 0.5 x 400 = 200; 7000 to 7200."""
    old = contract(2025, flat("A", "10", 100), flat("B", "20", 300))
    found = diff(old, contract(2026, flat("C", "18", 400, was=["A", "B"])))
    assert found.pair("C")["oud"] == {"tarief": "17.5", "aantal": "400", "omzet": "7000"}
    assert found.pair("C")["was"] == ["A", "B"] and "splitsing" not in found.pair("C")
    assert found.effect("C") == ("200", "0", "0", "0")
    assert "E608" not in found.errors


def test_put_together_without_volumes(diff):
    """Of one the volume is not known: (10 + 20) / 2 = 15, with a warning."""
    for counts in ((None, None), (100, None), (0, 0)):
        old = contract(2025, flat("A", "10", counts[0]), flat("B", "20", counts[1]))
        found = diff(old, contract(2026, flat("C", "18", was=["A", "B"])))
        assert found.warns("E608")
        assert (found.pair("C")["oud"]["tarief"], found.pair("C")["verschil"]) == ("15", "3")


def test_put_together_turnover_without_volumes(diff):
    """A 10 x 100 = 1000, B 20 without volume; C 18 x 120 = 2160. Price (18 - 15) x 120 = 360; the rest of 1160 is volume: 800."""
    old = contract(2025, flat("A", "10", 100), flat("B", "20"))
    assert diff(old, contract(2026, flat("C", "18", 120, was=["A", "B"]))).effect("C") == ("360", "800", "0", "0")


def test_put_together_flat_and_built_up(diff):
    """(10 + 20) / 2 = 15 to 20: of the flat one nothing is known but the figure, so there is one item."""
    old = contract(2025, flat("A", "10", 1), line("B", "18", ("s", "2"), count=1))
    assert diff(old, contract(2026, line("C", "20", count=2, was=["A", "B"]))).bridge("C") == [("tarief", "tarief", "5")]


def test_put_together_steps(diff):
    """Base 10 and 20, step 1 and none, 100 and 300 units: base 17.50, step 0.25. New: 18 + 1."""
    old = contract(2025, line("A", "10", ("s", "1"), count=100), line("B", "20", count=300))
    found = diff(old, contract(2026, line("C", "18", ("s", "1"), count=400, was=["A", "B"])))
    assert found.bridge("C") == [("basis", "basis", "0.5"), ("s", "stap_gewijzigd", "0.75")]


def test_split_in_proportion(diff):
    """100 units of 10 euro go on in 30 and 10: 75 and 25 units, 750 and 250 euro.
    C: 30 x 11 = 330; price 1 x 30, volume 10 x (30 - 75) = -450. D: 10 x 12 = 120; price 2 x 10, volume 10 x (10 - 25) = -150."""
    found = diff(contract(2025, flat("A", "10", 100)), contract(2026, flat("C", "11", 30, was="A"), flat("D", "12", 10, was="A")))
    assert found.pair("C")["oud"] == {"tarief": "10", "aantal": "75", "omzet": "750"}
    assert found.pair("D")["oud"] == {"tarief": "10", "aantal": "25", "omzet": "250"}
    assert (found.pair("C")["splitsing"], found.pair("D")["was"]) == (True, ["A"])
    assert (found.effect("C"), found.effect("D")) == (("30", "-450", "0", "0"), ("20", "-150", "0", "0"))
    assert found.total() == {"prijs": "50", "volume": "-600"}


def test_split_in_equal_parts(diff):
    """Of one part the volume is not known: half of 100 each."""
    found = diff(contract(2025, flat("A", "10", 100)), contract(2026, flat("C", "11", 30, was="A"), flat("D", "12", was="A")))
    assert [found.pair(code)["oud"]["aantal"] for code in "CD"] == ["50", "50"]


def test_split_with_the_code_living_on(diff):
    """A goes on as A and as B: that is a split too."""
    found = diff(contract(2025, flat("A", "10", 100)), contract(2026, flat("A", "10", 60), flat("B", "10", 40, was="A")))
    assert [found.pair(code)["oud"]["aantal"] for code in "AB"] == ["60", "40"]
    assert found.json["totaal"]["brug"] == []


def test_split_and_put_together_at_once(diff):
    old = contract(2025, flat("A", "10", 1), flat("B", "20", 1))
    assert diff(old, contract(2026, flat("C", "10", was=["A", "B"]), flat("D", "10", was="A"))).refuses("E321")
    assert diff(old, contract(2026, flat("C", "10", was=["A", "B"]), flat("B", "10"))).refuses("E321")


def test_was_between_rounds_of_one_year(diff):
    """`was` speaks of last year: in the second round B is still B, although it was A."""
    old = contract(2026, flat("A", "20"), flat("B", "10"))
    found = diff(old, contract(2026, flat("A", "20"), flat("B", "11", was="A"), ronde=2))
    assert (found.pair("B")["verschil"], found.pair("A")["status"]) == ("1", "ongewijzigd")
    assert "was" not in found.pair("B") and "splitsing" not in found.pair("A")
    # In the first round it still had its old code: then `was` is all there is to go by.
    found = diff(contract(2026, flat("A", "10")), contract(2026, flat("B", "11", was="A"), ronde=2))
    assert (found.pair("B")["verschil"], found.pair("B")["was"]) == ("1", ["A"])


def test_was_of_the_later_document(diff):
    """From the later document to the earlier one the lines pair the same: 11 to 10, and the mean of 17.50 against 18."""
    found = diff(contract(2026, flat("B", "11", was="A")), contract(2025, flat("A", "10")))
    assert (found.pair("A")["was"], found.pair("A")["verschil"]) == (["B"], "-1")
    old = contract(2026, flat("C", "18", 400, was=["A", "B"]))
    found = diff(old, contract(2025, flat("A", "10", 100), flat("B", "20", 300)))
    assert found.pair("A")["splitsing"] and found.pair("A")["oud"] == {"tarief": "18", "aantal": "100", "omzet": "1800"}
    assert found.pair("B")["oud"] == {"tarief": "18", "aantal": "300", "omzet": "5400"}


def test_was_names_an_unknown_code(diff):
    """E602; nothing is left to come from, so the line is new, and A lapsed. With the same code it comes from that."""
    same = diff(contract(2025, flat("A", "10")), contract(2026, flat("A", "11", was="a")))
    assert same.warns("E602") and same.pair()["verschil"] == "1"
    found = diff(contract(2025, flat("A", "10", 1)), contract(2026, flat("B", "10", 1, was="a")))
    assert found.warns("E602")
    assert [p["status"] for p in found.json["prestaties"]] == ["nieuw", "vervallen"]


def test_other_unit(diff):
    found = diff(contract(2025, flat("A", "10", eenheid="uur")), contract(2026, flat("A", "10", eenheid="dag")))
    assert found.warns("E607")
    assert found.pair()["status"] == "gewijzigd"


# ---------------------------------------------------------------- which documents belong together


@pytest.mark.parametrize(("party", "key", "other", "code"), [
    ("zorgaanbieder", "agb", "04999903", "E322"),
    ("zorgverzekeraar", "uzovi", "9992", "E323"),
])  # fmt: skip
def test_other_parties(diff, party, key, other, code):
    new = copy.deepcopy(LARGER)
    new[party][key] = other
    assert diff(SMALLER, new).refuses(code)
    assert diff(SMALLER, new, "--any-party").effect() == ("120", "200", "0", "0")


def test_same_year_and_round(diff):
    assert diff(LARGER, LARGER | {"kenmerk": "anders"}).warns("E603")


def test_newer_given_as_the_old_one(diff):
    assert diff(LARGER, SMALLER).warns("E604")
    assert diff(LARGER | {"ronde": 2}, LARGER).warns("E604")
    assert "E604" not in diff(SMALLER | {"ronde": 2}, LARGER).errors


def test_more_than_a_year_between(diff):
    assert diff(SMALLER | {"contractjaar": 2024}, LARGER).warns("E605")
    assert "E605" not in diff(SMALLER, LARGER).errors


def test_previous_is_no_contract(nvb, write, diff):
    """What is given as last year's contract is an offer; to compare two offers is nothing strange."""
    offer = SMALLER | {"soort": "offerte", "contractering": "digitaal", "toelichting": {"basis": "b", "indexatie": "i"}}
    assert "E609" not in diff(offer, LARGER).errors
    done = nvb("explain", write(LARGER), "--previous", write(offer, "oud.json"), "--format", "json")
    assert done.returncode in (0, 1) and "waarschuwing E609" in done.stderr


def test_previous_of_the_same_year(nvb, write):
    """explain --previous asks for a contract of an earlier year."""
    new = write(LARGER, "nieuw.json")
    for old in (LARGER, LARGER | {"contractjaar": 2027}):
        done = nvb("explain", new, "--previous", write(old, "oud.json"), "--format", "json")
        assert done.returncode == 3 and "fout E324" in done.stderr
    done = nvb("explain", new, "--previous", write(SMALLER, "oud.json"), "--format", "json")
    assert done.returncode in (0, 1)
    assert json.loads(done.stdout)["wijzigingen"]["totaal"]["verschil"] == "320"


# ---------------------------------------------------------------- the same, and a price list


def test_nothing_changed(diff):
    """The next contract with the same lines: exit 0, and nothing in it."""
    found = diff(SMALLER, SMALLER | {"contractjaar": 2026, "kenmerk": "C-2026"})
    assert found.code == 0
    assert found.pair()["status"] == "ongewijzigd" and found.pair()["brug"] == []
    assert found.json["totaal"]["brug"] == found.json["totaal"]["oorzaken"] == found.json["inhoud"] == []


def test_terms_alone_are_a_difference(diff):
    """Not a figure moved, but a term was added: exit 1."""
    new = SMALLER | {"contractjaar": 2026, "voorwaarden": [{"id": "w", "titel": "Wachttijd", "tekst": "Zes weken."}]}
    found = diff(SMALLER, new)
    assert found.code == 1 and found.pair()["status"] == "ongewijzigd"
    assert found.json["inhoud"] and all(change["soort"] == "toegevoegd" for change in found.json["inhoud"])


def test_price_list(diff, price_list):
    """A: 10.00 for 100 hours; the base names it and adds 1. B is new, C lapsed."""
    path = price_list("code;omschrijving;eenheid;tarief;volume\nA;Consult;uur;10,00;100\nC;Toeslag;;1,25;\n")
    found = diff(path, contract(2026, line("A", "10", ("i", "1"), base=last(), count=120), flat("B", "2", 1)))
    assert found.code == 1
    assert found.bridge() == [("i", "stap_nieuw", "1")] and found.effect() == ("120", "200", "0", "0")
    assert found.pair("C")["oud"] == {"tarief": "1.25"}
    assert found.json["oud"]["soort"] == "prijslijst" and "contractjaar" not in found.json["oud"]
    assert found.total() == {"prijs": "120", "volume": "200", "nieuw": "2"}


def test_price_list_in_the_other_notation(diff, price_list):
    path = price_list("\ufeffcode,omschrijving,eenheid,tarief,volume\nA,\"Consult, lang\",uur,10.00,100\n")
    found = diff(path, contract(2026, line("A", "10", ("i", "1"), base=last(), count=120)))
    assert found.bridge() == [("i", "stap_nieuw", "1")] and found.effect() == ("120", "200", "0", "0")


def test_price_list_as_the_new_one(diff, price_list):
    """10 to 11 for 1 to 2: 2 of price, 10 of volume."""
    path = price_list("code;tarief;volume\nA;11,00;2\nB;1,5;\n")
    found = diff(contract(2025, flat("A", "10", 1)), path)
    assert found.bridge() == [("tarief", "tarief", "1")] and found.effect() == ("2", "10", "0", "0")
    assert found.pair("B")["status"] == "nieuw"


def primes(low, high):
    odd = range(low | 1, high, 2)
    return [n for n in odd if all(n % d for d in range(3, int(high**0.5) + 1, 2))]


def put_together(volumes):
    """Lines put together from two whose volumes are 1 and p - 1 each: their mean tariffs have p below the line."""
    old = [flat(f"{i}{part}", tariff, count) for i, p in enumerate(volumes) for part, tariff, count in (("a", "1", 1), ("b", "2", p - 1))]
    new = [flat(str(i), "3", 1, was=[f"{i}a", f"{i}b"]) for i in range(len(volumes))]
    return contract(2025, *old), contract(2026, *new)


def test_many_lines_put_together(diff):
    """A thousand primes of four digits: 1,000 mean tariffs (2p - 1) / p, so the price effect is the sum of 3 - 2 + 1 / p = 1 + 1 / p."""
    some = primes(1_000, 9_500)[:1000]
    found = diff(*put_together(some))
    [price] = [item for item in found.json["totaal"]["brug"] if item["id"] == "prijs"]
    assert Fraction(price["breuk"]) == sum(1 + Fraction(1, p) for p in some)


def test_sums_that_grow_without_end_are_refused(diff):
    """Some 4,800 primes of five digits: the product of all is over 4,800 x 4 = 19,200 digits long."""
    many = primes(10_001, 60_000)
    assert len(many) > 4_700
    assert diff(*put_together(many)).refuses("E405")


# ---------------------------------------------------------------- what is in no figure


def test_a_stated_tariff_that_does_not_follow(diff):
    """Both build up to 10; the second says 99. Nothing but the statement changed."""
    base = {"base": {"soort": "nza_tarief"}, "count": 10}
    old, new = contract(2025, line("A", "10", tarief="10.00", **base)), contract(2026, line("A", "10", tarief="99", **base))
    found = diff(old, new)
    assert found.code == 1 and "gat E509" in found.errors
    assert found.json["inhoud"] == [{"pad": "/prestaties/A/tarief", "soort": "gewijzigd", "oud": "10", "nieuw": "99"}]
    assert found.pair()["status"] == "gewijzigd" and found.pair()["brug"] == []
    assert diff(new | {"contractjaar": 2025}, new).code == 0


def test_blanks_are_no_change(diff):
    terms = [contract(year, flat("A", "1"), voorwaarden=[{"id": "v", "titel": "t", "tekst": text}])
             for year, text in ((2025, "a b  c"), (2026, " a  b\nc "), (2027, "a bc"))]  # fmt: skip
    assert diff(terms[0], terms[1]).code == 0
    assert diff(terms[0], terms[2]).code == 1


def test_the_process_where_both_say_it(diff):
    old, new = contract(2025, flat("A", "1"), contractering="digitaal"), contract(2026, flat("A", "1"), contractering="face_to_face")
    assert [c["pad"] for c in diff(old, new).json["inhoud"]] == ["/contractering"]
    assert diff(contract(2025, flat("A", "1")), new).code == 0


# ---------------------------------------------------------------- rounds, and price lists in a row


def test_rounds_pair_either_way(diff):
    """Round 2 names the old code of C; either way B and C are one line, and the rounds are told apart in the warning."""
    first = contract(2026, flat("A", "1"), flat("B", "6"), ronde=1)
    second = contract(2026, flat("A", "1"), flat("C", "6", was="B"), ronde=2)
    there, back = diff(first, second), diff(second, first)
    assert there.pair("C")["was"] == ["B"] and back.pair("B")["was"] == ["C"]
    assert {p["status"] for p in back.json["prestaties"]} == {"ongewijzigd", "gewijzigd"}
    assert back.warns("E604") and "(2026, ronde 2)" in back.errors and "(2026, ronde 1)" in back.errors


def test_a_price_list_in_between_lets_no_other_party_through(nvb, write, price_list):
    first, last = contract(2023, flat("A", "5")), contract(2025, flat("A", "5"))
    last["zorgaanbieder"] = {"naam": "Ander", "agb": "04999903"}
    files = write(first, "a.json"), price_list("code;tarief;volume\nA;5,00;10\n"), write(last, "c.json")
    done = nvb("diff", *files)
    assert done.returncode == 3 and "fout E322" in done.stderr and done.stdout == ""
    assert "'C-2023' is van een andere zorgaanbieder" in done.stderr
    assert "waarschuwing E605" in nvb("diff", *files, "--any-party").stderr


def test_the_base_is_shown_beside_what_it_names(diff):
    """Last year 10.00 + 0.50 = 10.50. A base of 10.50 connects; of 10.00 it is 0.50 short."""
    old = contract(2025, line("A", "10.00", ("s", "0.50")))
    for amount, fits in (("10.50", True), ("10.00", False)):
        found = diff(old, contract(2026, line("A", amount, base=last(bron="b")), bronnen={"b": {"titel": "b"}}))
        assert found.pair()["basis"] == {"vorig": "tarief", "bedrag": amount.rstrip("0").rstrip("."), "genoemd": "10.5", "sluit": fits}
    assert "basis" not in diff(old, contract(2026, line("A", "10.50"))).pair()
