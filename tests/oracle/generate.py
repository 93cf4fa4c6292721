"""Random valid proposals over the whole model, each with its figures from the oracle.

    case = make(random.Random("7:12"))
    case.document, case.policy    # what goes into the engine (policy is None for most)
    case.effective, case.figures  # what the oracle makes of it

The same generator state gives the same case. Every document is complete enough to be explained without gaps:
each surcharge and discount has a reason, a source and a base, claims follow, and no reference dangles. Exact half
cents are placed on purpose, of both signs, wherever something is rounded. `case.seen` counts what the document
exercised, so that a test can hold the generator to its own promise.

    python3 generate.py --seed 7 --count 100 [--out DIR]

writes NNNN.json (and NNNN.policy.json) and prints what was seen.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import oracle
from oracle import Calculation, Fault, MODES

YEAR = 2026
LONGEST = 1500  # digits a fraction may grow to; the model refuses from 4,096 on
ODD = ["/", "~", "~1", "~0", "a/b~c", "é", "€", '"', "\\", " ", "😀", "ĳ", "%", "#", "0", "ß/", "'", "&<>", "Ω"]
ODD_ENDS = ["", "", "/", "~", "~1", "é", '"', " ", "€"]
WORDS = ["goud", "zilver", "brons", "Goud", "één", "n.v.t.", "ja/nee", "8,4", "1e3", "hoog risico"]
CATEGORIES = [
    "kwaliteit", "doelmatigheid", "prijsbenchmarking", "productiviteit", "innovatie", "passende_zorg",
    "volumeontwikkeling", "lokale_omstandigheden", "maatschappelijke_opgave", "historisch_prijsverschil", "anders",
]  # fmt: skip
TEXTS = [
    "Afgesproken voor alle vergelijkbare aanbieders.",
    "Volgt uit de uitvraag van dit jaar.",
    'Zie de brief, "bijlage 2" \\ tabel 3.',
    "Reden met € en ë; regel\nmet een nieuwe regel.",
    "Structurele verbetering van de kwaliteit.",
]


class Num(str):
    """A number that is written as a bare JSON token, digit for digit."""


def dump(value, ascii_only=False):
    """JSON text of a document; `Num` keeps its digits."""
    if isinstance(value, Num):
        return str(value)
    if isinstance(value, dict):
        inner = (f"{json.dumps(k, ensure_ascii=ascii_only)}: {dump(v, ascii_only)}" for k, v in value.items())
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(dump(v, ascii_only) for v in value) + "]"
    return json.dumps(value, ensure_ascii=ascii_only)


def digits(coefficient, places):
    """coefficient / 10^places, written with exactly that many places."""
    sign, text = ("-" if coefficient < 0 else ""), str(abs(coefficient)).rjust(places + 1, "0")
    return sign + (text[:-places] + "." + text[-places:] if places else text)


def writable(value):
    """The decimal text of a value, or None if the model has no way to write it."""
    if (value * 10**20).denominator != 1:
        return None
    text = oracle.plain(value)
    return text if len(text.replace(".", "").lstrip("-")) <= 40 else None


@dataclass
class Case:
    document: dict
    policy: dict | None
    effective: dict
    figures: dict
    seen: Counter
    ascii_only: bool

    def text(self):
        return dump(self.document, self.ascii_only)

    def policy_text(self):
        return dump(self.policy, self.ascii_only)


class Maker:
    """Builds one proposal; `doc` is the effective document until `finish` splits it up."""

    def __init__(self, rng):
        self.rng = rng
        self.wild = self.chance(0.15)
        self.style = self.pick(["stem", "stem", "odd", "odd", "odd", "same", "digits"])
        self.doc = {}
        self.counters = Counter()

    # -- small choices

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, items):
        return self.rng.choice(list(items))

    def some(self, items, least=1):
        """A few of the items, in random order."""
        items = list(items)
        return self.rng.sample(items, self.rng.randint(min(least, len(items)), len(items)))

    def name(self, stem):
        """A fresh id; ids of different things may look alike, ids of one kind never do."""
        kind = "step" if stem in ("ind", "nac", "ops", "afs", "tie") else stem
        self.counters[kind] += 1
        n = self.counters[kind]
        if self.style == "digits":
            return str(n)
        if self.style == "same":
            return f"a{n}"
        if self.style == "odd" and self.chance(0.4):
            return f"{stem}{self.pick(ODD)}.{n}{self.pick(ODD_ENDS)}"
        return f"{stem}-{n}"

    def words(self):
        return self.pick(TEXTS)

    def source(self):
        return self.pick(self.doc["bronnen"])

    # -- numbers as text

    def either(self, text):
        """The same digits as a JSON string or as a JSON number."""
        if self.chance(0.5):
            return Num(text)
        if self.chance(0.02) and len(text) < 30:
            return ("-00" + text[1:]) if text.startswith("-") else "00" + text
        return text

    def sized(self, low, high, places):
        return digits(self.rng.randint(low * 10**places, high * 10**places), places)

    def amount_text(self, high=2000):
        roll = self.rng.random()
        if self.wild and roll < 0.25:
            return self.sized(1, 10 ** self.rng.choice([3, 12, 19]), 20)
        if roll < 0.6:
            return self.sized(1, high, 2)
        if roll < 0.7:
            return self.sized(0, high, 0)
        if roll < 0.9:
            return self.sized(0, high, self.rng.randint(3, 6))
        return self.sized(0, 3, self.rng.randint(1, 8))

    def amount(self, high=2000):
        return self.either(self.amount_text(high))

    def signed_amount(self, high=50):
        text = self.amount_text(high)
        return self.either("-" + text if self.chance(0.4) else text)

    def percent_text(self, low=0, high=12):
        roll = self.rng.random()
        if self.wild and roll < 0.2:
            return self.sized(low, high, 20)
        if roll < 0.5:
            return self.sized(low, high, 2)
        if roll < 0.75:
            text = self.pick(["0.5", "1.5", "2.5", "5", "12.5", "50", "7.5", "0.05", "6.25", "1", "0", "10.0", "25"])
            return "-" + text if low < 0 and text != "0" and self.chance(0.4) else text
        return self.sized(low, high, self.rng.choice([0, 1, 3, 4, 6]))

    def percent(self, low=0, high=12):
        return self.as_percent(self.percent_text(low, high))

    def as_percent(self, text):
        return text + "%" if self.chance(0.4) else self.either(text)

    def fraction(self):
        """A share strictly between 0 and 1, as a fraction of whole numbers."""
        below = self.rng.randint(2, 60)
        return f"{self.rng.randint(1, below - 1)}/{below}"

    def share(self):
        if self.chance(0.3):
            return self.fraction()
        if self.chance(0.3):
            return self.as_percent(self.pick(["50", "0", "100", "25", "66.67", "12.5", "75"]))
        return self.percent(0, 100)

    def factor(self):
        if self.chance(0.4):
            return self.pick(["1/2640", "1/2", "3/8", "5/2", "1/12", "1/1600", "2/3", "7/1", "4/6"])
        if self.chance(0.5):
            return self.either(self.pick(["0.5", "1", "2", "1.5", "2.5", "0.25", "7.6", "12"]))
        return self.amount(5)

    def places(self):
        return Num(self.pick([2, 2, 2, 2, 0, 1, 3, 4, 5, self.rng.randint(0, 20)]))

    def rounding(self):
        spec = {"decimalen": self.places(), "methode": self.pick(MODES)}
        if self.chance(0.15):
            del spec["methode"]
        return spec

    def half(self, places, near=Fraction(0)):
        """An exact tie at that many places, close to a value."""
        step = Fraction(1, 10**places)
        return (near // step + self.rng.randint(-3, 3)) * step + step / 2

    # -- header

    def header(self):
        doc, kind = self.doc, self.pick(["contractvoorstel", "contractvoorstel", "offerte", "contract"])
        doc.update(formaat="navolgbaar/voorstel/1", soort=kind)
        if kind != "contract":
            doc["contractering"] = self.pick(["digitaal", "face_to_face"])
        doc.update(kenmerk=self.name("V"), contractjaar=Num(YEAR))
        if self.chance(0.5):
            doc["ronde"] = Num(self.rng.randint(1, 3))
        if self.chance(0.8):
            doc["datum"] = f"{YEAR - 1}-{self.rng.randint(1, 12):02}-{self.rng.randint(1, 28):02}"
        doc["zorgverzekeraar"] = {"naam": "Verzekeraar Voorbeeld", "uzovi": f"{self.rng.randint(0, 9999):04}"}
        doc["zorgaanbieder"] = {"naam": 'Praktijk "De Proef"', "agb": f"{self.rng.randint(0, 99999999):08}"}
        if self.chance(0.7):
            doc["sector"] = self.pick(["wijkverpleging", "ggz", "huisartsenzorg", "mondzorg"])
        if self.chance(0.1):
            doc["aanvullend"] = True
        if self.chance(0.1):
            doc["x-eigen"] = self.pick(["los", {"a": [Num("1.50"), True, "é"]}, [Num("2")]])
        doc["bronnen"] = {
            self.name("bron"): {"titel": "Bron", "vindplaats": "bijlage", "datum": f"{YEAR - 1}-05-01"}
            for _ in range(self.rng.randint(1, 3))
        }
        facts = {}
        for _ in range(self.rng.randint(1, 4)):
            value = self.pick(WORDS)
            if self.chance(0.6):
                value = self.either(self.sized(-5, 20, self.rng.choice([0, 1, 2])))
            facts[self.name("feit")] = {"waarde": value} | ({"bron": self.source()} if self.chance(0.7) else {})
        doc["kenmerken"] = facts
        if self.chance(0.25):
            doc["benchmark"] = [
                {
                    "id": self.name("bm"), "omschrijving": "Vergelijking", "populatie": "alle praktijken",
                    "peiljaar": Num(YEAR - 2), "maatstaf": "kosten per cliënt", "aannames": ["gelijke zorgzwaarte"],
                    "correcties": ["leeftijd"], "uitkomst": "boven gemiddeld", "uitwerking": "afslag",
                }
            ]  # fmt: skip
        if self.chance(0.25):
            doc["akkoorden"] = [
                {
                    "id": self.name("iza"), "akkoord": "IZA", "doel": "passende zorg",
                    "bijdrage": "module", "verwijzing": "hoofdstuk 4",
                }
            ]  # fmt: skip
        if self.chance(0.1):
            doc["voorwaarden"] = [{"id": self.name("vw"), "titel": "Wachttijd", "tekst": self.words()}]
        if self.chance(0.3):
            doc["tariefafronding"] = self.tariff_rounding()

    def tariff_rounding(self):
        spec = self.rounding()
        if self.chance(0.15):
            spec.pop("decimalen")
        return spec or {"methode": "naar_even"}

    # -- indices

    def shares(self, count, whole=True):
        """Shares that add up to exactly 100%, or to less."""
        if self.chance(0.35):
            weights = [self.rng.randint(1, 12) for _ in range(count)]
            below = sum(weights) + (0 if whole else self.rng.randint(1, 9))
            return [f"{w}/{below}" for w in weights]
        places = self.rng.choice([0, 0, 1, 2, 4, 18 if self.wild else 2])
        full = 100 * 10**places
        top = full if whole else self.rng.randint(full // 2, full)
        cuts = sorted(self.rng.randint(0, top) for _ in range(count - 1))
        if count == 2 and self.chance(0.4):
            cuts = [top // 2]  # halves make ties
        bounds = [0, *cuts, top]
        return [self.as_percent(digits(b - a, places)) for a, b in zip(bounds, bounds[1:])]

    def make_index(self):
        spec = {"omschrijving": "Index", "jaar": Num(YEAR)}
        if self.chance(0.2):
            spec.update(percentage=self.percent(-4, 9), soort=self.pick(["loon", "prijs", "kapitaal", "overig"]))
            if self.chance(0.5):
                spec["bron"] = self.source()
            return spec
        count, partial = self.pick([1, 2, 2, 2, 3, 4]), self.chance(0.2)
        weights, components = self.shares(count, not partial), []
        for weight in weights:
            item = {"id": self.name("comp"), "soort": self.pick(["loon", "prijs", "kapitaal", "overig"])}
            if count > 1 or partial or self.chance(0.5):
                item["aandeel"] = weight
            item["voorlopig"] = self.percent(-4, 9)
            roll = self.rng.random()
            if roll < 0.5:
                item["vorig"] = {
                    "jaar": Num(YEAR - 1), "voorlopig": self.percent(-4, 9), "definitief": self.percent(-4, 9)
                }  # fmt: skip
            elif roll < 0.75:
                item["nacalculatie"] = self.percent(-3, 3)
            if self.chance(0.6):
                item["bron"] = self.source()
            components.append(item)
        spec["componenten"] = components
        if partial:
            spec["restant_niet_geindexeerd"] = True
        method = {
            "nacalculatie": self.pick(["verhouding", "verschil"]),
            "samenstelling": self.pick(["vermenigvuldigen", "optellen"]),
            "weging": self.pick(["per_component", "per_term"]),
        }
        for key in list(method):
            if self.chance(0.15):
                del method[key]
        if method or self.chance(0.5):
            spec["methode"] = method
        stages = ["nacalculatie", "gewogen", "totaal"]
        if method.get("weging", "per_component") == "per_component":
            stages.append("component")
        chosen = {stage: self.places() for stage in stages if self.chance(0.35)}
        if chosen or self.chance(0.1):
            spec["afronding"] = chosen
        if self.chance(0.35):
            index = Calculation({"indexen": {"i": spec}}).index("i")
            text = writable(index.total * 100)
            if text is not None:
                spec["gesteld"] = self.as_percent(text)
        return spec

    # -- steps

    def over(self, earlier, kind):
        """A base for a percentage, given the ids of earlier steps."""
        roll = self.rng.random()
        if earlier and roll < 0.3:
            return self.pick(earlier)
        if earlier and roll < 0.5:
            return self.some([*earlier, "basis"] if self.chance(0.6) else earlier)
        if roll < 0.55:
            return ["basis"]
        if kind == "index":
            return self.pick(["basis", "basis", "stand", "geindexeerd"])
        return self.pick(["basis", "stand", "geindexeerd", "geindexeerd"])

    def condition(self):
        if self.chance(0.5):
            return {"omschrijving": "Voorwaarde", "voldaan": self.chance(0.5)}
        name = self.pick(self.doc["kenmerken"])
        value = self.doc["kenmerken"][name]["waarde"]
        if self.chance(0.5):
            value = self.pick(WORDS) if self.chance(0.5) else self.either(self.sized(0, 9, 1))
        elif oracle.is_number(value) and "." in value:
            value = str(value) + "0"
        return {"omschrijving": "Voorwaarde", "kenmerk": name, "is": value}

    def table(self, low):
        name = self.pick(self.doc["kenmerken"])
        value, treads = self.doc["kenmerken"][name]["waarde"], []
        shape = self.pick(["percentage", "percentage", "bedrag", "mixed"])
        if oracle.is_number(value):
            count = self.rng.randint(0, 4)
            bounds = sorted({Fraction(self.rng.randint(-8, 30), self.pick([1, 2, 4])) for _ in range(count)})
            if bounds and self.chance(0.3):
                bounds = sorted({*bounds, oracle.number(value)})
            treads = [{"tot": self.either(oracle.plain(b))} for b in bounds]
        else:
            treads = [{"is": w} for w in self.some(WORDS, 0)[:4]]
        treads.append({})
        for tread in treads:
            key = self.pick(["percentage", "bedrag"]) if shape == "mixed" else shape
            if key == "percentage":
                tread[key] = self.percent(low, 9)
            else:
                tread[key] = self.signed_amount(20) if low < 0 else self.amount(20)
        return {"kenmerk": name, "treden": treads}, any("percentage" in tread for tread in treads)

    def adds(self, step, earlier, form=None):
        """Give a step what it adds: index, percentage, bedrag or tabel, with `over` where that goes."""
        kind = step["soort"]
        signed = kind in ("index", "nacalculatie")
        forms = ["percentage"] * 4 + ["bedrag"] * 3 + ["tabel"] * 2
        form = form or ("index" if kind == "index" and self.chance(0.8) else self.pick(forms))
        with_over = form == "percentage"
        if form == "index":
            name = self.pick(self.doc["indexen"])
            step["index"] = name
            components = self.doc["indexen"][name].get("componenten")
            if components and self.chance(0.3):
                partial = self.doc["indexen"][name].get("restant_niet_geindexeerd", False)
                step["aandelen"] = dict(zip([c["id"] for c in components], self.shares(len(components), not partial)))
            if self.chance(0.6):
                step["over"] = self.over(earlier, kind)
        elif form == "percentage":
            step["percentage"] = self.percent(-4 if signed else 0, 12)
        elif form == "bedrag":
            step["bedrag"] = self.signed_amount() if signed else self.amount(50)
        else:
            step["tabel"], with_over = self.table(-3 if kind != "afslag" else 0)
        if with_over and not (kind == "index" and self.chance(0.4)):
            step["over"] = self.over(earlier, kind)
        return step

    def step(self, earlier, kind=None):
        kind = kind or self.pick(["index", "index", "opslag", "opslag", "afslag", "afslag", "nacalculatie"])
        step = {"id": self.name(kind[:3]), "soort": kind}
        self.adds(step, earlier)
        if self.chance(0.25):
            step["aandeel"] = self.share()
        if self.chance(0.25):
            step["afronden"] = self.intermediate()
        if self.chance(0.3):
            step["voorwaarde"] = self.condition()
        if kind == "nacalculatie":
            step.update(doorwerking=self.pick(["structureel", "eenmalig"]), jaar=Num(YEAR - self.rng.randint(1, 2)))
        elif self.chance(0.1):
            step.update(doorwerking="eenmalig", jaar=Num(YEAR))
        if kind in ("opslag", "afslag") or "aandeel" in step or self.chance(0.3):
            step["reden"] = self.words()
        if kind in ("opslag", "afslag") or self.chance(0.3):
            step["bron"] = self.source()
        if kind in ("opslag", "afslag"):
            if self.chance(0.8):
                step["categorie"] = self.pick(CATEGORIES)
            if self.chance(0.2):
                step["groepsmotivering"] = True
            if "benchmark" in self.doc and self.chance(0.2):
                step["benchmark"] = self.doc["benchmark"][0]["id"]
            if "akkoorden" in self.doc and self.chance(0.2):
                step["akkoord"] = self.doc["akkoorden"][0]["id"]
        if self.chance(0.03):
            step["x-notitie"] = "eigen aantekening"
        return step

    def intermediate(self):
        spec = self.rounding() | {"wat": self.pick(["bedrag", "stand", "stand"])}
        if self.chance(0.1):
            del spec["wat"]
        return spec

    def patch(self, step, earlier):
        """A step with the same id that changes something: keys merged, null takes one away."""
        kind, change = step["soort"], {"id": step["id"]}
        form = next(key for key in ("index", "percentage", "bedrag", "tabel") if key in step)
        how = self.pick(["figure", "swap", "share", "round", "condition", "over", "turn", "own"])
        if how == "figure" and form in ("percentage", "bedrag"):
            signed = kind in ("index", "nacalculatie")
            if form == "percentage":
                change["percentage"] = self.percent(-3 if signed else 0, 9)
            else:
                change["bedrag"] = self.signed_amount() if signed else self.amount(50)
        elif how in ("figure", "swap"):
            forms = ["percentage", "bedrag", "tabel"] + (["index"] if kind == "index" else [])
            fresh = self.adds({"soort": kind}, earlier, self.pick(forms))
            for key in ("index", "aandelen", "percentage", "bedrag", "tabel", "over"):
                if key in step and key not in fresh:
                    change[key] = None
                elif key == "aandelen" and key in step:  # own shares of another index must not linger
                    change[key] = {name: None for name in step[key]} | fresh[key]
                elif key in fresh:
                    change[key] = fresh[key]
        elif how == "share":
            change.update(aandeel=self.share(), reden=self.words())
        elif how == "round":
            if "afronden" in step and self.chance(0.4):
                change["afronden"] = None
            elif "afronden" in step and self.chance(0.7):
                change["afronden"] = self.pick([{"wat": self.pick(["stand", "bedrag"])}, {"decimalen": self.places()}])
            else:
                change["afronden"] = self.intermediate()
        elif how == "condition":
            if "voorwaarde" in step and self.chance(0.4):
                change["voorwaarde"] = None
            elif "voldaan" in step.get("voorwaarde", {}):
                change["voorwaarde"] = {"voldaan": not step["voorwaarde"]["voldaan"]}
            elif "voorwaarde" not in step:
                change["voorwaarde"] = self.condition()
        elif how == "over" and form in ("percentage", "index"):
            change["over"] = self.over(earlier, kind)
        elif how == "turn" and kind in ("opslag", "afslag") and form != "tabel":
            change["soort"] = "afslag" if kind == "opslag" else "opslag"
        elif how == "own" and form == "index":
            components = self.doc["indexen"][step["index"]].get("componenten")
            if components:
                partial = self.doc["indexen"][step["index"]].get("restant_niet_geindexeerd", False)
                change["aandelen"] = dict(
                    zip([c["id"] for c in components], self.shares(len(components), not partial))
                )
        if len(change) == 1:
            change["reden"] = self.words()
        return change

    def layer(self, steps, fresh, patches):
        """A list of steps on top of {id: step}: changes in place, then new ones. Updates `steps`."""
        result = []
        names = list(steps)
        for name in self.some(names)[:patches] if names and patches else []:
            change = self.patch(steps[name], names[: names.index(name)])
            result.append(change)
            steps[name] = oracle.merge_patch(steps[name], change)
        for _ in range(fresh):
            step = self.step(list(steps))
            result.append(step)
            steps[step["id"]] = step
        if patches and self.chance(0.3):
            self.rng.shuffle(result)  # the caller's trial run drops an order that does not hold
        return result

    # -- lines

    def base(self, codes):
        kinds = ["nza_tarief", "nza_maximumtarief", "benchmark", "kostprijs", "anders"]
        if codes and self.chance(0.35):
            base = {"soort": self.pick(kinds), "prestatie": self.pick(codes)}
            if self.chance(0.6):
                base["van"] = self.pick(["onafgerond", "tarief"])
            if self.chance(0.6):
                base["factor"] = self.factor()
        else:
            base = {"soort": self.pick([*kinds, "vorig_contract", "vorig_contract"]), "bedrag": self.amount()}
            if base["soort"] == "vorig_contract" and self.chance(0.3):
                base["vorig"] = self.pick(["tarief", "onafgerond"])
            if self.chance(0.2):
                base["factor"] = self.factor()
            if self.chance(0.6):
                base["jaar"] = Num(self.pick([YEAR - 1, YEAR]))
        if base["soort"] == "anders":
            base["omschrijving"] = "Eigen afspraak"
        if self.chance(0.2):
            base.update(percentage=self.percent(40, 130), reden=self.words())
            if self.chance(0.4):
                base["percentage"] = self.as_percent(self.pick(["50", "100", "75", "12.5", "110"]))
        if self.chance(0.6):
            base["bron"] = self.source()
        return base

    def limits(self, line, stand):
        """A maximum and a minimum around the stand, some of which bite."""
        around = max(abs(stand), Fraction(1))
        near = round(around * 100)
        if self.chance(0.6):
            amount = digits(self.rng.randint(near * 8 // 10, near * 13 // 10), 2)
            line["maximum"] = {"bedrag": self.either(amount), "bron": self.source()}
            if self.chance(0.4):
                line["maximum"]["percentage"] = self.pick([Num("110"), "110%", "100", "102.5%"])
        if self.chance(0.5):
            amount = digits(self.rng.randint(near * 6 // 10, near * 11 // 10), self.pick([2, 2, 3]))
            line["minimum"] = {"bedrag": self.either(amount), "bron": self.source()}
            if self.chance(0.2):
                line["minimum"]["percentage"] = self.percent(80, 100)

    def volume(self):
        if self.chance(0.6):
            roll, text = self.rng.random(), self.sized(0, 5000, 0)
            if roll < 0.4:
                text = self.pick(["0", "1", "0.5", "3", "12.5", "1500", "0.5", "2.50", "150.5"])
            elif roll < 0.5:
                text = self.amount_text(90)
            return {"aantal": self.either(text)}
        basis = {"aantal": self.either(self.sized(10, 4000, self.pick([0, 0, 1]))), "omschrijving": "Declaraties"}
        if self.chance(0.6):
            basis["bron"] = self.source()
        steps = []
        for _ in range(self.rng.randint(0, 3)):
            step = {"id": self.name("vol")}
            if self.chance(0.5):
                step["aantal"] = self.signed_amount(40)
            else:
                step.update(percentage=self.percent(-6, 9), over=self.pick(["basis", "stand"]))
            step.update(categorie=self.pick(CATEGORIES), reden=self.words())
            steps.append(step)
        spec = {"basis": basis}
        if steps or self.chance(0.5):
            spec["stappen"] = steps
        if self.chance(0.5):
            spec["afronding"] = self.rounding()
            if steps and self.chance(0.4):
                self.tie_volume(spec)
        return spec

    def tie_volume(self, spec):
        """Make the volume end on an exact half at its rounding."""
        places = int(spec["afronding"]["decimalen"])
        if places > 15:
            return
        trial = {k: v for k, v in spec.items() if k != "afronding"}
        try:
            now = Calculation({}).volume(trial, "/trial")
        except Fault:
            return
        change = writable(self.half(places, now) - now)
        if change is not None:
            step = {"id": self.name("vol"), "aantal": change}
            spec["stappen"].append(step | {"categorie": "anders", "reden": self.words()})

    def treads(self):
        bounds = sorted({self.rng.randint(1, 6000) for _ in range(self.rng.randint(0, 3))})
        if self.chance(0.2):
            bounds = [b / Fraction(2) for b in bounds]
        treads = [{"tot": self.either(oracle.plain(Fraction(b)))} for b in bounds] + [{}]
        for tread in treads:
            tread["percentage"] = self.pick([Num("100"), "50%", "75", "0", "110%", "62.5", self.percent(0, 130)])
        return treads

    def tie(self, line, calculation):
        """End the stand on an exact half at its last rounding, by a step or by the base itself."""
        rounding = line.get("tariefafronding", self.doc.get("tariefafronding", {}))
        places = int(rounding.get("decimalen", "2"))
        if places > 17:
            return
        stand = calculation.results[line["code"]].stand
        target = self.half(places, stand)
        if self.chance(0.4):
            target = -abs(target)
        step = {"id": self.name("tie"), "reden": self.words(), "bron": self.source()}
        if self.chance(0.4):
            step["afronden"] = {"decimalen": Num(places), "methode": self.pick(MODES)}
            step["afronden"]["wat"] = self.pick(["stand", "bedrag"])
            if step["afronden"]["wat"] == "bedrag":
                stand = Fraction(0)
        change = writable(target - stand)
        if change is None:
            return
        step.update(soort="opslag" if target >= stand else "afslag", bedrag=self.either(change.lstrip("-")))
        line.setdefault("stappen", []).append(step)

    def plain_line(self, code):
        line = {"code": code, "basis": {"soort": "kostprijs", "bedrag": self.amount(), "bron": self.source()}}
        if self.doc.get("stappen"):
            line["zonder"] = "alle"
        line["volume"] = {"aantal": self.either(self.sized(0, 900, 0))}
        return line

    def flat_line(self, code):
        line = {"code": code, "omschrijving": "Vast tarief", "tarief": self.amount()}
        if "groepen" in self.doc and self.chance(0.4):
            line["groep"] = self.pick(self.doc["groepen"])
        self.counted(line)
        return line

    def counted(self, line):
        if self.chance(0.85):
            line["volume"] = self.volume()
            if self.chance(0.3):
                line["staffels"] = self.treads()

    def built_line(self, code, base, calm=False):
        line = {"code": code}
        self.counters["step"] = 1000  # own steps of different lines may share their ids
        if self.chance(0.8):
            line.update(omschrijving=f"Prestatie {self.pick(ODD)}", eenheid=self.pick(["uur", "consult", "dag"]))
        if "groepen" in self.doc and self.chance(0.5):
            line["groep"] = self.pick(self.doc["groepen"])
        if self.chance(0.05):
            line["was"] = self.pick([self.name("was"), [self.name("was"), self.name("was")]])
        line["basis"] = base
        steps = {s["id"]: s for s in Calculation(self.doc).steps_of({k: line[k] for k in ("groep",) if k in line})}
        fresh = self.pick([0, 0, 1]) if calm else self.pick([0, 0, 1, 1, 2, 3, 4])
        dropped = []
        if steps and self.chance(0.06 if not calm else 0.3):
            line["zonder"], dropped, steps = "alle", list(steps), {}
        elif steps and self.chance(0.3):
            dropped = self.some(steps)[:2]
            line["zonder"] = dropped
            steps = {name: step for name, step in steps.items() if name not in dropped}
        own = self.layer(steps, fresh, self.pick([0, 0, 1, 2]))
        if dropped and self.chance(0.2):
            own.append(self.step(list(steps)) | {"id": dropped[0]})
        if own:
            line["stappen"] = own
        if self.chance(0.2):
            line["tariefafronding"] = self.tariff_rounding()
        self.counted(line)
        if self.chance(0.03):
            line["x-notitie"] = {"los": [Num("1.10"), False]}
        return line

    def accepts(self, line):
        """A trial run of one more line; the calculation, or None if it breaks a rule."""
        trial = self.doc | {"prestaties": [*self.doc["prestaties"], line]}
        calculation = Calculation(trial)
        try:
            calculation.line(line["code"])
        except Fault:
            return None
        return calculation if calculation.largest <= LONGEST else None

    def add_line(self, base=None, calm=False):
        code = self.name("P")
        if base is None and self.chance(0.1):
            line = self.flat_line(code)
            if self.accepts(line):
                return self.keep(line)
        codes = [line["code"] for line in self.doc["prestaties"]]
        for _ in range(8):
            line = self.built_line(code, copy.deepcopy(base) or self.base(codes), calm)
            calculation = self.accepts(line)
            if calculation is None:
                continue
            if self.chance(0.4):
                changed = copy.deepcopy(line)
                self.tie(changed, calculation)
                accepted = self.accepts(changed)
                line, calculation = (changed, accepted) if accepted else (line, calculation)
            if self.chance(0.25):
                changed = copy.deepcopy(line)
                self.limits(changed, calculation.results[code].stand)
                accepted = self.accepts(changed)
                line, calculation = (changed, accepted) if accepted else (line, calculation)
            if self.chance(0.2):
                text = writable(calculation.results[code].tariff)
                if text is not None:
                    line["tarief"] = self.either(text)
            return self.keep(line)
        return self.keep(self.plain_line(code))

    def keep(self, line):
        self.doc["prestaties"].append(line)
        return line["code"]

    def add_chain(self):
        """Lines that lean on each other, up to the depth the model allows."""
        code = self.add_line({"soort": "kostprijs", "bedrag": self.amount(), "bron": self.source()}, calm=True)
        for _ in range(self.pick([2, 4, 8, 15, 16])):
            base = {"soort": "kostprijs", "prestatie": code, "van": self.pick(["onafgerond", "onafgerond", "tarief"])}
            if self.chance(0.7):
                base["factor"] = self.pick(["1/3", "0.5", Num("1.5"), "7/6", "1/2", Num("2")])
            code = self.add_line(base, calm=True)

    # -- ceilings

    def add_ceilings(self):
        lines = self.doc["prestaties"]
        codes = [line["code"] for line in lines]
        self.rng.shuffle(codes)
        blocks = [codes[i : i + 3] for i in range(0, len(codes), 3)]
        wanted = []
        for block in blocks:
            if self.chance(0.5):
                inner = block[: self.rng.randint(1, len(block))]
                wanted.append({"prestaties": inner})
                if self.chance(0.5):
                    wanted.append({"prestaties": list(block)})
        if len(blocks) > 1 and self.chance(0.3):
            wanted.append({"prestaties": blocks[0] + blocks[1]})
        if "groepen" in self.doc and self.chance(0.5):
            wanted.insert(self.rng.randint(0, len(wanted)), {"groep": self.pick(self.doc["groepen"])})
        if self.chance(0.5):
            wanted.append({"prestaties": "alle"})
        kept = []
        for scope in wanted:
            for _ in range(3):
                ceiling = {"id": self.name("pl"), "omschrijving": "Plafond", **scope}
                if "groep" in scope and not any(line.get("groep") == scope["groep"] for line in lines):
                    break
                self.ceiling_amount(ceiling, kept)
                if self.chance(0.5):
                    ceiling["boven"] = self.pick(["50%", Num("50"), "0", "75", "12.5%", self.percent(0, 100)])
                if self.chance(0.5):
                    ceiling["reden"] = self.words()
                trial = Calculation(self.doc | {"plafonds": [*kept, ceiling]})
                try:
                    trial.run()
                except Fault:
                    continue
                if trial.largest > LONGEST:
                    continue
                kept.append(ceiling)
                break
        if kept:
            self.doc["plafonds"] = kept

    def ceiling_amount(self, ceiling, kept):
        probe = Calculation(self.doc | {"plafonds": kept})
        figures = probe.run()
        turnover = sum((probe.results[c].turnover or Fraction(0) for c in probe.covered(ceiling)), Fraction(0))
        turnover = max(turnover, Fraction(100))
        cents = round(turnover * 100)
        amount = digits(self.rng.randint(cents // 2, cents * 11 // 10), 2)
        if figures and self.chance(0.05):
            amount += "5"
        if self.chance(0.6):
            ceiling["bedrag"] = self.either(amount)
            return
        base = {"soort": self.pick(["vorig_contract", "kostprijs", "anders"]), "bedrag": self.either(amount)}
        if base["soort"] == "anders":
            base["omschrijving"] = "Afgesproken omzet"
        if self.chance(0.3):
            base["bron"] = self.source()
        if self.chance(0.3):
            base["factor"] = self.pick(["0.5", "1/3", "2/3", Num("1")])
        ceiling["basis"] = base
        if self.chance(0.8):
            ceiling["stappen"] = self.layer({}, self.rng.randint(0, 3), 0)
        if self.chance(0.4):
            ceiling["tariefafronding"] = self.tariff_rounding()

    # -- the whole

    def stated(self, line, lines):
        """Does the line, or the one it leans on, carry an index beyond doubt?"""
        if "basis" not in line:
            return False
        calculation = Calculation(self.doc)
        if any(step["soort"] == "index" and calculation.met(step) for step in calculation.steps_of(line)):
            return True
        base = line["basis"]
        if "prestatie" in base:
            return self.stated(lines[base["prestatie"]], lines)
        return base["soort"] == "nza_tarief" and base.get("jaar") == str(YEAR)

    def explain_in_words(self):
        lines = {line["code"]: line for line in self.doc["prestaties"]}
        words = {}
        if any("basis" not in line for line in lines.values()):
            words["basis"] = "Vaste tarieven volgens de overeenkomst."
        if self.chance(0.4) or not all(self.stated(line, lines) for line in lines.values()):
            words["indexatie"] = "Niet elke prestatie wordt geïndexeerd; dit is zo afgesproken."
        for key in ("op_en_afslagen", "volume", "benchmark", "akkoorden"):
            if self.chance(0.05):
                words[key] = self.words()
        if words:
            self.doc["toelichting"] = words
        if self.chance(0.3):
            self.doc["reactie"] = {"uiterlijk": f"{YEAR - 1}-11-{self.rng.randint(1, 28):02}", "contact": "inkoop"}

    def build(self):
        self.header()
        self.doc["indexen"] = {self.name("ix"): self.make_index() for _ in range(self.rng.randint(1, 3))}
        shared = {}
        if self.chance(0.7):
            self.doc["stappen"] = self.layer(shared, self.rng.randint(1, 3), 0)
        if self.chance(0.6):
            groups = {}
            for _ in range(self.rng.randint(1, 3)):
                groups[self.name("gr")] = self.group(shared)
            self.doc["groepen"] = groups
        self.doc["prestaties"] = []
        if self.chance(0.08):
            self.add_chain()
        for _ in range(self.pick([1, 1, 2, 3, 4, 5, 6, 7, 12])):
            self.add_line()
        self.rng.shuffle(self.doc["prestaties"])
        if self.chance(0.5):
            self.add_ceilings()
        self.explain_in_words()
        return self.finish()

    def group(self, shared):
        """A group whose steps hold for a line that has no steps of its own."""
        for _ in range(8):
            steps = copy.deepcopy(shared)
            own = self.layer(steps, self.rng.randint(0, 2), self.pick([0, 1, 2]))
            group = {"omschrijving": "Groep", "stappen": own}
            trial = self.doc | {
                "groepen": {"g": group},
                "prestaties": [{"code": "x", "groep": "g", "basis": {"soort": "kostprijs", "bedrag": "100"}}],
            }
            try:
                Calculation(trial).line("x")
            except Fault:
                continue
            return group
        return {"omschrijving": "Groep zonder eigen stappen"}

    # -- splitting into catalogue and policy

    def split(self, whole, spare=()):
        """(under, patch) such that the patch merged onto under is the whole again."""
        under, patch = {}, {}
        for key, value in whole.items():
            roll = self.rng.random()
            if isinstance(value, dict) and value and roll < 0.4:
                under[key], patch[key] = self.split(value)
            elif roll < 0.6:
                under[key] = copy.deepcopy(value)
            else:
                patch[key] = copy.deepcopy(value)
                if key in ("omschrijving", "titel", "reden") and self.chance(0.4):
                    under[key] = "Tekst van het beleid"
                elif key in ("bedrag", "percentage", "voorlopig", "definitief") and self.chance(0.4):
                    under[key] = self.either("1.25")
        for key, value in spare:
            if key not in whole and self.chance(0.25):
                under[key], patch[key] = value, None
        return under, patch

    def finish(self):
        whole = copy.deepcopy(self.doc)
        document = self.doc
        policy = None
        if self.chance(0.35):
            spare = [
                ("maximum", {"bedrag": "1.00", "bron": self.source()}),
                ("staffels", [{"percentage": "100%"}]),
                ("tariefafronding", {"decimalen": Num("0"), "methode": "naar_beneden"}),
            ]
            catalogue, lines = {}, []
            for line in document["prestaties"]:
                if self.chance(0.6):
                    body = {key: value for key, value in line.items() if key != "code"}
                    under, patch = self.split(body, spare)
                    catalogue[line["code"]] = under
                    line = {"code": line["code"]} | patch
                lines.append(line)
            if self.chance(0.5):
                catalogue[self.name("P")] = {"omschrijving": "Niet aangeboden", "tarief": self.amount()}
            document["prestaties"] = lines
            document["catalogus"] = catalogue
        if self.chance(0.3):
            document, policy = self.split_policy(document)
        effective = oracle.effective(oracle.load(dump(document)), policy and oracle.load(dump(policy)))
        if policy is not None:
            whole["x-beleid"] = document["beleid"]
        assert effective == oracle.load(dump(whole)), "the split document does not merge back"
        calculation = Calculation(effective)
        figures = calculation.run()
        if policy is not None:
            calculation.seen["policy",] += 1
        if "catalogus" in (document if policy is None else document | policy):
            calculation.seen["catalogus",] += 1
        return Case(document, policy, effective, figures, calculation.seen, self.chance(0.3))

    def split_policy(self, document):
        own = (
            "soort", "contractering", "contractjaar", "zorgverzekeraar", "zorgaanbieder", "prestaties",
            "datum", "ronde",
        )  # fmt: skip
        head = {key: document[key] for key in own if key in document}
        rest = {key: value for key, value in document.items() if key not in own and key not in ("formaat", "kenmerk")}
        spare = [
            ("tariefafronding", {"decimalen": Num("1"), "methode": "naar_boven"}),
            ("stappen", [{"id": "vervallen", "soort": "index", "percentage": "3%"}]),
            ("voorwaarden", [{"id": "v", "titel": "Oud", "tekst": "Vervallen"}]),
        ]
        under, patch = self.split(rest, spare)
        policy = {"formaat": document["formaat"], "kenmerk": self.name("beleid")} | under
        proposal = {"formaat": document["formaat"], "kenmerk": document["kenmerk"], "beleid": policy["kenmerk"]}
        return proposal | head | patch, policy


def make(rng):
    """One random valid case."""
    return Maker(rng).build()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Write random valid proposals.")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    seen, figures = Counter(), 0
    for n in range(options.count):
        case = make(random.Random(f"{options.seed}:{n}"))
        seen += case.seen
        figures += len(case.figures)
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            (options.out / f"{n:04}.json").write_text(case.text(), encoding="utf-8")
            if case.policy is not None:
                (options.out / f"{n:04}.policy.json").write_text(case.policy_text(), encoding="utf-8")
    print(f"{options.count} proposals, {figures} figures")
    for key, count in sorted(seen.items(), key=str):
        print(f"{count:8}  {' '.join(map(str, key))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
