"""Random chains of documents against what they were made from.

Every line is made with its tariffs, so that what must come out is known without comparing anything: which documents a line is in,
what each cause changed from the first of them to the last, the growth (test_growth.py), and what index figures make of it.

    NVB_BIN     the program
    NVB_SEED    seed of the random chains; printed, so that a failure can be run again
"""

import json
import random
from fractions import Fraction


from test_growth import exact_root, nearest, rounded

STEPS = ["a", "b", "c"]
CHAINS = 80


def euro(cents):
    return f"{cents // 100}.{cents % 100:02}"


class Line:
    """One line over the years: per document its code, its JSON and its figures by cause."""

    def __init__(self, rng, name, n):
        self.first = rng.choice((0, 0, 0, rng.randrange(n)))
        self.merged = False
        self.flat = rng.random() < 0.3
        self.codes, self.figures, self.lines = {}, {}, {}
        code = name
        for document in range(self.first, n):
            was = code
            if document > self.first and rng.random() < 0.2:
                code = f"{name}-{document}"
            self.codes[document] = code
            line = {"code": code, **({"was": was} if was != code else {})}
            self.flat_line(rng, document, line) if self.flat else self.built_up(rng, document, line)
            if rng.random() < 0.7:
                line["volume"] = {"aantal": str(rng.randint(0, 5000))}
            self.lines[document] = line

    def flat_line(self, rng, document, line):
        cents = rng.choice((0, rng.randint(1, 30_000), rng.randint(5_000, 6_000), rng.randint(5_000, 6_000)))
        line["tarief"] = euro(cents)
        self.figures[document] = {"tarief": Fraction(cents, 100)}

    def built_up(self, rng, document, line):
        base = Fraction(rng.randint(5_000, 6_000), 100)
        line["basis"] = {"soort": "kostprijs", "bedrag": euro(int(base * 100))}
        line["stappen"], figures = [], {"basis": base}
        for name in sorted(rng.sample(STEPS, rng.randint(0, 3))):
            points = rng.randint(-300, 500)
            line["stappen"].append({"id": name, "soort": "index", "percentage": f"{'-' if points < 0 else ''}{abs(points) // 100}.{abs(points) % 100:02}%"})
            figures[name] = base * Fraction(points, 10_000)
        exact = sum(figures.values())
        figures["afronding"] = rounded(exact, 2) - exact
        self.figures[document] = figures

    def tariff(self, document):
        return sum(self.figures[document].values())


def make(rng):
    """Lines, and the documents they make; at times two lines go on as one, from one year to the next: between rounds of one year a
    line is its own code first."""
    n, years = rng.randint(2, 5), [2015]
    while len(years) < n:
        years.append(years[-1] + rng.choice((0, 1, 1, 1, 2)))
    lines = [Line(rng, f"L{i}", n) for i in range(rng.randint(1, 5))]
    extra = {}
    if n > 2 and len(lines) > 2 and rng.random() < 0.5:
        at = rng.randrange(1, n)
        whole, part = lines[0], lines[-1]
        if whole.first < at and part.first < at and years[at - 1] < years[at]:
            lines.pop()
            whole.lines[at]["was"] = [whole.codes[at - 1], part.codes[at - 1]]
            extra = {d: part.lines[d] for d in range(part.first, at)}
            whole.first, whole.merged = at, True
    documents = []
    for document, year in enumerate(years):
        own = [line.lines[document] for line in lines if document in line.lines]
        documents.append(
            {
                "formaat": "navolgbaar/voorstel/1", "soort": "contract", "kenmerk": f"D{document}", "contractjaar": year, "ronde": document + 1,
                "zorgverzekeraar": {"naam": "V", "uzovi": "0403"}, "zorgaanbieder": {"naam": "A", "agb": "01234567"},
                "prestaties": own + ([extra[document]] if document in extra else []) or [{"code": "leeg", "tarief": "1.00"}],
            }
        )
    return lines, documents


def make_figures(rng):
    """A series per name: the figure that counts, by year."""
    series, counts = [], {}
    for name in ("x", "y"):
        figures, of_year = [], {}
        for year in range(2015, 2025):
            for stage in rng.choice(("", "v", "d", "vd", "dv", "vv", "v", "d")):
                points = rng.randint(-200, 800)
                figures.append({"jaar": year, "stadium": "definitief" if stage == "d" else "voorlopig", "percentage": f"{'-' if points < 0 else ''}{abs(points) // 100}.{abs(points) % 100:02}%", "bron": "b"})
                if stage == "d" or of_year.get(year, (0, "v"))[1] == "v":
                    of_year[year] = (Fraction(points, 10_000), stage)
        series.append({"id": name, "cijfers": figures})
        counts[name] = {year: rate for year, (rate, _) in of_year.items()}
    return {"formaat": "navolgbaar/cijfers/1", "titel": "T", "bronnen": {"b": {"titel": "B"}}, "reeksen": series}, counts


