"""Several documents in one run: `diff`, `explain --previous`, `check --previous`; whose problems are told, in which order, with which exit code."""

import copy
import json
import os
from decimal import Decimal

import pytest

from conftest import SMALL
from test_streams import NASTY, harmless

FIGURES = {
    "formaat": "navolgbaar/cijfers/1",
    "titel": "Verzonnen cijfers",
    "bronnen": {"b": {"titel": "Verzonnen"}},
    "reeksen": [{"id": "ova", "omschrijving": "OVA", "soort": "loon",
                 "cijfers": [{"jaar": 2026, "stadium": "definitief", "percentage": "4%", "bron": "b"}]}],
}
PRICES = "code;omschrijving;eenheid;tarief;volume\nA1;Zitting;;100,00;10\n"


def contract(year=2025, tariff="100.00", **more):
    """What was agreed for a year: flat tariffs."""
    keep = ("formaat", "zorgverzekeraar", "zorgaanbieder")
    line = {"code": "A1", "tarief": tariff, "volume": {"aantal": "10"}}
    return {**{k: copy.deepcopy(SMALL[k]) for k in keep}, "soort": "contract", "kenmerk": f"KLEIN-{year}", "contractjaar": year,
            "prestaties": [line], **more}


def policy(name):
    return {"formaat": "navolgbaar/voorstel/1", "kenmerk": name, "soort": "contractvoorstel",
            "bronnen": {"p": {"titel": f"Beleid {name}"}},
            "stappen": [{"id": "index", "soort": "index", "index": "lpo"},
                        {"id": "kwaliteit", "soort": "opslag", "percentage": "1%", "over": "basis", "reden": "keurmerk", "bron": "p"}]}


def on(name, year, bedrag, **more):
    """A contract that builds on a policy."""
    line = {"code": "A1", "basis": {"soort": "anders", "omschrijving": "afspraak", "bedrag": bedrag, "bron": "p"}, "volume": {"aantal": "10"}}
    document = contract(year, beleid=name, indexen={"lpo": {"percentage": "4%", "soort": "loon", "bron": "p"}}, **more)
    document["prestaties"] = [line]
    return document


@pytest.fixture
def old(write):
    return write(contract(), "oud.json")


@pytest.fixture
def broken(write):
    """Two documents, each with two errors."""
    def spoil(document, name):
        document["prestaties"][0]["volume"] = {"aantal": "veel"}
        document["verkeerd"] = 1
        return write(document, name)

    return spoil(contract(), "oud.json"), spoil(copy.deepcopy(SMALL), "nieuw.json")


def told(text):
    """(file, code) of every problem, in order."""
    rows = []
    for row in text.splitlines():
        words = row.split(" ")
        at = next((i for i, w in enumerate(words[:-1]) if w in ("fout", "gat", "waarschuwing", "error", "gap", "warning")), None)
        if at is not None and words[at + 1][:1] == "E" and words[at + 1].endswith(":"):
            file = words[at - 1].split("/")[-1].split(":")[0] if at else ""
            rows.append((file, words[at + 1][:-1]))
    return rows


# --- how it is called ---


