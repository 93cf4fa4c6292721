"""A comparison as text: amounts add up as they are printed, lines fit the page, and the sentences say what is the case."""

import re
from decimal import Decimal

import pytest

from conftest import ROOT
from test_pairs import HEAD, contract, flat, last, line

SAMPLES = ROOT / "samples"
PAIRS = [
    ("wijkverpleging-organisatie", "contract-2024.json", []),
    ("ggz-praktijk", "contract-2025.json", []),
    ("ziekenhuis-offerte", "contract-2025.json", []),
    ("huisarts-consult-2023", "contract-2022.json", []),
    ("fysiotherapiepraktijk", "contract-2025.json", ["--policy", "beleid.json"]),
]


def amount(text, lang):
    """The last number of a line: "+1.234,50*" as 1234.50, with what stands before it; None where there is none."""
    found = re.match(r"^(.*?)\s*([+−]?[\d.,]+)(\*?)(?:\s+[│█▌▐▒ ]*)?$", text)
    if not found or not found.group(2).strip(".,"):
        return None
    digits = found.group(2).replace("−", "-").replace("+", "")
    digits = digits.replace(".", "").replace(",", ".") if lang == "nl" else digits.replace(",", "")
    return found.group(1), Decimal(digits)


def waterfall(text, lang):
    """The rows of the first waterfall as (indent, label, amount)."""
    first, last_ = {"nl": ("Omzet oud", "Omzet nieuw"), "en": ("Old turnover", "New turnover")}[lang]
    rows = []
    for row in text.splitlines():
        if not rows and not row.strip().startswith(first):
            continue
        found = amount(row, lang)
        if found:
            rows.append((len(row) - len(row.lstrip()), found[0].strip(), found[1]))
        if row.strip().startswith(last_):
            return rows
    raise AssertionError("no waterfall")


@pytest.fixture
def compare(nvb, write):
    def call(old, new, *options):
        done = nvb("diff", str(write(old, "oud.json")), str(write(new, "nieuw.json")), *options)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return call


def plain(text):
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("sample, old, options", PAIRS, ids=[p[0] for p in PAIRS])
def test_what_is_printed_adds_up(nvb, sample, old, options, lang):
    folder = SAMPLES / sample
    options = [str(folder / o) if o.endswith(".json") else o for o in options]
    done = nvb("diff", str(folder / old), str(folder / "voorstel.json"), *options, "--lang", lang)
    assert done.returncode == 1
    assert all(len(row) <= 80 for row in done.stdout.splitlines())
    rows = waterfall(done.stdout, lang)
    items = [a for indent, _, a in rows[1:-1] if indent == 2]
    assert rows[0][2] + sum(items) == rows[-1][2]
    price = [i for i, (indent, name, _) in enumerate(rows) if indent == 2 and name in ("Prijs", "Price")][0]
    causes = []
    for indent, _, value in rows[price + 1 :]:
        if indent == 2:
            break
        causes.append(value)
    assert sum(causes) == rows[price][2]


@pytest.mark.parametrize("sample, old, options", PAIRS, ids=[p[0] for p in PAIRS])
def test_every_bridge_adds_up_to_its_tariff(nvb, sample, old, options):
    folder = SAMPLES / sample
    options = [str(folder / o) if o.endswith(".json") else o for o in options]
    text = nvb("diff", str(folder / old), str(folder / "voorstel.json"), *options).stdout
    blocks = re.split(r"^\d+\. ", text, flags=re.M)[1:]
    assert blocks
    for block in blocks:
        block = block.split("\n\n")[0]
        items = [amount(row, "nl")[1] for row in block.splitlines() if row.startswith(" " * 6)]
        said = re.search(r"naar €\s[\d.,]+: ([+−])€\s([\d.,]+\d)", plain(block))
        if items:
            difference = Decimal(said.group(2).replace(".", "").replace(",", "."))
            assert sum(items) == (difference if said.group(1) == "+" else -difference)