def number(where, key):
    return Fraction(where.get(f"{key}_breuk", where[key]))


def adds_up(where):
    items = where["brug"]
    assert sum((number(i, "bedrag") for i in items), Fraction(0)) == number(where, "verschil")
    assert sum((Fraction(i["afgedrukt"]) for i in items), Fraction(0)) == rounded(number(where, "verschil"), 2)
    assert all(number(i, "bedrag") != 0 for i in items)


def check_growth(growth, before, after, years):
    if years <= 0 or before <= 0 or after <= 0:
        assert growth["soort"] == "nvt" and "percentage" not in growth
        return
    r, root = after / before, exact_root(after / before, years)
    assert growth["jaren"] == years and growth["decimalen"] == 2
    if root is not None:
        assert growth["soort"] == "exact" and Fraction(growth["percentage"]) == rounded(100 * (root - 1), 2)
        return
    low, high = map(Fraction, growth["tussen"])
    assert growth["soort"] == "ingesloten" and Fraction(growth["percentage"]) == nearest(r, years, 2)
    assert (1 + low / 100) ** years < r < (1 + high / 100) ** years


def check_figures(found, counts, line, first, years):
    if years[-1] <= years[first]:
        assert not found
        return
    before, after = line.tariff(first), line.tariff(len(years) - 1)
    assert [f["reeks"] for f in found] == list(counts)
    for f in found:
        indexed, missing = before, 0
        for year in range(years[first] + 1, years[-1] + 1):
            if year not in counts[f["reeks"]]:
                missing = missing or year
            else:
                indexed *= 1 + counts[f["reeks"]][year]
        if missing:
            assert f["ontbreekt"] == missing and "geindexeerd" not in f
        else:
            assert number(f, "geindexeerd") == indexed and number(f, "verschil") == after - indexed


def check_line(trace, line, years, counts):
    first, last = line.first, len(years) - 1
    points = trace["tarieven"]
    assert [p["document"] for p in points] == list(range(first, last + 1))
    assert [p["code"] for p in points] == [line.codes[d] for d in range(first, last + 1)]
    assert [number(p, "tarief") for p in points] == [line.tariff(d) for d in range(first, last + 1)]
    assert trace.get("samengevoegd", False) == line.merged
    adds_up(trace)
    before, after = line.figures[first], line.figures[last]
    changed = {k: after.get(k, 0) - before.get(k, 0) for k in {**before, **after}}
    assert {i["id"]: number(i, "bedrag") for i in trace["brug"]} == {k: v for k, v in changed.items() if v}
    check_growth(trace["groei"], line.tariff(first), line.tariff(last), years[-1] - years[first])
    check_figures(trace.get("cijfers", []), counts, line, first, years)


def check_total(chain):
    total = chain["totaal"]
    adds_up(total)
    assert total["oud"] == chain["stappen"][0]["totaal"]["oud"] and total["nieuw"] == chain["stappen"][-1]["totaal"]["nieuw"]
    sums = {}
    for step in chain["stappen"]:
        for item in step["totaal"]["brug"]:
            sums[item["id"]] = sums.get(item["id"], 0) + number(item, "bedrag")
    assert {i["id"]: number(i, "bedrag") for i in total["brug"]} == {k: v for k, v in sums.items() if v}


def test_chains(nvb, rng, tmp_path):
    for _ in range(CHAINS):
        lines, documents = make(rng)
        reference, counts = make_figures(rng)
        (tmp_path / "cijfers.json").write_text(json.dumps(reference), encoding="utf-8")
        files = []
        for i, document in enumerate(documents):
            files.append(tmp_path / f"{i}.json")
            files[-1].write_text(json.dumps(document), encoding="utf-8")
        done = nvb("diff", *files, "--reference", tmp_path / "cijfers.json", "--format", "json")
        assert done.returncode in (0, 1), done.stderr
        chain = json.loads(done.stdout)
        years = [d["contractjaar"] for d in documents]
        traces = {t["code"]: t for t in chain["prestaties"]}
        for line in lines:
            check_line(traces[line.codes[len(documents) - 1]], line, years, counts)
        check_total(chain)
