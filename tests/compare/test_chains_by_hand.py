"""Chains by hand: what is said of each line is said of that line, causes keep apart what only shares a name, and sources are named."""

import json

import pytest


def document(year, lines, **more):
    return {
        "formaat": "navolgbaar/voorstel/1", "soort": "contract", "kenmerk": f"C-{year}", "contractjaar": year,
        "zorgverzekeraar": {"naam": "V", "uzovi": "9999"}, "zorgaanbieder": {"naam": "A", "agb": "99999999"},
        "prestaties": lines, **more,
    }  # fmt: skip


def flat(code, tariff, count="10", **more):
    return {"code": code, "tarief": tariff, "volume": {"aantal": count}, **more}


FIGURES = {
    "formaat": "navolgbaar/cijfers/1", "titel": "Cijfers", "bronnen": {"b": {"titel": "Raming", "vindplaats": "hier"}},
    "reeksen": [{"id": "ova", "cijfers": [
        {"jaar": 2024, "stadium": "voorlopig", "percentage": "9%", "bron": "b"},
        {"jaar": 2024, "stadium": "definitief", "percentage": "5%", "bron": "b"},
        {"jaar": 2025, "stadium": "voorlopig", "percentage": "10%", "bron": "b"},
        {"jaar": 2030, "stadium": "voorlopig", "percentage": "1%", "bron": "b"}]}],
}  # fmt: skip


@pytest.fixture
def chain(nvb, write):
    def run(*documents, text=False, figures=None):
        files = [write(d, f"{i}.json") for i, d in enumerate(documents)]
        more = ["--reference", write(figures, "cijfers.json")] if figures else []
        done = nvb("diff", *files, *more, *([] if text else ["--format", "json"]))
        assert done.returncode in (0, 1), done.stderr
        return done.stdout if text else json.loads(done.stdout)

    return run


def test_a_line_without_a_tariff_shifts_nothing(chain):
    """The first line of the last document has no tariff and is not followed; the second keeps its own description."""
    years = [document(year, [flat("2", f"{year - 2013}", omschrijving="twee")]) for year in (2023, 2024)]
    last = document(2025, [{"code": "1", "omschrijving": "een"}, flat("2", "12", omschrijving="twee")])
    found = chain(*years, last)
    assert [(line["code"], line["omschrijving"]) for line in found["prestaties"]] == [("2", "twee")]
    shown = chain(*years, last, text=True)
    assert "2: twee" in shown and "2: een" not in shown


def test_a_step_that_is_called_what_a_kind_is_called(chain):
    """B: a flat tariff from 5 to 6 in 2024, 10 units: 10. A: a new step `tarief` of 2 in 2025, 10 units: 20."""
    base = {"soort": "kostprijs", "bedrag": "10"}
    first = document(2023, [{"code": "A", "basis": base, "volume": {"aantal": "10"}}, flat("B", "5")])
    second = document(2024, [{"code": "A", "basis": base, "volume": {"aantal": "10"}}, flat("B", "6")])
    step = {"id": "tarief", "soort": "opslag", "bedrag": "2", "reden": "r"}
    third = document(2025, [{"code": "A", "basis": base, "stappen": [step], "volume": {"aantal": "10"}}, flat("B", "6")])
    total = chain(first, second, third)["totaal"]
    assert [(i["id"], i["bedrag"]) for i in total["brug"]] == [("prijs", "30")]
    assert {(i["id"], i["soort"]): i["bedrag"] for i in total["oorzaken"]} == {("tarief", "stap"): "20", ("tarief", "tarief"): "10"}


def test_the_figures_of_a_reference_come_with_their_source(chain):
    """2023 to 2025 at 5% and 10%: 10 x 1.05 x 1.10 = 11.55; the provisional 9% has been replaced, 2030 lies beyond."""
    found = chain(*(document(y, [flat("A", t)]) for y, t in ((2023, "10"), (2024, "11"), (2025, "12"))), figures=FIGURES)
    [series] = found["referentie"]["reeksen"]
    assert [(f["jaar"], f["stadium"], f["percentage"], f["bron"], f["titel"], f["vindplaats"]) for f in series["cijfers"]] == [
        (2024, "definitief", "5%", "b", "Raming", "hier"), (2025, "voorlopig", "10%", "b", "Raming", "hier")]  # fmt: skip
    assert found["prestaties"][0]["cijfers"] == [{"reeks": "ova", "geindexeerd": "11.55", "verschil": "0.45"}]


def test_tariffs_without_volumes_are_still_told(chain):
    shown = chain(*(document(y, [{"code": "A", "tarief": t}]) for y, t in ((2023, "10"), (2024, "11"), (2025, "12"))), text=True)
    headings = shown.splitlines()
    for i, line in enumerate(headings[:-1]):
        if line.startswith("──"):
            assert headings[i + 1].strip(), "a heading with nothing below it"
