"""The schemas of a comparison and of a chain, against documents made by hand: good ones, and one change at a time."""
import pytest

from test_schema import DEL, EXPLANATION, check, put, validator


def item(name, kind, amount, printed, **more):
    return {"id": name, "soort": kind, "bedrag": amount, **more, "afgedrukt": printed}


# 1/3 euro and two thirds: cents that have to go somewhere.
CHANGES = {
    "formaat": "navolgbaar/wijzigingen/1",
    "taal": "nl",
    "oud": {"kenmerk": "C-2025", "contractjaar": 2025, "ronde": 1, "soort": "contract"},
    "nieuw": {"kenmerk": "V-2026", "contractjaar": 2026, "ronde": 2, "soort": "contractvoorstel"},
    "attributie": "volgorde",
    "prestaties": [
        {
            "code": "A", "omschrijving": "Consult", "was": ["A1", "A2"], "splitsing": True, "status": "gewijzigd",
            "oud": {"tarief": "9.66666666666666666667", "tarief_breuk": "29/3", "aantal": "100", "omzet": "966.67"},
            "nieuw": {"tarief": "11", "aantal": "120", "omzet": "1320"},
            "basis": {"vorig": "na:index", "bedrag": "9.67", "genoemd": "9.66666666666666666667", "genoemd_breuk": "29/3", "sluit": False},
            "verschil": "1.33333333333333333333", "verschil_breuk": "4/3",
            "brug": [
                item("index", "stap_gewijzigd", "0.33333333333333333333", "0.33", breuk="1/3"),
                {**item("korting", "stap_vervallen", "1", "1.00"), "draagt_cent": True},
            ],
            "effect": {"prijs": "160", "volume": "193.33333333333333333333", "volume_breuk": "580/3", "staffels": "0", "afronding": "-0.00333333333333333333", "afronding_breuk": "-1/300"},
        },
        {"code": "N", "status": "nieuw", "nieuw": {"tarief": "5"}, "brug": []},
        {"code": "V", "status": "vervallen", "oud": {}, "brug": []},
        {"code": "O", "status": "ongewijzigd", "oud": {"tarief": "1"}, "nieuw": {"tarief": "1"}, "verschil": "0", "brug": []},
    ],
    "totaal": {
        "oud": "966.67", "nieuw": "1320", "verschil": "353.33",
        "brug": [item("prijs", "prijs", "160", "160.00"), item("volume", "volume", "193.33333333333333333333", "193.33", breuk="580/3"), item("afronding", "afronding", "-0.00333333333333333333", "0.00", breuk="-1/300")],
        "oorzaken": [item("index", "stap", "40", "40.00"), item("korting", "stap", "120", "120.00")],
        "zonder_volume": {"oud": 0, "nieuw": 1},
    },
    "groepen": [{"groep": "g", "eenheid": "uur", "prestaties": 1, "oud": "100", "nieuw": "120", "prijs": "160", "volume": "200", "hoeveelheid": "200", "mix": "0"}],
    "inhoud": [
        {"pad": "/voorwaarden/v/tekst", "soort": "gewijzigd", "oud": "binnen 2 weken", "nieuw": "binnen 3 weken",
         "woorden": [{"soort": "gelijk", "tekst": "binnen "}, {"soort": "vervallen", "tekst": "2 "}, {"soort": "toegevoegd", "tekst": "3 "}, {"soort": "gelijk", "tekst": "weken"}]},
        {"pad": "/indexen/lpo/methode/weging", "soort": "gewijzigd", "oud": "per_term", "nieuw": "per_component"},
        {"pad": "/bronnen/b", "soort": "toegevoegd", "nieuw": "Inkoopbeleid"},
        {"pad": "/akkoorden/iza", "soort": "vervallen", "oud": "IZA"},
    ],
}

