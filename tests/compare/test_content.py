"""What two documents say, apart from figures: every key by itself, said once, at its own place.

One rich document is changed in one key at a time; what comes back must be that key and nothing else. What is written
otherwise but means the same must not come back at all.
"""

import copy
import json

import pytest

from conftest import ROOT

GONE = object()

RICH = {
    "formaat": "navolgbaar/voorstel/1",
    "soort": "contract",
    "kenmerk": "RIJK-2026",
    "contractjaar": 2026,
    "zorgverzekeraar": {"naam": "Polis (fictief)", "uzovi": "9991"},
    "zorgaanbieder": {"naam": "Praktijk (fictief)", "agb": "04999902"},
    "sector": "wijkverpleging",
    "bronnen": {
        "b": {"titel": "Inkoopbeleid", "vindplaats": "hoofdstuk 5", "datum": "2025-04-01"},
        "c": {"titel": "Spiegel"},
        "a/b~c": {"titel": "Een id met tekens"},
    },
    "kenmerken": {"behandelindex": {"waarde": "8.4", "bron": "c"}, "opleiding": {"waarde": "nee", "bron": "c"}},
    "indexen": {
        "lpo": {
            "omschrijving": "Loon en prijs", "jaar": 2026,
            "componenten": [
                {"id": "ova", "soort": "loon", "aandeel": "90%", "voorlopig": "4.94%",
                 "vorig": {"jaar": 2025, "voorlopig": "4.74%", "definitief": "6.36%"}, "bron": "b"},
                {"id": "ppc", "soort": "prijs", "aandeel": "10%", "voorlopig": "2.51%", "nacalculatie": "0.49%", "bron": "b"},
            ],
            "methode": {"nacalculatie": "verschil", "samenstelling": "optellen", "weging": "per_component"},
            "afronding": {"totaal": 2}, "bron": "b",
        },
        "kort": {"percentage": "4%", "soort": "loon", "bron": "b"},
    },
    "stappen": [
        {"id": "index", "soort": "index", "index": "lpo", "over": "basis", "reden": "Volledige index.", "bron": "b"},
        {"id": "ladder", "soort": "opslag", "over": "geindexeerd", "reden": "Naar behandelindex.", "bron": "c",
         "tabel": {"kenmerk": "behandelindex", "treden": [
             {"tot": "8", "percentage": "0%"}, {"tot": "9.5", "percentage": "1.25%"}, {"percentage": "2%"}]}},
        {"id": "wacht", "soort": "opslag", "percentage": "1%", "over": "basis", "categorie": "kwaliteit", "reden": "Korte wachttijd.",
         "bron": "c", "akkoord": "iza", "benchmark": "bm", "voorwaarde": {"omschrijving": "Hoogstens acht weken", "voldaan": True}},
        {"id": "opleiden", "soort": "opslag", "percentage": "0.8%", "over": "stand", "reden": "Opleiden kost tijd.", "bron": "c",
         "voorwaarde": {"omschrijving": "Een opleidingsplaats", "kenmerk": "opleiding", "is": "ja"}},
        {"id": "doelmatig", "soort": "afslag", "percentage": "0.5%", "over": ["basis", "index"], "aandeel": "2/3",
         "afronden": {"decimalen": 2, "methode": "naar_beneden", "wat": "bedrag"}, "reden": "Minder reistijd.", "bron": "b"},
        {"id": "eenmalig", "soort": "nacalculatie", "bedrag": "0.40", "doorwerking": "eenmalig", "jaar": 2024, "reden": "Over 2024.",
         "bron": "b"},
    ],
    "tariefafronding": {"decimalen": 3},
    "groepen": {
        "g": {"omschrijving": "Gewone zorg", "stappen": [
            {"id": "avond", "soort": "opslag", "percentage": "2%", "over": "basis", "reden": "Avonddienst.", "bron": "b"}]},
        "h": {"omschrijving": "Andere zorg"},
    },
    "prestaties": [
        {"code": "A", "omschrijving": "Eerste prestatie", "eenheid": "uur", "groep": "g",
         "basis": {"soort": "nza_maximumtarief", "bedrag": "100", "percentage": "95%", "reden": "Minder ondersteuning.", "jaar": 2025, "bron": "b"},
         "maximum": {"bedrag": "130", "bron": "b"},
         "volume": {"basis": {"aantal": "1000", "omschrijving": "Uren van vorig jaar", "bron": "c"}, "afronding": {"decimalen": 0},
                    "stappen": [{"id": "groei", "percentage": "2.5%", "over": "basis", "categorie": "volumeontwikkeling", "reden": "Vergrijzing"}]},
         "staffels": [{"tot": "500", "percentage": "100%"}, {"percentage": "90%"}]},
        {"code": "B", "eenheid": "uur", "groep": "g", "zonder": ["wacht"],
         "basis": {"soort": "anders", "omschrijving": "Afgeleid van A", "prestatie": "A", "factor": "1/3"}, "volume": {"aantal": "10"}},
        {"code": "C", "omschrijving": "Derde prestatie", "basis": {"soort": "anders", "omschrijving": "Vrij gekozen", "bedrag": "50"},
         "minimum": {"bedrag": "40", "percentage": "90%", "bron": "b"}, "volume": {"aantal": "10"},
         "stappen": [{"id": "index", "aandelen": {"ova": "80%", "ppc": "20%"}},
                     {"id": "eigen", "soort": "opslag", "bedrag": "1", "reden": "Eigen opslag.", "bron": "b"}]},
        {"code": "D/1", "omschrijving": "Vast tarief", "tarief": "20", "volume": {"aantal": "10"}},
    ],
    "plafonds": [
        {"id": "p", "omschrijving": "Plafond", "bedrag": "100000", "prestaties": ["A", "B"], "reden": "Beheersing."},
        {"id": "q", "omschrijving": "Opgebouwd plafond", "prestaties": "alle", "boven": "50%",
         "basis": {"soort": "anders", "omschrijving": "Ruimte", "bedrag": "400000", "bron": "b"}, "tariefafronding": {"decimalen": 0},
         "stappen": [{"id": "groei", "soort": "opslag", "percentage": "1%", "over": "basis", "reden": "Groei.", "bron": "b"}]},
    ],
    "benchmark": [{"id": "bm", "omschrijving": "Tarief tegen kosten", "populatie": "14 praktijken", "peiljaar": 2024, "maatstaf": "uurtarief",
                   "aannames": ["Alle kosten", "Zonder reistijd"], "correcties": ["Prijspeil 2026"], "uitkomst": "Gelijk", "uitwerking": "Een opslag"}],
    "akkoorden": [{"id": "iza", "akkoord": "IZA", "doel": "Kortere wachttijd", "bijdrage": "Een opslag", "verwijzing": "IZA, onderdeel 4"}],
    "voorwaarden": [{"id": "looptijd", "titel": "Looptijd", "tekst": "Dit contract geldt een jaar en wordt niet verlengd."}],
    "reactie": {"uiterlijk": "2025-10-31", "contact": "inkoop@polis.example"},
    "afspraken": [{"artikel": 5, "tekst": "Antwoord binnen tien dagen."}, {"artikel": 7, "tekst": "Zes weken om te reageren."}],
    "toelichting": {"basis": "Uit beleid.", "indexatie": "Volledig.", "op_en_afslagen": "Vijf.", "volume": "Groei.", "benchmark": "Een.",
                    "akkoorden": "Een."},
}  # fmt: skip


