"""`audit` on the command line: how it is called, which files it reads, its exit codes; what a partial offer may lack; expectations, claims and price lists."""

import copy
import json
import time

import pytest

from conftest import SMALL
from test_diff import FIGURES, PRICES, contract, told

EXPECTED = {"formaat": "navolgbaar/voorstel/1", "indexen": {"lpo": {"percentage": "4%", "soort": "loon"}}, "stappen": [{"id": "index", "soort": "index", "index": "lpo"}]}
BARE = {"formaat": "navolgbaar/voorstel/1", "prestaties": [{"code": "A1", "tarief": "104.00", "volume": {"aantal": "10"}}]}


@pytest.fixture
def old(write):
    return write(contract(), "oud.json")


@pytest.fixture
def bare(write):
    return write(BARE, "kaal.json")


@pytest.fixture
def expected(write):
    return write(EXPECTED, "verwacht.json")


@pytest.fixture
def prices(write):
    return write(PRICES.replace("100,00", "104,00"), "aanbod.csv")


@pytest.fixture
def audit(nvb):
    """audit(file, ...) -> the result, with the JSON in .json when there is some."""

    def call(*arguments, **options):
        got = nvb("audit", *arguments, "--format", "json", **options)
        got.json = json.loads(got.stdout) if got.stdout else None
        return got

    return call


def figures(got):
    return {row["pad"]: (row["gesteld"], row["berekend"], row["oordeel"]) for row in got.json["cijfers"]}


# --- how it is called ---


@pytest.mark.parametrize(
    "arguments, code, says",
    [
        ([], "E808", "navolgbaar audit AANBOD"),
        (["a.json", "b.json"], "E809", "b.json"),
        (["a.json", "--questions", "--format", "json"], "E822", "--questions"),
        (["a.json", "--any-party"], "E817", "--previous"),
        (["a.json", "--expect"], "E803", "BESTAND"),
        (["a.json", "--expect", "b", "--expect", "c"], "E807", "--expect"),
        (["a.json", "--attributie", "midden"], "E802", "navolgbaar help audit"),
        (["a.json", "--draft"], "E802", "navolgbaar help audit"),
        (["-", "--previous", "-"], "E814", ""),
        (["-", "--expect", "-"], "E814", ""),
        (["a.json", *["--previous", "x.json"] * 50], "E820", "50"),
    ],
)
def test_wrong_usage(nvb, arguments, code, says):
    got = nvb("audit", *arguments)
    assert (got.returncode, got.stdout) == (2, "") and code in got.stderr and says in got.stderr


def test_a_list_by_itself_has_nothing_to_follow_from(nvb, prices):
    got = nvb("audit", prices)
    assert (got.returncode, got.stdout) == (2, "") and "E821" in got.stderr
    assert "--previous" in got.stderr and "--expect" in got.stderr


def test_help_in_both_languages_and_in_the_man_page(nvb):
    for lang, words in (("nl", ("AANBOD", "--expect BESTAND", "prijslijst")), ("en", ("OFFER", "--expect FILE", "price list"))):
        got = nvb("help", "audit", "--lang", lang).stdout
        assert all(word in got for word in words), got
        assert " audit" in nvb("help", "--lang", lang).stdout
        assert "audit" in nvb("help", "--man", "--lang", lang).stdout


def test_output_never_replaces_an_input(nvb, bare, old, expected, write):
    figures_file = write(FIGURES, "cijfers.json")
    names = (bare, old, expected, figures_file)
    before = [name.read_bytes() for name in names]
    for name in names:
        got = nvb("audit", bare, "--previous", old, "--expect", expected, "--reference", figures_file, "-o", name)
        assert (got.returncode, got.stdout) == (2, "") and "E819" in got.stderr
    assert [name.read_bytes() for name in names] == before


def test_output_to_a_file_is_what_is_printed(nvb, proposal, tmp_path):
    for more in ([], ["--format", "json"], ["--questions"], ["--format", "json", "--indent", "--lang", "en"]):
        printed = nvb("audit", proposal, *more)
        written = nvb("audit", proposal, *more, "-o", tmp_path / "uit")
        assert printed.stdout and (written.stdout, written.returncode) == ("", printed.returncode)
        assert (tmp_path / "uit").read_text(encoding="utf-8") == printed.stdout