@pytest.mark.parametrize(
    "arguments, code, hint",
    [
        (["diff"], "E808", "navolgbaar diff OUD NIEUW [MEER…]"),
        (["diff", "a.json"], "E808", "NIEUW"),
        (["diff", *(["x.json"] * 51)], "E820", "ten hoogste 50 documenten"),
        (["diff", "a", "b", "--attributie", "beide"], "E805", "volgorde, midden"),
        (["diff", "a", "b", "--csv", "us"], "E805", "nl, intl"),
        (["diff", "a", "b", "--csv"], "E803", "nl|intl"),
        (["diff", "a", "b", "--any-party=ja"], "E804", "--any-party"),
        (["diff", "a", "b", "--draft"], "E802", "navolgbaar help diff"),
        (["diff", "a", "b", "--previous", "c"], "E802", "navolgbaar help diff"),
        (["diff", "a", "b", "--reference", "c", "--reference", "d"], "E807", "--reference"),
        (["explain", "a", "--previous", "b", "--previous", "c"], "E807", "--previous"),
        (["explain", "a", "--reference", "c"], "E802", "navolgbaar help explain"),
        (["explain", "a", "--attributie", "midden"], "E817", "--previous"),
        (["check", "a", "--any-party"], "E817", "--any-party"),
        (["check", "a", "--csv=nl"], "E817", "--csv"),
        (["tree", "a", "--previous", "b"], "E802", "navolgbaar help tree"),
        (["diff", "-", "-"], "E814", ""),
        (["diff", "-", "b", "--policy", "-"], "E814", ""),
        (["diff", "a", "b", "--policy", "-", "--policy", "-"], "E814", ""),
        (["diff", "a", "-", "--reference", "-"], "E814", ""),
        (["explain", "-", "--previous", "-"], "E814", ""),
        (["dif", "a", "b"], "E801", "diff"),
    ],
    ids=lambda v: " ".join(v)[:40] if isinstance(v, list) else None,
)
def test_a_mistake_is_named_with_what_to_write(nvb, arguments, code, hint):
    got = nvb(*arguments)
    assert (got.returncode, got.stdout) == (2, "")
    assert code in got.stderr and hint in got.stderr, got.stderr


def test_too_many_documents_is_said_once(nvb):
    got = nvb("diff", *(["x.json"] * 60), "--format", "pdf")
    assert (got.returncode, [code for _, code in told(got.stderr)]) == (2, ["E820", "E805"])


def test_a_setting_that_is_none(nvb, old, proposal):
    got = nvb("diff", old, proposal, "--set", "/contractjaar")
    assert (got.returncode, got.stdout) == (2, "") and "E810" in got.stderr


def test_fifty_documents(nvb, write, old):
    names = [write(contract(1980 + i, str(100 + i)), f"c{i}.json") for i in range(50)]
    got = nvb("diff", *names, "--format", "json")
    assert got.returncode == 1 and len(json.loads(got.stdout)["documenten"]) == 50, got.stderr


# --- what comes out ---


def test_two_documents(nvb, old, proposal):
    got = nvb("diff", old, proposal, "--format", "json")
    assert (got.returncode, got.stderr) == (1, "")
    changes = json.loads(got.stdout)
    # 100.00 -> 105.00, 10 units on both sides: 1000.00 -> 1050.00
    assert changes["formaat"] == "navolgbaar/wijzigingen/1" and changes["attributie"] == "volgorde"
    assert (changes["oud"]["kenmerk"], changes["nieuw"]["kenmerk"]) == ("KLEIN-2025", "KLEIN-2026")
    assert Decimal(changes["prestaties"][0]["verschil"]) == 5 and Decimal(changes["totaal"]["verschil"]) == 50


def test_a_json_file_that_is_called_csv(nvb, old, write):
    name = write(contract(2026), "nieuw.csv")
    for more in ([], ["--csv", "nl"]):
        got = nvb("diff", old, name, *more)
        assert (got.returncode, told(got.stderr)) == (3, [("nieuw.csv", "E150")]) and "niet op .csv eindigt" in got.stderr
    # Not called so, a list of JSON is read as JSON.
    got = nvb("diff", old, write([contract(2026)], "nieuw.json"), "--csv", "nl")
    assert got.returncode == 3 and "E15" not in got.stderr and "nieuw.json:1:1" in got.stderr


def test_text_and_json_in_both_languages(nvb, old, proposal):
    texts = [nvb("diff", old, proposal, *more) for more in ([], ["--lang", "en"], ["--format", "json"], ["--format", "json", "--indent"])]
    assert [t.returncode for t in texts] == [1] * 4 and all(t.stdout.endswith("\n") and not t.stderr for t in texts)
    assert texts[0].stdout != texts[1].stdout
    assert json.loads(texts[2].stdout) == json.loads(texts[3].stdout) and texts[2].stdout.count("\n") == 1 < texts[3].stdout.count("\n")


