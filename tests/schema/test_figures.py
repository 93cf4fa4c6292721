"""The schema of a file of index figures, against one made by hand: a good one, and one change at a time."""
import pytest

from test_schema import DEL, ROOT, check, load, put, validator

FIGURES = {
    "formaat": "navolgbaar/cijfers/1",
    "titel": "Indexcijfers",
    "bronnen": {"cep": {"titel": "CEP", "vindplaats": "bladzijde 1", "datum": "2024-03-01"}},
    "reeksen": [
        {
            "id": "ova", "omschrijving": "Loonkosten", "soort": "loon",
            "cijfers": [
                {"jaar": 2024, "stadium": "voorlopig", "percentage": "4.94%", "bron": "cep", "datum": "2024-03-01"},
                {"jaar": 2024, "stadium": "definitief", "percentage": -0.5, "bron": "cep"},
            ],
        },
        {"id": "ppc", "cijfers": []},
    ],
    "x-eigen": True,
}


def test_good_figures():
    check("cijfers", FIGURES)
    check("cijfers", put(FIGURES, "bronnen", DEL))
    check("cijfers", put(FIGURES, "reeksen/0/cijfers/0/x-eigen", 1))


def test_the_figures_that_come_with_the_library():
    check("cijfers", load(ROOT / "formats" / "figures" / "cijfers.json"))


def test_every_source_of_theirs_is_used():
    own = load(ROOT / "formats" / "figures" / "cijfers.json")
    assert {f["bron"] for s in own["reeksen"] for f in s["cijfers"]} == set(own["bronnen"])


@pytest.mark.parametrize("path, value", [
    ("formaat", "navolgbaar/voorstel/1"),
    ("formaat", DEL),
    ("titel", DEL),
    ("titel", ""),
    ("uitgave", 1),
    ("reeksen", DEL),
    ("reeksen", []),
    ("reeksen", {}),
    ("bronnen/cep/titel", DEL),
    ("reeksen/0/id", DEL),
    ("reeksen/0/soort", "lonen"),
    ("reeksen/0/cijfers", DEL),
    ("reeksen/0/jaar", 2024),
    ("reeksen/0/cijfers/0/jaar", "2024"),
    ("reeksen/0/cijfers/0/jaar", DEL),
    ("reeksen/0/cijfers/0/stadium", "raming"),
    ("reeksen/0/cijfers/0/stadium", DEL),
    ("reeksen/0/cijfers/0/percentage", "4,94%"),
    ("reeksen/0/cijfers/0/percentage", "1/2"),
    ("reeksen/0/cijfers/0/percentage", DEL),
    ("reeksen/0/cijfers/0/bron", DEL),
    ("reeksen/0/cijfers/0/datum", "maart 2024"),
    ("reeksen/0/cijfers/0/waarde", 1),
    ("reeksen/0/cijfers/0/datum", None),
], ids=str)
def test_bad_figures_are_refused(path, value):
    assert not validator("cijfers").is_valid(put(FIGURES, path, value))