def test_standard_input_is_the_file_it_stands_for(audit, bare, old, expected):
    files = {"bare": bare, "old": old, "expected": expected}
    want = audit(bare, "--previous", old, "--expect", expected)
    for name, path in files.items():
        now = {**files, name: "-"}
        with open(path, encoding="utf-8") as stream:
            got = audit(now["bare"], "--previous", now["old"], "--expect", now["expected"], stdin=stream)
        assert (got.stdout, got.returncode) == (want.stdout, want.returncode)


def test_a_file_that_is_not_there(audit, bare, tmp_path):
    for option in ("--previous", "--expect", "--reference", "--policy"):
        got = audit(bare, option, tmp_path / "nergens.json")
        assert got.returncode == 4 and "E701" in got.stderr and got.json is None


# --- exit codes ---


def test_exit_codes(audit, write):
    def offer(name, **line):
        document = copy.deepcopy(SMALL)
        document["prestaties"][0].update(line)
        return audit(write(document, name))

    fine, wrong = offer("goed.json", tarief="105.00"), offer("fout.json", tarief="104.90")
    assert figures(fine) == {"/prestaties/A1/tarief": ("105", "105", "sluit")}
    assert figures(wrong) == {"/prestaties/A1/tarief": ("104.9", "105", "sluit_niet")}
    assert {row["ernst"] for row in fine.json["bevindingen"]} <= {"info", "waarschuwing"}
    assert wrong.returncode == 1 and any(row["ernst"] == "fout" for row in wrong.json["bevindingen"])
    for got in (fine, wrong):
        grave = any(row["ernst"] in ("fout", "waarschuwing") for row in got.json["bevindingen"])
        assert got.returncode == (1 if grave else 0) and got.stderr == ""


def test_what_is_missing_is_a_finding_and_nothing_is_told_twice(audit, write, small):
    del small["stappen"][1]["reden"], small["stappen"][1]["over"], small["prestaties"][0]["basis"]["bron"]
    got = audit(write(small, "gaten.json"))
    assert got.returncode == 1 and got.stderr == "" and got.json["bevindingen"]


def test_a_document_that_is_wrong_is_refused(audit, write, small):
    small["prestaties"][0]["basis"]["bedrag"] = "honderd"
    got = audit(write(small, "fout.json"))
    assert got.returncode == 3 and got.json is None and told(got.stderr) == [("fout.json", "E217")]


# --- what an offer may leave out ---


def test_an_offer_of_nothing_but_tariffs(audit, bare, nvb):
    got = audit(bare)
    assert got.returncode == 1 and got.stderr == "" and got.json["cijfers"] == []
    assert nvb("explain", bare).returncode == 3 and "E203" in nvb("explain", bare, "--draft").stderr


def test_a_base_from_last_year(audit, bare, old):
    got = audit(bare, "--previous", old)
    assert figures(got) == {"/prestaties/A1/tarief": ("104", "100", "sluit_niet")}
    assert got.json["contractjaar"] == 2026 and got.json["zorgaanbieder"]["agb"] == SMALL["zorgaanbieder"]["agb"]


def test_a_line_that_was_another(audit, write, old):
    renamed = copy.deepcopy(BARE)
    renamed["prestaties"][0].update(code="B7", was="A1")
    assert figures(audit(write(renamed, "b.json"), "--previous", old)) == {"/prestaties/B7/tarief": ("104", "100", "sluit_niet")}


def test_a_base_of_its_own_stands(audit, proposal, old):
    document = json.loads(proposal.read_text(encoding="utf-8"))
    document["prestaties"][0]["basis"]["bedrag"] = "90.00"
    document["prestaties"][0]["tarief"] = "94.50"
    proposal.write_text(json.dumps(document), encoding="utf-8")
    assert figures(audit(proposal, "--previous", old)) == {"/prestaties/A1/tarief": ("94.5", "94.5", "sluit")}


def test_of_several_contracts_the_newest_counts_and_the_others_are_named(audit, bare, old, write):
    older, oldest = write(contract(2024, "90.00"), "2024.json"), write(contract(2023, "80.00"), "2023.json")
    for files in ([older, old, oldest], [old, older, oldest], [oldest, older, old]):
        got = audit(bare, *(word for file in files for word in ("--previous", file)))
        assert figures(got) == {"/prestaties/A1/tarief": ("104", "100", "sluit_niet")}
        assert got.stderr.count("E612") == 2 and "(2024)" in got.stderr and "(2023)" in got.stderr and "oud.json" in got.stderr