def test_a_document_and_itself_do_not_differ(nvb, proposal):
    got = nvb("diff", proposal, proposal)
    assert got.returncode == 0 and got.stdout
    assert [code for _, code in told(got.stderr)] in ([], ["E603"])  # the same year and round: is that meant?


def test_three_documents_are_a_chain(nvb, write, old, proposal):
    older = write(contract(2024, "95.00"), "ouder.json")
    got = nvb("diff", older, old, proposal, "--format", "json")
    assert (got.returncode, got.stderr) == (1, "")
    chain = json.loads(got.stdout)
    assert chain["formaat"] == "navolgbaar/reeks/1"
    assert [d["kenmerk"] for d in chain["documenten"]] == ["KLEIN-2024", "KLEIN-2025", "KLEIN-2026"]
    assert [Decimal(s["totaal"]["verschil"]) for s in chain["stappen"]] == [50, 50] and Decimal(chain["totaal"]["verschil"]) == 100
    assert nvb("diff", older, old, proposal).stdout


def test_a_chain_that_does_not_differ(nvb, proposal):
    got = nvb("diff", proposal, proposal, proposal)
    assert got.returncode == 0 and got.stdout


def test_a_reference_makes_a_chain_of_two(nvb, write, old, proposal):
    got = nvb("diff", old, proposal, "--reference", write(FIGURES, "cijfers.json"), "--format", "json")
    assert (got.returncode, got.stderr) == (1, "")
    line = json.loads(got.stdout)["prestaties"][0]
    # 100.00 indexed with 4% is 104.00; 105.00 lies 1.00 above it
    assert Decimal(line["cijfers"][0]["geindexeerd"]) == 104 and Decimal(line["cijfers"][0]["verschil"]) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"formaat": "navolgbaar/voorstel/1"}'])
def test_a_reference_that_is_none(nvb, write, old, proposal, text):
    got = nvb("diff", old, proposal, "--reference", write(text, "cijfers.json"))
    assert (got.returncode, got.stdout) == (3, "") and "cijfers.json:" in got.stderr
    got = nvb("diff", old, proposal, "--reference", "nergens.json")
    assert (got.returncode, got.stdout) == (4, "") and "E701" in got.stderr


def test_set_changes_the_last_document_only(nvb, old, proposal):
    def difference(*arguments):
        got = nvb("diff", *arguments, "--format", "json")
        assert got.stderr == ""
        return Decimal(json.loads(got.stdout)["totaal"]["verschil"])

    assert difference(old, proposal, "--set", "/indexen/lpo/percentage=5%") == 60
    assert difference(old, proposal, "--set", "/prestaties/A1/volume/aantal=20") == 1100


def test_how_a_difference_is_divided(nvb, write, old):
    more = write(contract(2026, "110.00", prestaties=[{"code": "A1", "tarief": "110.00", "volume": {"aantal": "20"}}]), "meer.json")

    def division(*arguments):
        changes = json.loads(nvb("diff", old, more, "--format", "json", *arguments).stdout)
        return changes["attributie"], {i["id"]: Decimal(i["bedrag"]) for i in changes["totaal"]["brug"]}

    # 100 -> 110 at 10 -> 20 units
    assert division() == ("volgorde", {"prijs": 200, "volume": 1000})
    assert division("--attributie", "midden") == ("midden", {"prijs": 150, "volume": 1050})


