"""Random offers with nothing wrong: complete, explained, in time, every claim exactly what follows.

    offer = make(random.Random("7:12"), need={"table"})
    offer.document             # without claims
    offer.claims               # {"/prestaties/A01/tarief": Fraction, "/indexen/lpo": Fraction}, by the oracle
    offer.text(claims)         # JSON with those claims, or with others

Features that can be asked for with `need` (and refused with `avoid`) are in FEATURES; the others come up by chance.
A claim on the index is there where it can be written in at most six decimals.
"""

import copy
import json
import random
import sys
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))

import oracle  # noqa: E402
from oracle import MODES, Calculation, plain, round_to  # noqa: E402

YEAR = 2026
INDEX = "lpo"
FEATURES = {
    "surcharge": 0.7, "discount": 0.5, "amount": 0.4, "table": 0.3, "condition": 0.3, "met": 0.3, "share": 0.3,
    "step_rounding": 0.3, "group": 0.4, "one_off": 0.3, "maximum": 0.25, "minimum": 0.25, "base_percentage": 0.25,
    "derived": 0.4, "capital": 0.3, "own_shares": 0.2, "tiers": 0.2, "ceiling": 0.2, "volume_steps": 0.3,
    "stated": 0.6, "given_after": 0.15, "stages": 0.3, "contract": 0.1, "method": 0.7,
}  # fmt: skip
SOURCES = {name: {"titel": title, "vindplaats": "bijlage 1", "datum": "2025-08-01"} for name, title in (
    ("kader", "Financieel kader 2026"), ("cijfers", "Indexcijfers 2026"), ("kostprijs", "Kostprijsonderzoek 2024"))}  # fmt: skip
CATEGORIES = ("kwaliteit", "doelmatigheid", "productiviteit", "innovatie", "lokale_omstandigheden")


def percentage(hundredths):
    """Hundredths of a percent as they are written."""
    return plain(Fraction(hundredths, 100)) + "%"


class Offer:
    def __init__(self, document, features):
        self.document, self.features = document, features
        self.calculation = Calculation(document)
        self.figures = self.calculation.run()
        self.claims = claims_of(document, self.figures)

    def codes(self):
        return [line["code"] for line in self.document["prestaties"]]

    def spec(self):
        return self.document["indexen"][INDEX]

    def claimed(self, claims=None):
        """The document with these claims in it, by default what follows."""
        claims = self.claims if claims is None else claims
        document = copy.deepcopy(self.document)
        for line in document["prestaties"]:
            path = tariff_path(line["code"])
            if path in claims:
                line["tarief"] = plain(claims[path])
        for name, spec in document["indexen"].items():
            if f"/indexen/{name}" in claims:
                spec["gesteld"] = plain(claims[f"/indexen/{name}"]) + "%"
        return document

    def text(self, claims=None):
        return json.dumps(self.claimed(claims))

    def reference(self):
        """Published figures in which those of the offer are found, and years before them."""
        rows, rng = [], random.Random(json.dumps(self.spec()))
        for item in self.spec()["componenten"]:
            figures = {(YEAR, "voorlopig"): item["voorlopig"]}
            if "vorig" in item:
                figures |= {(YEAR - 1, stage): item["vorig"][stage] for stage in ("voorlopig", "definitief")}
            for year in (YEAR - 3, YEAR - 2):
                figures |= {(year, stage): percentage(rng.randint(150, 750)) for stage in ("voorlopig", "definitief")}
            rows.append({"id": item["id"], "omschrijving": item["id"], "soort": item["soort"], "cijfers": [
                {"jaar": year, "stadium": stage, "percentage": text, "bron": "c"}
                for (year, stage), text in sorted(figures.items())]})  # fmt: skip
        return {"formaat": "navolgbaar/cijfers/1", "titel": "Cijfers", "bronnen": {"c": {"titel": "Raming"}}, "reeksen": rows}


def tariff_path(code):
    return f"/prestaties/{code}/tarief"


def claims_of(document, figures):
    claims = {tariff_path(line["code"]): figures[tariff_path(line["code"])] for line in document["prestaties"]}
    for name in document["indexen"]:
        total = figures[f"/indexen/{name}"]
        if (total * 10**6).denominator == 1:
            claims[f"/indexen/{name}"] = total
    return claims