CHAIN = {
    "formaat": "navolgbaar/reeks/1",
    "taal": "en",
    "attributie": "midden",
    "documenten": [CHANGES["oud"], CHANGES["nieuw"], {"kenmerk": "lijst.csv", "soort": "prijslijst"}],
    "prestaties": [
        {
            "code": "A", "omschrijving": "Consult",
            "tarieven": [{"document": 0, "code": "A1", "tarief": "9.66666666666666666667", "tarief_breuk": "29/3"}, {"document": 2, "code": "A", "tarief": "11"}],
            "samengevoegd": True, "verschil": "1.33333333333333333333", "verschil_breuk": "4/3",
            "brug": [item("index", "stap", "1.33333333333333333333", "1.33", breuk="4/3")],
            "groei": {"soort": "ingesloten", "jaren": 2, "percentage": "6.67", "decimalen": 2, "tussen": ["6.672", "6.673"]},
            "cijfers": [{"reeks": "lpo", "geindexeerd": "10.5", "verschil": "0.5"}, {"reeks": "ova", "ontbreekt": 2026}],
        },
        {"code": "B", "tarieven": [{"document": 2, "code": "B", "tarief": "5"}], "verschil": "0", "brug": [], "groei": {"soort": "nvt"}},
        {"code": "C", "tarieven": [{"document": 1, "code": "C", "tarief": "3"}, {"document": 2, "code": "C", "tarief": "4"}], "verschil": "1",
         "brug": [item("tarief", "tarief", "1", "1.00")], "groei": {"soort": "exact", "jaren": 1, "percentage": "33.33", "percentage_breuk": "100/3", "decimalen": 2}},
    ],
    "referentie": {"titel": "Indexcijfers", "reeksen": [
        {"id": "lpo", "omschrijving": "Loon en prijs", "cijfers": [
            {"jaar": 2026, "stadium": "definitief", "percentage": "4.5%", "bron": "b", "titel": "Bron", "vindplaats": "hier"}]},
        {"id": "ova", "cijfers": []}]},
    "totaal": {"oud": "0", "nieuw": "0", "verschil": "0", "brug": [], "oorzaken": []},
    "stappen": [CHANGES],
}


def test_good():
    check("wijzigingen", CHANGES)
    check("reeks", CHAIN)
    check("toelichting", put(EXPLANATION, "wijzigingen", CHANGES))


BAD_CHANGES = [
    ("another format", "formaat", "navolgbaar/reeks/1"),
    ("unknown key", "x-eigen", 1),
    ("attribution", "attributie", "half"),
    ("no old document", "oud", DEL),
    ("a price list with a year", "oud/soort", "prijslijst"),
    ("a contract without a year", "oud/contractjaar", DEL),
    ("a contract without a round", "nieuw/ronde", DEL),
    ("status", "prestaties/0/status", "anders"),
    ("line without a bridge", "prestaties/0/brug", DEL),
    ("new line with an old side", "prestaties/0/status", "nieuw"),
    ("changed line without an old side", "prestaties/0/oud", DEL),
    ("changed line without a new side", "prestaties/0/nieuw", DEL),
    ("lapsed line with a new side", "prestaties/0/status", "vervallen"),
    ("new line with a bridge", "prestaties/1/brug", [item("tarief", "tarief", "1", "1.00")]),
    ("new line with an effect", "prestaties/1/effect", CHANGES["prestaties"][0]["effect"]),
    ("split without saying from what", "prestaties/0/was", DEL),
    ("a base that is not compared", "prestaties/0/basis/genoemd", DEL),
    ("a base that connects in so many words", "prestaties/0/basis/sluit", "ja"),
    ("a new line with a base of last year", "prestaties/1/basis", {"vorig": "tarief", "bedrag": "1", "genoemd": "1", "sluit": True}),
    ("not split, in so many words", "prestaties/0/splitsing", False),
    ("tariff as a number", "prestaties/0/nieuw/tarief", 11),
    ("tariff with trailing zeros", "prestaties/0/nieuw/tarief", "11.00"),
    ("fraction without denominator", "prestaties/0/oud/tarief_breuk", "29"),
    ("unknown value of a side", "prestaties/0/oud/prijs", "1"),
    ("effect without treads", "prestaties/0/effect/staffels", DEL),
    ("printed without decimals", "prestaties/0/brug/0/afgedrukt", "0"),
    ("printed in one decimal", "prestaties/0/brug/0/afgedrukt", "0.3"),
    ("printed minus zero", "prestaties/0/brug/0/afgedrukt", "-0.00"),
    ("carries no cent, in so many words", "prestaties/0/brug/0/draagt_cent", False),
    ("kind of a total in a tariff", "prestaties/0/brug/0/soort", "volume"),
    ("a cause in a tariff", "prestaties/0/brug/0/soort", "stap"),
    ("kind of a tariff in a total", "totaal/brug/0/soort", "basis"),
    ("kind of a step in the causes", "totaal/oorzaken/0/soort", "stap_nieuw"),
    ("total without difference", "totaal/verschil", DEL),
    ("half a count of lines", "totaal/zonder_volume/oud", DEL),
    ("group without mix", "groepen/0/mix", DEL),
    ("group of no lines", "groepen/0/prestaties", 0),
    ("kind of content", "inhoud/0/soort", "anders"),
    ("changed without the old value", "inhoud/0/oud", DEL),
    ("added with an old value", "inhoud/2/oud", "b"),
    ("lapsed with a new value", "inhoud/3/nieuw", "b"),
    ("words of what was added", "inhoud/2/woorden", []),
    ("kind of run", "inhoud/0/woorden/0/soort", "gewijzigd"),
    ("empty run", "inhoud/0/woorden/0/tekst", ""),
    ("path without slash", "inhoud/0/pad", "voorwaarden"),
]