def test_other_parties_are_refused_unless_asked(nvb, write, proposal):
    other = contract()
    other["zorgaanbieder"]["agb"] = "04999999"
    other["zorgverzekeraar"]["uzovi"] = "9992"
    got = nvb("diff", write(other, "ander.json"), proposal)
    assert (got.returncode, got.stdout) == (3, "")
    assert told(got.stderr) == [("voorstel.json", "E323"), ("voorstel.json", "E322")]
    assert nvb("diff", write(other, "ander.json"), proposal, "--any-party").returncode == 1
    assert nvb("explain", proposal, "--previous", write(other, "ander.json")).returncode == 3
    assert nvb("explain", proposal, "--previous", write(other, "ander.json"), "--any-party").returncode == 0


def test_mpfr_only_gives_the_same_bytes(nvb, old, proposal):
    assert nvb("diff", old, proposal, "--format", "json", "--mpfr-only").stdout == nvb("diff", old, proposal, "--format", "json").stdout


# --- what is wrong with them ---


def test_errors_of_all_documents_are_told_at_once_in_their_order(nvb, broken):
    first, second = broken
    got = nvb("diff", first, second)
    assert (got.returncode, got.stdout) == (3, "")
    rows = told(got.stderr)
    assert [file for file, _ in rows] == ["oud.json"] * 2 + ["nieuw.json"] * 2
    assert sorted(code for _, code in rows[:2]) == sorted(code for _, code in rows[2:])
    assert got.stderr.splitlines()[-1] == "4 fouten"
    turned = told(nvb("diff", second, first).stderr)
    assert [file for file, _ in turned] == ["nieuw.json"] * 2 + ["oud.json"] * 2


def test_they_are_told_in_english(nvb, broken):
    got = nvb("diff", *broken, "--lang", "en")
    assert got.returncode == 3 and "unknown key 'verkeerd'" in got.stderr and got.stderr.splitlines()[-1] == "4 errors"


def test_an_error_in_each_of_three(nvb, write, broken):
    got = nvb("diff", write("{", "eerst.json"), *broken)
    assert (got.returncode, got.stdout) == (3, "")
    assert [file for file, _ in told(got.stderr)] == ["eerst.json", "oud.json", "oud.json", "nieuw.json", "nieuw.json"]


def test_a_file_that_cannot_be_read_does_not_hide_what_is_wrong_with_the_other(nvb, broken, tmp_path):
    got = nvb("diff", broken[0], tmp_path / "nergens.json")
    assert (got.returncode, got.stdout) == (4, "")
    assert told(got.stderr)[-1] == ("", "E701") and [file for file, _ in told(got.stderr)[:-1]] == ["oud.json"] * 2
    got = nvb("diff", tmp_path / "nergens.json", tmp_path / "ook-niet.json", "--policy", tmp_path)
    assert got.returncode == 4 and [code for _, code in told(got.stderr)] == ["E701", "E701", "E702"]


def test_every_error_of_a_chain_is_told(nvb, write, proposal):
    other = contract(2024)
    other["zorgaanbieder"]["agb"] = "04999999"
    got = nvb("diff", write(contract(2023), "a.json"), write(other, "b.json"), proposal)
    assert got.returncode == 3 and [row for row in told(got.stderr) if row[1] == "E322"] == [("b.json", "E322"), ("voorstel.json", "E322")]


def test_more_problems_than_are_kept_are_counted(nvb, write):
    def many(name, n):
        document = contract(prestaties=[{"code": f"A{i}", "tarief": "veel"} for i in range(n)])
        return write(document, name)

    got = nvb("diff", many("a.json", 1500), many("b.json", 1200))
    assert got.returncode == 3
    assert got.stderr.splitlines()[-1] == "2700 fouten; getoond: de eerste 1000"
    assert {file for file, _ in told(got.stderr)} == {"a.json"}


