"""What every command gives back: 0 fine, 1 findings, 2 usage, 3 invalid input, 4 input/output; and what goes where."""

import json

import pytest

WORKING = [["explain"], ["show"], ["tree"], ["check"]]


def arguments(command, path):
    return [command, path, "/prestaties/A1/tarief"] if command == "show" else [command, path]


@pytest.mark.parametrize("command", ["explain", "show", "tree", "check"])
def test_a_sound_proposal_is_fine_and_silent(nvb, proposal, command):
    got = nvb(*arguments(command, proposal))
    assert (got.returncode, got.stderr) == (0, "")
    assert got.stdout.endswith("\n")


def test_explain_computes(nvb, proposal):
    # 100.00 + 4% of 100 + 1% of 100 = 105.00; 10 x 105.00 = 1050.00
    figures = {k["pad"]: k["waarde"] for k in json.loads(nvb("explain", proposal, "--format", "json").stdout)["knopen"]}
    assert figures["/prestaties/A1/tarief"] == "105"
    assert figures["/totaal/omzet"] == "1050"


def test_a_gap_refuses_an_explanation_and_writes_nothing(nvb, gap):
    got = nvb("explain", gap)
    assert (got.returncode, got.stdout) == (3, "")
    assert "E501" in got.stderr and "gat.json:" in got.stderr


def test_all_gaps_are_listed_at_once(nvb, write, small):
    del small["stappen"][1]["reden"], small["stappen"][1]["bron"]
    small["prestaties"].append({"code": "B2"})
    got = nvb("explain", write(small))
    assert got.returncode == 3
    for code in ("E501", "E502", "E504"):
        assert code in got.stderr


def test_a_claim_that_does_not_follow_is_listed_with_the_other_gaps(nvb, write, small):
    small["prestaties"][0]["tarief"] = "104.00"
    del small["stappen"][1]["reden"]
    got = nvb("explain", write(small))
    assert (got.returncode, got.stdout) == (3, "")
    assert "E509" in got.stderr and "E501" in got.stderr


def test_a_draft_marks_the_gap(nvb, gap):
    got = nvb("explain", "--draft", gap)
    assert got.returncode == 0
    assert "E501" in got.stderr and got.stdout


@pytest.mark.parametrize("command", ["show", "tree"])
def test_a_gap_does_not_stop_a_look(nvb, gap, command):
    got = nvb(*arguments(command, gap))
    assert got.returncode == 0
    assert "E501" in got.stderr and got.stdout


def test_check_finds_what_the_law_asks_for(nvb, gap):
    got = nvb("check", gap)
    assert got.returncode == 1
    assert "E501" in got.stderr and got.stdout


def test_check_as_json_says_the_same(nvb, gap, proposal):
    def unmet(path):
        got = nvb("check", path, "--format", "json")
        rows = json.loads(got.stdout)["toetsen"]
        return got.returncode, [r["id"] for r in rows if r["uitkomst"] == "niet_voldaan" and r["aard"] == "wettelijk"]

    code, unmet_ids = unmet(gap)
    assert code == 1 and "op-en-afslag-navolgbaar" in unmet_ids
    assert unmet(proposal) == (0, [])


@pytest.mark.parametrize("command", ["explain", "show", "tree", "check"])
@pytest.mark.parametrize("text", ["", "{", "[]", "null", "niet eens JSON", '{"formaat": "iets/anders/1"}', "\ufeff{}"])
def test_what_is_no_proposal_is_invalid(nvb, write, command, text):
    got = nvb(*arguments(command, write(text)))
    assert (got.returncode, got.stdout) == (3, "")
    assert "voorstel.json" in got.stderr


@pytest.mark.parametrize("command", ["explain", "show", "tree", "check"])
def test_an_error_in_the_document_is_invalid(nvb, write, small, command):
    small["stappen"][0]["index"] = "bestaat-niet"
    got = nvb(*arguments(command, write(small)))
    assert (got.returncode, got.stdout) == (3, "")
    assert "E301" in got.stderr


def test_a_warning_changes_nothing(nvb, write, small, proposal):
    before = nvb("explain", proposal)
    small["bronnen"]["ongebruikt"] = {"titel": "Nergens voor nodig"}
    got = nvb("explain", write(small))
    assert got.returncode == 0 and "E601" in got.stderr
    assert got.stdout == before.stdout or got.stdout  # the unused source may be listed, the explanation is there


def test_problems_are_told_in_english_when_asked(nvb, gap):
    dutch, english = nvb("explain", gap).stderr, nvb("explain", gap, "--lang", "en").stderr
    assert "heeft geen reden" in dutch and "has no reason" in english


def test_show_of_a_path_that_is_not_there_names_the_nearest(nvb, proposal):
    got = nvb("show", proposal, "/prestaties/A1/tarif")
    assert (got.returncode, got.stdout) == (2, "")
    assert "E813" in got.stderr and "/prestaties/A1/tarief" in got.stderr


def test_tree_of_a_path_that_is_not_there(nvb, proposal):
    got = nvb("tree", proposal, "/nergens")
    assert (got.returncode, got.stdout) == (2, "")
    assert "E813" in got.stderr


def test_mpfr_only_gives_the_same_bytes(nvb, proposal):
    for format in ("text", "json"):
        plain = nvb("explain", proposal, "--format", format)
        assert nvb("explain", proposal, "--format", format, "--mpfr-only").stdout == plain.stdout


def test_an_explanation_explains_itself(nvb, proposal, tmp_path):
    first = tmp_path / "toelichting.json"
    assert nvb("explain", proposal, "--format", "json", "-o", first).returncode == 0
    assert nvb("explain", first, "--format", "json").stdout == first.read_text(encoding="utf-8")
