"""The JSON Schemas against themselves, the samples, a table of bad documents, the reference, and the program.

    /usr/bin/python3 -m pytest tests/schema                        schemas, samples, bad documents, reference
    NVB_BIN=build/navolgbaar /usr/bin/python3 -m pytest tests/schema        the output of the program as well

Bad documents are written as one change to a good one, each breaking one rule.
"""
import copy
import json
import os
import pathlib
import re
import subprocess

import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "formats" / "schema"
REFERENCE = ROOT / "formats" / "reference"
NAMES = ["voorstel", "beleid", "toelichting", "toetsen", "wijzigingen", "reeks", "cijfers", "controle", "overzicht", "fout", "samenvatting"]
NVB = os.environ.get("NVB_BIN")
needs_program = pytest.mark.skipif(not NVB, reason="NVB_BIN is not set")


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


STORE = {}
for _name in NAMES:
    _schema = load(SCHEMAS / f"{_name}.schema.json")
    STORE[_schema["$id"]] = _schema
BY_NAME = dict(zip(NAMES, STORE.values()))


class LocalResolver(jsonschema.RefResolver):
    """Resolves from STORE only. urljoin knows nothing of URNs, so the scope is joined by hand."""

    def resolve(self, ref):
        url = self.resolution_scope.split("#")[0] + ref if ref.startswith("#") else ref
        return url, self.resolve_from_url(url)

    def resolve_remote(self, uri):
        raise jsonschema.RefResolutionError(f"{uri} is not one of our schemas")


def validator(name):
    schema = BY_NAME[name]
    return jsonschema.Draft202012Validator(
        schema,
        resolver=LocalResolver(schema["$id"], schema, store=STORE),
        format_checker=jsonschema.FormatChecker(formats=["date"]),
    )


def explain_error(error, depth=0):
    here = "/" + "/".join(map(str, error.absolute_path))
    lines = ["  " * depth + f"{here}: {error.message[:200]}"]
    for inner in error.context or []:
        lines += explain_error(inner, depth + 1)
    return lines


def check(name, document):
    errors = sorted(validator(name).iter_errors(document), key=lambda e: list(map(str, e.absolute_path)))
    assert not errors, "\n".join(line for e in errors[:5] for line in explain_error(e))