def test_gaps_are_told_only_where_they_make_figures_doubtful(nvb, write, small, old):
    del small["stappen"][1]["reden"]
    got = nvb("diff", old, write(small))
    assert (got.returncode, got.stderr) == (1, "")
    del small["stappen"][1]["over"]
    small["prestaties"].append({"code": "B2"})
    small["prestaties"].append({"code": "C3", "zonder": "alle", "basis": {"soort": "nza_tarief", "bedrag": "5", "bron": "b"}, "tarief": "6"})
    first = write({**small, "contractjaar": 2025, "kenmerk": "X"}, "eerst.json")
    got = nvb("diff", first, write(small))
    gaps = [row for row in told(got.stderr) if row[1][1] == "5"]
    assert got.returncode < 2 and {code for _, code in gaps} == {"E503", "E504", "E509"}
    assert {file for file, _ in gaps} == {"eerst.json", "voorstel.json"}


def test_gaps_that_are_not_told_do_not_crowd_out_the_rest(nvb, write, small):
    def many(kind, year, **more):
        lines = [{"code": f"A{i}", "tarief": "5"} for i in range(1500)]
        return {**contract(year, prestaties=lines, soort=kind, contractering="digitaal"), **more}

    first, second = write(many("contract", 2025), "a.json"), write(many("offerte", 2026), "b.json")
    got = nvb("diff", first, second)
    assert got.returncode in (0, 1) and got.stderr == ""
    said = nvb("explain", second, "--previous", first).stderr.splitlines()[-1]
    assert said == "3000 gaten; getoond: de eerste 1000"  # no build-up, no index statement
    got = nvb("diff", second, write(many("offerte", 2026, verkeerd=1), "c.json"))
    assert (got.returncode, got.stdout) == (3, "") and ("c.json", "E202") in told(got.stderr)


def test_standard_input_for_either(nvb, old, proposal):
    want = nvb("diff", old, proposal)
    assert nvb("diff", "-", proposal, input=json.dumps(contract())).stdout == want.stdout
    assert nvb("diff", old, "-", input=json.dumps(SMALL)).stdout == want.stdout
    got = nvb("diff", old, "-", input="{")
    assert got.returncode == 3 and got.stderr.startswith("standaardinvoer:1:")


# --- policies ---


def test_every_document_takes_the_policy_it_names(nvb, write):
    first, second = write(on("P25", 2025, "100.00"), "a.json"), write(on("P26", 2026, "110.00"), "b.json")
    p25, p26 = write(policy("P25"), "p25.json"), write(policy("P26"), "p26.json")
    for order in ([p25, p26], [p26, p25]):
        got = nvb("diff", first, second, "--policy", order[0], f"--policy={order[1]}", "--format", "json")
        assert (got.returncode, got.stderr) == (1, "")
        assert Decimal(json.loads(got.stdout)["totaal"]["oud"]) == 1050
    got = nvb("explain", second, "--previous", first, "--policy", p25, "--policy", p26)
    assert (got.returncode, got.stderr) == (0, "")


def test_one_policy_for_several_documents(nvb, write, old):
    first, second = write(on("P", 2025, "100.00"), "a.json"), write(on("P", 2026, "110.00"), "b.json")
    given = ["--policy", write(policy("P"), "p.json")]
    assert nvb("diff", first, second, *given).returncode == 1
    got = nvb("diff", write(contract(2025), "plat.json"), second, *given)
    assert (got.returncode, got.stderr) == (1, "")


def test_a_policy_that_is_missing_wrong_or_of_no_use(nvb, write, old, proposal):
    first, second = write(on("P25", 2025, "100.00"), "a.json"), write(on("P26", 2026, "110.00"), "b.json")
    p25, p26, p27 = (write(policy(n), f"{n}.json") for n in ("P25", "P26", "P27"))

    def said(*arguments):
        got = nvb(*arguments)
        assert (got.returncode, got.stdout) == (3, "")
        return told(got.stderr)

    assert said("diff", first, second) == [("a.json", "E250"), ("b.json", "E250")]
    assert said("diff", first, second, "--policy", p25) == [("b.json", "E251")]
    assert said("diff", first, second, "--policy", p25, "--policy", p26, "--policy", p27) == [("", "E254")]
    assert said("diff", old, proposal, "--policy", p27) == [("", "E254")]
    assert "P27.json" in nvb("diff", old, proposal, "--policy", p27).stderr
    assert said("explain", first, "--policy", p25, "--policy", p27) == [("", "E254")]
    assert said("explain", proposal, "--policy", p27) == [("voorstel.json", "E252")]


