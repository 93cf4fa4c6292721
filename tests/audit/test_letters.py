"""What a letter with questions may say: what the reader expects is never called the insurer's, and nobody asks for less than was offered."""

import json
import re

import pytest

from conftest import ROOT

SAMPLES = ROOT / "samples"
HIDDEN = SAMPLES / "korting-over-indexatie"
GGZ = SAMPLES / "ggz-aanbod-nagekeken"
LETTERS = [
    (HIDDEN / "aanbod-verborgen.csv", ["--previous", HIDDEN / "contract-2024.csv", "--expect", HIDDEN / "verwacht-index.json"]),
    (HIDDEN / "aanbod-verborgen.csv", ["--previous", HIDDEN / "contract-2024.csv"]),
    (HIDDEN / "aanbod-verborgen.json", ["--previous", HIDDEN / "contract-2024.csv"]),
    (GGZ / "aanbod.json", ["--previous", GGZ / "contract-2024.json"]),
]
LAST = "code;tarief;volume\nA1;100,00;100\nA2;200,00;50\nA3;300,00;10\n1500;50,00;10\n"
EXPECTED = {
    "formaat": "navolgbaar/voorstel/1",
    "kenmerk": "mijn-verwachting",
    "contractjaar": 2025,
    "bronnen": {"mijn-brief": {"titel": "Mijn eigen aantekening"}},
    "indexen": {"mijn-index": {"jaar": 2025, "percentage": "2.2%", "soort": "loon", "bron": "mijn-brief"}},
    "stappen": [
        {"id": "mijn-stap", "soort": "index", "index": "mijn-index", "over": "basis"},
        {"id": "mijn-korting", "soort": "afslag", "percentage": "1%", "over": "basis", "reden": "mijn-reden", "bron": "mijn-brief"},
    ],
}


def run(nvb, *args):
    got = nvb("audit", *args)
    assert got.returncode in (0, 1), got.stderr
    return got.stdout


def questions(letter):
    return len(re.findall(r"^(?:Vraag|Question) \d+\.", letter, re.M))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "oudbestand.csv").write_text(LAST, encoding="utf-8")
    (tmp_path / "verwachtbestand.json").write_text(json.dumps(EXPECTED), encoding="utf-8")
    return tmp_path


def offer(folder, **tariffs):
    rows = "".join(f"{code};{tariff};{volume}\n" for code, (tariff, volume) in tariffs.items())
    (folder / "aanbodbestand.csv").write_text("code;tarief;volume\n" + rows, encoding="utf-8")
    return [folder / "aanbodbestand.csv", "--previous", folder / "oudbestand.csv"]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    "tariffs",
    [
        {"A1": ("101,18", 100), "A2": ("202,35", 50), "A3": ("303,54", 10)},
        {"A1": ("100,00", 100), "A2": ("200,00", 50), "A3": ("300,00", 10)},
        {"A1": ("99,00", 100), "A2": ("198,00", 50), "A3": ("297,00", 10)},
        {"A1": ("102,20", 100), "A2": ("204,40", 50), "A3": ("306,60", 10)},
    ],
)
def test_what_the_reader_expects_is_not_the_insurers(nvb, folder, tariffs, lang):
    letter = run(nvb, *offer(folder, **tariffs), "--expect", folder / "verwachtbestand.json", "--questions", "--lang", lang)
    assert questions(letter) >= 2
    for word in ("uw eigen cijfers", "your own figures", "cijfers die u zelf noemt", "mijn-", "Mijn eigen", "bestand", ".csv", ".json"):
        assert word not in letter, letter
    assert "2,20%" in letter or "2.20%" in letter


def test_a_provider_does_not_ask_for_less(nvb, folder):
    letter = run(nvb, *offer(folder, A1=("150,00", 100), A2=("101,00", 50), A3=("350,00", 10)), "--expect", folder / "verwachtbestand.json", "--questions")
    assert "A2" in letter
    assert "A1" not in letter and "A3" not in letter and " meer." not in letter


def test_tariffs_that_did_not_move_are_asked_about(nvb, folder):
    letter = run(nvb, *offer(folder, A1=("100,00", 100), A2=("200,00", 50), A3=("305,00", 10)), "--questions")
    words = " ".join(letter.split())
    assert "De tarieven van 2 prestaties zijn gelijk aan die van vorig jaar." in words
    assert "Als u niet indexeert: waarom niet?" in words
    assert "Prestatie '1500' staat in het contract van vorig jaar, maar niet in het aanbod." in words


def test_a_list_is_first_asked_for_its_explanation(nvb, folder):
    letter = run(nvb, *offer(folder, A1=("101,00", 100)), "--questions")
    assert re.search(r"^Vraag 1\. Wij kregen een lijst met tarieven\.", letter, re.M)


@pytest.mark.parametrize(("file", "options"), LETTERS)
def test_one_question_for_each_finding_that_is_asked(nvb, file, options):
    report = json.loads(run(nvb, file, *options, "--format", "json"))
    sided = ("index", "tarieven", "tarieven-verwacht", "cijfer", "basis-hoger")
    in_favour = [f for f in report["bevindingen"] if f["soort"] in sided and f.get("bedrag_per_jaar", "0").startswith("-")]
    asked = [f for f in report["bevindingen"] if f["soort"] != "binnen-afronding" and f not in in_favour]
    letter = run(nvb, file, *options, "--questions")
    assert questions(letter) == len(asked) > 0
    assert max(map(len, letter.splitlines())) <= 80


def test_a_note_about_the_expectation_is_for_the_reader(nvb, folder):
    expected = json.loads(json.dumps(EXPECTED))
    parts = [{"id": "ova", "soort": "loon", "aandeel": "100%", "voorlopig": "4.94%", "nacalculatie": "0%", "bron": "mijn-brief"}]
    expected["indexen"] = {"mijn-index": {"jaar": 2025, "componenten": parts}}
    expected["stappen"] = expected["stappen"][:1]
    (folder / "verwachtbestand.json").write_text(json.dumps(expected), encoding="utf-8")
    args = [*offer(folder, A1=("101,00", 100)), "--expect", folder / "verwachtbestand.json"]
    report = json.loads(run(nvb, *args, "--format", "json"))
    notes = [f for f in report["bevindingen"] if f["soort"].startswith("gepubliceerd")]
    assert notes and all("vraag" not in f and "in uw verwachting staat voor de OVA 4,94%" in f["uitleg"] for f in notes)
    assert "gepubliceerd" not in run(nvb, *args, "--questions")


def test_an_insurer_does_not_ask_for_more(nvb, tmp_path):
    """The same offer as an offerte: what was too low for the provider is no question of the insurer."""
    text = (GGZ / "aanbod.json").read_text(encoding="utf-8").replace('"soort": "contractvoorstel"', '"soort": "offerte"', 1)
    (tmp_path / "offerte.json").write_text(text, encoding="utf-8")
    args = [tmp_path / "offerte.json", "--previous", GGZ / "contract-2024.json"]
    report = json.loads(run(nvb, *args, "--format", "json"))
    assert [f for f in report["bevindingen"] if f.get("bedrag_per_jaar", "0")[0] not in "-0"]
    letter = run(nvb, *args, "--questions")
    assert " minder." not in letter and "Bijlage" not in letter