def test_nothing_is_one_sentence(compare):
    same = contract(2025, flat("A", "10.00", "5"))
    text = compare(same, same)
    assert plain(text).endswith("Er is niets veranderd aan tarieven, volumes, opbouw en voorwaarden ten opzichte van contract C-2025. ")
    assert "─" not in text
    other = same | {"kenmerk": "Ander", "datum": "2025-01-01"}
    assert plain(compare(same, other)).endswith(
        "Er is niets veranderd aan tarieven, volumes, opbouw en voorwaarden ten opzichte van contract C-2025. "
    )


def test_turnover_and_causes_in_words(compare):
    # 10 x 100 = 1000; 11 x 120 = 1320: price 1 x 120, volume 20 x 10
    text = plain(compare(contract(2024, flat("A", "10.00", "100")), contract(2025, flat("A", "11.00", "120"))))
    assert "De omzet stijgt van € 1.000,00 naar € 1.320,00. Dat is € 320,00 meer (+32,00%)." in text
    assert "Effect op de omzet: +€ 320,00 (prijs +€ 120,00, volume +€ 200,00)." in text
    assert "Prijs is het verschil in tarief maal het nieuwe volume." in text
    text = plain(compare(contract(2024, flat("A", "10.00", "100")), contract(2025, flat("A", "11.00", "120")), "--attributie", "midden"))
    assert "(prijs +€ 110,00, volume +€ 210,00)" in text
    assert "maal het gemiddelde van oud en nieuw volume" in text


def test_a_turnover_of_nothing_has_no_percentage(compare):
    text = plain(compare(contract(2024, flat("A", "0.00", "100")), contract(2025, flat("A", "1.00", "100"))))
    assert "De omzet stijgt van € 0,00 naar € 100,00. Dat is € 100,00 meer." in text
    assert "Het tarief gaat van € 0,00 naar € 1,00: +€ 1,00." in text
    assert "%" not in text


def test_a_base_that_does_not_match_is_said_out_loud(compare):
    new = contract(2025, line("A", "31.39", ("extra", "1.00"), base=last(), count="10"))
    text = plain(compare(contract(2024, flat("A", "31.49", "10")), new))
    assert "LET OP. De basis is € 31,39, maar het tarief in contract C-2024 is € 31,49: € 0,10 lager." in text
    assert "Basis sluit niet aan −0,10 Nacalculatie extra +1,00" in text


def test_small_tariffs_keep_their_decimals(compare):
    new = contract(2025, line("A", "0.1234", ("extra", "0.0012"), base=last(), tariefafronding={"decimalen": 4, "methode": "rekenkundig"}))
    text = plain(compare(contract(2024, flat("A", "0.1234")), new))
    assert "Nacalculatie extra +0,0012" in text


def test_one_document_without_volumes_leads_with_the_tariffs(compare):
    # 1.00 x 120
    text = plain(compare(contract(2024, flat("A", "10.00")), contract(2025, flat("A", "11.00", "120"))))
    assert "In contract C-2024 staan geen volumes." in text
    assert "bij de volumes van contract C-2025: +€ 120,00 over 1 prestatie." in text
    assert "Omzet oud" not in text
    text = plain(compare(contract(2024, flat("A", "10.00")), contract(2025, flat("A", "11.00"))))
    assert "In beide documenten staan geen volumes." in text


def test_a_volume_on_one_side_is_said(compare):
    old = contract(2024, flat("A", "10.00", "5"), flat("B", "10.00"))
    new = contract(2025, flat("A", "10.00", "5"), flat("B", "10.00", "7"))
    assert "Let op: 1 prestatie heeft alleen in het nieuwe document een volume." in plain(compare(old, new))


def test_codes_that_go_on_otherwise(compare):
    old = contract(2024, flat("A", "10.00", "1"), flat("B", "20.00", "3"), flat("C", "1.00", "4"), flat("D", "5.00", "1"))
    new = contract(2025, flat("AB", "18.00", "4", was=["A", "B"]), flat("C1", "1.00", "1", was=["C"]), flat("C2", "1.00", "3", was=["C"]),
                   flat("E", "5.00", "1", was=["D"]))  # fmt: skip
    text = plain(compare(old, new))
    # (10 x 1 + 20 x 3) / 4 = 17.50
    assert "AB (was: A, B) Het tarief gaat van € 17,50 naar € 18,00" in text
    assert "AB komt in de plaats van A, B. Het oude tarief is hun gemiddelde, gewogen naar volume." in text
    assert "C2 komt uit C. Die prestatie is gesplitst" in text
    assert "E heette eerst D." in text


