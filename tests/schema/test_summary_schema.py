"""The schemas of a bulk run: a line of the overview, a line of the errors, and the summary. Made by hand, good ones and one change at a time."""
import json

import pytest

from test_schema import DEL, check, json_blocks, put, validator, REFERENCE

OVERVIEW = {
    "formaat": "navolgbaar/overzicht/1",
    "nummer": 7,
    "kenmerk": "V-2026",
    "agb": "04999902",
    "naam": "Praktijk (fictief)",
    "zorgverzekeraar": "Verzekeraar (fictief)",
    "beleid": "B-2026",
    "contractjaar": 2026,
    "vorig": "V-2025",
    "bestanden": [{"naam": "00001-01000/V-2026.txt", "bytes": 0, "xxh3": "00ff"}],
    "regels": 3,
    "zonder_volume": 2,
    "omzet": "33.33333333333333333333",
    "omzet_breuk": "100/3",
    "omzet_vorig": "0",
    "verschil": "33.33333333333333333333",
    "verschil_breuk": "100/3",
    "prestaties": {"nieuw": 1, "vervallen": 0, "gewijzigd": 1, "ongewijzigd": 1},
    "banden": [0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0],
    "niet_voldaan": ["op-en-afslag-navolgbaar"],
    "onbekend": [],
    "gaten": 0,
}
ERROR = {
    "formaat": "navolgbaar/fout/1",
    "taal": "nl",
    "nummer": 1,
    "regel": 1,
    "meldingen": [{"code": "E203", "ernst": "fout", "bestand": "in", "regel": 1, "kolom": 2, "pad": "/a", "melding": "m", "hint": "h"}],
    "meldingen_weggelaten": 1,
    "invoer": "",
}
SUMMARY = next(b for b in json_blocks(REFERENCE / "uitvoer.md") if b.get("formaat") == "navolgbaar/samenvatting/1")


@pytest.mark.parametrize("name, good", [("overzicht", OVERVIEW), ("fout", ERROR), ("samenvatting", SUMMARY)])
def test_bulk_good(name, good):
    check(name, good)


def test_bulk_least():
    keep = ("formaat", "nummer", "kenmerk", "regels", "zonder_volume", "niet_voldaan", "onbekend", "gaten")
    check("overzicht", {k: OVERVIEW[k] for k in keep})
    check("fout", {k: ERROR[k] for k in ("formaat", "taal", "nummer", "regel", "meldingen")})
    check("fout", put(put(ERROR, "invoer", DEL), "invoer_base64", "/w=="))
    check("samenvatting", put(SUMMARY, "vergelijking", DEL))


BAD = [
    ("overzicht", OVERVIEW, "formaat", "navolgbaar/overzicht/2"),
    ("overzicht", OVERVIEW, "nummer", 0),
    ("overzicht", OVERVIEW, "kenmerk", DEL),
    ("overzicht", OVERVIEW, "omzet", 1.5),
    ("overzicht", OVERVIEW, "omzet", "1,5"),
    ("overzicht", OVERVIEW, "omzet", DEL),
    ("overzicht", OVERVIEW, "omzet_breuk", "1.5"),
    ("overzicht", OVERVIEW, "banden", [0] * 10),
    ("overzicht", OVERVIEW, "banden", DEL),
    ("overzicht", OVERVIEW, "prestaties", DEL),
    ("overzicht", OVERVIEW, "prestaties/nieuw", DEL),
    ("overzicht", OVERVIEW, "bestanden", []),
    ("overzicht", OVERVIEW, "bestanden/0/xxh3", "XX"),
    ("overzicht", OVERVIEW, "bestanden/0/bytes", -1),
    ("overzicht", OVERVIEW, "iets", 1),
    ("fout", ERROR, "meldingen", DEL),
    ("fout", ERROR, "meldingen/0/code", "X1"),
    ("fout", ERROR, "meldingen/0/ernst", "erg"),
    ("fout", ERROR, "meldingen/0/kolom", DEL),
    ("fout", ERROR, "meldingen/0/melding", ""),
    ("fout", ERROR, "meldingen_weggelaten", 0),
    ("fout", ERROR, "invoer_base64", "AAAA"),
    ("fout", ERROR, "taal", "de"),
    ("samenvatting", SUMMARY, "af", True),
    ("samenvatting", SUMMARY, "niet_versturen", DEL),
    ("samenvatting", SUMMARY, "in", "2"),
    ("samenvatting", SUMMARY, "omzet", 1),
    ("samenvatting", SUMMARY, "contractjaren/van", DEL),
    ("samenvatting", SUMMARY, "vergelijking/verdeling", []),
    ("samenvatting", SUMMARY, "vergelijking/verdeling/0/van", "x"),
    ("samenvatting", SUMMARY, "vergelijking/verdeling/4/tot_en_met", 1),
    ("samenvatting", SUMMARY, "vergelijking/stijgers", SUMMARY["vergelijking"]["stijgers"] * 11),
    ("samenvatting", SUMMARY, "vergelijking/stijgers/0/verschil", DEL),
    ("samenvatting", SUMMARY, "toetsen/0/aard", "anders"),
    ("samenvatting", SUMMARY, "meldingen/0/documenten", 0),
    ("samenvatting", SUMMARY, "meldingen/0/code", "E1"),
]


@pytest.mark.parametrize("name, good, path, value", BAD, ids=lambda v: v if isinstance(v, str) and len(v) < 60 else "")
def test_bulk_bad(name, good, path, value):
    assert list(validator(name).iter_errors(put(good, path, value))), json.dumps(value)