def test_a_policy_that_is_given_twice(nvb, write, old):
    first, one, copy_ = write(on("P", 2026, "100.00"), "a.json"), write(policy("P"), "p.json"), write(policy("P"), "kopie.json")
    other = write({**policy("P"), "soort": "offerte"}, "ander.json")
    for again, said in ((one, "p.json' is hetzelfde als '"), (copy_, "kopie.json' is hetzelfde als '"), (other, "ander.json' wordt door geen van de documenten gebruikt")):
        for command in (["explain", first], ["diff", old, first]):
            got = nvb(*command, "--policy", one, "--policy", again)
            assert (got.returncode, got.stdout, told(got.stderr)) == (3, "", [("", "E254")])
            assert said in got.stderr


def test_what_is_wrong_with_a_shared_policy_is_told_once(nvb, write):
    first, second = write(on("P", 2025, "100.00"), "a.json"), write(on("P", 2026, "110.00"), "b.json")
    got = nvb("diff", first, second, "--policy", write("{", "p.json"))
    assert (got.returncode, got.stdout) == (3, "") and [file for file, _ in told(got.stderr)] == ["p.json"]
    wrong = policy("P")
    wrong["stappen"][0]["index"] = "bestaat-niet"
    got = nvb("diff", first, second, "--policy", write(wrong, "p.json"))
    assert got.returncode == 3 and [row for row in told(got.stderr) if row[1] == "E301"] == [("p.json", "E301")]
    assert "\n1 fout, " in got.stderr


# --- price lists ---


@pytest.mark.parametrize("name, option", [("prijzen.csv", []), ("PRIJZEN.CSV", []), ("prijzen.txt", ["--csv", "nl"]), ("prijzen.csv", ["--csv=nl"])])
def test_a_price_list(nvb, write, proposal, name, option):
    got = nvb("diff", write(PRICES, name), proposal, *option, "--format", "json")
    assert (got.returncode, got.stderr) == (1, "")
    changes = json.loads(got.stdout)
    assert changes["oud"] == {"kenmerk": changes["oud"]["kenmerk"], "soort": "prijslijst"} and name in changes["oud"]["kenmerk"]
    assert Decimal(changes["totaal"]["verschil"]) == 50


def test_a_price_list_from_standard_input(nvb, proposal):
    assert nvb("diff", "-", proposal, "--csv", "nl", input=PRICES).returncode == 1
    assert nvb("diff", "-", proposal, "--csv", "intl", input=PRICES.replace(",", ".")).returncode == 1
    assert nvb("diff", "-", proposal, input=PRICES).returncode == 3


def test_json_stays_json_beside_a_price_list(nvb, write, proposal):
    want = nvb("diff", write(contract(), "oud.json"), proposal).stdout
    assert want
    for before in ("", "\ufeff", "\ufeff \n\t"):
        assert nvb("diff", write(before + json.dumps(contract()), "oud.txt"), proposal, "--csv", "nl").stdout == want
    assert nvb("diff", write(PRICES, "p.csv"), proposal, "--csv", "nl").returncode == 1


def test_a_price_list_cannot_be_set(nvb, write, old):
    got = nvb("diff", old, write(PRICES, "p.csv"), "--set", "/contractjaar=2026")
    assert (got.returncode, got.stdout) == (2, "") and "E816" in got.stderr and "p.csv" in got.stderr