def test_many_lines_are_counted_not_listed(compare):
    old = contract(2024, *[flat(f"L{i}", "10.00", str(i + 1)) for i in range(70)])
    new = contract(2025, *[flat(f"L{i}", "11.00", str(i + 1)) for i in range(70)])
    text = compare(old, new)
    assert "1. L69\n" in text and "10. L60\n" in text and "11. " not in text
    assert "En nog 20 prestaties; in de JSON-uitvoer staan ze allemaal." in plain(text)


def test_the_same_change_on_many_lines_is_one_row(compare):
    old = contract(2024, *[flat(f"L{i}", "10.00", eenheid="uur") for i in range(5)])
    new = contract(2025, *[flat(f"L{i}", "10.00", eenheid="minuut") for i in range(5)])
    assert "- 5 prestaties (L0, L1, L2, …), eenheid: was uur, nu minuut." in plain(compare(old, new))


def test_a_changed_step_is_no_amount_of_the_step_itself(compare):
    # the index brings 5.00 and brought 4.00: the 1.00 is the difference
    old = contract(2024, line("A", "100.00", ("extra", "4.00"), count="10"))
    new = contract(2025, line("A", "100.00", ("extra", "5.00"), count="10"))
    text = compare(old, new)
    assert "Nacalculatie extra (was € 4,00, nu € 5,00) +1,00" in plain(text)
    assert "Nacalculatie extra (verandering) +10,00" in plain(text)


def test_a_limit_is_named(compare):
    # A is cut to 90, then 95; B is lifted to 110, then 115
    def both(year, highest, lowest):
        top, bottom = line("A", "100.00", count="1"), line("B", "100.00", count="1")
        return contract(year, top | {"maximum": {"bedrag": highest}}, bottom | {"minimum": {"bedrag": lowest}})

    text = plain(compare(both(2024, "90.00", "110.00"), both(2025, "95.00", "115.00")))
    assert "Maximum +5,00" in text and "Minimum +5,00" in text and "Minimum en maximum +10,00" in text


def test_sources_are_counted_not_listed(compare):
    def with_sources(year, ids):
        return contract(year, flat("A", "1.00"), bronnen={i: {"titel": f"Bron {i} van {year}"} for i in ids})

    text = plain(compare(with_sources(2024, ["a", "b"]), with_sources(2025, ["c"])))
    assert "- 1 nieuwe bron: Bron c van 2025. 2 bronnen zijn vervallen." in text
    text = plain(compare(with_sources(2024, ["a"]), with_sources(2025, ["a", "c", "d", "e", "f"])))
    assert "4 nieuwe bronnen." in text and "Bron f" not in text
    assert "staan in de uitvoer met --format json, onder inhoud." in text


def test_an_arrangement_goes_by_its_article(compare):
    def with_(year, words):
        return contract(year, flat("A", "1.00"), afspraken=[{"artikel": 6, "tekst": words}])

    text = plain(compare(with_(2024, "Binnen tien dagen."), with_(2025, "Binnen vijf dagen.")))
    assert "- afspraak bij artikel 6, tekst: Binnen [-tien-] {+vijf+} dagen." in text


def test_an_index_is_a_few_lines(nvb):
    folder = SAMPLES / "ggz-praktijk"
    text = plain(nvb("diff", str(folder / "contract-2025.json"), str(folder / "voorstel.json")).stdout)
    assert "- index ggz-2026 (3,66%) komt in de plaats van ggz-2025 (3,66%)." in text
    assert "deel loon: voorlopig cijfer 4,18% → 3,85%; over 2025: was 4,18%, werd 4,50%." in text
    assert "stap index, index" not in text


