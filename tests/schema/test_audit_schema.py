"""The schema of an audit: documents made by hand, good ones and one change at a time, and what the program makes of the samples."""
import json
import subprocess

import pytest

from test_schema import DEL, NVB, ROOT, check, load, needs_program, put, validator

AUDIT = {
    "formaat": "navolgbaar/controle/1",
    "taal": "nl",
    "kenmerk": "V-2026",
    "contractjaar": 2026,
    "zorgverzekeraar": {"naam": "Verzekeraar (fictief)", "uzovi": "9999"},
    "zorgaanbieder": {"naam": "Aanbieder (fictief)", "agb": "00999999"},
    "oordeel": "sluit_niet",
    "telling": {"sluit": 1, "sluit_binnen_afronding": 1, "sluit_niet": 2},
    "cijfers": [
        {"pad": "/indexen/lpo", "plaats": "/indexen/lpo/gesteld", "gesteld": "4.8", "berekend": "4.8", "verschil": "0", "oordeel": "sluit", "eenheid": "percent"},
        {"pad": "/prestaties/A/tarief", "gesteld": "32.89", "berekend": "32.9", "verschil": "-0.01", "oordeel": "sluit_binnen_afronding",
         "interval": ["32.89", "32.9"], "eenheid": "EUR"},
        {"pad": "/prestaties/B/basis", "plaats": "/knopen/prestaties/B/basis", "gesteld": "33.33", "berekend": "33.33333333333333333333", "berekend_breuk": "100/3",
         "verschil": "-0.00333333333333333333", "verschil_breuk": "-1/300", "oordeel": "sluit_niet", "eenheid": "EUR", "begint_hier": True},
        {"pad": "/prestaties/Z/tarief", "plaats": "/knopen/prestaties/Z/tarief", "gesteld": "1", "berekend": None, "verschil": None, "oordeel": "sluit_niet", "eenheid": "EUR"},
    ],
    "bevindingen": [
        {"id": "gesteld-volgt-1", "regel": "gesteld-volgt", "soort": "tarieven", "ernst": "fout", "pad": "/prestaties/A/tarief", "paden": ["/prestaties/A/tarief"],
         "artikel": "TH/NR-038 art. 6 lid 4", "titel": "1 tarief volgt niet", "uitleg": "Uitleg.", "bedrag_per_jaar": "10.5", "vraag": "Vraag?",
         "verklaringen": [
             {"soort": "afslag_over_index", "omschrijving": "past bij een afslag van 1,00% over de index", "past": "exact", "parameter": "1", "eenheid": "percent",
              "bereik": ["0.99", "1.01"], "regels": 1, "breekt": 2, "andere": 3},
             {"soort": "conventie", "omschrijving": "volgt bij optellen", "past": "exact", "index": "lpo", "regels": 1,
              "conventie": {"nacalculatie": "verhouding", "samenstelling": "optellen", "weging": "per_term", "afronding": {"totaal": 2}}},
             {"soort": "stap_weggelaten", "omschrijving": "past bij zonder stap k", "past": "benaderd", "stap": "k", "regels": 0},
         ]},
        {"id": "wijzigingenoverzicht-1", "regel": "wijzigingenoverzicht", "soort": "regel", "ernst": "info", "pad": "", "paden": [],
         "artikel": "Handvatten richtsnoer 6", "titel": "Titel", "uitleg": "Uitleg.", "vraag": "Vraag?", "verklaringen": []},
    ],
    "effectief": [{"code": "A", "tarief": "10", "effectief_tarief": "9.33333333333333333333", "effectief_tarief_breuk": "28/3", "aantal": "30"}],
    "plafonds": [
        {"id": "p", "bedrag": "100", "omzet": "150", "korting": "-50", "raakt": True, "deel": "66.66666666666666666667", "deel_breuk": "200/3", "prestatie": "A", "eenheden": "11"},
        {"id": "q", "bedrag": "100", "omzet": "0", "korting": "0", "raakt": False},
    ],
}


def test_good():
    check("controle", AUDIT)
    check("controle", put(put(put(AUDIT, "contractjaar", DEL), "zorgverzekeraar", DEL), "zorgaanbieder", DEL))