def test_a_broken_price_list_is_told_with_its_place(nvb, write, broken):
    got = nvb("diff", write("code;tarief\nA1;veel\n", "p.csv"), broken[1])
    assert (got.returncode, got.stdout) == (3, "")
    assert [file for file, _ in told(got.stderr)] == ["p.csv", "nieuw.json", "nieuw.json"] and "p.csv:2:" in got.stderr


# --- explain and check with the previous contract ---


def test_explain_holds_the_changes(nvb, old, proposal):
    plain, got = nvb("explain", proposal), nvb("explain", proposal, "--previous", old)
    assert (got.returncode, got.stderr) == (0, "") and len(got.stdout) > len(plain.stdout)
    found = json.loads(nvb("explain", proposal, "--previous", old, "--format", "json").stdout)
    alone = json.loads(nvb("diff", old, proposal, "--format", "json").stdout)
    assert found["wijzigingen"] == alone
    assert "wijzigingen" not in json.loads(nvb("explain", proposal, "--format", "json").stdout)
    middle = json.loads(nvb("explain", proposal, "--previous", old, "--format", "json", "--attributie", "midden").stdout)
    assert middle["wijzigingen"]["attributie"] == "midden"


def test_explain_with_a_price_list(nvb, write, proposal):
    got = nvb("explain", proposal, "--previous", write(PRICES, "p.csv"))
    assert (got.returncode, got.stderr) == (0, "")
    assert nvb("explain", proposal, "--previous", "-", "--csv", "nl", input=PRICES).returncode == 0


def test_check_looks_at_the_previous_contract(nvb, write, old, proposal):
    assert nvb("check", proposal, "--previous", old).returncode == 0
    # The base says 100.00 of last year's contract; that says 99.00.
    got = nvb("check", proposal, "--previous", write(contract(2025, "99.00"), "minder.json"), "--format", "json")
    rows = {r["id"]: r["uitkomst"] for r in json.loads(got.stdout)["toetsen"]}
    assert got.returncode == 1 and rows["toelichting-basis"] == "niet_voldaan"
    assert json.loads(nvb("check", proposal, "--previous", old, "--format", "json").stdout)["toetsen"]


@pytest.mark.parametrize("command", ["explain", "check"])
def test_an_error_in_the_previous_contract_refuses(nvb, broken, proposal, tmp_path, command):
    target = tmp_path / "brief.txt"
    target.write_text("van gisteren")
    got = nvb(command, proposal, "--previous", broken[0], "-o", target)
    assert (got.returncode, got.stdout, target.read_text()) == (3, "", "van gisteren")
    assert [file for file, _ in told(got.stderr)] == ["oud.json"] * 2
    assert nvb(command, proposal, "--previous", "nergens.json").returncode == 4


def test_the_previous_contract_must_be_older(nvb, write, proposal):
    for year in (2026, 2027):
        got = nvb("explain", proposal, "--previous", write(contract(year), "oud.json"))
        assert (got.returncode, got.stdout) == (3, "") and ("voorstel.json", "E324") in told(got.stderr)


def test_gaps_of_the_main_document_only_refuse(nvb, write, gap, proposal, old):
    with_gap = write({**json.loads(gap.read_text()), "contractjaar": 2025, "kenmerk": "X", "datum": "2024-09-24"}, "vorig.json")
    got = nvb("explain", proposal, "--previous", with_gap)
    assert got.returncode == 0 and "E501" not in got.stderr
    got = nvb("explain", gap, "--previous", old)
    assert (got.returncode, got.stdout) == (3, "") and told(got.stderr) == [("gat.json", "E501")]
    got = nvb("explain", gap, "--previous", old, "--draft")
    assert got.returncode == 0 and got.stdout and told(got.stderr) == [("gat.json", "E501")]


def test_a_gap_and_a_pair_that_cannot_be_are_told_together(nvb, write, gap):
    got = nvb("explain", gap, "--previous", write(contract(2026), "oud.json"))
    assert got.returncode == 3 and {code for _, code in told(got.stderr)} >= {"E501", "E324"}