@pytest.mark.parametrize("path, value", [row[1:] for row in BAD_CHANGES], ids=[row[0] for row in BAD_CHANGES])
def test_bad_changes_are_refused(path, value):
    bad = put(CHANGES, path, value)
    assert list(validator("wijzigingen").iter_errors(bad))
    assert list(validator("toelichting").iter_errors(put(EXPLANATION, "wijzigingen", bad)))


BAD_CHAIN = [
    ("one document", "documenten", CHAIN["documenten"][:1]),
    ("no steps", "stappen", []),
    ("bad step", "stappen/0/attributie", DEL),
    ("document by name", "prestaties/0/tarieven/0/document", "C-2025"),
    ("point without code", "prestaties/0/tarieven/0/code", DEL),
    ("line without growth", "prestaties/0/groei", DEL),
    ("growth without years", "prestaties/0/groei/jaren", DEL),
    ("enclosed without bounds", "prestaties/0/groei/tussen", DEL),
    ("exact with bounds", "prestaties/0/groei/soort", "exact"),
    ("enclosed with a fraction", "prestaties/0/groei/percentage_breuk", "1/3"),
    ("nothing with a rate", "prestaties/2/groei/soort", "nvt"),
    ("figures that are there and are not", "prestaties/0/cijfers/0/ontbreekt", 2026),
    ("neither figures nor a year", "prestaties/0/cijfers/1/ontbreekt", DEL),
    ("no figures at all", "prestaties/0/cijfers", []),
    ("kind of a step in a chain", "prestaties/0/brug/0/soort", "stap_nieuw"),
    ("causes that are no list", "totaal/oorzaken", {}),
    ("a step of a chain by its own kind", "totaal/oorzaken", [item("index", "stap_nieuw", "1", "1.00")]),
    ("a figure without a source", "referentie/reeksen/0/cijfers/0/bron", DEL),
    ("a stage nobody knows", "referentie/reeksen/0/cijfers/0/stadium", "raming"),
    ("a percentage with a comma", "referentie/reeksen/0/cijfers/0/percentage", "4,5%"),
]


@pytest.mark.parametrize("path, value", [row[1:] for row in BAD_CHAIN], ids=[row[0] for row in BAD_CHAIN])
def test_bad_chain_is_refused(path, value):
    assert list(validator("reeks").iter_errors(put(CHAIN, path, value)))