def test_a_text_that_is_a_year_later_is_counted(compare):
    def with_(year, words):
        return contract(year, flat("A", "1.00"), voorwaarden=[{"id": "d", "titel": "Duur", "tekst": words}])

    text = plain(compare(with_(2024, "Geldt voor 2024, na 2023."), with_(2025, "Geldt voor 2025, na 2024.")))
    assert "- In 1 tekst is alleen het jaartal één hoger." in text and "[-" not in text
    text = plain(compare(with_(2024, "Geldt voor 2024."), with_(2025, "Geldt voor 2026.")))
    assert "Geldt voor [-2024.-] {+2026.+}" in text
    text = plain(compare(with_(2024, "Nummer 12024."), with_(2025, "Nummer 12025.")))
    assert "Nummer [-12024.-] {+12025.+}" in text


def test_the_same_key_with_other_values_is_one_row(compare):
    units = [("uur", "minuut"), ("dag", "week"), ("stuk", "paar")]
    old = contract(2024, *[flat(f"L{i}", "10.00", eenheid=a) for i, (a, _) in enumerate(units)])
    new = contract(2025, *[flat(f"L{i}", "10.00", eenheid=b) for i, (_, b) in enumerate(units)])
    assert "- 3 prestaties (L0, L1, L2), eenheid: gewijzigd." in plain(compare(old, new))
    two = contract(2024, *old["prestaties"][:2]), contract(2025, *new["prestaties"][:2])
    assert "- 1 " not in plain(compare(*two)) and "prestatie L0, eenheid: was uur, nu minuut." in plain(compare(*two))


def test_an_overview_is_short(nvb):
    for sample, old, options in PAIRS:
        folder = SAMPLES / sample
        options = [str(folder / o) if o.endswith(".json") else o for o in options]
        text = nvb("diff", str(folder / old), str(folder / "voorstel.json"), *options).stdout
        assert len(text.splitlines()) <= 185, sample


def test_texts_word_by_word_and_harmless(compare):
    terms = [{"id": "duur", "titel": "Duur", "tekst": "Dit contract geldt een \u001b[31m jaar."}]
    after = [{"id": "duur", "titel": "Duur", "tekst": "Dit contract geldt twee \u001b[31m jaar."}]
    text = compare(contract(2024, flat("A", "1.00"), voorwaarden=terms), contract(2025, flat("A", "1.00"), voorwaarden=after))
    assert "Dit contract geldt [-een-] {+twee+} " in plain(text) and "\u001b" not in text


def test_a_chain_in_words(nvb, write):
    years = [write(contract(2022 + i, flat("A", tariff, "10")), f"{i}.json") for i, tariff in enumerate(["100.00", "110.00", "121.00"])]
    done = nvb("diff", *map(str, years))
    text = plain(done.stdout)
    assert done.returncode == 1 and all(len(row) <= 80 for row in done.stdout.splitlines())
    # 1.1 x 1.1 = 1.21
    assert "Samen +€ 21,00 (+21,00%). Gemiddeld is dat +10,00% per jaar, 2 jaar lang." in text
    assert "2022 100,00 2023 110,00 +10,00 +10,00% 2024 121,00 +11,00 +10,00%" in text
    rows = waterfall(done.stdout, "nl")
    assert rows[0][2] == 1000 and rows[-1][2] == 1210


def test_the_letter_has_the_section_only_with_a_previous_contract(nvb):
    folder = SAMPLES / "wijkverpleging-organisatie"
    with_ = nvb("explain", str(folder / "voorstel.json"), "--previous", str(folder / "contract-2024.json"))
    without = nvb("explain", str(folder / "voorstel.json"))
    title = "Wijzigingen ten opzichte van vorig jaar\n═══"
    assert with_.returncode == without.returncode == 0
    assert title in with_.stdout and title not in without.stdout
    assert with_.stdout.index(title) < with_.stdout.index("1. Basis van het tarief")
    assert all(len(row) <= 80 for row in with_.stdout.splitlines())


# --- what was not compared is not said to be the same ---

NOT_COMPARED = "Een prijslijst bevat geen opbouw, voorwaarden of plafonds. Die konden dus niet vergeleken worden."