# --- in and out ---


def test_output_to_a_file(nvb, old, proposal, broken, tmp_path):
    target = tmp_path / "verschil.txt"
    first = nvb("diff", proposal, proposal, "-o", target)
    assert (first.returncode, first.stdout) == (0, "") and target.read_text(encoding="utf-8")
    before = target.read_text(encoding="utf-8")
    assert nvb("diff", proposal, broken[1], "-o", target).returncode == 3
    assert target.read_text(encoding="utf-8") == before
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".tmp")]
    assert nvb("diff", proposal, proposal, "-o", tmp_path / "nergens" / "x").returncode == 4


def test_findings_and_an_output_file(nvb, old, proposal, tmp_path):
    target = tmp_path / "verschil.txt"
    got = nvb("diff", old, proposal, "-o", target)
    assert (got.returncode, got.stdout, got.stderr) == (1, "", "")
    assert target.read_text(encoding="utf-8") == nvb("diff", old, proposal).stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("more", [[], ["--format", "json"]])
def test_a_full_disk(nvb, old, proposal, more):
    with open("/dev/full", "w") as full:
        got = nvb("diff", old, proposal, *more, stdout=full)
    assert got.returncode == 4 and "E707" in got.stderr
    got = nvb("diff", old, proposal, *more, "-o", "/dev/full")
    assert got.returncode == 4 and "E706" in got.stderr


def test_no_escape_sequence_reaches_the_terminal(nvb, write, old, proposal, tmp_path):
    nasty = write("{", f"{NASTY.replace(chr(13), '')}.json")
    price = write("x", f"{NASTY}.csv")
    for arguments in (["diff", NASTY, NASTY], ["diff", old, nasty], ["diff", price, proposal], ["diff", old, proposal, "--reference", nasty],
                      ["diff", old, proposal, "--policy", nasty], ["diff", old, price, "--set", "/a=1"], ["explain", proposal, "--previous", nasty],
                      ["diff", old, proposal, "--attributie", NASTY], ["diff", old, proposal, "--csv", NASTY]):
        got = nvb(*arguments)
        assert got.returncode in (2, 3, 4) and got.stdout == ""
        harmless(got.stderr)


def test_no_escape_sequence_from_a_document_reaches_the_terminal(nvb, write, small):
    def nasty(document):
        document["kenmerk"] = document["zorgaanbieder"]["naam"] = document["prestaties"][0]["omschrijving"] = NASTY + document["kenmerk"]
        document["voorwaarden"] = [{"id": NASTY, "titel": NASTY, "tekst": f"{NASTY} {document['contractjaar']}"}]
        return document

    first, second = write(nasty(contract()), "oud.json"), write(nasty(small))
    prices = write(f"code;omschrijving;eenheid;tarief;volume\nA1;{NASTY.split(chr(8))[0]};;100,00;10\n", "p.csv")
    for arguments in (["diff", first, second], ["diff", first, second, "--lang", "en"], ["diff", first, first, second], ["diff", prices, second],
                      ["explain", second, "--previous", first]):
        got = nvb(*arguments)
        assert got.returncode in (0, 1, 3)
        harmless(got.stdout)
        harmless(got.stderr)
    machine = nvb("diff", first, second, "--format", "json").stdout
    assert machine and "\x1b" not in machine and "\x07" not in machine


def test_the_same_input_gives_the_same_bytes_everywhere(nvb, old, proposal):
    for arguments in (["diff", old, proposal], ["diff", old, proposal, "--format", "json"], ["explain", proposal, "--previous", old]):
        want = nvb(*arguments)
        for surroundings in ({"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "C", "TZ": "Asia/Tokyo"}):
            got = nvb(*arguments, env={**os.environ, **surroundings})
            assert (got.returncode, got.stdout, got.stderr) == (want.returncode, want.stdout, want.stderr)
