"""The offers of samples/ that are there to be audited: what an audit must find in them, worked out by hand.

    aanbod*.tsv     per figure: path, what follows, what is claimed, lowest and highest, euros a year
    FINDINGS        per offer what is found: kind, the reading named first and its parameter, on how many figures, euros a year
"""

import json
import re
from decimal import Decimal

import pytest

from conftest import ROOT

SAMPLES = ROOT / "samples"
HIDDEN = SAMPLES / "korting-over-indexatie"
GGZ = SAMPLES / "ggz-aanbod-nagekeken"
EXPECT = ["--previous", HIDDEN / "contract-2024.csv", "--expect", HIDDEN / "verwacht-index.json"]
OFFERS = {
    HIDDEN / "aanbod-verborgen.csv": EXPECT,
    HIDDEN / "aanbod-verborgen.json": ["--previous", HIDDEN / "contract-2024.csv"],
    GGZ / "aanbod.json": ["--previous", GGZ / "contract-2024.json"],
}
DISCOUNT = ("tarieven", "afslag_over_index", Decimal(1), 12, Decimal("463.02"))
EXPECTED = ("tarieven-verwacht", *DISCOUNT[1:])  # held against what the reader expects: no fault, but worth asking
SERIOUS = ("fout", "waarschuwing")
FINDINGS = {
    HIDDEN / "aanbod-verborgen.csv": [EXPECTED],
    HIDDEN / "aanbod-verborgen.json": [DISCOUNT],
    GGZ / "aanbod.json": [
        ("index", "nacalculatie_weggelaten", None, 1 + 3, Decimal("958.40")),  # and the tariffs that follow from it
        ("tarieven", "cijfers_omgedraaid", None, 1, Decimal("122.40")),
        ("tarieven", "voorwaarde_genegeerd", None, 5, Decimal("6067.30")),
        ("basis", None, None, 2, Decimal("906.10")),
    ],
}


def name(path):
    return str(path.relative_to(SAMPLES))


def audit(nvb, offer, *options, code=1):
    got = nvb("audit", offer, "--format", "json", *options)
    assert got.returncode == code, got.stdout + got.stderr
    return json.loads(got.stdout)


def rows(offer):
    for line in offer.with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
        path, *figures = line.split("\t")
        if path.startswith("/"):
            yield path, *(Decimal(f) if f else None for f in figures)


@pytest.fixture(scope="module", params=OFFERS, ids=name)
def audited(request, nvb):
    return request.param, audit(nvb, request.param, *OFFERS[request.param])


def test_every_figure(audited):
    offer, report = audited
    got = {f["pad"]: f for f in report["cijfers"]}
    want = list(rows(offer))
    assert len(want) >= 12 and set(got) == {row[0] for row in want}
    for path, follows, claimed, low, high, _ in want:
        figure = got[path]
        assert (Decimal(figure["berekend"]), Decimal(figure["gesteld"])) == (follows, claimed), path
        bounds = (low, high) if low is not None else (follows, follows)
        verdict = "sluit" if claimed == follows else "sluit_binnen_afronding" if bounds[0] <= claimed <= bounds[1] else "sluit_niet"
        assert figure["oordeel"] == verdict, path
        if low is not None and claimed != follows:
            assert tuple(map(Decimal, figure["interval"])) == bounds, path


def summary(finding):
    first = (finding.get("verklaringen") or [{}])[0]
    parameter = first.get("parameter")
    return (
        finding["soort"],
        first.get("soort"),
        Decimal(parameter) if parameter is not None else None,
        len(finding["paden"]),
        Decimal(finding["bedrag_per_jaar"]) if "bedrag_per_jaar" in finding else None,
    )


def test_what_is_found(audited):
    offer, report = audited
    found = [summary(f) for f in report["bevindingen"] if f["ernst"] == "fout" or f["soort"] == "tarieven-verwacht"]
    assert sorted(found, key=str) == sorted(FINDINGS[offer], key=str)