@pytest.fixture
def run(nvb, write, tmp_path):
    """Documents as data, or price lists as text."""

    def call(*sides, options=()):
        files = []
        for i, side in enumerate(sides):
            if isinstance(side, str):
                (tmp_path / f"{i}.csv").write_text(side, encoding="utf-8")
                files.append(str(tmp_path / f"{i}.csv"))
            else:
                files.append(str(write(side, f"{i}.json")))
        done = nvb("diff", *files, *options)
        assert done.returncode in (0, 1), done.stderr
        assert all(len(row) <= 80 for row in done.stdout.splitlines())
        return done.stdout

    return call


def test_a_price_list_says_what_was_compared(run):
    document = contract(2025, flat("A", "10.00", "5", omschrijving="Zorg"), flat("B", "1.00", "1"),
                        voorwaarden=[{"id": "d", "titel": "Duur", "tekst": "Een jaar."}])  # fmt: skip
    same = "code;omschrijving;tarief;aantal\nA;Zorg;10,00;5\nB;;1,00;1\n"
    for sides in ((same, document), (document, same), (same, same)):
        text = plain(run(*sides))
        assert "Er is niets veranderd aan tarieven, volumes, omschrijvingen en eenheden ten opzichte van" in text
        assert NOT_COMPARED in text and "voorwaarden zijn gelijk" not in text
    text = plain(run(same.replace("10,00", "11,00"), document))
    assert "1 prestatie is gelijk gebleven in tarief, volume, omschrijving en eenheid." in text and NOT_COMPARED in text
    assert "opbouw en voorwaarden." not in text and "helemaal" not in text
    assert "could not be compared" in plain(run(same, document, options=("--lang", "en")))


def test_a_list_without_volumes_makes_no_difference(run):
    document = contract(2025, flat("A", "10.00", "5"))
    for sides in (("code;tarief\nA;10,00\n", document), (document, "code;tarief\nA;10,00\n")):
        text = plain(run(*sides))
        assert "Het tarief maakt bij dit volume geen verschil." in text and "€ 0,00" not in text
        assert "maken de nieuwe tarieven voor de omzet geen verschil" in text


# --- what cents do not show ---


def test_less_than_half_a_cent_is_said_in_words(compare):
    rounding = {"tariefafronding": {"decimalen": 4, "methode": "rekenkundig"}}
    old, new = contract(2024, line("A", "1.0000", **rounding)), contract(2025, line("A", "1.0001", count="10", **rounding))
    text = plain(compare(old, new))
    assert "Bij dit volume scheelt het nieuwe tarief minder dan een halve cent." in text
    assert "scheelt het met de nieuwe tarieven minder dan een halve cent." in text and "€ 0,00." not in text


def test_a_percentage_that_shows_nothing_is_left_out(compare):
    # 0.01 of 1000.00 is 0.001%
    text = plain(compare(contract(2024, flat("A", "1000.00", "1")), contract(2025, flat("A", "1000.01", "1"))))
    assert "Het tarief gaat van € 1.000,00 naar € 1.000,01: +€ 0,01." in text and "0,00%" not in text
    assert "Dat is € 0,01 meer. " in text


def test_no_bar_for_what_prints_as_nothing(run):
    # rounding 0.004 per line goes into the cents: 0.0001 x 10 = 0.001 of price, printed 0,00
    rounding = {"tariefafronding": {"decimalen": 4, "methode": "rekenkundig"}}
    old = contract(2024, line("A", "1.0000", count="10", **rounding), flat("B", "1.00", "1"))
    new = contract(2025, line("A", "1.0001", count="10", **rounding), flat("B", "1.00", "2"))
    for row in run(old, new).splitlines():
        assert not re.search(r"[+−]?0,00\*?\s+[│█▌▐▒]", row)


def test_a_small_bar_stays_on_its_line(run):
    lapsed = run(contract(2024, flat("A", "1.00", "1")), contract(2025, flat("B", "100.00", "1")))
    assert re.search(r"^  Vervallen prestaties +−1,00\*? +▐│$", lapsed, re.M)
    old = contract(2024, line("A", "1.00", ("min", "-1.00"), count="3"), flat("B", "1.00", "1"))
    new = contract(2025, line("A", "1.00", ("min", "-1.01"), count="3"), flat("B", "10001.00", "1"))
    small = run(old, new)
    assert re.search(r"^    +Nacalculatie min.* −0,03\*? +▒│$", small, re.M)
    for text in (lapsed, small):
        assert not any(re.fullmatch(r"[\s│█▌▐▒]+", row) for row in text.splitlines() if row)


