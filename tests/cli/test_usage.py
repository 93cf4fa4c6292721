"""How the program is called: every mistake is exit code 2, says what is wrong and what to write instead."""

import json
import re

import pytest

from conftest import ROOT

COMMANDS = ["explain", "show", "tree", "check", "diff", "audit", "new", "schema", "help"]
CODES = sorted(set(re.findall(r"NVB_CODE_ENUM\((E\d+),", (ROOT / "core/include/navolgbaar/codes.def").read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "arguments, code, hint",
    [
        ([], "E808", "navolgbaar help"),
        (["explian", "x.json"], "E801", "explain"),
        (["zzzzzz"], "E801", "navolgbaar help"),
        (["explain"], "E808", "VOORSTEL"),
        (["show", "x.json"], "E808", "PAD"),
        (["explain", "x.json", "y.json"], "E809", "navolgbaar explain VOORSTEL"),
        (["schema", "voorstel", "beleid"], "E809", "NAAM"),
        (["explain", "x.json", "--fromat", "json"], "E802", "--format"),
        (["explain", "x.json", "--hide-zero"], "E802", "navolgbaar help explain"),
        (["explain", "x.json", "-x"], "E802", "navolgbaar help"),
        (["explain", "x.json", "--policy"], "E803", "BELEID"),
        (["explain", "x.json", "-o"], "E803", "BESTAND"),
        (["explain", "x.json", "--draft=ja"], "E804", "--draft"),
        (["explain", "x.json", "--format", "pdf"], "E805", "text, json"),
        (["explain", "x.json", "--lang=de"], "E805", "nl, en"),
        (["tree", "x.json", "--depth", "-1"], "E806", "1000000"),
        (["tree", "x.json", "--depth=0"], "E806", "1000000"),
        (["tree", "x.json", "--depth", "99999999999999999999"], "E806", "1000000"),
        (["tree", "x.json", "--depth", ""], "E806", "1000000"),
        (["explain", "x.json", "-o", "a", "-o", "b"], "E807", "-o"),
        (["explain", "x.json", "--format=json", "--format=text"], "E807", "--format"),
        (["help", "E999"], "E811", "navolgbaar help"),
        (["help", "chekc"], "E811", "check"),
        (["schema", "voorstell"], "E812", "voorstel"),
        (["schema", "qqq"], "E812", "toelichting"),
        (["explain", "-", "--policy", "-"], "E814", ""),
        (["--nope"], "E802", "navolgbaar help"),
        (["--nope", "x", "explain"], "E802", "navolgbaar help"),
    ],
)
def test_a_mistake_is_named_with_what_to_write(nvb, arguments, code, hint):
    got = nvb(*arguments)
    assert (got.returncode, got.stdout) == (2, "")
    assert code in got.stderr and hint in got.stderr, got.stderr


def test_all_mistakes_are_told_at_once(nvb):
    got = nvb("explain", "x.json", "--format", "pdf", "--drfat")
    assert got.returncode == 2 and "E805" in got.stderr and "E802" in got.stderr


@pytest.mark.parametrize("arguments", [["x.json", "--reference", "y.json"], ["--reference", "y.json", "x.json"], ["--reference=y.json", "x.json"], ["--fromat", "json", "x.json"]])
def test_the_value_of_an_unknown_option_is_no_operand(nvb, arguments):
    got = nvb("explain", *arguments)
    assert got.returncode == 2 and re.findall(r"E\d{3}", got.stderr) == ["E802"]


def test_what_follows_the_value_of_an_unknown_option_is_judged(nvb):
    got = nvb("explain", "x.json", "--nope", "y", "z", "--drfat", "-o")
    assert re.findall(r"E\d{3}", got.stderr) == ["E802", "E809", "E802", "E803"]


def test_mistakes_are_told_in_the_language_asked_for_later(nvb):
    assert "does not exist" in nvb("nonsense", "--lang", "en").stderr or "there is no command" in nvb("nonsense", "--lang", "en").stderr
    assert "bestaat niet" in nvb("nonsense").stderr


def test_set_without_equals(nvb, proposal):
    got = nvb("explain", proposal, "--set", "/contractjaar")
    assert (got.returncode, got.stdout) == (2, "") and "E810" in got.stderr


def test_options_may_stand_anywhere_and_in_both_forms(nvb, proposal):
    want = nvb("explain", proposal, "--format", "json").stdout
    assert want
    assert nvb("explain", "--format=json", proposal).stdout == want
    assert nvb("--lang", "nl", "explain", "--format=json", "--", proposal).stdout == want


def test_a_file_whose_name_looks_like_an_option(nvb, small, tmp_path):
    (tmp_path / "--draft").write_text(json.dumps(small))
    got = nvb("explain", "--", "--draft", cwd=tmp_path)
    assert got.returncode == 0 and got.stdout


def test_set_changes_what_is_computed(nvb, proposal):
    def tariff(*settings):
        got = nvb("explain", proposal, "--format", "json", *settings)
        assert got.returncode == 0, got.stderr
        return {k["pad"]: k["waarde"] for k in json.loads(got.stdout)["knopen"]}["/prestaties/A1/tarief"]

    assert tariff() == "105"
    assert tariff("--set", "/indexen/lpo/percentage=5%") == "106"
    assert tariff("--set=/indexen/lpo/percentage=5%") == "106"
    assert tariff("--set", "/prestaties/A1/basis/bedrag=200") == "210"
    # In order, the last one stands.
    assert tariff("--set", "/indexen/lpo/percentage=9%", "--set", "/indexen/lpo/percentage=5%") == "106"
    assert tariff("--set", "/stappen/kwaliteit/percentage=2%", "--set", "/indexen/lpo/percentage=5%") == "107"


def test_a_value_with_equals_in_it(nvb, proposal):
    got = nvb("explain", proposal, "--format", "json", "--set", "/stappen/kwaliteit/reden=a=b")
    assert got.returncode == 0 and '"a=b"' in got.stdout


def test_set_of_a_place_that_cannot_be_is_invalid(nvb, proposal):
    got = nvb("explain", proposal, "--set", "/indexen/lpo/percentage=veel")
    assert (got.returncode, got.stdout) == (3, "")


# --- help ---


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command(nvb, command, lang):
    got = nvb("help", command, "--lang", lang)
    assert (got.returncode, got.stderr) == (0, "")
    assert f"navolgbaar {command}" in got.stdout.splitlines()[0]
    assert max(map(len, got.stdout.splitlines())) <= 80
    assert nvb(command, "--help", "--lang", lang).stdout == got.stdout
    assert nvb(command, "-h", "--lang", lang).stdout == got.stdout


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_help_lists_every_command_and_exit_code(nvb, lang):
    got = nvb("help", "--lang", lang)
    assert got.returncode == 0
    for word in COMMANDS:
        assert re.search(rf"^  {word} ", got.stdout, re.M)
    for number in range(6):
        assert re.search(rf"^  {number} ", got.stdout, re.M)
    assert nvb("--help", "--lang", lang).stdout == got.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_in_the_help_is_taken(nvb, command):
    shown = set(re.findall(r"(?<![\w-])(--[a-z-]+)", nvb("help", command).stdout.split("Opties:")[1])) - {"--help"}
    for option in shown:
        assert "E802" not in nvb(command, "nergens.json", option).stderr


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_help_of_every_code(nvb, lang):
    assert len(CODES) > 20
    for code in CODES:
        got = nvb("help", code, "--lang", lang)
        assert (got.returncode, got.stderr) == (0, ""), code
        assert got.stdout.startswith(code + "\n") and "{" not in re.sub(r'\{[^1-9]', "", got.stdout)
    assert nvb("help", "e503").stdout == nvb("help", "E503").stdout


def test_help_of_a_code_says_its_exit_code(nvb):
    assert re.search(r"exit code +2$", nvb("help", "E801", "--lang", "en").stdout, re.M)
    assert re.search(r"exit code +3, with --draft 0$", nvb("help", "E501", "--lang", "en").stdout, re.M)
    assert re.search(r"exit code +0$", nvb("help", "E601", "--lang", "en").stdout, re.M)


def test_help_leaves_the_output_file_alone(nvb, tmp_path):
    target = tmp_path / "brief.txt"
    target.write_text("blijft")
    assert nvb("explain", "-o", target, "--help").returncode == 0
    assert target.read_text() == "blijft"


def test_hidden_options_are_not_shown(nvb):
    everything = "".join(nvb("help", c).stdout for c in COMMANDS) + nvb("help", "--man").stdout.replace("\\-", "-")
    assert "--mpfr-only" not in everything and "--man" not in everything


def test_version(nvb):
    got = nvb("--version")
    want = re.search(r"project\(navolgbaar VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
    assert (got.returncode, got.stdout) == (0, f"navolgbaar {want}\n")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_man_page_has_every_command_and_option(nvb, lang):
    page = nvb("help", "--man", "--lang", lang).stdout
    assert page.startswith(".TH NAVOLGBAAR 1")
    plain = page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")
    for command in COMMANDS:
        assert f".SS {command}\n" in page
        for option in re.findall(r"(?<![\w-])(--[a-z-]+)", nvb("help", command).stdout):
            assert option in plain


def test_schemas_are_those_of_the_repository(nvb):
    names = nvb("schema").stdout.split()
    assert sorted(names) == sorted(p.name.split(".")[0] for p in (ROOT / "formats/schema").glob("*.schema.json"))
    for name in names:
        got = nvb("schema", name)
        assert got.returncode == 0
        assert got.stdout == (ROOT / f"formats/schema/{name}.schema.json").read_text(encoding="utf-8")


def test_a_code_is_no_path_but_hints_at_one(nvb):
    proposal = ROOT / "samples/wijkverpleging-2023/voorstel.json"
    got = nvb("show", str(proposal), "PV")
    assert got.returncode == 2
    assert "E813" in got.stderr and "bedoelde u '/prestaties/PV'?" in got.stderr
    assert "tree VOORSTEL" in nvb("show", str(proposal), "XX").stderr


@pytest.mark.parametrize("lang, article", [("nl", "TH/NR-038 art. 6 lid 4"), ("en", "TH/NR-038 art. 6(4)")])
def test_help_about_every_rule(nvb, small, write, lang, article):
    rules = [row["id"] for row in json.loads(nvb("check", write(small), "--format", "json").stdout)["toetsen"]]
    said = {rule: nvb("help", rule, "--lang", lang) for rule in rules}
    assert {done.returncode for done in said.values()} == {0}
    assert article in said["op-en-afslag-navolgbaar"].stdout
    for rule, done in said.items():
        assert rule in done.stdout and max(map(len, done.stdout.splitlines())) <= 80
        assert len(done.stdout.split("\n\n", 1)[1]) > 100


def test_help_knows_the_rule_that_was_meant(nvb):
    done = nvb("help", "ova-voledig")
    assert done.returncode == 2 and "ova-volledig" in done.stderr


def test_check_says_where_a_rule_is_explained(nvb, small, write):
    assert "navolgbaar help wijzigingenoverzicht" in nvb("check", write(small)).stdout