def test_the_discount_over_the_index_fits_exactly(nvb):
    offer = HIDDEN / "aanbod-verborgen.csv"
    (finding,) = [f for f in audit(nvb, offer, *OFFERS[offer])["bevindingen"] if f["soort"] == "tarieven-verwacht"]
    first, *others = finding["verklaringen"]
    assert first["past"] == "exact" and first["regels"] == 12
    assert "over de index" in first["omschrijving"]
    # 2.178% may also have been written as 2.2%; nothing else gives these tariffs.
    assert [o["soort"] for o in others if o["past"] == "exact"] == ["index_afgerond"]


def test_without_the_faults_nothing_is_wrong(nvb):
    report = audit(nvb, GGZ / "voorstel.json", "--previous", GGZ / "contract-2024.json", code=0)
    assert report["oordeel"] == "sluit"
    assert not [f for f in report["bevindingen"] if f["ernst"] == "fout"]


def test_the_fault_in_an_explanation_is_named_where_it_enters(nvb):
    report = audit(nvb, HIDDEN / "toelichting-ander.json")
    begins = [f["pad"] for f in report["cijfers"] if f.get("begint_hier")]
    assert begins == ["/prestaties/CONSULT/stappen/doelmatigheid"]
    off = [f for f in report["cijfers"] if f["oordeel"] != "sluit"]
    # That the base is a tariff of last year, in whole cents, excuses nothing that follows from a figure that is off.
    assert {f["pad"]: (f["gesteld"], f["berekend"], f["oordeel"]) for f in off} == {
        "/prestaties/CONSULT/stappen/doelmatigheid": ("-1.213625", "-0.026125", "sluit_niet"),
        "/prestaties/CONSULT/onafgerond": ("120.148875", "121.336375", "sluit_niet"),
        "/prestaties/CONSULT/afronding": ("0.001125", "0.003625", "sluit_niet"),
        "/prestaties/CONSULT/tarief": ("120.15", "121.34", "sluit_niet"),
        "/prestaties/CONSULT/omzet": ("1441800", "1456080", "sluit_niet"),
        "/totaal/omzet_voor_plafond": ("1441800", "1456080", "sluit_niet"),
        "/totaal/omzet": ("1441800", "1456080", "sluit_niet"),
    }
    # The tariff follows from that step: one finding, at the step, with what it is worth.
    (finding,) = [f for f in report["bevindingen"] if f["soort"] in ("tarieven", "cijfer")]
    assert (finding["soort"], finding["pad"], finding["bedrag_per_jaar"]) == ("cijfer", begins[0], "14280")
    assert finding["paden"] == [begins[0], "/prestaties/CONSULT/tarief"]
    assert [v["stap"] for v in finding["verklaringen"] if v["soort"] == "stap_over_iets_anders"][:1] == ["doelmatigheid"]


@pytest.mark.parametrize("offer", OFFERS, ids=name)
@pytest.mark.parametrize("more", [[], ["--questions"]], ids=["report", "questions"])
def test_it_can_be_read(nvb, offer, more):
    got = nvb("audit", offer, *OFFERS[offer], *more)
    assert got.returncode == 1, got.stderr
    assert got.stdout.endswith("\n") and len(got.stdout.splitlines()) > 10


def test_the_guide_gives_what_it_says(nvb, tmp_path):
    """The expectations that the guide for providers has its reader write, on the offer it is about."""
    guide = (ROOT / "formats" / "reference" / "aanbieder.md").read_text(encoding="utf-8")
    (expected,) = re.findall(r"^```\n(\{.*?\})\n```$", guide, re.M | re.S)
    (tmp_path / "verwacht.json").write_text(expected, encoding="utf-8")
    report = audit(nvb, HIDDEN / "aanbod-verborgen.csv", "--previous", HIDDEN / "contract-2024.csv", "--expect", tmp_path / "verwacht.json")
    assert [summary(f) for f in report["bevindingen"] if f["ernst"] in SERIOUS] == [EXPECTED]
    assert "€ 463,02" in guide


def test_the_guide_shows_what_is_said(nvb):
    guide = (ROOT / "formats" / "reference" / "aanbieder.md").read_text(encoding="utf-8")
    said = nvb("audit", HIDDEN / "aanbod-verborgen.csv", *EXPECT).stdout.splitlines()
    (shown,) = re.findall(r"^```\n(1\. .*?)^```$", guide, re.M | re.S)
    assert [line for line in shown.splitlines() if line not in said] == []