def test_a_previous_contract_is_of_an_earlier_year_and_of_the_same_parties(audit, proposal, write):
    same, other = write(contract(2026), "zelfde.json"), write(contract(zorgaanbieder={"naam": "Een ander", "agb": "01234567"}), "ander.json")
    assert "E324" in audit(proposal, "--previous", same).stderr
    got = audit(proposal, "--previous", other)
    assert got.returncode == 3 and "E322" in got.stderr
    assert audit(proposal, "--previous", other, "--any-party").json


# --- expectations ---


def test_expectations_fill_what_the_offer_leaves_open(audit, bare, old, expected):
    got = audit(bare, "--previous", old, "--expect", expected)
    assert figures(got) == {"/prestaties/A1/tarief": ("104", "104", "sluit")}


def test_a_base_that_is_expected(audit, bare, write):
    wanted = {**EXPECTED, "prestaties": [{"code": "A1", "basis": {"soort": "kostprijs", "bedrag": "100.00"}}]}
    assert figures(audit(bare, "--expect", write(wanted, "v.json"))) == {"/prestaties/A1/tarief": ("104", "104", "sluit")}
    listed = {**EXPECTED, "catalogus": {"A1": {"basis": {"soort": "kostprijs", "bedrag": "100.00"}}}}
    assert figures(audit(bare, "--expect", write(listed, "v.json"))) == {"/prestaties/A1/tarief": ("104", "104", "sluit")}


def test_a_figure_the_offer_gives_stands_as_a_whole(audit, write, small, proposal):
    small["prestaties"][0]["tarief"] = "105.00"
    other = {"formaat": "navolgbaar/voorstel/1",
             "indexen": {"lpo": {"componenten": [{"id": "ova", "soort": "loon", "voorlopig": "9%"}], "afronding_totaal": 1}},
             "prestaties": [{"code": "A1", "basis": {"soort": "kostprijs", "prestatie": "B1", "factor": "2"}, "volume": {"basis": {"aantal": "3"}}}]}
    del other["indexen"]["lpo"]["afronding_totaal"]
    got = audit(write(small, "aanbod.json"), "--expect", write(other, "v.json"))
    assert figures(got) == {"/prestaties/A1/tarief": ("105", "105", "sluit")} and got.stderr == ""
    assert "index-zoals-verwacht-1" in {row["id"] for row in got.json["bevindingen"]}


def test_what_is_expected_is_never_a_claim_of_theirs(audit, bare, old, write):
    wanted = copy.deepcopy(EXPECTED)
    wanted["indexen"]["lpo"] = {"componenten": [{"id": "ova", "soort": "loon", "voorlopig": "4%"}], "gesteld": "9%"}
    wanted["prestaties"] = [{"code": "A1", "tarief": "9.00"}, {"code": "Z9", "eenheid": "uur"}]
    wanted["toelichting"] = {"indexatie": "Verzonnen."}
    got = audit(bare, "--previous", old, "--expect", write(wanted, "v.json"))
    assert figures(got) == {"/prestaties/A1/tarief": ("104", "104", "sluit")}
    assert sorted(told(got.stderr)) == [("v.json", "E610")] * 3 + [("v.json", "E611")]


def test_expectations_with_a_policy_beneath_the_offer(audit, write, old):
    policy = write({"formaat": "navolgbaar/voorstel/1", "kenmerk": "P", "soort": "contractvoorstel",
                    "stappen": [{"id": "index", "soort": "index", "index": "lpo"}]}, "p.json")
    offer = write({**BARE, "kenmerk": "X", "beleid": "P"}, "x.json")
    wanted = write({**EXPECTED, "stappen": [{"id": "index", "soort": "index", "index": "lpo", "over": "basis", "aandeel": "50%"}]}, "v.json")
    got = audit(offer, "--policy", policy, "--previous", old, "--expect", wanted)
    assert figures(got) == {"/prestaties/A1/tarief": ("104", "104", "sluit")}


def test_an_error_in_what_is_expected_lies_in_that_file(audit, bare, proposal, write):
    wrong = copy.deepcopy(EXPECTED)
    wrong["indexen"]["lpo"]["percentage"] = "vier"
    for offer in (bare, proposal):
        got = audit(offer, "--expect", write(wrong, "v.json"))
        assert got.returncode == 3 and told(got.stderr) == [("v.json", "E217")]
    got = audit(bare, "--expect", write({"formaat": "navolgbaar/cijfers/1"}, "v.json"))
    assert got.returncode == 3 and told(got.stderr) == [("v.json", "E239")]