# --- texts of documents ---


def terms(year, *texts):
    return contract(year, flat("A", "1.00"), voorwaarden=[{"id": f"v{i}", "titel": "T", "tekst": t} for i, t in enumerate(texts)])


def test_a_text_cannot_forge_marks(compare):
    text = plain(compare(terms(2024, "een [-10%-] {+0%+} oud"), terms(2025, "een [-10%-] {+0%+} nieuw")))
    assert "een [ -10%- ] { +0%+ } [-oud-] {+nieuw+}" in text
    # neither with a mark around it, nor with something unseen between
    text = plain(compare(terms(2024, "een ] twee [ \u200c["), terms(2025, "een [\u200c- twee }")))
    assert "[-]-]" not in text and "[\u200c-" not in text
    # a text that is new stands beside texts with marks
    new = [{"id": "v1", "titel": "[-alles-] {+niets+}", "tekst": "t"}]
    text = plain(compare(terms(2024, "een twee"), terms(2025, "een drie") | {"voorwaarden": terms(2025, "een drie")["voorwaarden"] + new}))
    assert "[ -alles- ] { +niets+ }" in text and "[-twee-] {+drie+}" in text
    # without marks it is as it stands
    text = plain(compare(terms(2024, "een twee"), terms(2024, "een twee") | {"voorwaarden": terms(2024, "een twee")["voorwaarden"] + new}))
    assert "[-alles-] {+niets+}" in text


def test_other_blanks_are_no_change_to_mark(compare):
    text = plain(compare(terms(2024, "een  twee\ndrie", "een oud"), terms(2025, "een twee drie ", "een nieuw")))
    assert "voorwaarde v0" not in text and "[-oud-] {+nieuw+}" in text


def test_labels_are_cut(compare):
    huge = "Zeer lange naam " * 400
    old = contract(2024, flat("A", "1.00", "1", omschrijving=huge, eenheid=huge), flat("B", "1.00", "1", omschrijving=huge))
    new = contract(2025, flat("A", "2.00", "1", omschrijving=huge, eenheid=huge), flat("C", "1.00", "1", omschrijving=huge))
    text = compare(old, new | {"kenmerk": "X" * 5000, "zorgaanbieder": HEAD["zorgaanbieder"] | {"naam": huge}}, "--any-party")
    assert len(text) < 6000 and "…" in text
    assert all(len(row) <= 80 for row in text.splitlines())


def test_a_long_text_shows_what_changed(compare):
    words = [f"woord{i}" for i in range(400)]
    after = words[:200] + ["anders"] + words[201:]
    text = plain(compare(terms(2024, " ".join(words)), terms(2025, " ".join(after))))
    assert re.search(r"tekst: …( woord\d+){1,4} \[-woord200-\] \{\+anders\+\}( woord\d+){1,4} …", text)
    many = [f"anders{i}" if i % 4 == 0 else w for i, w in enumerate(words)]
    text = plain(compare(terms(2024, " ".join(words)), terms(2025, " ".join(many))))
    assert len(text) < 3500 and "stukken die anders zijn" in text
    assert len(compare(terms(2024, "x" * 90000), terms(2025, "y" * 90000))) < 3000


def test_the_closing_paragraph_is_there_only_when_it_says_something(compare):
    assert "samenvatting" not in compare(terms(2024, "een oud"), terms(2025, "een nieuw"))
    text = plain(compare(terms(2024, "x" * 2000), terms(2025, "y" * 2000)))
    assert "Dit deel is een samenvatting. De hele wijziging staat in de uitvoer met --format json" in text
    assert "Alle 1 " not in text


# --- which document is which ---


def test_documents_of_one_name_are_told_apart(run):
    same = contract(2025, flat("A", "10.00"))
    assert run(same, contract(2025, flat("A", "11.00"))).startswith("Wijzigingen van contract C-2025 (oud) naar contract C-2025 (nieuw)\n")
    later = contract(2026, flat("A", "11.00")) | {"kenmerk": "C-2025"}
    assert run(same, later).startswith("Wijzigingen van contract C-2025 over 2025 naar contract C-2025 over 2026\n")