class Maker:
    def __init__(self, rng, need, avoid):
        self.rng = rng
        self.has = {f for f, chance in FEATURES.items() if rng.random() < chance} - set(avoid) | set(need)
        if "ceiling" in self.has:
            self.has.add("volume")

    def chance(self, p):
        return self.rng.random() < p

    def pct(self, low, high):
        """A percentage in hundredths, often a round one."""
        value = self.rng.randint(low, high)
        if self.chance(0.5):
            value = max(low, min(high, value // 25 * 25 or 25))
        return percentage(value)

    def components(self):
        """Ids that are those of published figures only when asked for: these figures are made up."""
        names = ("ova", "ppc", "nhc") if "published" in self.has else ("loon", "materieel", "kapitaal")
        return list(zip(names, ("loon", "prijs", "kapitaal")))[: 3 if "capital" in self.has else 2]

    def index(self):
        ids = self.components()
        cut = [self.rng.randint(5500, 9000)]
        if len(ids) == 3:
            cut.append(self.rng.randint(cut[0] + 300, 9700))
        if self.chance(0.5):
            cut = [c // 100 * 100 for c in cut]
        bounds, components = [0, *cut, 10000], []
        for n, (name, kind) in enumerate(ids):
            item = {"id": name, "soort": kind, "aandeel": percentage(bounds[n + 1] - bounds[n]), "bron": "cijfers"}
            item["voorlopig"] = percentage(self.rng.randint(180, 620))
            if "given_after" in self.has and n:
                item["nacalculatie"] = percentage(self.rng.choice([-1, 1]) * self.rng.randint(10, 150))
            else:
                before = self.rng.randint(150, 600)
                item["vorig"] = {"jaar": YEAR - 1, "voorlopig": percentage(before),
                                 "definitief": percentage(max(20, before + self.rng.choice([-1, 1, 1]) * self.rng.randint(12, 180)))}  # fmt: skip
            components.append(item)
        spec = {"omschrijving": "Loon en prijs", "jaar": YEAR, "componenten": components, "bron": "cijfers"}
        if "method" in self.has:
            spec["methode"] = {
                "nacalculatie": self.rng.choice(["verhouding", "verschil"]),
                "samenstelling": self.rng.choice(["vermenigvuldigen", "optellen"]),
                "weging": self.rng.choice(["per_component", "per_term"]),
            }
        stages = {}
        if "stages" in self.has:
            per_term = spec.get("methode", {}).get("weging") == "per_term"
            for stage in ["nacalculatie", "gewogen"] + ([] if per_term else ["component"]):
                if self.chance(0.4):
                    stages[stage] = self.rng.choice([2, 2, 3])
        if "stated" in self.has:
            stages["totaal"] = 2
        if stages:
            spec["afronding"] = stages
        return spec

    def step(self, name, kind, **more):
        return {"id": name, "soort": kind, "categorie": self.rng.choice(CATEGORIES), "bron": "kader",
                "reden": f"Afgesproken: {name}.", **more}  # fmt: skip

    def over(self, earlier):
        return self.rng.choice(["basis", "stand", "geindexeerd", "geindexeerd", ["basis", "index"]])

    def steps(self):
        """Shared steps: the index first, then what the features ask for."""
        steps = [{"id": "index", "soort": "index", "index": INDEX, "over": "basis", "bron": "cijfers"}]
        more = []
        if "surcharge" in self.has:
            more.append(self.step("kwaliteit", "opslag", percentage=self.pct(30, 450), over=self.over(steps)))
        if "discount" in self.has:
            more.append(self.step("doelmatigheid", "afslag", percentage=self.pct(25, 300), over=self.over(steps)))
        if "amount" in self.has:
            more.append(self.step("reizen", "opslag", bedrag=plain(Fraction(self.rng.randint(10, 250), 100))))
        if "table" in self.has:
            treads = [{"tot": str(t), "percentage": self.pct(low, low + 90)} for t, low in ((6, 0), (7, 100), (8, 200))]
            treads.append({"percentage": self.pct(300, 400)})
            more.append(self.step("cijfer", "opslag", tabel={"kenmerk": "tevreden", "treden": treads}, over=self.over(steps)))
        if "condition" in self.has:
            more.append(self.step("keurmerk", "opslag", percentage=self.pct(50, 300), over=self.over(steps),
                                  voorwaarde={"omschrijving": "Keurmerk", "kenmerk": "keurmerk", "is": "ja"}))  # fmt: skip
        if "met" in self.has:
            more.append(self.step("eportaal", "opslag", percentage=self.pct(50, 200), over=self.over(steps),
                                  voorwaarde={"omschrijving": "Portaal", "voldaan": True}))  # fmt: skip
        if "share" in self.has:
            more.append(self.step("regio", self.rng.choice(["opslag", "afslag"]), percentage=self.pct(100, 400),
                                  over=self.over(steps), aandeel=self.rng.choice(["50%", "40%", "75%", "2/3"])))  # fmt: skip
        self.rng.shuffle(more)
        if "step_rounding" in self.has and more:
            chosen = self.rng.choice(more)
            chosen["afronden"] = {"decimalen": self.rng.choice([0, 1, 1, 2]), "methode": "rekenkundig",
                                  "wat": self.rng.choice(["bedrag", "stand"])}  # fmt: skip
        return steps + more

    def base(self):
        cents = self.rng.choice([self.rng.randint(500, 9000), self.rng.randint(2000, 40000), self.rng.randint(9000, 200000)])
        if "contract" in self.has:
            return {"soort": "vorig_contract", "bedrag": plain(Fraction(cents, 100)), "jaar": YEAR - 1, "bron": "kader"}
        if self.chance(0.3):
            cents = Fraction(self.rng.randint(cents * 100, cents * 100 + 99), 100)
        return {"soort": "kostprijs", "bedrag": plain(Fraction(cents) / 100), "jaar": YEAR - 1, "bron": "kostprijs"}

    def line(self, n):
        line = {"code": f"A{n:02}", "omschrijving": f"Prestatie {n}", "eenheid": "zitting", "basis": self.base()}
        if "group" in self.has and n % 2:
            line["groep"] = "g"
        if "base_percentage" in self.has and (n == 1 or self.chance(0.3)):
            line["basis"].update(percentage=percentage(self.rng.choice([9000, 8500, 9750, 11000, 10500])), reden="Deel van het tarief.")
        if "one_off" in self.has and (n == 2 or self.chance(0.4)):
            amount = "-" + plain(Fraction(self.rng.randint(20, 400), 100))
            line["stappen"] = [{"id": "eenmalig-2025", "soort": "nacalculatie", "bedrag": amount, "doorwerking": "eenmalig",
                                "jaar": YEAR - 1, "bron": "kader", "reden": "Eenmalig bedrag van 2025 eruit."}]  # fmt: skip
        if "own_shares" in self.has and n == 3:
            ids = [name for name, _ in self.components()]
            shares = [40, 60] if len(ids) == 2 else [50, 35, 15]
            line.setdefault("stappen", []).append({"id": "index", "aandelen": {i: f"{s}%" for i, s in zip(ids, shares)}})
        count = str(self.rng.randint(5, 3000))
        if "volume_steps" in self.has and (n == 1 or self.chance(0.3)):
            line["volume"] = {
                "basis": {"aantal": count, "omschrijving": "Aantal in 2025", "bron": "kader"},
                "stappen": [{"id": "groei", "percentage": self.pct(50, 500), "over": "basis", "categorie": "volumeontwikkeling", "reden": "Groei."},
                            {"id": "vraag", "aantal": str(self.rng.randint(2, 60)), "categorie": "volumeontwikkeling", "reden": "Wachtlijst."}],
                "afronding": {"decimalen": 0, "methode": "rekenkundig"}}  # fmt: skip
        elif self.chance(0.9) or self.has & {"tiers", "ceiling"}:
            line["volume"] = {"aantal": count}
        if "tiers" in self.has and "volume" in line and (n == 1 or self.chance(0.2)):
            first = int(count) // 2 + 1
            line["staffels"] = [{"tot": str(first), "percentage": "100%"}, {"tot": str(first * 5), "percentage": "90%"}, {"percentage": "75%"}]
        if self.chance(0.1):
            line["tariefafronding"] = {"decimalen": 2, "methode": self.rng.choice(MODES)}
        return line

    def derived(self, n, parents):
        base = {"soort": "anders", "omschrijving": "Deel van de rekeneenheid", "prestatie": self.rng.choice(parents),
                "van": "onafgerond", "factor": self.rng.choice(["1/2", "3/4", "7/4", "5/3", "2.5", "1/3", "12", "0.35"])}  # fmt: skip
        line = {"code": f"D{n:02}", "omschrijving": f"Afgeleid {n}", "eenheid": "zitting", "basis": base, "zonder": "alle"}
        if self.chance(0.8):
            line["volume"] = {"aantal": str(self.rng.randint(5, 900))}
        return line

    def limits(self, document):
        """A maximum just under a stand or a minimum just above one, and some that do not bite."""
        figures = Calculation(document).run()
        lines = [line for line in document["prestaties"] if line["code"].startswith("A")]
        self.rng.shuffle(lines)
        for line, name in zip(lines, [f for f in ("maximum", "minimum") if f in self.has]):
            near = figures[f"/prestaties/{line['code']}/onafgerond"]
            way = Fraction(self.rng.randint(960, 995), 1000)
            factor = way if name == "maximum" else 2 - way
            line[name] = {"bedrag": plain(round_to(near * factor, 2)), "bron": "kader"}
        for line in lines[2:4]:
            if self.chance(0.3):
                near = figures[f"/prestaties/{line['code']}/onafgerond"]
                line["maximum"] = {"bedrag": plain(round_to(near * 2, 2)), "bron": "kader"}

    def facts(self):
        facts = {"tevreden": plain(Fraction(self.rng.randint(50, 90), 10)), "keurmerk": "nee"}
        used = {"tevreden": "table", "keurmerk": "condition"}
        return {name: {"waarde": value, "bron": "kader"} for name, value in facts.items() if used[name] in self.has}

    def document(self):
        document = {
            "formaat": "navolgbaar/voorstel/1", "soort": "contractvoorstel", "contractering": "face_to_face",
            "kenmerk": "TOETS-2026", "datum": "2025-09-20", "contractjaar": YEAR,
            "zorgverzekeraar": {"naam": "Zorgverzekeraar Voorbeeld", "uzovi": "9991"},
            "zorgaanbieder": {"naam": "Praktijk Voorbeeld", "agb": "04999902"},
            "bronnen": SOURCES,
            "kenmerken": self.facts(),
            "indexen": {INDEX: self.index()}, "stappen": self.steps(),
            "reactie": {"uiterlijk": "2025-10-31", "contact": "inkoop@voorbeeld.example"},
            "afspraken": [{"artikel": "5", "tekst": "Vragen worden binnen vijf werkdagen beantwoord."}],
            "toelichting": {"basis": "De basis is de kostprijs van 2025 of het tarief van vorig jaar.",
                            "volume": "Het aantal is dat van 2025.", "benchmark": "Er is geen benchmark gebruikt.",
                            "akkoorden": "Er zijn geen akkoorden verwerkt."},
        }  # fmt: skip
        if self.chance(0.5):
            places = 2 if self.chance(0.85) else 3
            document["tariefafronding"] = {"decimalen": places, "methode": self.rng.choice(MODES)}
        if "group" in self.has:
            document["groepen"] = {"g": {"omschrijving": "Groep", "stappen": [
                self.step("groep", self.rng.choice(["opslag", "afslag"]), percentage=self.pct(25, 300), over=self.over([]))]}}  # fmt: skip
        count = self.rng.randint(3, 12)
        extra = self.rng.randint(1, 4) if "derived" in self.has and count > 3 else int("derived" in self.has)
        lines = [self.line(n) for n in range(1, max(3, count - extra) + 1)]
        document["prestaties"] = lines
        if self.has & {"maximum", "minimum"}:
            self.limits(document)
        parents = [line["code"] for line in lines]
        lines += [self.derived(n, parents[:2]) for n in range(1, extra + 1)]
        if "ceiling" in self.has:
            figures = Calculation(document).run()
            total = figures["/totaal/omzet"]
            share = Fraction(4, 5) if "biting" in self.has else Fraction(3, 2)
            document["plafonds"] = [{"id": "plafond", "omschrijving": "Plafond", "bedrag": plain(round_to(total * share + 1, 0)),
                                     "prestaties": "alle", "boven": self.rng.choice(["0%", "50%"]), "reden": "Afgesproken ruimte."}]  # fmt: skip
        return document


def make(rng, need=(), avoid=()):
    maker = Maker(rng, need, avoid)
    return Offer(maker.document(), maker.has)