def split(path):
    return [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]


def child(node, part):
    """A key, or of a list the position of the item with that id or code, else that position; past the end when there is none."""
    if isinstance(node, dict):
        return part
    named = [i for i, item in enumerate(node) if isinstance(item, dict) and part in (item.get("id"), item.get("code"))]
    return named[0] if named else int(part) if part.isdigit() else len(node)


def change(document, path, value):
    """The document with the value at a path replaced, added, or (GONE) left out."""
    document = copy.deepcopy(document)
    *parts, last = split(path)
    node = document
    for part in parts:
        node = node[child(node, part)]
    if value is GONE:
        del node[child(node, last)]
    elif isinstance(node, list) and child(node, last) >= len(node):
        node.append(value)
    else:
        node[child(node, last)] = value
    return document


@pytest.fixture
def compare(nvb, write):
    def call(old, new):
        done = nvb("diff", write(old, "oud.json"), write(new, "nieuw.json"), "--format", "json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    return call


def rows(comparison):
    return [(row["pad"], row["soort"], row.get("oud"), row.get("nieuw")) for row in comparison["inhoud"]]


def row(path, before, after):
    kind = "toegevoegd" if before is None else "vervallen" if after is None else "gewijzigd"
    return (path, kind, before, after)


# Path, new value, and what is shown as old and new; the path that is reported when it is another one.
KEYS = [
    ("/zorgverzekeraar/naam", "Polis NV", "Polis (fictief)", "Polis NV"),
    ("/zorgaanbieder/naam", "Praktijk BV", "Praktijk (fictief)", "Praktijk BV"),
    ("/sector", "ggz", "wijkverpleging", "ggz"),
    ("/sector", GONE, "wijkverpleging", None),
    ("/aanvullend", True, "false", "true"),
    # sources, facts
    ("/bronnen/b/titel", "Beleid", "Inkoopbeleid", "Beleid"),
    ("/bronnen/b/vindplaats", "hoofdstuk 6", "hoofdstuk 5", "hoofdstuk 6"),
    ("/bronnen/b/datum", "2025-04-02", "2025-04-01", "2025-04-02"),
    ("/bronnen/c/datum", "2025-04-02", None, "2025-04-02"),
    ("/bronnen/a~1b~0c/titel", "Anders", "Een id met tekens", "Anders"),
    ("/bronnen/a~1b~0c", GONE, "Een id met tekens", None),
    ("/bronnen/d", {"titel": "Nieuwe bron"}, None, "Nieuwe bron"),
    ("/kenmerken/behandelindex/waarde", "8.40001", "8.4", "8.40001"),
    ("/kenmerken/opleiding/waarde", "soms", "nee", "soms"),
    ("/kenmerken/opleiding/bron", "b", "c", "b"),
    ("/kenmerken/nieuw", {"waarde": "1.50"}, None, "1.5"),
    # indices
    ("/indexen/lpo/omschrijving", "Loon en prijs 2026", "Loon en prijs", "Loon en prijs 2026"),
    ("/indexen/lpo/jaar", 2025, "2026", "2025"),
    ("/indexen/lpo/jaar", GONE, "2026", None),
    ("/indexen/lpo/bron", "c", "b", "c"),
    ("/indexen/lpo/gesteld", "6.29%", None, "6.29%"),
    ("/indexen/lpo/methode/nacalculatie", "verhouding", "verschil", "verhouding"),
    ("/indexen/lpo/methode/samenstelling", "vermenigvuldigen", "optellen", "vermenigvuldigen"),
    ("/indexen/lpo/methode/samenstelling", GONE, "optellen", "vermenigvuldigen"),
    ("/indexen/lpo/methode/weging", "per_term", "per_component", "per_term"),
    ("/indexen/lpo/afronding/nacalculatie", 2, None, "2"),
    ("/indexen/lpo/afronding/component", 0, None, "0"),
    ("/indexen/lpo/afronding/gewogen", 3, None, "3"),
    ("/indexen/lpo/afronding/totaal", GONE, "2", None),
    ("/indexen/lpo/restant_niet_geindexeerd", True, "false", "true"),
    ("/indexen/lpo/componenten/ova/soort", "overig", "loon", "overig"),
    ("/indexen/lpo/componenten/ova/voorlopig", "5%", "4.94%", "5%"),
    ("/indexen/lpo/componenten/ova/vorig/jaar", 2024, "2025", "2024"),
    ("/indexen/lpo/componenten/ova/vorig/voorlopig", "4.75%", "4.74%", "4.75%"),
    ("/indexen/lpo/componenten/ova/vorig/definitief", "6.35%", "6.36%", "6.35%"),
    ("/indexen/lpo/componenten/ppc/nacalculatie", "0%", "0.49%", "0%"),
    ("/indexen/lpo/componenten/ppc/nacalculatie", GONE, "0.49%", None),
    ("/indexen/lpo/componenten/ppc/bron", "c", "b", "c"),
    ("/indexen/kort/percentage", "4.25%", "4%", "4.25%"),
    ("/indexen/kort/soort", "prijs", "loon", "prijs"),
    ("/indexen/kort/soort", GONE, "loon", None),
    ("/indexen/kort", GONE, "kort", None),
    ("/indexen/nog", {"percentage": "1%", "omschrijving": "Nog een"}, None, "Nog een"),
    # shared steps
    ("/stappen/index/index", "zelfde", "lpo", "zelfde"),
    ("/stappen/index/over", "stand", "basis", "stand"),
    ("/stappen/index/over", "geindexeerd", "basis", "geindexeerd"),
    ("/stappen/index/reden", "Een andere reden.", "Volledige index.", "Een andere reden."),
    ("/stappen/index/bron", "c", "b", "c"),
    ("/stappen/index/groepsmotivering", True, "false", "true"),
    ("/stappen/ladder/tabel/kenmerk", "opleiding2", "behandelindex", "opleiding2"),
    ("/stappen/ladder/tabel/treden/0/tot", "7.5", "8", "7.5"),
    ("/stappen/ladder/tabel/treden/1/percentage", "1.5%", "1.25%", "1.5%"),
    ("/stappen/ladder/tabel/treden/2/percentage", "2.5%", "2%", "2.5%"),
    ("/stappen/wacht/percentage", "1.1%", "1%", "1.1%"),
    ("/stappen/wacht/soort", "afslag", "opslag", "afslag"),
    ("/stappen/wacht/over", "stand", "basis", "stand"),
    ("/stappen/wacht/over", ["index", "ladder"], "basis", "index, ladder"),
    ("/stappen/wacht/categorie", "innovatie", "kwaliteit", "innovatie"),
    ("/stappen/wacht/categorie", GONE, "kwaliteit", None),
    ("/stappen/wacht/akkoord", GONE, "iza", None),
    ("/stappen/wacht/benchmark", GONE, "bm", None),
    ("/stappen/wacht/voorwaarde", GONE, "Hoogstens acht weken", None),
    ("/stappen/wacht/voorwaarde/omschrijving", "Hoogstens zes weken", "Hoogstens acht weken", "Hoogstens zes weken"),
    ("/stappen/wacht/voorwaarde/voldaan", False, "true", "false"),
    ("/stappen/wacht/doorwerking", "eenmalig", "structureel", "eenmalig"),
    ("/stappen/wacht/jaar", 2025, None, "2025"),
    ("/stappen/wacht/aandeel", "50%", "100%", "50%"),
    ("/stappen/wacht/afronden", {"decimalen": 1}, None, "1 rekenkundig stand"),
    ("/stappen/opleiden/voorwaarde/is", "nee", "ja", "nee"),
    ("/stappen/doelmatig/over", "index", "basis, index", "index"),
    ("/stappen/doelmatig/aandeel", "50%", "2/3", "50%"),
    ("/stappen/doelmatig/aandeel", GONE, "2/3", "100%"),
    ("/stappen/doelmatig/afronden/decimalen", 1, "2", "1"),
    ("/stappen/doelmatig/afronden/methode", "naar_boven", "naar_beneden", "naar_boven"),
    ("/stappen/doelmatig/afronden/methode", GONE, "naar_beneden", "rekenkundig"),
    ("/stappen/doelmatig/afronden/wat", "stand", "bedrag", "stand"),
    ("/stappen/doelmatig/afronden/wat", GONE, "bedrag", "stand"),
    ("/stappen/doelmatig/afronden", GONE, "2 naar_beneden bedrag", None),
    ("/stappen/eenmalig/bedrag", "0.41", "0.4", "0.41"),
    ("/stappen/eenmalig/doorwerking", "structureel", "eenmalig", "structureel"),
    ("/stappen/eenmalig/jaar", 2023, "2024", "2023"),
    ("/stappen/eenmalig", GONE, "nacalculatie 0.4", None),
    ("/stappen/opleiden", GONE, "opslag 0.8% over stand", None),
    ("/stappen/doelmatig", GONE, "afslag 0.5% over basis, index", None),
    ("/stappen/ladder", GONE, "opslag tabel behandelindex over geindexeerd", None),
    ("/stappen/nog", {"id": "nog", "soort": "opslag", "bedrag": "0.250", "reden": "x", "bron": "b"}, None, "opslag 0.25"),
    ("/tariefafronding/decimalen", 2, "3", "2"),
    ("/tariefafronding/decimalen", GONE, "3", "2"),
    ("/tariefafronding/methode", "naar_boven", "rekenkundig", "naar_boven"),
    # groups and their steps
    ("/groepen/g/omschrijving", "Gewone zorg thuis", "Gewone zorg", "Gewone zorg thuis"),
    ("/groepen/i", {}, None, "i"),
    ("/groepen/h", GONE, "Andere zorg", None),
    ("/groepen/g/stappen/avond/percentage", "3%", "2%", "3%"),
    ("/groepen/g/stappen/avond/reden", "Nachtdienst.", "Avonddienst.", "Nachtdienst."),
    ("/groepen/g/stappen/avond", GONE, "opslag 2% over basis", None),
    # lines
    ("/prestaties/A/omschrijving", "De eerste prestatie", "Eerste prestatie", "De eerste prestatie"),
    ("/prestaties/B/omschrijving", "Tweede", None, "Tweede"),
    ("/prestaties/A/eenheid", "dag", "uur", "dag"),
    ("/prestaties/C/groep", "h", None, "h"),
    ("/prestaties/A/basis/soort", "nza_tarief", "nza_maximumtarief", "nza_tarief"),
    ("/prestaties/A/basis/bedrag", "101", "100", "101"),
    ("/prestaties/A/basis/percentage", "96%", "95%", "96%"),
    ("/prestaties/A/basis/percentage", GONE, "95%", "100%"),
    ("/prestaties/A/basis/jaar", 2024, "2025", "2024"),
    ("/prestaties/A/basis/bron", "c", "b", "c"),
    ("/prestaties/A/basis/reden", "Geen ondersteuning.", "Minder ondersteuning.", "Geen ondersteuning."),
    ("/prestaties/A/basis/factor", "1.5", "1", "1.5"),
    ("/prestaties/B/basis/factor", "1/7", "1/3", "1/7"),
    ("/prestaties/B/basis/van", "tarief", "onafgerond", "tarief"),
    ("/prestaties/B/basis/prestatie", "C", "A", "C"),
    ("/prestaties/C/basis/omschrijving", "Anders gekozen", "Vrij gekozen", "Anders gekozen"),
    ("/prestaties/A/maximum", GONE, "130", None),
    ("/prestaties/A/maximum/bedrag", "131", "130", "131"),
    ("/prestaties/A/maximum/percentage", "110%", "100%", "110%"),
    ("/prestaties/A/maximum/bron", "c", "b", "c"),
    ("/prestaties/A/minimum", {"bedrag": "50"}, None, "50"),
    ("/prestaties/C/minimum", GONE, "90% over 40", None),
    ("/prestaties/C/minimum/bedrag", "39", "40", "39"),
    ("/prestaties/C/minimum/percentage", "80%", "90%", "80%"),
    ("/prestaties/C/minimum/bron", "c", "b", "c"),
    ("/prestaties/C/tariefafronding", {"decimalen": 1}, "3", "1", "/prestaties/C/tariefafronding/decimalen"),
    ("/prestaties/C/tariefafronding", {"decimalen": 3, "methode": "naar_even"}, "rekenkundig", "naar_even",
     "/prestaties/C/tariefafronding/methode"),
    ("/prestaties/B/volume", {"basis": {"aantal": "10.0"}}, None, "10", "/prestaties/B/volume/basis"),
    ("/prestaties/B/volume", {"basis": {"aantal": "10", "omschrijving": "Uren", "bron": "c"}}, None, "10", "/prestaties/B/volume/basis"),
    ("/prestaties/A/volume/basis/aantal", "1001", "1000", "1001"),
    ("/prestaties/A/volume/basis/omschrijving", "Uren van dit jaar", "Uren van vorig jaar", "Uren van dit jaar"),
    ("/prestaties/A/volume/basis/bron", "b", "c", "b"),
    ("/prestaties/A/volume/afronding", GONE, "0 rekenkundig", None),
    ("/prestaties/A/volume/afronding/decimalen", 1, "0", "1"),
    ("/prestaties/A/volume/afronding/methode", "naar_boven", "rekenkundig", "naar_boven"),
    ("/prestaties/A/volume/stappen/groei/percentage", "2.6%", "2.5%", "2.6%"),
    ("/prestaties/A/volume/stappen/groei/over", "stand", "basis", "stand"),
    ("/prestaties/A/volume/stappen/groei/categorie", "anders", "volumeontwikkeling", "anders"),
    ("/prestaties/A/volume/stappen/groei/reden", "Minder vergrijzing", "Vergrijzing", "Minder vergrijzing"),
    ("/prestaties/A/volume/stappen/groei", GONE, "2.5% over basis", None),
    ("/prestaties/A/volume/stappen/meer", {"id": "meer", "aantal": "5.0"}, None, "5"),
    ("/prestaties/A/staffels", GONE, "100% tot 500, 90%", None),
    ("/prestaties/A/staffels/0/tot", "600", "500", "600"),
    ("/prestaties/A/staffels/1/percentage", "80%", "90%", "80%"),
    # a line's own steps, and what it changes of shared ones
    ("/prestaties/C/stappen/eigen/bedrag", "1.1", "1", "1.1"),
    ("/prestaties/C/stappen/eigen/reden", "Andere opslag.", "Eigen opslag.", "Andere opslag."),
    ("/prestaties/C/stappen/eigen", GONE, "opslag 1", None),
    ("/prestaties/C/stappen/index", GONE, "ova 80%, ppc 20%", None, "/prestaties/C/stappen/index/aandelen"),
    ("/prestaties/A/stappen", [{"id": "index", "reden": "Voor deze."}], "Volledige index.", "Voor deze.", "/prestaties/A/stappen/index/reden"),
    ("/prestaties/A/stappen", [{"id": "wacht", "percentage": "3%"}], "1%", "3%", "/prestaties/A/stappen/wacht/percentage"),
    ("/prestaties/A/stappen", [{"id": "wacht", "categorie": None}], "kwaliteit", None, "/prestaties/A/stappen/wacht/categorie"),
    ("/prestaties/A/stappen", [{"id": "wacht", "voorwaarde": {"voldaan": False}}], "true", "false", "/prestaties/A/stappen/wacht/voorwaarde/voldaan"),
    ("/prestaties/A/zonder", ["opleiden"], "opslag 0.8% over stand", None, "/prestaties/A/stappen/opleiden"),
    ("/prestaties/B/zonder", GONE, None, "opslag 1% over basis", "/prestaties/B/stappen/wacht"),
    # ceilings
    ("/plafonds/p/omschrijving", "Een plafond", "Plafond", "Een plafond"),
    ("/plafonds/p/bedrag", "110000", "100000", "110000"),
    ("/plafonds/p/prestaties", ["A"], "A, B", "A"),
    ("/plafonds/p/reden", "Anders.", "Beheersing.", "Anders."),
    ("/plafonds/p/boven", "20%", "0%", "20%"),
    ("/plafonds/p", GONE, "Plafond", None),
    ("/plafonds/q/boven", "40%", "50%", "40%"),
    ("/plafonds/q/basis/bedrag", "410000", "400000", "410000"),
    ("/plafonds/q/tariefafronding/decimalen", 1, "0", "1"),
    ("/plafonds/q/stappen/groei/percentage", "2%", "1%", "2%"),
    ("/plafonds/q/stappen/groei", GONE, "opslag 1% over basis", None),
    # texts
    ("/benchmark/bm/omschrijving", "Tarief tegen tarief", "Tarief tegen kosten", "Tarief tegen tarief"),
    ("/benchmark/bm/populatie", "15 praktijken", "14 praktijken", "15 praktijken"),
    ("/benchmark/bm/peiljaar", 2025, "2024", "2025"),
    ("/benchmark/bm/maatstaf", "dagtarief", "uurtarief", "dagtarief"),
    ("/benchmark/bm/aannames", ["Alle kosten", "Met reistijd"], "Alle kosten; Zonder reistijd", "Alle kosten; Met reistijd"),
    ("/benchmark/bm/correcties", GONE, "Prijspeil 2026", None),
    ("/benchmark/bm/uitkomst", "Hoger", "Gelijk", "Hoger"),
    ("/benchmark/bm/uitwerking", "Geen", "Een opslag", "Geen"),
    ("/benchmark/nog", {"id": "nog", "omschrijving": "Nog een"}, None, "Nog een"),
    ("/akkoorden/iza/akkoord", "Integraal akkoord", "IZA", "Integraal akkoord"),
    ("/akkoorden/iza/doel", "Kortere lijnen", "Kortere wachttijd", "Kortere lijnen"),
    ("/akkoorden/iza/bijdrage", "Niets", "Een opslag", "Niets"),
    ("/akkoorden/iza/verwijzing", GONE, "IZA, onderdeel 4", None),
    ("/voorwaarden/looptijd/titel", "Duur", "Looptijd", "Duur"),
    ("/voorwaarden/looptijd/tekst", "Dit contract geldt twee jaar.", "Dit contract geldt een jaar en wordt niet verlengd.", "Dit contract geldt twee jaar."),
    ("/voorwaarden/looptijd", GONE, "Looptijd", None),
    ("/voorwaarden/nog", {"id": "nog", "titel": "Nog een", "tekst": "x"}, None, "Nog een"),
    ("/reactie/uiterlijk", "2025-11-01", "2025-10-31", "2025-11-01"),
    ("/reactie/contact", "ander@polis.example", "inkoop@polis.example", "ander@polis.example"),
    ("/afspraken/0/tekst", "Antwoord binnen een week.", "Antwoord binnen tien dagen.", "Antwoord binnen een week."),
    ("/afspraken/0", GONE, "Antwoord binnen tien dagen.", None),
    ("/afspraken/2", {"artikel": 6, "tekst": "Nieuw."}, None, "Nieuw."),
    ("/toelichting/basis", "Uit het beleid.", "Uit beleid.", "Uit het beleid."),
    ("/toelichting/indexatie", GONE, "Volledig.", None),
    ("/toelichting/op_en_afslagen", "Zes.", "Vijf.", "Zes."),
    ("/toelichting/volume", "Krimp.", "Groei.", "Krimp."),
    ("/toelichting/benchmark", "Twee.", "Een.", "Twee."),
    ("/toelichting/akkoorden", "Twee.", "Een.", "Twee."),
]  # fmt: skip

# What the document must have as well for the change to be sound.
ALSO = {
    "/stappen/index/index": ("/indexen/zelfde", RICH["indexen"]["lpo"]),
    "/stappen/ladder/tabel/kenmerk": ("/kenmerken/opleiding2", {"waarde": "8.4"}),
}


def name(case):
    value = "weg" if case[1] is GONE else json.dumps(case[1], ensure_ascii=False)
    return f"{case[0]} {value}"[:90]


@pytest.mark.parametrize("case", KEYS, ids=name)
def test_one_key(compare, case):
    path, value, before, after, *other = case
    old = change(RICH, *ALSO[path]) if path in ALSO else RICH
    there, back = compare(old, change(old, path, value)), compare(change(old, path, value), old)
    assert rows(there) == [row(other[0] if other else path, before, after)]
    assert [r[2:] for r in rows(back)] == [(after, before)]


# ---------------------------------------------------------------- what means the same

SAME = [
    ("/kenmerken/behandelindex/waarde", 8.40),
    ("/indexen/lpo/componenten/ova/aandeel", 90),
    ("/indexen/lpo/componenten/ova/voorlopig", "4.940"),
    ("/indexen/kort/percentage", 4),
    ("/indexen/lpo/restant_niet_geindexeerd", False),
    ("/stappen/index/over", GONE),
    ("/stappen/index/over", ["basis"]),
    ("/stappen/index/aandeel", "100%"),
    ("/stappen/index/groepsmotivering", False),
    ("/stappen/index/doorwerking", "structureel"),
    ("/stappen/ladder/tabel/treden/0/tot", "8.000"),
    ("/stappen/doelmatig/over", ["index", "basis"]),
    ("/stappen/doelmatig/aandeel", "4/6"),
    ("/stappen/eenmalig/bedrag", 0.4),
    ("/tariefafronding", {"decimalen": 3, "methode": "rekenkundig"}),
    ("/prestaties/A/tariefafronding", {"decimalen": 3}),
    ("/prestaties/A/basis/factor", "1"),
    ("/prestaties/B/basis/factor", "2/6"),
    ("/prestaties/B/basis/van", "onafgerond"),
    ("/prestaties/B/basis/percentage", "100.00%"),
    ("/prestaties/A/maximum/percentage", "100%"),
    ("/prestaties/A/volume/afronding/methode", "rekenkundig"),
    ("/prestaties/A/staffels/0/percentage", 100),
    ("/plafonds/p/prestaties", ["B", "A"]),
    ("/plafonds/p/boven", "0%"),
    ("/afspraken/0/artikel", "5"),
    ("/benchmark/bm/peiljaar", "2024"),
    ("/aanvullend", False),
    # a claim beside a basis, what names the document, what is in the figures
    ("/prestaties/C/tarief", "57.353"),
    ("/prestaties/B/volume/aantal", "11"),
    ("/prestaties/D~11/tarief", "21"),
    ("/kenmerk", "ANDERS"), ("/ronde", 2), ("/datum", "2025-09-01"), ("/contractering", "face_to_face"), ("/soort", "contractvoorstel"),
    ("/x-iets", {"eigen": 1}),
]  # fmt: skip


@pytest.mark.parametrize("case", SAME, ids=name)
def test_the_same_in_other_words(compare, case):
    old = RICH
    if case[0] == "/soort":
        old = change(RICH, "/contractering", "face_to_face")
    if case[0] == "/prestaties/C/tarief":
        found = compare(RICH, RICH)
        tariff = next(p for p in found["prestaties"] if p["code"] == "C")["oud"]["tarief"]
        case = (case[0], tariff)
    assert rows(compare(old, change(old, *case))) == []


@pytest.mark.parametrize("folder", sorted(p.name for p in (ROOT / "samples").iterdir() if (p / "voorstel.json").exists()))
def test_a_document_against_itself(nvb, folder):
    files = [ROOT / "samples" / folder / "voorstel.json"] * 2
    policy = ROOT / "samples" / folder / "beleid.json"
    done = nvb("diff", *files, "--format", "json", *(["--policy", policy] if policy.exists() else []))
    assert done.returncode == 0 and json.loads(done.stdout)["inhoud"] == []


# ---------------------------------------------------------------- whose it is


def states(comparison):
    return {pair["code"]: pair["status"] for pair in comparison["prestaties"]}


def test_a_line_changes_by_what_is_its_own(compare):
    own = compare(RICH, change(RICH, "/prestaties/A/omschrijving", "Anders"))
    assert states(own) == {"A": "gewijzigd", "B": "ongewijzigd", "C": "ongewijzigd", "D/1": "ongewijzigd"}
    shared = compare(RICH, change(RICH, "/stappen/index/reden", "Anders"))
    assert set(states(shared).values()) == {"ongewijzigd"}
    patched = compare(RICH, change(RICH, "/prestaties/C/stappen", [*RICH["prestaties"][2]["stappen"], {"id": "wacht", "reden": "Anders"}]))
    assert rows(patched) == [row("/prestaties/C/stappen/wacht/reden", "Korte wachttijd.", "Anders")]
    assert states(patched) == {"A": "ongewijzigd", "B": "ongewijzigd", "C": "gewijzigd", "D/1": "ongewijzigd"}


def lines(n, **more):
    return [{"code": f"L{i}", "basis": {"soort": "kostprijs", "bedrag": "10"}, **more} for i in range(n)]


def test_a_shared_change_is_said_once_though_every_line_has_its_own_shares(compare):
    """The step is another structure on every line; the reason and the index are still those of the shared step."""
    def document(reason, index):
        own = [{"stappen": [{"id": "index", "aandelen": {"ova": f"{80 - i}%", "ppc": f"{20 + i}%"}}]} for i in range(5)]
        steps = [{"id": "index", "soort": "index", "index": index, "over": "basis", "reden": reason, "bron": "b"}]
        return RICH | {"stappen": steps, "indexen": {index: RICH["indexen"]["lpo"]}, "plafonds": [], "groepen": {},
                       "prestaties": [line | extra for line, extra in zip(lines(5), own)]}  # fmt: skip

    found = compare(document("Eerst.", "lpo-2025"), document("Nu.", "lpo-2026"))
    assert rows(found) == [
        row("/indexen/lpo-2026", "lpo-2025", "lpo-2026"),
        row("/stappen/index/index", "lpo-2025", "lpo-2026"),
        row("/stappen/index/reden", "Eerst.", "Nu."),
    ]
    assert set(states(found).values()) == {"ongewijzigd"}


def test_what_a_group_changes_of_a_shared_step_is_the_groups(compare):
    step = {"id": "s", "soort": "opslag", "bedrag": "1", "reden": "Gedeeld.", "bron": "b"}
    old = RICH | {"stappen": [step], "plafonds": [], "groepen": {"g": {}}, "prestaties": lines(2)}
    old["prestaties"] += [line | {"code": "G" + line["code"]} for line in lines(2, groep="g")]
    new = change(old, "/groepen/g/stappen", [{"id": "s", "reden": "Van de groep."}])
    assert rows(compare(old, new)) == [row("/groepen/g/stappen/s/reden", "Gedeeld.", "Van de groep.")]


def test_the_rounding_of_the_document_is_said_once(compare):
    old = RICH | {"plafonds": [], "groepen": {}, "prestaties": [*lines(4), lines(5)[4] | {"tariefafronding": {"decimalen": 1}}]}
    assert rows(compare(old, change(old, "/tariefafronding/decimalen", 2))) == [row("/tariefafronding/decimalen", "3", "2")]
    new = change(old, "/prestaties/L0/tariefafronding", {"decimalen": 3, "methode": "naar_boven"})
    assert rows(compare(old, new)) == [row("/prestaties/L0/tariefafronding/methode", "rekenkundig", "naar_boven")]


def test_a_rounding_said_on_every_line_is_no_other_rounding(compare):
    """Without a rounding of the document two lines have their own; then the third says the default in so many words."""
    up = {"decimalen": 2, "methode": "naar_boven"}
    old = {k: v for k, v in RICH.items() if k != "tariefafronding"}
    old |= {"plafonds": [], "groepen": {}, "prestaties": [lines(1)[0], *(line | {"tariefafronding": up} for line in lines(3)[1:])]}
    new = change(old, "/prestaties/L0/tariefafronding", {"decimalen": 2})
    assert rows(compare(old, new)) == [] == rows(compare(new, old))


def test_steps_in_another_order(compare):
    steps = [step for step in RICH["stappen"] if step["id"] != "doelmatig"]
    old = RICH | {"stappen": steps}
    new = RICH | {"stappen": [steps[0], steps[2], steps[1], *steps[3:]]}
    assert rows(compare(old, new)) == [row("/stappen", "ladder, wacht", "wacht, ladder")]
    new = change(old, "/prestaties/C/zonder", ["wacht"])
    new["prestaties"][2]["stappen"].append({"id": "wacht"} | steps[2] | {"over": "basis"})
    assert rows(compare(old, new)) == [row("/prestaties/C/stappen", "wacht, opleiden, eenmalig, eigen", "opleiden, eenmalig, eigen, wacht")]


def test_an_index_that_takes_the_place_of_another(compare):
    new = json.loads(json.dumps(RICH).replace('"lpo"', '"lpo-2027"'))
    new = change(new, "/indexen/lpo-2027/componenten/ova/voorlopig", "5.00%")
    assert rows(compare(RICH, new)) == [
        row("/indexen/lpo-2027", "lpo", "lpo-2027"),
        row("/indexen/lpo-2027/componenten/ova/voorlopig", "4.94%", "5%"),
        row("/stappen/index/index", "lpo", "lpo-2027"),
    ]


def flat(document, *codes):
    """The document with only a tariff on some of its lines; all when none is named."""
    keys = ("basis", "stappen", "zonder", "maximum", "minimum", "tariefafronding")
    document = copy.deepcopy(document)
    for line in document["prestaties"]:
        if not codes or line["code"] in codes:
            for key in keys:
                line.pop(key, None)
            line.setdefault("tarief", "100")
    return document


def test_an_old_tariff_without_a_build_up(compare):
    """All that the new build-up has is new, though it counts zero: shared steps once, the base, the limits, an own rounding."""
    new = change(RICH, "/prestaties/A/tariefafronding", {"decimalen": 1})
    old = flat(RICH)
    expected = [
        ("/stappen/index", "index lpo over basis"),
        ("/stappen/ladder", "opslag tabel behandelindex over geindexeerd"),
        ("/stappen/wacht", "opslag 1% over basis"),
        ("/stappen/opleiden", "opslag 0.8% over stand"),
        ("/stappen/doelmatig", "afslag 0.5% over basis, index"),
        ("/stappen/eenmalig", "nacalculatie 0.4"),
        ("/groepen/g/stappen/avond", "opslag 2% over basis"),
        ("/prestaties/A/basis", "nza_maximumtarief 95% over 100"),
        ("/prestaties/A/tariefafronding", "1 rekenkundig"),
        ("/prestaties/A/maximum", "130"),
        ("/prestaties/B/basis", 'anders 1/3 over "A"'),
        ("/prestaties/C/basis", "anders 50"),
        ("/prestaties/C/stappen/eigen", "opslag 1"),
        ("/prestaties/C/minimum", "90% over 40"),
    ]
    assert sorted(rows(compare(old, new))) == sorted(row(path, None, shown) for path, shown in expected)
    assert sorted(rows(compare(new, old))) == sorted(row(path, shown, None) for path, shown in expected)
    assert [r[0] for r in rows(compare(old, new)) if r[0].startswith("/stappen/")] == [path for path, _ in expected[:6]]


def test_a_build_up_on_a_base_that_is_last_years_tariff(compare):
    """The base is in the bridge; a step whose condition is not met is in no bridge."""
    step = {"id": "s", "soort": "opslag", "percentage": "1%", "over": "basis", "reden": "r", "bron": "b", "voorwaarde": {"omschrijving": "v", "voldaan": False}}
    basis = {"soort": "vorig_contract", "bedrag": "100", "jaar": 2025, "bron": "b"}
    bare = RICH | {"plafonds": [], "stappen": [], "prestaties": [{"code": "A", "tarief": "100"}]}
    new = bare | {"contractjaar": 2026, "prestaties": [{"code": "A", "basis": basis, "maximum": {"bedrag": "130"}, "stappen": [step]}]}
    found = compare(bare | {"contractjaar": 2025}, new)
    assert rows(found) == [row("/prestaties/A/stappen/s", None, "opslag 1% over basis"), row("/prestaties/A/maximum", None, "130")]
    assert states(found) == {"A": "gewijzigd"} and found["prestaties"][0]["brug"] == []


def test_a_build_up_on_some_lines_that_others_had_already(compare):
    """Of a shared step that the other document knows, it is the line that took it up."""
    found = compare(flat(RICH, "C"), RICH)
    assert [r[0] for r in rows(found)] == ["/prestaties/C/basis", *(f"/prestaties/C/stappen/{s}" for s in
        ("index", "ladder", "wacht", "opleiden", "doelmatig", "eenmalig", "eigen")), "/prestaties/C/minimum"]  # fmt: skip
    assert states(found) == {"A": "ongewijzigd", "B": "ongewijzigd", "C": "gewijzigd", "D/1": "ongewijzigd"}


def test_a_new_shared_step_that_lines_take_in_another_way(compare):
    """What one line, or a group, makes of it is its own; the shared step is said as the others have it."""
    step = {"id": "s", "soort": "opslag", "bedrag": "1", "reden": "Gedeeld.", "bron": "b"}
    new = RICH | {"stappen": [step], "plafonds": [], "groepen": {"g": {"stappen": [{"id": "s", "bedrag": "2"}]}}}
    new["prestaties"] = [{"code": "E", "basis": lines(1)[0]["basis"], "stappen": [{"id": "s", "bedrag": "3"}]}, *lines(3)]
    new["prestaties"] += [line | {"code": "G" + line["code"]} for line in lines(2, groep="g")]
    expected = [("/stappen/s", "opslag 1"), ("/groepen/g/stappen/s", "opslag 2"), ("/prestaties/E/stappen/s", "opslag 3")]
    old = copy.deepcopy(new) | {"stappen": []}
    del old["groepen"]["g"]["stappen"], old["prestaties"][0]["stappen"]
    assert rows(compare(old, new)) == [row(path, None, shown) for path, shown in expected]
    assert rows(compare(new, old)) == [row(path, shown, None) for path, shown in expected]
    steps = [r for r in rows(compare(flat(new), new)) if "/stappen/" in r[0]]
    assert steps == [row(path, None, shown) for path, shown in expected]


def test_a_flat_line_does_not_hide_another_order(compare):
    steps = [step for step in RICH["stappen"] if step["id"] != "doelmatig"]
    old = flat(RICH | {"stappen": steps}, "D/1", "A", "B")
    new = flat(RICH | {"stappen": [steps[0], steps[2], steps[1], *steps[3:]]}, "D/1")
    assert row("/stappen", "ladder, wacht", "wacht, ladder") in rows(compare(old, new))


BASES = [
    ({"soort": "kostprijs", "bedrag": "10.50", "percentage": "100%"}, "kostprijs 10.5"),
    ({"soort": "nza_maximumtarief", "bedrag": "10", "percentage": "95%"}, "nza_maximumtarief 95% over 10"),
    ({"soort": "anders", "omschrijving": "o", "bedrag": "40", "factor": "1.3"}, "anders 130% over 40"),
    ({"soort": "anders", "omschrijving": "o", "prestatie": "1000"}, 'anders "1000"'),
    ({"soort": "anders", "omschrijving": "o", "prestatie": "1000", "factor": "1/3", "percentage": "90%"}, 'anders 90% over 1/3 over "1000"'),
]  # fmt: skip


@pytest.mark.parametrize("basis, shown", BASES)
def test_a_base_as_a_whole(compare, basis, shown):
    """What it is and what is taken of it; the code of a line is no amount."""
    new = RICH | {"plafonds": [], "stappen": [], "prestaties": [{"code": "1000", "tarief": "10"}, {"code": "A", "basis": basis}]}
    assert rows(compare(flat(new), new)) == [row("/prestaties/A/basis", None, shown)]


def test_a_ceiling_that_becomes_a_build_up(compare):
    new = RICH | {"plafonds": [RICH["plafonds"][1]]}
    old = RICH | {"plafonds": [{k: v for k, v in RICH["plafonds"][1].items() if k not in ("basis", "stappen", "tariefafronding")} | {"bedrag": "400000"}]}
    expected = [("bedrag", "400000", None), ("basis", None, "anders 400000"), ("stappen/groei", None, "opslag 1% over basis"),
                ("tariefafronding", None, "0 rekenkundig")]  # fmt: skip
    assert rows(compare(old, new)) == [row(f"/plafonds/q/{path}", *values) for path, *values in expected]
    assert rows(compare(new, old)) == [row(f"/plafonds/q/{path}", after, before) for path, before, after in expected]


def test_a_volume_that_becomes_a_build_up(compare):
    plain = change(RICH, "/prestaties/A/volume", {"aantal": "1025"})
    expected = [("basis", "1000"), ("stappen/groei", "2.5% over basis"), ("afronding", "0 rekenkundig")]
    assert rows(compare(plain, RICH)) == [row(f"/prestaties/A/volume/{path}", None, shown) for path, shown in expected]
    assert rows(compare(RICH, plain)) == [row(f"/prestaties/A/volume/{path}", shown, None) for path, shown in expected]


# ---------------------------------------------------------------- lines put together


def together(old, new):
    """Two documents of a year and the next, whose lines P and Q became N."""
    old = [{"code": code, "omschrijving": "o", **line} for code, line in zip("PQ", old)]
    bare = RICH | {"plafonds": [], "stappen": [], "groepen": {}}
    return bare | {"contractjaar": 2025, "prestaties": old}, bare | {"prestaties": [{"code": "N", "was": ["P", "Q"], "omschrijving": "o", **new}]}


BASE = {"soort": "anders", "omschrijving": "Vrij", "bedrag": "10", "jaar": 2024, "bron": "b"}
TIERS = [{"tot": "500", "percentage": "100%"}, {"percentage": "90%"}]

# Per case: what both old lines, the second and the new line have; what is found.
TOGETHER = [
    ({"volume": {"aantal": "5"}}, {}, {"volume": {"aantal": "10"}}, []),
    ({"volume": {"aantal": "5"}}, {}, {"volume": {"basis": {"aantal": "10"}, "stappen": [{"id": "g", "percentage": "2%", "over": "basis", "reden": "r"}]}},
     [("volume/basis", None, "10"), ("volume/stappen/g", None, "2% over basis")]),
    ({"volume": {"basis": {"aantal": "5", "bron": "b"}}}, {}, {"volume": {"basis": {"aantal": "10", "bron": "b"}}}, []),
    ({"volume": {"basis": {"aantal": "5", "bron": "b"}}}, {}, {"volume": {"basis": {"aantal": "11", "bron": "c"}}},
     [("volume/basis/aantal", "10", "11"), ("volume/basis/bron", "b", "c")]),
    ({"volume": {"aantal": "5"}}, {"volume": {"basis": {"aantal": "5"}}}, {"volume": {"aantal": "10"}}, [("volume/basis", "10", None)]),
    ({}, {}, {"staffels": TIERS, "volume": {"aantal": "1"}}, [("staffels", None, "100% tot 500, 90%")]),
    ({"staffels": TIERS}, {}, {"staffels": TIERS}, []),
    ({}, {"staffels": TIERS}, {}, [("staffels", "100% tot 500, 90%", None)]),
    ({"maximum": {"bedrag": "30"}}, {}, {"maximum": {"bedrag": "31"}, "minimum": {"bedrag": "1"}}, [("maximum/bedrag", "30", "31"), ("minimum", None, "1")]),
    ({}, {"maximum": {"bedrag": "30"}}, {}, [("maximum", "30", None)]),
    ({"tariefafronding": {"decimalen": 1}}, {}, {}, [("tariefafronding/decimalen", "1", "3")]),
    ({}, {"tariefafronding": {"decimalen": 1}}, {}, [("tariefafronding/decimalen", "1", "3")]),
    ({}, {}, {"basis": BASE | {"soort": "kostprijs", "jaar": 2025}}, [("basis/soort", "anders", "kostprijs"), ("basis/jaar", "2024", "2025")]),
    ({}, {"basis": BASE | {"bron": "c"}}, {}, [("basis/bron", "c", "b")]),
    ({}, {"basis": BASE | {"bedrag": "12"}}, {}, [("basis/bedrag", "12", "10")]),
    ({}, {"basis": None, "tarief": "10"}, {}, []),
    ({}, {}, {"basis": None, "tarief": "10"}, [("basis", "anders 10", None)]),
    ({}, {"basis": None, "tarief": "10"}, {"basis": None, "tarief": "10"}, [("basis", "anders 10", None)]),
    ({"basis": None, "tarief": "10"}, {}, {"basis": BASE}, [("basis", None, "anders 10")]),
]  # fmt: skip


def without_none(line):
    return {k: v for k, v in line.items() if v is not None}


@pytest.mark.parametrize("case", TOGETHER, ids=lambda case: json.dumps(case)[:80])
def test_lines_put_together(compare, case):
    both, second, new, expected = case
    base = {"basis": BASE}
    volume = {"volume": {"aantal": "5"}} if "staffels" in json.dumps(case) else {}
    old = [without_none(base | volume | both), without_none(base | volume | both | second)]
    assert rows(compare(*together(old, without_none(base | volume | new)))) == [row(f"/prestaties/N/{path}", *values) for path, *values in expected]


def test_steps_of_lines_put_together(compare):
    """Each step is held against the first old line that has it; one that only another old line had has lapsed where it stood."""
    def step(id, amount):
        return {"id": id, "soort": "opslag", "bedrag": amount, "reden": "r", "bron": "b"}

    old = [{"basis": BASE, "stappen": [step("x", "1")]}, {"basis": BASE, "stappen": [step("y", "2"), step("z", "3")]}]
    new = {"basis": BASE, "stappen": [step("y", "4"), step("x", "1")]}
    assert rows(compare(*together(old, new))) == [row("/prestaties/N/stappen/y/bedrag", "2", "4"), row("/prestaties/Q/stappen/z", "opslag 3", None)]


def test_a_base_that_comes_from_last_year(compare):
    def document(year, amount, source):
        basis = {"soort": "vorig_contract", "bedrag": amount, "jaar": year - 1, "bron": source}
        return RICH | {"contractjaar": year, "plafonds": [], "stappen": [], "prestaties": [{"code": "A", "basis": basis}]}

    assert rows(compare(document(2025, "90", "b"), document(2026, "90", "c"))) == [
        row("/prestaties/A/basis/jaar", "2024", "2025"),
        row("/prestaties/A/basis/bron", "b", "c"),
    ]
    assert row("/prestaties/A/basis/bedrag", "90", "91") not in rows(compare(document(2025, "90", "b"), document(2026, "91", "b")))
    assert row("/prestaties/A/basis/bedrag", "90", "91") in rows(compare(document(2026, "90", "b"), document(2026, "91", "b")))


def test_a_line_with_another_code(compare):
    new = copy.deepcopy(RICH)
    new["prestaties"][2] |= {"code": "C2", "was": "C", "omschrijving": "Anders"}
    new["prestaties"][2]["stappen"][1]["reden"] = "Nu anders."
    assert rows(compare(RICH, new)) == [
        row("/prestaties/C2/omschrijving", "Derde prestatie", "Anders"),
        row("/prestaties/C2/stappen/eigen/reden", "Eigen opslag.", "Nu anders."),
    ]


def test_a_price_list_says_nothing_but_what_it_says(nvb, write, tmp_path):
    csv = tmp_path / "lijst.csv"
    csv.write_text("code;omschrijving;tarief\nA;Andere prestatie;104,50\nC;;57,00\n", encoding="utf-8")
    done = nvb("diff", csv, write(RICH), "--format", "json")
    assert rows(json.loads(done.stdout)) == [row("/prestaties/A/omschrijving", "Andere prestatie", "Eerste prestatie")]


def test_the_order_of_the_document(compare):
    new = RICH
    for path, value in [
        ("/toelichting/basis", "x"), ("/afspraken/0/tekst", "x"), ("/reactie/contact", "x"), ("/voorwaarden/looptijd/tekst", "x"),
        ("/akkoorden/iza/doel", "x"), ("/benchmark/bm/uitkomst", "x"), ("/plafonds/p/reden", "x"), ("/prestaties/C/omschrijving", "x"),
        ("/prestaties/A/eenheid", "x"), ("/groepen/g/omschrijving", "x"), ("/groepen/g/stappen/avond/reden", "x"),
        ("/stappen/nog", {"id": "nog", "soort": "opslag", "bedrag": "1", "reden": "x", "bron": "b"}), ("/stappen/opleiden", GONE),
        ("/stappen/index/reden", "x"), ("/indexen/kort", GONE), ("/indexen/nog", {"percentage": "1%"}), ("/indexen/lpo/jaar", 2025),
        ("/kenmerken/opleiding/bron", "b"), ("/bronnen/a~1b~0c", GONE), ("/bronnen/z", {"titel": "z"}), ("/bronnen/b/titel", "x"), ("/sector", "x"),
    ]:  # fmt: skip
        new = change(new, path, value)
    assert [r[0] for r in rows(compare(RICH, new))] == [
        "/sector", "/bronnen/b/titel", "/bronnen/z", "/bronnen/a~1b~0c", "/kenmerken/opleiding/bron", "/indexen/lpo/jaar", "/indexen/nog",
        "/indexen/kort", "/stappen/index/reden", "/stappen/nog", "/stappen/opleiden", "/groepen/g/omschrijving",
        "/groepen/g/stappen/avond/reden", "/prestaties/A/eenheid", "/prestaties/C/omschrijving", "/plafonds/p/reden",
        "/benchmark/bm/uitkomst", "/akkoorden/iza/doel", "/voorwaarden/looptijd/tekst", "/reactie/contact", "/afspraken/0/tekst",
        "/toelichting/basis",
    ]  # fmt: skip


def test_texts_word_by_word(compare):
    found = compare(RICH, change(RICH, "/voorwaarden/looptijd/tekst", "Dit contract geldt twee jaar en wordt niet vanzelf verlengd."))
    assert [(run["soort"], run["tekst"]) for run in found["inhoud"][0]["woorden"]] == [
        ("gelijk", "Dit contract geldt "), ("vervallen", "een "), ("toegevoegd", "twee "), ("gelijk", "jaar en wordt niet "),
        ("toegevoegd", "vanzelf "), ("gelijk", "verlengd."),
    ]  # fmt: skip


def test_a_row_per_line_and_no_more(compare):
    """A year and a source that change on every line: two rows each, soon found."""
    def document(year, source, n=20000):
        basis = {"soort": "vorig_contract", "bedrag": "10", "jaar": year - 1, "bron": source}
        return RICH | {"contractjaar": year, "plafonds": [], "prestaties": [{"code": f"L{i}", "basis": basis} for i in range(n)]}

    found = rows(compare(document(2025, "b"), document(2026, "c")))
    assert found[:2] == [row("/prestaties/L0/basis/jaar", "2024", "2025"), row("/prestaties/L0/basis/bron", "b", "c")]
    assert len(found) == 40000


def test_many_tariffs_that_become_build_ups(compare):
    new = RICH | {"plafonds": [], "groepen": {}, "prestaties": lines(20000)}
    found = rows(compare(flat(new), new))
    assert [r[0] for r in found[:6]] == [f"/stappen/{step['id']}" for step in RICH["stappen"]]
    assert found[6] == row("/prestaties/L0/basis", None, "kostprijs 10") and len(found) == 20006