def test_a_chain_tells_its_documents_apart(run):
    text = run(*(contract(2025, flat("A", t)) for t in ("10.00", "11.00", "12.00")))
    assert "Van contract C-2025 (document 1) naar contract C-2025 (document 2)\n" in text
    assert "2025 (document 3)  12,00" in text
    rounds = [contract(2025, flat("A", t)) | {"soort": "offerte", "ronde": i, "contractering": "digitaal"} for i, t in enumerate(("10.00", "11.00", "12.00"), 1)]
    text = run(*rounds)
    assert "naar offerte C-2025 over 2025, ronde 2" in plain(text) and "2025, ronde 3" in text and "(document" not in text


def test_a_step_of_a_chain_names_what_came_and_went(run):
    old = contract(2023, flat("A", "10.00", "1"), flat("B", "1.00", "1"))
    middle = contract(2024, flat("A", "11.00", "1"), *[flat(f"N{i:02}", "1.00", "1") for i in range(12)])
    new = contract(2025, flat("A", "10.50", "1", omschrijving="Zorg"), *middle["prestaties"][1:])
    text = plain(run(old, middle, new))
    assert "Nieuw: N00, N01, N02, N03, N04, N05, N06, N07, N08, N09 en nog 2. Vervallen: B." in text
    assert "1 tarief daalt. Aan de inhoud is ook 1 punt veranderd. Welk punt dat is, staat in de uitvoer met --format json" in text
    assert "Lapsed: B." in plain(run(old, middle, new, options=("--lang", "en")))


def test_a_step_without_turnover_says_what_changed(run):
    years = [contract(2023 + i, flat("A", t), flat("B", u)) for i, (t, u) in enumerate([("1.00", "2.00"), ("2.00", "1.00"), ("3.00", "1.00")])]
    text = plain(run(*years))
    assert "naar contract C-2024 ─" in re.sub("─+", "─", text)
    assert "1 tarief stijgt. 1 tarief daalt." in text


def test_a_chain_with_a_price_list_claims_no_terms(run):
    document = contract(2024, flat("A", "10.00"))
    text = plain(run("code;tarief\nA;10,00\n", document, contract(2025, flat("A", "10.00"))))
    assert NOT_COMPARED in text and "In deze reeks is niets veranderd aan wat hier vergeleken is." in text


def test_the_figures_of_a_reference_are_named_once(run, write):
    figures = {
        "formaat": "navolgbaar/cijfers/1", "titel": "Cijfers", "bronnen": {"b": {"titel": "Raming van het voorjaar"}},
        "reeksen": [
            {"id": "ova", "omschrijving": "OVA", "cijfers": [
                {"jaar": 2024, "stadium": "definitief", "percentage": "6.36%", "bron": "b"},
                {"jaar": 2025, "stadium": "voorlopig", "percentage": "6%", "bron": "b"}]},
            *({"id": f"r{i}", "cijfers": [{"jaar": 2024, "stadium": "definitief", "percentage": "1%", "bron": "b"}]} for i in range(7)),
        ],
    }  # fmt: skip
    options = ("--reference", str(write(figures, "cijfers.json")))
    years = [contract(y, flat("A", t), flat("B", t)) for y, t in ((2023, "10.00"), (2024, "11.00"), (2025, "12.00"))]
    text = plain(run(*years, options=options))
    assert text.count("- OVA: 2024 6,36% (definitief), 2025 6,00% (voorlopig); bron: Raming van het voorjaar.") == 1
    assert "En nog 3 reeksen; in de JSON-uitvoer staat alles." in text
    text = plain(run(*years, options=(*options, "--lang", "en")))
    assert "- OVA: 2024 6.36% (definitive), 2025 6.00% (provisional); source: Raming van het voorjaar." in text


def test_what_a_bridge_shows_is_not_announced_again(compare):
    text = compare(contract(2024, line("A", "1.00", count="1")), contract(2025, line("A", "2.00", count="1")))
    assert "Basis (was € 1,00, nu € 2,00)" in plain(text)
    assert "Wat er verder is veranderd" not in text and "samenvatting" not in text