def merge(target, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    out = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = merge(out.get(key), value)
    return out


# --- the schemas themselves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid(name):
    jsonschema.Draft202012Validator.check_schema(BY_NAME[name])
    assert BY_NAME[name]["$id"] == f"urn:navolgbaar:schema:{name}:1"


def walk(node, place=""):
    yield place, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{place}/{key}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from walk(value, f"{place}/{i}")


@pytest.mark.parametrize("name", NAMES)
def test_every_ref_resolves(name):
    resolver = LocalResolver(BY_NAME[name]["$id"], BY_NAME[name], store=STORE)
    refs = [n["$ref"] for _, n in walk(BY_NAME[name]) if isinstance(n, dict) and isinstance(n.get("$ref"), str)]
    for ref in refs:
        resolver.resolve(ref)


def strict_objects(name):
    """Every object that lists its keys: (place, schema). Conditions inside if/then/not/oneOf are no such objects."""
    for place, node in walk(BY_NAME[name]):
        if isinstance(node, dict) and node.get("type") == "object" and isinstance(node.get("properties"), dict):
            yield place, node


@pytest.mark.parametrize("name", NAMES)
def test_unknown_keys_are_refused_everywhere(name):
    found = list(strict_objects(name))
    assert found
    for place, node in found:
        assert node.get("additionalProperties") is False, place
        assert ("^x-" in node.get("patternProperties", {})) == (name in ("voorstel", "beleid", "cijfers")), place


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_described(name):
    for place, node in strict_objects(name):
        if "_wijziging/" in place + "/":
            continue  # takes its descriptions over by reference
        for key, schema in node["properties"].items():
            if place.endswith("/regel_catalogus"):
                assert "$ref" in schema
                continue
            for word in ("title", "description", "$comment"):
                assert schema.get(word), f"{name}{place}/{key} lacks {word}"


def test_changes_know_the_same_keys():
    """A twin for merge patches has the keys of the whole thing."""
    voorstel, beleid = BY_NAME["voorstel"]["$defs"], BY_NAME["beleid"]["$defs"]
    twins = 0
    for defs in (voorstel, beleid):
        for name, schema in defs.items():
            if not name.endswith("_wijziging"):
                continue
            whole = voorstel[name[: -len("_wijziging")]]
            assert list(schema["properties"]) == list(whole["properties"]), name
            twins += 1
    assert twins >= 14
    assert list(BY_NAME["beleid"]["properties"]) == list(BY_NAME["voorstel"]["properties"])


# --- documents that are right -------------------------------------------------------------------------------------------------

GOOD = {
    "formaat": "navolgbaar/voorstel/1",
    "soort": "contractvoorstel",
    "contractering": "face_to_face",
    "kenmerk": "VB-1",
    "ronde": 1,
    "datum": "2023-09-20",
    "contractjaar": 2024,
    "zorgverzekeraar": {"naam": "Verzekeraar (fictief)", "uzovi": "9999"},
    "zorgaanbieder": {"naam": "Aanbieder (fictief)", "agb": "00999999"},
    "bronnen": {"b": {"titel": "Bron", "vindplaats": "bijlage 1", "datum": "2023-01-31"}},
    "kenmerken": {"score": {"waarde": "8.4", "bron": "b"}, "soort": {"waarde": "plus"}},
    "indexen": {
        "i": {
            "jaar": 2024,
            "componenten": [
                {"id": "ova", "soort": "loon", "aandeel": "90%", "voorlopig": "4.94%",
                 "vorig": {"jaar": 2023, "voorlopig": "4.74%", "definitief": "6.36%"}},
                {"id": "ppc", "soort": "prijs", "aandeel": 10, "voorlopig": 2.51, "nacalculatie": "-0.1%"},
            ],
            "methode": {"nacalculatie": "verhouding", "samenstelling": "optellen", "weging": "per_term"},
            "afronding": {"gewogen": 2},
            "gesteld": "6.30%",
        },
        "kort": {"percentage": "4.75%", "jaar": 2024},
    },
    "stappen": [
        {"id": "index", "soort": "index", "index": "i"},
        {"id": "na", "soort": "nacalculatie", "bedrag": "-0.40", "doorwerking": "eenmalig", "jaar": 2022},
        {"id": "korting", "soort": "afslag", "percentage": "1%", "over": ["basis", "index"], "aandeel": "2/3", "categorie": "doelmatigheid"},
        {"id": "trap", "soort": "opslag", "over": "geindexeerd",
         "tabel": {"kenmerk": "score", "treden": [{"tot": "8", "percentage": "-1%"}, {"percentage": "1%"}]}},
        {"id": "woord", "soort": "opslag",
         "tabel": {"kenmerk": "soort", "treden": [{"is": "plus", "bedrag": "0.75"}, {"bedrag": "0"}]}},
    ],
    "groepen": {"g": {"omschrijving": "Groep", "stappen": [{"id": "korting", "percentage": "2%", "voorwaarde": None}]}},
    "prestaties": [
        {"code": "A", "groep": "g", "basis": {"soort": "vorig_contract", "bedrag": "58.43", "vorig": "na:index"}, "zonder": ["woord"],
         "stappen": [{"id": "index", "aandelen": {"ova": "80%", "ppc": "20%"}, "afronden": {"decimalen": 2, "wat": None}}],
         "maximum": {"bedrag": "70", "percentage": "110%"}, "tarief": "61.02",
         "volume": {"basis": {"aantal": "1000"}, "stappen": [{"id": "g", "percentage": "-1%", "over": "basis"}, {"id": "m", "aantal": -3}]},
         "staffels": [{"tot": "800", "percentage": "100%"}, {"percentage": "80%"}]},
        {"code": "B", "basis": {"soort": "anders", "omschrijving": "half uur", "prestatie": "A", "van": "tarief", "factor": "1/2"},
         "zonder": "alle", "was": ["B1", "B2"]},
        {"code": "C", "tarief": "52.00", "volume": {"aantal": "10"}},
    ],
    "plafonds": [
        {"id": "p", "bedrag": "1000", "prestaties": ["A"], "boven": "50%"},
        {"id": "q", "groep": "g", "basis": {"soort": "kostprijs", "bedrag": "900"},
         "stappen": [{"id": "index", "soort": "index", "index": "i"}]},
    ],
    "benchmark": [{"id": "bm", "peiljaar": 2022, "aannames": ["een"], "correcties": []}],
    "akkoorden": [{"id": "iza", "akkoord": "IZA"}],
    "voorwaarden": [{"id": "v", "titel": "Toegang", "tekst": "Binnen 2 weken."}],
    "reactie": {"uiterlijk": "2023-11-01", "contact": "inkoop@verzekeraar.example"},
    "afspraken": [{"artikel": 6, "tekst": "Uiterlijk 15 oktober."}],
    "toelichting": {"basis": "Tekst."},
    "x-eigen": {"wat": ["dan", "ook"]},
}
POLICY = {"formaat": "navolgbaar/voorstel/1", "kenmerk": "BELEID-1", "catalogus": {"A": {"eenheid": "uur", "minimum": {"bedrag": "1"}}}}


def at(path, value):
    """A copy of GOOD with `value` at a pointer ("-": append); DEL removes."""
    return put(GOOD, path, value)


DEL = object()


def put(document, path, value):
    out = copy.deepcopy(document)
    node = out
    keys = path.strip("/").split("/")
    for i, key in enumerate(keys):
        if isinstance(node, list):
            key = len(node) if key == "-" else int(key)
        if i == len(keys) - 1:
            if value is DEL:
                del node[key]
            elif isinstance(node, list) and key == len(node):
                node.append(value)
            else:
                node[key] = value
        else:
            node = node[key]
    return out


def step(**kw):
    return {"id": "s", "soort": "opslag", **kw}


def test_good_document():
    check("voorstel", GOOD)
    check("beleid", GOOD)
    check("beleid", POLICY)


@pytest.mark.parametrize("path, value", [
    ("prestaties/0/basis/bedrag", 58.43),
    ("prestaties/0/basis/bedrag", "-0.50"),
    ("prestaties/0/basis/bedrag", "0" * 20 + "." + "1" * 20),
    ("prestaties/0/basis/factor", "1/2640"),
    ("indexen/i/componenten/0/aandeel", "100.00%"),
    ("indexen/kort/soort", "loon"),
    ("indexen/kort/percentage", "-1.2"),
    ("stappen/-", step(bedrag="0")),
    # a gap is not refused: the program marks it in a draft
    ("stappen/-", step(percentage="1%")),
    ("prestaties/-", {"code": "D"}),
    ("prestaties/0/basis", {"soort": "anders", "bedrag": "1"}),
    ("stappen/-", step(percentage="1%", over="stand", voorwaarde={"omschrijving": "o", "kenmerk": "score", "is": 8})),
    ("stappen/-", step(bedrag="1", voorwaarde={"omschrijving": "o", "voldaan": False})),
    ("stappen/-", {"id": "vast", "soort": "index", "percentage": "2%"}),
    ("prestaties/0/zonder", "alle"),
    ("prestaties/0/was", "A1"),
    ("prestaties/0/x-eigen", 1),
    ("prestaties/0/stappen/0", {"id": "korting", "percentage": None, "over": None, "bedrag": "0.10"}),
    ("plafonds/0/prestaties", "alle"),
    ("tariefafronding", {"decimalen": 0}),
])
def test_also_right(path, value):
    check("voorstel", at(path, value))


def test_contract_needs_no_contractering():
    document = at("contractering", DEL)
    document["soort"] = "contract"
    check("voorstel", document)


def test_catalogue_allows_null_in_a_line():
    document = at("catalogus", {"A": {"minimum": {"bedrag": "1"}}})
    document["prestaties"][0]["minimum"] = None
    check("voorstel", document)


def test_policy_may_be_partial_and_remove():
    check("beleid", {"formaat": "navolgbaar/voorstel/1", "kenmerk": "K", "beleid": "B", "toelichting": {"volume": None}, "plafonds": None,
                     "bronnen": {"oud": None}, "indexen": {"i": {"afronding": {"totaal": None}}}, "zorgaanbieder": {"agb": "01234567"},
                     "prestaties": [{"code": "A", "minimum": None}]})


# --- documents that are wrong: one broken rule each ---------------------------------------------------------------------------

S0 = GOOD["stappen"]
BAD = [
    # numbers
    ("decimal comma", "prestaties/0/basis/bedrag", "58,43"),
    ("exponent", "prestaties/0/basis/bedrag", "1e3"),
    ("plus sign", "prestaties/0/basis/bedrag", "+1"),
    ("space", "prestaties/0/basis/bedrag", " 1"),
    ("thousands separator", "prestaties/0/basis/bedrag", "1.000.000"),
    ("nothing after the point", "prestaties/0/basis/bedrag", "1."),
    ("nothing before the point", "prestaties/0/basis/bedrag", ".5"),
    ("empty number", "prestaties/0/basis/bedrag", ""),
    ("41 digits", "prestaties/0/basis/bedrag", "1" * 41),
    ("21 decimals", "prestaties/0/basis/bedrag", "0." + "1" * 21),
    ("amount in percent", "prestaties/0/basis/bedrag", "58%"),
    ("number as boolean", "prestaties/0/basis/bedrag", True),
    ("percentage as fraction", "stappen/2/percentage", "1/100"),
    ("double percent sign", "stappen/2/percentage", "1%%"),
    ("share above 100", "stappen/2/aandeel", "100.5%"),
    ("share above 100, number", "stappen/2/aandeel", 101),
    ("share below 0", "stappen/2/aandeel", "-1%"),
    ("share with zero denominator", "stappen/2/aandeel", "1/0"),
    ("fraction of decimals", "stappen/2/aandeel", "1.5/2"),
    ("factor in percent", "prestaties/1/basis/factor", "50%"),
    ("decimals above 20", "tariefafronding", {"decimalen": 21}),
    ("decimals below 0", "tariefafronding", {"decimalen": -1}),
    ("unknown rounding mode", "tariefafronding", {"methode": "bankiers"}),
    # the document
    ("unknown key", "omschrijving", "x"),
    ("null", "sector", None),
    ("other format", "formaat", "navolgbaar/voorstel/2"),
    ("kind of document", "soort", "factuur"),
    ("contracting", "contractering", "online"),
    ("no contracting", "contractering", DEL),
    ("no format", "formaat", DEL),
    ("no kind", "soort", DEL),
    ("no reference", "kenmerk", DEL),
    ("no year", "contractjaar", DEL),
    ("no insurer", "zorgverzekeraar", DEL),
    ("no provider", "zorgaanbieder", DEL),
    ("no lines", "prestaties", DEL),
    ("empty lines", "prestaties", []),
    ("round 0", "ronde", 0),
    ("year in quotes", "contractjaar", "2024"),
    ("year of two digits", "contractjaar", 24),
    ("date the other way round", "datum", "20-09-2023"),
    ("date that does not exist", "datum", "2023-02-30"),
    ("UZOVI as number", "zorgverzekeraar/uzovi", 9999),
    ("UZOVI of 3 digits", "zorgverzekeraar/uzovi", "999"),
    ("AGB without leading zeros", "zorgaanbieder/agb", "999999"),
    ("insurer without name", "zorgverzekeraar/naam", DEL),
    ("source without title", "bronnen/b/titel", DEL),
    ("fact without value", "kenmerken/score/waarde", DEL),
    ("fact as boolean", "kenmerken/score/waarde", True),
    ("article that cannot be replaced", "afspraken/0/artikel", 4),
    ("arrangement without text", "afspraken/0/tekst", DEL),
    ("unknown item of the toelichting", "toelichting/overig", "x"),
    ("assumptions as text", "benchmark/0/aannames", "een"),
    ("agreement without id", "akkoorden/0/id", DEL),
    ("term without id", "voorwaarden/0/id", DEL),
    ("unknown key in reactie", "reactie/datum", "2023-11-01"),
    # index
    ("index with both forms", "indexen/i/percentage", "6.3%"),
    ("index with neither form", "indexen/i", {"jaar": 2024}),
    ("index without components", "indexen/i/componenten", []),
    ("short form with a method", "indexen/kort/methode", {}),
    ("short form with rounding", "indexen/kort/afronding", {"totaal": 2}),
    ("short form with a claim", "indexen/kort/gesteld", "1%"),
    ("kind on the full form", "indexen/i/soort", "loon"),
    ("component without share, of several", "indexen/i/componenten/0/aandeel", DEL),
    ("component without kind", "indexen/i/componenten/0/soort", DEL),
    ("component without provisional", "indexen/i/componenten/0/voorlopig", DEL),
    ("component with reserved name", "indexen/i/componenten/0/id", "rest"),
    ("component kind", "indexen/i/componenten/0/soort", "materieel"),
    ("last year and nacalculatie", "indexen/i/componenten/0/nacalculatie", "1%"),
    ("last year without definitive", "indexen/i/componenten/0/vorig/definitief", DEL),
    ("method of nacalculatie", "indexen/i/methode/nacalculatie", "geen"),
    ("method of combining", "indexen/i/methode/samenstelling", "som"),
    ("method of weighting", "indexen/i/methode/weging", "per_regel"),
    ("rounding of components per term", "indexen/i/afronding/component", 2),
    ("rounding of the index as text", "indexen/i/afronding/totaal", "2"),
    # steps
    ("step without id", "stappen/2/id", DEL),
    ("step without kind", "stappen/2/soort", DEL),
    ("step called basis", "stappen/2/id", "basis"),
    ("step called stand", "stappen/2/id", "stand"),
    ("step called geindexeerd", "stappen/2/id", "geindexeerd"),
    ("kind of step", "stappen/2/soort", "korting"),
    ("step that adds nothing", "stappen/2/percentage", DEL),
    ("step that adds twice", "stappen/2/bedrag", "1"),
    ("negative discount", "stappen/2/percentage", "-1%"),
    ("negative amount", "stappen/-", step(bedrag="-1")),
    ("negative tread on a discount", "stappen/3/soort", "afslag"),
    ("amount with a base", "stappen/-", step(bedrag="1", over="basis")),
    ("stand in a list", "stappen/2/over", ["basis", "stand"]),
    ("geindexeerd in a list", "stappen/2/over", ["geindexeerd"]),
    ("twice the same in a list", "stappen/2/over", ["basis", "basis"]),
    ("empty list", "stappen/2/over", []),
    ("index on a surcharge", "stappen/-", step(index="i")),
    ("own shares without index", "stappen/-", {"id": "s", "soort": "index", "percentage": "1%", "aandelen": {"ova": "1"}}),
    ("nacalculatie without year", "stappen/1/jaar", DEL),
    ("nacalculatie without lasting", "stappen/1/doorwerking", DEL),
    ("lasting", "stappen/1/doorwerking", "tijdelijk"),
    ("category", "stappen/2/categorie", "korting"),
    ("rounding without decimals", "stappen/2/afronden", {"wat": "bedrag"}),
    ("rounding of something else", "stappen/2/afronden", {"decimalen": 2, "wat": "tarief"}),
    ("condition without words", "stappen/2/voorwaarde", {"voldaan": True}),
    ("condition without outcome", "stappen/2/voorwaarde", {"omschrijving": "o"}),
    ("condition with both outcomes", "stappen/2/voorwaarde", {"omschrijving": "o", "voldaan": True, "kenmerk": "score", "is": "8"}),
    ("condition without value", "stappen/2/voorwaarde", {"omschrijving": "o", "kenmerk": "score"}),
    ("condition outcome in words", "stappen/2/voorwaarde", {"omschrijving": "o", "voldaan": "ja"}),
    ("table without open tread", "stappen/3/tabel/treden", [{"tot": "8", "percentage": "1%"}]),
    ("table with two open treads", "stappen/3/tabel/treden", [{"percentage": "1%"}, {"percentage": "2%"}]),
    ("tread without figure", "stappen/3/tabel/treden", [{"tot": "8"}, {"percentage": "1%"}]),
    ("tread with two figures", "stappen/3/tabel/treden", [{"percentage": "1%", "bedrag": "1"}]),
    ("treads of both sorts", "stappen/3/tabel/treden", [{"tot": "8", "bedrag": "1"}, {"is": "plus", "bedrag": "1"}, {"bedrag": "0"}]),
    ("table without kenmerk", "stappen/3/tabel/kenmerk", DEL),
    ("null in a shared step", "stappen/2/reden", None),
    ("group step without id", "groepen/g/stappen/0", {"percentage": "1%"}),
    ("line step that adds twice", "prestaties/0/stappen/0", {"id": "n", "soort": "opslag", "percentage": "1%", "bedrag": "1"}),
    ("line step amount with a base", "prestaties/0/stappen/0", {"id": "n", "soort": "opslag", "bedrag": "1", "over": "basis"}),
    ("line step with a description", "prestaties/0/stappen/0", {"id": "n", "soort": "opslag", "bedrag": "1", "omschrijving": "x"}),
    # lines
    ("line without code", "prestaties/0/code", DEL),
    ("code as number", "prestaties/0/code", 12010),
    ("null in a line without catalogue", "prestaties/0/minimum", None),
    ("base without kind", "prestaties/0/basis/soort", DEL),
    ("kind of base", "prestaties/0/basis/soort", "markt"),
    ("base with amount and line", "prestaties/0/basis/prestatie", "B"),
    ("base with neither", "prestaties/0/basis", {"soort": "kostprijs"}),
    ("van with an amount", "prestaties/0/basis/van", "tarief"),
    ("van something else", "prestaties/1/basis/van", "omzet"),
    ("vorig without last contract", "prestaties/0/basis/soort", "kostprijs"),
    ("vorig something else", "prestaties/0/basis/vorig", "stand"),
    ("vorig without a step", "prestaties/0/basis/vorig", "na:"),
    ("flat line with steps", "prestaties/2/stappen", []),
    ("flat line with a limit", "prestaties/2/maximum", {"bedrag": "60"}),
    ("flat line with rounding", "prestaties/2/tariefafronding", {"decimalen": 2}),
    ("limit without amount", "prestaties/0/maximum", {"percentage": "110%"}),
    ("negative limit percentage", "prestaties/0/maximum/percentage", "-1%"),
    ("zonder in words", "prestaties/0/zonder", "index"),
    ("was empty", "prestaties/0/was", []),
    ("volume as number", "prestaties/0/volume", 1000),
    ("negative volume", "prestaties/2/volume/aantal", "-1"),
    ("volume in both forms", "prestaties/0/volume/aantal", "1"),
    ("steps on a plain volume", "prestaties/2/volume/stappen", []),
    ("volume percentage without base", "prestaties/0/volume/stappen/0/over", DEL),
    ("volume percentage of a step", "prestaties/0/volume/stappen/0/over", "g"),
    ("volume step that adds nothing", "prestaties/0/volume/stappen/0", {"id": "n"}),
    ("volume rounding without decimals", "prestaties/0/volume/afronding", {"methode": "naar_boven"}),
    ("staffels without open tread", "prestaties/0/staffels", [{"tot": "1", "percentage": "1%"}]),
    ("staffel without percentage", "prestaties/0/staffels", [{"tot": "1"}, {"percentage": "1%"}]),
    ("negative staffel", "prestaties/0/staffels", [{"percentage": "-1%"}]),
    # ceilings
    ("ceiling over nothing", "plafonds/0/prestaties", DEL),
    ("ceiling over both", "plafonds/0/groep", "g"),
    ("ceiling without amount", "plafonds/0/bedrag", DEL),
    ("ceiling with amount and base", "plafonds/1/bedrag", "1"),
    ("steps on a plain ceiling", "plafonds/0/stappen", []),
    ("paid above the ceiling more than all", "plafonds/0/boven", "101%"),
    ("ceiling without id", "plafonds/0/id", DEL),
    ("change of a step in a ceiling", "plafonds/1/stappen", [{"id": "index", "aandeel": "50%"}]),
]


@pytest.mark.parametrize("path, value", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_document_is_refused(path, value):
    assert list(validator("voorstel").iter_errors(at(path, value)))


def test_article_6_only_face_to_face():
    assert list(validator("voorstel").iter_errors(at("contractering", "digitaal")))


@pytest.mark.parametrize("document", [
    {**POLICY, "kleur": "rood"},
    {**POLICY, "kenmerk": None},
    {"formaat": "navolgbaar/voorstel/1"},
    {"kenmerk": "K"},
    {**POLICY, "stappen": [{"id": "s", "soort": "opslag"}]},
    {**POLICY, "catalogus": {"A": {"kleur": "rood"}}},
    {**POLICY, "catalogus": {"A": {"basis": {"bedrag": "1,5"}}}},
    {**POLICY, "indexen": {"i": {"componenten": [{"id": "a"}]}}},
    {**POLICY, "bronnen": {"b": "titel"}},
], ids=["unknown key", "null reference", "no reference", "no format", "half a shared step", "unknown key in the catalogue", "decimal comma", "half a component", "source as text"])
def test_bad_policy_is_refused(document):
    assert list(validator("beleid").iter_errors(document))


# --- output: made by hand, so that the schemas are tested before there is a program ---------------------------------------------


def figure(**kw):
    return {"pad": "/prestaties/A/tarief", "soort": "tarief", "label": "Tarief", "waarde": "62.11", "eenheid": "EUR", "exact": True,
            "formule": "onafgerond, afgerond", "ingevuld": "62.11109 → 62.11", "uit": ["/prestaties/A/onafgerond"], **kw}


CHECK = {"id": "reactietermijn", "artikel": "TH/NR-038 art. 7", "aard": "wettelijk", "paden": ["/reactie/uiterlijk"], "uitkomst": "voldaan", "waarom": "42 dagen."}
IDS = ["basis", "indexatie", "op_en_afslagen", "volume", "benchmark", "akkoorden"]
EXPLANATION = {
    "formaat": "navolgbaar/toelichting/1",
    "taal": "nl",
    "voorstel": GOOD,
    "knopen": [
        figure(afronding={"methode": "rekenkundig", "decimalen": 2, "voor": "62.11109", "na": "62.11"}, bron="b", reden="r", categorie="anders", artikel="a"),
        figure(pad="/indexen/i/ova/nacalculatie", soort="component_nacalculatie", waarde="1.54668703456177200687", eenheid="percent", exact=False, breuk="8100/5237"),
        figure(pad="/prestaties/A/stappen/k/potentieel", soort="potentieel", waarde="0", voorwaarde={"omschrijving": "o", "voldaan": False}, ontbreekt=["bron"]),
        figure(pad="/prestaties/a~1b/stappen/index/ova/voorlopig", soort="deel_voorlopig", waarde="-0.5"),
    ],
    "secties": [{"onderdeel": i + 1, "id": s, "titel": "T", "aanwezig": True, "paden": ["/prestaties/A/basis"], "tekst": ["Tekst."]} for i, s in enumerate(IDS)],
    "toetsen": [CHECK],
    "gaten": [{"code": "E502", "pad": "/stappen/korting", "tekst": "Er ontbreekt een bron."}],
}
CHECKS = {"formaat": "navolgbaar/toetsen/1", "taal": "en", "kenmerk": "VB-1", "contractjaar": 2024, "toetsen": [CHECK], "gaten": []}


def test_good_output():
    check("toelichting", EXPLANATION)
    check("toelichting", put(EXPLANATION, "gaten", DEL))
    check("toetsen", CHECKS)


BAD_OUTPUT = [
    ("catalogue left in", "voorstel/catalogus", {}),
    ("policy left in", "voorstel/beleid", "B"),
    ("bad proposal inside", "voorstel/soort", "factuur"),
    ("other language", "taal", "de"),
    ("unknown key", "x-eigen", 1),
    ("unknown path", "knopen/0/pad", "/prestaties/A/prijs"),
    ("path without slash", "knopen/0/pad", "prestaties/A/tarief"),
    ("bad escape in a path", "knopen/0/pad", "/prestaties/A~2/tarief"),
    ("kind of figure", "knopen/0/soort", "prijs"),
    ("unit", "knopen/0/eenheid", "euro"),
    ("value as number", "knopen/0/waarde", 62.11),
    ("trailing zero", "knopen/0/waarde", "62.10"),
    ("minus zero", "knopen/0/waarde", "-0"),
    ("leading zero", "knopen/0/waarde", "062"),
    ("21 decimals", "knopen/0/waarde", "0." + "1" * 21),
    ("exact with a fraction", "knopen/0/breuk", "1/3"),
    ("inexact without a fraction", "knopen/1/breuk", DEL),
    ("fraction and bounds", "knopen/1/tussen", ["1", "2"]),
    ("fraction without denominator", "knopen/1/breuk", "8100"),
    ("figure without formula", "knopen/0/formule", DEL),
    ("figure without origins", "knopen/0/uit", DEL),
    ("rounding without before", "knopen/0/afronding/voor", DEL),
    ("source as object", "knopen/0/bron", {"id": "b"}),
    ("condition without outcome", "knopen/2/voorwaarde/voldaan", DEL),
    ("five sections", "secties/5", DEL),
    ("seven sections", "secties/-", EXPLANATION["secties"][0]),
    ("sections out of order", "secties/0", EXPLANATION["secties"][1]),
    ("section without texts", "secties/0/tekst", DEL),
    ("outcome of a check", "toetsen/0/uitkomst", "goed"),
    ("nature of a check", "toetsen/0/aard", "plicht"),
    ("check without why", "toetsen/0/waarom", DEL),
    ("gap without code", "gaten/0/code", DEL),
    ("changes as a list", "wijzigingen", []),
]


@pytest.mark.parametrize("path, value", [row[1:] for row in BAD_OUTPUT], ids=[row[0] for row in BAD_OUTPUT])
def test_bad_explanation_is_refused(path, value):
    assert list(validator("toelichting").iter_errors(put(EXPLANATION, path, value)))


@pytest.mark.parametrize("path, value", [("gaten", DEL), ("kenmerk", DEL), ("contractjaar", "2024"), ("toetsen/0/aard", "x"), ("formaat", "navolgbaar/toelichting/1")])
def test_bad_checks_are_refused(path, value):
    assert list(validator("toetsen").iter_errors(put(CHECKS, path, value)))


# --- the samples --------------------------------------------------------------------------------------------------------------

PROPOSALS = sorted(p for pattern in ("voorstel*.json", "offerte*.json", "contract*.json") for p in (ROOT / "samples").glob(f"*/{pattern}"))
POLICIES = sorted((ROOT / "samples").glob("*/beleid*.json")) + sorted((ROOT / "formats" / "start").glob("*/beleid.json"))


def sample_id(path):
    return f"{path.parent.name}/{path.name}"


def policy_of(path):
    """The policy file a sample names, found by its kenmerk in the same folder; None when it names none."""
    wanted = load(path).get("beleid")
    if wanted is None:
        return None
    found = [p for p in path.parent.glob("beleid*.json") if load(p).get("kenmerk") == wanted]
    assert found, f"{sample_id(path)} names policy {wanted}, which is not beside it"
    return found[0]


@pytest.mark.parametrize("path", PROPOSALS, ids=sample_id)
def test_sample_is_valid(path):
    document, policy = load(path), policy_of(path)
    if policy:
        check("beleid", document)
        document = merge(load(policy), document)
    check("voorstel", document)


@pytest.mark.parametrize("path", POLICIES, ids=sample_id)
def test_sample_policy_is_valid(path):
    check("beleid", load(path))


# --- the reference ------------------------------------------------------------------------------------------------------------


def json_blocks(path):
    return [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", path.read_text(encoding="utf-8"), re.S | re.M)]


def proposals_in(name, whole=True):
    """Proposals and policies; or else what is part of one, for `audit --expect`."""
    return [b for b in json_blocks(REFERENCE / name) if b.get("formaat") == "navolgbaar/voorstel/1" and whole == bool({"prestaties", "catalogus"} & b.keys())]


@pytest.mark.parametrize("name", ["invoer.md", "input.md"])
def test_reference_examples_are_valid(name):
    figures = [b for b in json_blocks(REFERENCE / name) if b.get("formaat") == "navolgbaar/cijfers/1"]
    assert figures
    for block in figures:
        check("cijfers", block)
    whole = proposals_in(name)
    for block in proposals_in(name, whole=False):
        check("beleid", block)
    full = [b for b in whole if "beleid" not in b and "catalogus" not in b]
    assert full, "a complete example is part of the reference"
    for block in full:
        check("voorstel", block)
    policies = {b["kenmerk"]: b for b in whole if "catalogus" in b}
    for block in whole:
        if "catalogus" in block or "beleid" in block:
            check("beleid", block)
        if "beleid" in block:
            check("voorstel", merge(policies[block["beleid"]], block))


@pytest.mark.parametrize("name", ["uitvoer.md", "output.md"])
def test_reference_output_examples_are_valid(name):
    blocks = json_blocks(REFERENCE / name)
    assert any("pad" in b for b in blocks)
    for block in blocks:
        if "formaat" in block:
            check(block["formaat"].split("/")[1], block)
            continue
        document = put(EXPLANATION, "knopen", [block]) if "pad" in block and "soort" in block else put(EXPLANATION, "toetsen", [block])
        check("toelichting", document)


def keys(name):
    return {key for place, node in strict_objects(name) for key in node["properties"]}


@pytest.mark.parametrize("schema, files", [*((n, ("invoer.md", "input.md")) for n in ("voorstel", "cijfers")), *((n, ("uitvoer.md", "output.md")) for n in ("toelichting", "wijzigingen", "reeks", "controle", "overzicht", "fout", "samenvatting"))])
def test_reference_names_every_key(schema, files):
    for name in files:
        text = (REFERENCE / name).read_text(encoding="utf-8")
        missing = sorted(k for k in keys(schema) if not re.search(rf"`[^`\n]*\b{re.escape(k)}\b[^`\n]*`", text))
        assert not missing, f"{name} does not mention {missing}"


def test_reference_lists_the_same_keys_in_both_languages():
    def rows(name):
        """First cells of tables that are keys; the order of the two texts is the same."""
        return re.findall(r"^\| (`[^`|]+`) \|", (REFERENCE / name).read_text(encoding="utf-8"), re.M)

    assert rows("invoer.md") == rows("input.md")
    assert rows("uitvoer.md") == rows("output.md")


def promises_hold(name, figures):
    """What the text promises, in table rows | `/path` | `value` |, is a figure of one of its complete examples."""
    promised = re.findall(r"^\| `(/[^`]+)` \| `(-?[0-9.]+)` \|", (REFERENCE / name).read_text(encoding="utf-8"), re.M)
    assert promised
    found, policy = set(), None
    for block in proposals_in(name):
        if "catalogus" in block:
            policy = block
        else:
            found |= set(figures(block, policy if "beleid" in block else None).items())
    assert [p for p in promised if p not in found] == []


@pytest.mark.parametrize("name", ["invoer.md", "input.md"])
def test_oracle_agrees_with_the_reference(name, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "oracle"))
    oracle = pytest.importorskip("oracle")

    def figures(document, policy):
        def digits(d):
            return oracle.load(json.dumps(d))

        worked_out = oracle.compute(digits(document), digits(policy) if policy else None)
        return {path: oracle.show(value)[0] for path, value in worked_out.items()}

    promises_hold(name, figures)


def test_reference_links_lead_somewhere():
    """Links to headings of the same text and to files beside it."""
    def anchor(heading):
        return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")

    for file in sorted(REFERENCE.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        anchors = {anchor(h) for h in re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M), re.M)}
        for target in re.findall(r"\]\(([^)]+)\)", text):
            if target.startswith("#"):
                assert target[1:] in anchors, f"{file.name}: {target}"
            else:
                assert (REFERENCE / target.split("#")[0]).exists(), f"{file.name}: {target}"


# --- the program --------------------------------------------------------------------------------------------------------------


def run(*args, expect):
    done = subprocess.run([NVB, *map(str, args)], capture_output=True, timeout=60, check=False)
    assert done.returncode in expect, f"{args}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}"
    return done


def options(path):
    policy = policy_of(path)
    return ["--policy", policy] if policy else []


@needs_program
@pytest.mark.parametrize("path", PROPOSALS, ids=sample_id)
def test_program_explains_by_the_schema(path):
    args = ["explain", path, *options(path), "--format", "json"]
    done = run(*args, expect=(0, 1, 3))
    if done.returncode == 3:  # a sample with gaps: then the draft says which
        explanation = json.loads(run(*args, "--draft", expect=(0, 1)).stdout)
        assert explanation["gaten"]
    else:
        explanation = json.loads(done.stdout)
        assert "gaten" not in explanation
    check("toelichting", explanation)
    paths = [k["pad"] for k in explanation["knopen"]]
    assert len(set(paths)) == len(paths)


@needs_program
@pytest.mark.parametrize("path", PROPOSALS, ids=sample_id)
def test_program_checks_by_the_schema(path):
    done = run("check", path, *options(path), "--format", "json", expect=(0, 1))
    check("toetsen", json.loads(done.stdout))


@needs_program
@pytest.mark.parametrize("name", NAMES)
def test_program_prints_the_very_schema(name):
    assert run("schema", name, expect=(0,)).stdout == (SCHEMAS / f"{name}.schema.json").read_bytes()


@needs_program
@pytest.mark.parametrize("name", ["invoer.md", "input.md"])
def test_program_agrees_with_the_reference(name, tmp_path):
    def figures(document, policy):
        (tmp_path / "voorstel.json").write_text(json.dumps(document), encoding="utf-8")
        (tmp_path / "beleid.json").write_text(json.dumps(policy), encoding="utf-8")
        extra = ["--policy", tmp_path / "beleid.json"] if policy else []
        explanation = json.loads(run("explain", tmp_path / "voorstel.json", *extra, "--format", "json", expect=(0, 1)).stdout)
        return {k["pad"]: k["waarde"] for k in explanation["knopen"]}

    promises_hold(name, figures)
