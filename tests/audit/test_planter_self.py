"""The planter held to arithmetic by hand, to itself, and to the variety it promises.

One offer, worked out on paper: basis 200.00; loon 80% with 5%, last year 4% and then 6%; prijs 20% with 2%, last year 1% and 1%;
difference, added: index = 0.8 × (2 + 5) + 0.2 × 2 = 6%. Then 2% over the basis and 1% off what is indexed:
200 + 12 + 4 − 2.12 = 213.88.
"""

import random
from fractions import Fraction

import faults
import offers
import pytest
from offers import INDEX, Offer
from oracle import Fault

TARIFF, TOTAL = "/prestaties/A/tarief", f"/indexen/{INDEX}"


def by_hand():
    def item(name, kind, weight, now, before, then):
        return {"id": name, "soort": kind, "aandeel": weight, "voorlopig": now, "vorig": {"jaar": 2025, "voorlopig": before, "definitief": then}}

    return Offer({
        "indexen": {INDEX: {"componenten": [item("ova", "loon", "80%", "5%", "4%", "6%"), item("ppc", "prijs", "20%", "2%", "1%", "1%")],
                            "methode": {"nacalculatie": "verschil", "samenstelling": "optellen", "weging": "per_component"}}},
        "stappen": [{"id": "index", "soort": "index", "index": INDEX, "over": "basis"},
                    {"id": "plus", "soort": "opslag", "percentage": "2%", "over": "basis"},
                    {"id": "min", "soort": "afslag", "percentage": "1%", "over": "geindexeerd"}],
        "prestaties": [{"code": "A", "basis": {"soort": "kostprijs", "bedrag": "200.00"}, "volume": {"aantal": "10"}}],
    }, set())  # fmt: skip


def test_the_offer_itself():
    assert by_hand().claims == {TARIFF: Fraction("213.88"), TOTAL: 6}


@pytest.mark.parametrize("name, label, tariff, index", [
    ("index lowered by points", "0.5 points", "212.89", "5.5"),  # 200 + 11 + 4 − 2.11
    ("nacalculatie skipped", "all", "210.71", "4.4"),  # 200 + 8.80 + 4 − 2.088
    ("nacalculatie twice", "all", "217.05", "7.6"),  # 0.8 × 9 + 0.4; 215.20 + 4 − 2.152
    ("nacalculatie of one component skipped", "ppc", "213.88", "6"),  # there was none to skip
    ("added or multiplied", "vermenigvuldigen", "214.04", "6.08"),  # 0.8 × (1.02 × 1.05 − 1) + 0.2 × 2%
    ("price component omitted", "ppc", "213.09", "5.6"),
    ("weights swapped", "ova ppc", "207.94", "3"),  # 0.2 × 7 + 0.8 × 2
    ("last year's figure for this year's", "definitief ova", "215.46", "6.8"),  # 0.8 × 8 + 0.4
    ("difference or ratio", "verhouding", "213.76", None),  # n = 106/104 − 1; 211.8769… + 4 − 2.1187…
    ("percentage a power of ten off", "index × 10", "320.8", "60"),
    ("percentage a power of ten off", "× 1/10 plus", "210.28", "6"),
    ("hidden discount over the index", "10.0%", "212.68", "6"),
    ("hidden discount over the indexed amount", "1.0%", "211.76", "6"),
    ("fixed amount off", "25 cents", "213.63", "6"),
    ("step omitted", "omitted plus", "209.88", "6"),
    ("step omitted", "omitted min", "216", "6"),
    ("step twice", "twice plus", "217.88", "6"),
    ("surcharge for a discount", "reversed min", "218.12", "6"),
    ("percentage of another base", "over basis min", "214", "6"),
    ("percentage of another base", "over stand min", "213.84", "6"),  # 1% of 216
    ("percentage of another base", "over index plus", "210.12", "6"),  # 2% of 12
    ("tariff rounded to one decimal", "1 decimal", "213.9", "6"),
    ("rounded after every step", "stand 0", "214", "6"),  # 212, 216, 213.88 becomes 214
    ("two digits swapped", TARIFF + " 0", "123.88", "6"),
    ("two digits swapped", TARIFF + " 2", "218.38", "6"),
    ("decimal point moved", TARIFF + " × 10", "2138.8", "6"),
])  # fmt: skip
def test_mistakes_by_hand(name, label, tariff, index):
    offer = by_hand()
    found = {v.label: v for v in faults.KINDS[name].variants(offer)}
    claims = found[label].claims()
    assert claims[TARIFF] == Fraction(tariff)
    assert index is None or claims[TOTAL] == Fraction(index)


def test_a_class_is_found_by_its_figures():
    offer, paths = by_hand(), [TARIFF]
    discount = offer.claims | {TARIFF: Fraction("212.68")}  # € 1.20 off
    for key in ("afslag_over_index", "index_lager", "vast_bedrag"):
        assert faults.same_class(offer, key, discount, paths), key
    assert not faults.same_class(offer, "stap_weggelaten", discount, paths)
    assert faults.same_class(offer, "stap_weggelaten", offer.claims | {TARIFF: Fraction(216)}, paths)


def test_the_index_here_is_the_index_of_the_oracle():
    for n in range(300):
        offer = offers.make(random.Random(f"index:{n}"))
        spec = offer.spec()
        assert faults.weigh(spec).total * 100 == offer.figures[f"/indexen/{INDEX}"]


def changes(variant, offer):
    try:
        return variant.claims() != offer.claims
    except Fault:  # a step that others lean on
        return False


def test_every_kind_can_be_planted():
    for name, kind in faults.KINDS.items():
        for n in range(60):
            offer = offers.make(random.Random(f"{name}:{n}"), kind.need, kind.avoid)
            if any(changes(v, offer) for v in kind.variants(offer)):
                break
        else:
            raise AssertionError(f"{name} never changes a claim")
    assert len(faults.KINDS) >= 28


def test_offers_have_what_they_are_asked_for():
    for n in range(100):
        offer = offers.make(random.Random(f"asked:{n}"), need=("table", "maximum", "derived"), avoid=("group",))
        assert any("tabel" in step for step in offer.document["stappen"])
        assert any("maximum" in line for line in offer.document["prestaties"])
        assert any("prestatie" in line["basis"] for line in offer.document["prestaties"])
        assert "groepen" not in offer.document and 3 <= len(offer.document["prestaties"]) <= 12