# --- price lists ---


def test_a_price_list_as_an_offer(audit, prices, old, expected):
    got = audit(prices, "--previous", old)
    assert figures(got) == {"/prestaties/A1/tarief": ("104", "100", "sluit_niet")} and got.returncode == 1
    assert (got.json["kenmerk"], got.json["contractjaar"]) == ("aanbod.csv", 2026)
    got = audit(prices, "--previous", old, "--expect", expected)
    assert figures(got) == {"/prestaties/A1/tarief": ("104", "104", "sluit")} and got.returncode == 0


def test_a_price_list_against_a_price_list(audit, prices, write):
    got = audit(prices, "--previous", write(PRICES, "oud.csv"))
    assert figures(got) == {"/prestaties/A1/tarief": ("104", "100", "sluit_niet")} and "contractjaar" not in got.json


def test_a_price_list_on_standard_input(audit, prices, old):
    with open(prices, encoding="utf-8") as stream:
        assert figures(audit("-", "--csv", "nl", "--previous", old, stdin=stream)) == {"/prestaties/A1/tarief": ("104", "100", "sluit_niet")}


def test_what_is_wrong_with_a_list_lies_in_its_row(audit, nvb, write, old):
    got = audit(write("code;tarief\nA1;100,00\nA1;x\n", "l.csv"), "--previous", old)
    assert got.returncode == 3 and "l.csv:3:1: fout E144" in got.stderr and "l.csv:3:4: fout E145" in got.stderr
    wanted = {**EXPECTED, "prestaties": [{"code": "A2", "groep": "zorg"}]}
    got = audit(write("code;tarief\nA1;100,00\nA2;1,00\n", "l.csv"), "--expect", write(wanted, "v.json"))
    assert got.returncode == 3 and told(got.stderr)[-1] == ("v.json", "E301") and "l.csv" not in got.stderr
    got = nvb("audit", write(PRICES, "l.csv"), "--previous", old, "--set", "/kenmerk=X")
    assert got.returncode == 2 and "E816" in got.stderr


# --- an explanation somebody else made ---


def explanation(nvb, file):
    return json.loads(nvb("explain", file, "--draft", "--format", "json").stdout)


def test_an_explanation_of_our_own_follows(audit, nvb, proposal, write):
    got = audit(write(explanation(nvb, proposal), "t.json"))
    assert got.stderr == "" and got.json["oordeel"] == "sluit" and got.json["telling"]["sluit"] >= 10


def test_one_changed_figure_is_the_one_that_does_not_follow(audit, nvb, proposal, write):
    document = explanation(nvb, proposal)
    node = next(row for row in document["knopen"] if row["pad"] == "/prestaties/A1/stappen/kwaliteit")
    node["waarde"] = "1.01"
    got = audit(write(document, "t.json"))
    assert got.returncode == 1
    assert {path for path, row in figures(got).items() if row[2] == "sluit_niet"} == {"/prestaties/A1/stappen/kwaliteit"}


@pytest.mark.parametrize("kind", ["long", "circle", "double", "unknown"])
def test_many_figures_take_bounded_time(audit, proposal, write, kind):
    n = 100_000
    rows = [{"pad": f"/a~1/{i}", "waarde": "1", "uit": [f"/a~1/{i + 1}"] if i + 1 < n else []} for i in range(n)]
    if kind == "circle":
        rows[-1]["uit"] = ["/a~1/0"]
    if kind == "double":
        rows = [{"pad": "/a", "waarde": str(i)} for i in range(n)]
    if kind == "unknown":
        rows = [{"pad": f"/a/{i}", "waarde": "1", "uit": [f"/kenmerken/{i}"]} for i in range(n)]
    proposal_text = json.loads(proposal.read_text(encoding="utf-8"))
    file = write({"formaat": "navolgbaar/toelichting/1", "voorstel": proposal_text, "knopen": rows}, "t.json")
    begin = time.monotonic()
    got = audit(file)
    assert time.monotonic() - begin < 60  # quadratic would be hours
    code = {"circle": "E326", "double": "E271", "unknown": "E325"}.get(kind)
    assert got.returncode == (3 if code else 1) and (not code or code in got.stderr)
