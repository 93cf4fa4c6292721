"""Random pairs of valid documents, the new one grown from the old one.

    pair = make(random.Random("7:12"))
    pair.old, pair.new        # effective documents, or pair.rows (a price list) in the place of the old one
    pair.compare("midden")    # what the oracle of the comparison makes of it

The old document is one of generate.py; the new one is the next year, or the next round, of the same parties. Lines
lapse, come, change their codes, are put together and split; their bases claim to be what the old document came to, and are, or
are not; steps lapse, come and change, and so do percentages, factors, limits, roundings, treads, volumes and ceilings. Every
change is tried, and taken back when the document would break a rule.

    python3 pairs.py --seed 7 --count 100 [--out DIR]

writes NNNN.old.json (or .csv) and NNNN.new.json and prints what was seen.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import compare
import generate
import oracle
from compare import Row
from generate import LONGEST, MODES, YEAR, Num
from oracle import Calculation, Fault

INTL, NL = "intl", "nl"


@dataclass
class Pair:
    old: dict
    new: dict
    rows: list | None  # a price list instead of the old document
    notation: str

    def years(self):
        """How much later the new document is; None against a price list."""
        return int(self.new["contractjaar"]) - int(self.old["contractjaar"]) if self.rows is None else None

    def sides(self):
        return self.rows if self.rows is not None else plain(self.old), plain(self.new)

    def compare(self, attribution="volgorde", **options):
        return compare.compare(*self.sides(), attribution, **options)

    def old_text(self):
        return generate.dump(self.old) if self.rows is None else csv_text(self.rows, self.notation)

    def new_text(self):
        return generate.dump(self.new)


def plain(document):
    """The document as the oracle reads it."""
    return oracle.effective(oracle.load(generate.dump(document)))


def whole(step):
    """Do the keys of a step, merged from its layers, go together?"""
    condition, form = step.get("voorwaarde", {"voldaan": True}), {"index", "percentage", "bedrag", "tabel"} & step.keys()
    return (
        ("voldaan" in condition) != ("kenmerk" in condition) and ("is" in condition) == ("kenmerk" in condition)
        and len(form) == 1 and not ("aandelen" in step and form != {"index"})
        and not ("over" in step and form == {"bedrag"}) and "decimalen" in step.get("afronden", {"decimalen": "2"})
    )  # fmt: skip


def csv_text(rows, notation):
    """A price list with a header; fields in quotes where RFC 4180 asks for it, semicolons and a decimal comma for nl."""
    point, comma = (",", ";") if notation == NL else (".", ",")

    def field(text):
        quoted = any(c in text for c in ',;"\n\r') or text != text.strip()
        return '"' + text.replace('"', '""') + '"' if quoted else text

    lines = [comma.join(["code", "omschrijving", "eenheid", "tarief", "volume"])]
    for row in rows:
        numbers = [field(number.replace(".", point)) for number in (row.tariff, row.volume)]
        lines.append(comma.join([field(row.code), field(row.description), field(row.unit), *numbers]))
    return "\n".join(lines) + "\n"


class Past(generate.Maker):
    """The old document, before it is split in layers."""

    def finish(self):
        return self.doc


class Grower(generate.Maker):
    """Makes a new document out of an old one."""

    def __init__(self, rng, old):
        super().__init__(rng)
        self.old, self.style = old, self.pick(["stem", "odd", "same"])
        self.before = compare.Document(plain(old))
        self.doc = copy.deepcopy(old)
        self.counters = Counter(dict.fromkeys(("step", "P", "gr", "pl", "vol", "ix", "comp"), 5000))
        self.origin = {line["code"]: line["code"] for line in self.doc["prestaties"]}
        for line in self.doc["prestaties"]:
            line.pop("was", None)
        self.without_claims()

    def without_claims(self):
        """What is claimed follows from the old figures; it goes before they change."""
        for line in self.doc["prestaties"]:
            if "basis" in line:
                line.pop("tarief", None)
        for index in self.doc["indexen"].values():
            index.pop("gesteld", None)

    def holds(self, document):
        calculation = Calculation(document)
        try:
            calculation.run()
            bare = [{}, *({"groep": name} for name in document.get("groepen", {}))]
            for line in bare:  # layers that no line may take are read all the same
                trial = line | {"code": "x", "basis": {"bedrag": "100"}}
                Calculation(document | {"prestaties": [trial], "plafonds": []}).line("x")
            if not all(whole(step) for line in [*bare, *document["prestaties"]] for step in calculation.steps_of(line)):
                return False
        except (Fault, KeyError):  # KeyError: a change to a step that is not there any more
            return False
        return calculation.largest <= LONGEST

    def attempt(self, change, *arguments):
        """Make a change on a copy, and keep it when the document still holds."""
        kept, origin = self.doc, dict(self.origin)
        self.doc = copy.deepcopy(kept)
        done = change(*arguments)
        if done is False or not self.holds(self.doc):
            self.doc, self.origin = kept, origin

    def line(self, code):
        return next(line for line in self.doc["prestaties"] if line["code"] == code)

    def codes(self):
        return [line["code"] for line in self.doc["prestaties"]]

    # -- lines that come, go and move

    def replace_references(self, code, other):
        """Whoever leaned on a code leans on another, or on nothing."""
        for spec in [*self.doc["prestaties"], *self.doc.get("plafonds", [])]:
            if spec.get("basis", {}).get("prestatie") == code:
                if other is not None:
                    spec["basis"]["prestatie"] = other
                else:
                    spec["basis"].pop("prestatie")
                    spec["basis"].pop("van", None)
                    spec["basis"]["bedrag"] = self.amount()
        for ceiling in self.doc.get("plafonds", []):
            if isinstance(ceiling.get("prestaties"), list) and code in ceiling["prestaties"]:
                at = ceiling["prestaties"].index(code)
                ceiling["prestaties"][at : at + 1] = [other] if other is not None else []
        if "plafonds" in self.doc:
            self.doc["plafonds"] = [c for c in self.doc["plafonds"] if c.get("prestaties") != []]

    def drop(self, code):
        if len(self.doc["prestaties"]) == 1:
            return False
        self.doc["prestaties"].remove(self.line(code))
        self.replace_references(code, None)
        return True

    def rename(self, code):
        line, fresh = self.line(code), self.name("P")
        if "was" in line:
            return False
        line["code"] = fresh
        line["was"] = code if self.chance(0.5) else [code]
        self.replace_references(code, fresh)
        return True

    def put_together(self, codes):
        """One line comes from several; it takes the place of the first."""
        if any("was" in self.line(code) for code in codes):
            return False
        keep = self.line(codes[0])
        fresh = self.name("P") if self.chance(0.6) else codes[0]
        was = list(codes)
        self.rng.shuffle(was)
        for code in codes[1:]:
            self.doc["prestaties"].remove(self.line(code))
            self.replace_references(code, None)
        keep["code"], keep["was"] = fresh, was
        self.replace_references(codes[0], fresh)
        return True

    def split_line(self, code):
        line = self.line(code)
        if "was" in line:
            return False
        at = self.doc["prestaties"].index(line)
        parts = []
        for _ in range(self.rng.randint(1, 3)):
            part = copy.deepcopy(line) | {"code": self.name("P"), "was": [code]}
            part.pop("volume", None)
            part.pop("staffels", None)
            self.counted(part)
            parts.append(part)
        if self.chance(0.5):  # the old code lives on in one of the parts
            line["was"] = code
        if self.chance(0.1):
            for part in [line, *parts]:
                if "volume" in part:
                    part["volume"] = {"aantal": Num("0")}
        self.doc["prestaties"][at + 1 : at + 1] = parts
        return True

    def name_a_stranger(self, code):
        """`was` names a code that the old document does not have."""
        line = self.line(code)
        was = line.get("was", [])
        line["was"] = [*([was] if isinstance(was, str) else was), "onbekend-" + str(self.rng.randint(1, 99))]

    # -- the base

    def old_lines(self, line):
        was = line.get("was", line["code"])
        codes = [was] if isinstance(was, str) else was
        return [self.before.lines[code] for code in codes if code in self.before.lines]

    def claim(self, code):
        """The base says it is what the old document came to: it is, or it is off by something."""
        line = self.line(code)
        old = self.old_lines(line)
        base = {"soort": "vorig_contract", "bron": self.source(), "jaar": Num(YEAR)}
        which = self.pick(["tarief", "tarief", "onafgerond", "na", "na"])
        ids = [name for item in old for name in item.steps]
        if which == "na":
            which = "na:" + (self.pick(ids) if ids and self.chance(0.9) else "geen-stap")
        if which != "tarief" or self.chance(0.3):
            base["vorig"] = which
        figure = self.meant(old, which)
        places = self.pick([2, 2, 4])
        text = generate.writable(figure)
        if text is None or self.chance(0.2):
            text = oracle.plain(oracle.round_to(figure, places))
        if self.chance(0.25):
            text = generate.writable(oracle.number(text) + Fraction(self.rng.randint(-300, 300), 100)) or text
        if len(text) > 38:
            return False
        base["bedrag"] = self.either(text) if not text.startswith("-") else text
        if self.chance(0.2):
            base.update(percentage=self.percent(80, 115), reden=self.words())
        if self.chance(0.15):
            base["factor"] = self.factor()
        self.build_up(line, base)
        return True

    def meant(self, old, which):
        """The figure of the old lines together, by volume."""
        if not old:
            return Fraction(100)
        counts = [item.count for item in old]
        if None in counts or sum(counts) == 0:
            counts = [Fraction(1)] * len(old)
        figures = [compare.named(item, which)[0] for item in old]
        return sum(c * f for c, f in zip(counts, figures)) / sum(counts)

    def build_up(self, line, base):
        if "tarief" in line:
            line.pop("tarief")
        line["basis"] = base

    def rebase(self, code):
        line = self.line(code)
        self.build_up(line, self.base([c for c in self.codes() if c != code]))

    def bend(self, code):
        """Another percentage, factor or amount on the same base."""
        line = self.line(code)
        if "basis" not in line:
            line["tarief"] = self.amount()
            return
        base = line["basis"]
        for key in self.some(["percentage", "factor", "bedrag"]):
            if key == "percentage":
                base.update(percentage=self.percent(60, 130), reden=self.words())
            elif key == "factor":
                base["factor"] = self.factor()
            elif "bedrag" in base:
                base["bedrag"] = self.amount()

    def flatten(self, code):
        line = self.line(code)
        for key in ("basis", "stappen", "maximum", "minimum", "tariefafronding", "zonder"):
            line.pop(key, None)
        tariff = self.before.lines[code].tariff if code in self.before.lines else None
        text = generate.writable(tariff) if tariff is not None and self.chance(0.3) else None
        line["tarief"] = self.either(text) if text and text[0] != "-" else self.amount()

    # -- steps, limits, rounding, volume

    def change_steps(self, holder):
        """Drop, change or add steps in a list of them."""
        steps = holder.get("stappen", [])
        for _ in range(self.rng.randint(1, 3)):
            what = self.pick(["drop", "change", "change", "add"])
            if what == "add":
                steps.append(self.step([s["id"] for s in steps if "soort" in s]))
            elif steps and what == "drop":
                steps.pop(self.rng.randrange(len(steps)))
            elif steps:
                at = self.rng.randrange(len(steps))
                if {"index", "percentage", "bedrag", "tabel"} & set(steps[at]) and "soort" in steps[at]:
                    whole = oracle.merge_patch(steps[at], self.patch(steps[at], [s["id"] for s in steps[:at]]))
                    steps[at] = whole
        if steps:
            holder["stappen"] = steps
        else:
            holder.pop("stappen", None)

    def own_steps(self, code):
        line = self.line(code)
        if "basis" not in line:
            return False
        self.change_steps(line)
        return True

    def dropped_steps(self, code):
        """Another set of shared steps that the line does without."""
        line = self.line(code)
        if "basis" not in line:
            return False
        if line.pop("zonder", None) is None:
            held = Calculation(self.doc).steps_of({k: line[k] for k in ("groep",) if k in line})
            if not held:
                return False
            line["zonder"] = "alle" if self.chance(0.3) else self.some([s["id"] for s in held])[:2]
        return True

    def limit(self, code):
        line = self.line(code)
        if "basis" not in line:
            return False
        line.pop("maximum", None)
        line.pop("minimum", None)
        if self.chance(0.8):
            calculation = Calculation(self.doc)
            calculation.run()
            self.limits(line, calculation.results[code].stand)
        return True

    def other_rounding(self, code):
        line = self.line(code)
        if "basis" not in line:
            return False
        line["tariefafronding"] = {"decimalen": Num(self.pick([0, 1, 2, 2, 3, 4, 6])), "methode": self.pick(MODES)}
        return True

    def other_volume(self, code):
        line = self.line(code)
        line.pop("staffels", None)
        if line.pop("volume", None) is None or self.chance(0.8):
            line["volume"] = self.volume() if self.chance(0.7) else {"aantal": Num(self.pick([0, 0, 1, 100, 120]))}
            if self.chance(0.3):
                line["staffels"] = self.treads()

    def other_unit(self, code):
        self.line(code)["eenheid"] = self.pick(["uur", "uur", "consult", "dag"])

    def other_group(self, code):
        groups = self.doc.get("groepen")
        if not groups:
            return False
        self.line(code)["groep"] = self.pick(groups)
        return True

    # -- the document

    def other_index(self):
        name = self.pick(self.doc["indexen"])
        self.doc["indexen"][name] = self.make_index()
        self.doc["indexen"][name].pop("gesteld", None)

    def shared_steps(self):
        self.change_steps(self.doc)

    def group_steps(self):
        if not self.doc.get("groepen"):
            return False
        self.change_steps(self.doc["groepen"][self.pick(self.doc["groepen"])])
        return True

    def facts(self):
        for fact in self.doc["kenmerken"].values():
            if oracle.is_number(fact["waarde"]):
                fact["waarde"] = self.either(self.sized(-5, 20, 1))
            else:
                fact["waarde"] = self.pick(generate.WORDS)

    def document_rounding(self):
        self.doc["tariefafronding"] = self.tariff_rounding()

    def other_ceilings(self):
        self.doc.pop("plafonds", None)
        if self.chance(0.7):
            self.add_ceilings()

    def one_unit(self):
        """A group that is counted in one unit, so that its volume can be taken apart."""
        for side in (self.old, self.doc):
            for line in side["prestaties"]:
                if "groep" in line:
                    line["eenheid"] = "uur"

    def of_year(self):
        doc, roll = self.doc, self.rng.random()
        doc["kenmerk"] = "N" + str(doc["kenmerk"])
        if roll < 0.7:
            doc["contractjaar"] = Num(YEAR + 1)
        elif roll < 0.85:
            doc["ronde"] = Num(int(doc.get("ronde", 1)) + 1)
        elif roll < 0.9:
            doc["contractjaar"] = Num(YEAR + 2)
        elif roll < 0.95:
            doc["contractjaar"] = Num(YEAR - 1)
        if doc["soort"] != "contract":
            doc["contractering"] = self.pick(["digitaal", "face_to_face"])

    def lines_change(self):
        """What happens to the lines: mostly one or two things each."""
        kinds = [self.claim] * 6 + [self.bend] * 2 + [self.own_steps] * 4 + [self.other_volume] * 4
        kinds += [self.rebase, self.flatten, self.dropped_steps, self.limit, self.other_rounding, self.other_rounding]
        kinds += [self.other_unit, self.other_group]
        for code in self.codes():
            for change in self.rng.sample(kinds, self.pick([0, 1, 1, 2, 3])):
                if code in self.codes():
                    self.attempt(change, code)

    def moves(self):
        codes = self.codes()
        self.rng.shuffle(codes)
        while codes:
            code, roll = codes.pop(), self.rng.random()
            if roll < 0.12:
                self.attempt(self.drop, code)
            elif roll < 0.3:
                self.attempt(self.rename, code)
            elif roll < 0.42:
                self.attempt(self.split_line, code)
            elif roll < 0.6 and codes:
                others = [codes.pop() for _ in range(min(len(codes), self.rng.randint(1, 2)))]
                self.attempt(self.put_together, [code, *others])
            elif roll < 0.63:
                self.attempt(self.name_a_stranger, code)

    def grow(self):
        for _ in range(self.pick([0, 1, 1, 2])):
            self.attempt(self.pick([self.other_index, self.shared_steps, self.group_steps, self.facts,
                                    self.document_rounding, self.other_ceilings]))  # fmt: skip
        if self.chance(0.6):
            self.moves()
        self.lines_change()
        for _ in range(self.pick([0, 0, 1, 2])):
            self.attempt(self.add_line)
        if self.chance(0.3):
            self.rng.shuffle(self.doc["prestaties"])
        self.of_year()
        self.doc["toelichting"] = {"indexatie": "Zo afgesproken.", "basis": "Volgens de overeenkomst."}
        return self.doc


def price_list(rng, before):
    """The lines of a document as a price list; None where a figure cannot be written as one."""
    rows = []
    for code, line in before.lines.items():
        tariff = generate.writable(oracle.round_to(line.tariff, 4))
        count = "" if line.count is None or rng.random() < 0.1 else generate.writable(oracle.round_to(line.count, 3))
        if tariff is None or count is None or tariff.startswith("-") or code != code.strip():
            return None
        unit = line.unit or "" if rng.random() < 0.8 else ""
        rows.append(Row(code, str(line.spec.get("omschrijving", "")).strip(), unit, tariff, count))
    return rows


def make(rng):
    """One random pair."""
    while True:
        past = Past(rng)
        old = past.build()
        if rng.random() < 0.6:
            old["soort"] = "contract"
            old.pop("contractering", None)
        if rng.random() < 0.4:
            for line in old["prestaties"]:
                line["eenheid"] = "uur"
        grower = Grower(rng, old)
        new = grower.grow()
        if not grower.holds(new):
            continue
        rows = None
        if rng.random() < 0.12:
            rows = price_list(rng, grower.before)
        return Pair(old, new, rows, rng.choice([NL, INTL]))


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Write random pairs of documents.")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    seen = Counter()
    for n in range(options.count):
        pair = make(random.Random(f"{options.seed}:{n}"))
        try:
            seen += pair.compare().seen()
        except compare.Refused as refused:
            seen[str(refused)] += 1
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            ending = "json" if pair.rows is None else "csv"
            (options.out / f"{n:04}.old.{ending}").write_text(pair.old_text(), encoding="utf-8")
            (options.out / f"{n:04}.new.json").write_text(pair.new_text(), encoding="utf-8")
    print(f"{options.count} pairs")
    for key, count in sorted(seen.items(), key=str):
        print(f"{count:8}  {key}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