BAD = [
    ("another format", "formaat", "navolgbaar/toetsen/1"),
    ("unknown key", "x-eigen", 1),
    ("verdict", "oordeel", "goed"),
    ("half a count", "telling/sluit_niet", DEL),
    ("negative count", "telling/sluit", -1),
    ("claim as a number", "cijfers/0/gesteld", 4.8),
    ("claim without what follows", "cijfers/0/berekend", DEL),
    ("nothing follows, and yet a difference", "cijfers/3/verschil", "1"),
    ("nothing follows, and yet it does", "cijfers/3/oordeel", "sluit"),
    ("something follows without a difference", "cijfers/0/verschil", None),
    ("within rounding without interval", "cijfers/1/interval", DEL),
    ("half an interval", "cijfers/1/interval", ["32.89"]),
    ("interval of what follows", "cijfers/0/interval", ["4.8", "4.8"]),
    ("enters not, in so many words", "cijfers/2/begint_hier", False),
    ("a fault that enters where all is well", "cijfers/0/begint_hier", True),
    ("unit", "cijfers/0/eenheid", "%"),
    ("path without slash", "cijfers/0/pad", "indexen"),
    ("finding of no rule", "bevindingen/0/regel", "eigen-regel"),
    ("kind of finding", "bevindingen/0/soort", "anders"),
    ("severity", "bevindingen/0/ernst", "ernstig"),
    ("finding with a question of nothing", "bevindingen/0/vraag", ""),
    ("finding without a title", "bevindingen/0/titel", ""),
    ("amount as a number", "bevindingen/0/bedrag_per_jaar", 10.5),
    ("kind of reading", "bevindingen/0/verklaringen/0/soort", "anders"),
    ("fit", "bevindingen/0/verklaringen/0/past", "goed"),
    ("parameter without unit", "bevindingen/0/verklaringen/0/eenheid", DEL),
    ("range without parameter", "bevindingen/0/verklaringen/2/bereik", ["1", "2"]),
    ("no others, in so many words", "bevindingen/0/verklaringen/0/andere", 0),
    ("method of a convention", "bevindingen/0/verklaringen/1/conventie/weging", "per_stuk"),
    ("stage of a convention", "bevindingen/0/verklaringen/1/conventie/afronding/eind", 2),
    ("convention of another reading", "bevindingen/0/verklaringen/1/soort", "stap_weggelaten"),
    ("convention that does not say which", "bevindingen/0/verklaringen/1/conventie", DEL),
    ("effective tariff without volume", "effectief/0/aantal", DEL),
    ("ceiling that does not say whether it bites", "plafonds/0/raakt", DEL),
    ("line of a ceiling without units", "plafonds/0/eenheden", DEL),
]


@pytest.mark.parametrize("path, value", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_is_refused(path, value):
    assert list(validator("controle").iter_errors(put(AUDIT, path, value)))


# --- the program --------------------------------------------------------------------------------------------------------------


def run(*args, expect=(0, 1)):
    done = subprocess.run([NVB, *map(str, args)], capture_output=True, timeout=120)
    assert done.returncode in expect, done.stderr.decode()
    return done.stdout


def given(path):
    """What belongs to a sample: its policy, and last year's contract."""
    policy = path.parent / "beleid.json"
    contracts = sorted(path.parent.glob("contract-*.json")) if path.stem == "voorstel" else []
    return ([] if not policy.exists() else ["--policy", policy]) + ([] if not contracts else ["--previous", contracts[-1]])


OFFERS = sorted(p for p in (ROOT / "samples").glob("*/*.json") if p.stem == "voorstel" or p.stem.startswith("fout-"))


@needs_program
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", OFFERS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_program_audits_by_the_schema(path, language):
    audit = json.loads(run("audit", path, *given(path), "--lang", language, "--format", "json"))
    check("controle", audit)
    assert sum(audit["telling"].values()) == len(audit["cijfers"])
    serious = [b for b in audit["bevindingen"] if b["ernst"] != "info"]
    assert bool(serious) == (subprocess.run([NVB, "audit", path, *given(path)], capture_output=True).returncode == 1)


@needs_program
@pytest.mark.parametrize("path", [p for p in OFFERS if p.stem == "voorstel"], ids=lambda p: p.parent.name)
def test_an_explanation_of_our_own_follows(path, tmp_path):
    policy = given(path)[:2] if (path.parent / "beleid.json").exists() else []
    explanation = json.loads(run("explain", path, *policy, "--format", "json"))
    own = tmp_path / "toelichting.json"
    own.write_text(json.dumps(explanation), encoding="utf-8")
    audit = json.loads(run("audit", own, "--format", "json"))
    check("controle", audit)
    assert audit["oordeel"] == "sluit"
    figures = [c["pad"] for c in audit["cijfers"]]
    assert set(figures) == {k["pad"] for k in explanation["knopen"]}

    # one figure off, one that belongs to nothing, one left out
    wrong = explanation["knopen"][-1]
    wrong["waarde"] = "1234567.89"
    wrong.pop("breuk", None)
    wrong["exact"] = True
    explanation["knopen"].append({**wrong, "pad": "/prestaties/bestaat-niet/tarief"})
    named = {path for k in explanation["knopen"] for path in k["uit"]}
    left_out = [k for k in explanation["knopen"][:-2] if k["pad"] not in named][:1]
    explanation["knopen"] = [k for k in explanation["knopen"] if k not in left_out]
    own.write_text(json.dumps(explanation), encoding="utf-8")
    audit = json.loads(run("audit", own, "--format", "json", expect=(1,)))
    check("controle", audit)
    kinds = {b["soort"]: b for b in audit["bevindingen"]}
    assert kinds["cijfer"]["pad"] == wrong["pad"]
    assert kinds["onbekend-cijfer"]["pad"] == "/prestaties/bestaat-niet/tarief"
    assert ("ontbrekend-cijfer" in kinds) == bool(left_out)
    assert not left_out or kinds["ontbrekend-cijfer"]["pad"] == left_out[0]["pad"]


def test_schema_names_the_words_of_the_program():
    header = (ROOT / "core" / "include" / "navolgbaar" / "audit.h").read_text(encoding="utf-8")
    schema = load(ROOT / "formats" / "schema" / "controle.schema.json")["$defs"]
    for word in schema["verklaring"]["properties"]["soort"]["enum"] + schema["bevinding"]["properties"]["soort"]["enum"]:
        assert f'"{word}"' in header
    assert len(schema["verklaring"]["properties"]["soort"]["enum"]) == header.count("    X(NVB_READ_")
    assert len(schema["bevinding"]["properties"]["soort"]["enum"]) == header.count("    X(NVB_FOUND_")
