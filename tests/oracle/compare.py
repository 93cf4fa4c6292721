"""The independent oracle of the comparison: two documents side by side, with exact fractions.

Written from model section 8 and decisions 43 to 57 alone, on top of the figures of `oracle.py`, without sight of
the program that it is held against.

    found = compare(old, new)                   # two effective documents, as oracle.load and oracle.effective give them
    found.pairs[0].bridge                       # [Item("index", "stap_nieuw", Fraction(51, 100)), ...]
    found.total.items, found.causes.items       # likewise; amounts are exact and never zero
    print_cents([item.amount for item in ...])  # [Fraction(51, 100), ...]: largest remainder

A price list is a list of Row, and goes where a document goes. Documents that cannot be compared raise `Refused` with the
code of the error; `found.warnings` holds the codes of warnings. Every sum of the model is asserted on the way. Contents
(`inhoud`) are not compared here. Prose and the order of items within a bridge are not either: the order only
decides which of equal remainders is rounded up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

import oracle
from oracle import ONE, ZERO, Calculation, escape

NEW, LAPSED, CHANGED, SAME = "nieuw", "vervallen", "gewijzigd", "ongewijzigd"
CENT = Fraction(1, 100)
TOTALS = ("prijs", "volume", "nieuw", "vervallen", "staffels", "plafonds", "afronding")


class Refused(Exception):
    """The documents cannot be compared; the first argument is the code of the error."""


class Row(NamedTuple):
    """A line of a price list; numbers as text, "" where there is none."""

    code: str
    description: str
    unit: str
    tariff: str
    volume: str


class Item(NamedTuple):
    id: str
    kind: str
    amount: Fraction


def print_cents(amounts, target=None):
    """Largest remainder: all down to the cent, then the largest remainders up, the first of equals first."""
    if target is None:
        target = oracle.round_to(sum(amounts, ZERO), 2)
    printed = [Fraction(amount * 100 // 1, 100) for amount in amounts]
    missing = (target - sum(printed, ZERO)) / CENT
    order = sorted(range(len(amounts)), key=lambda i: (printed[i] - amounts[i], i))
    assert missing.denominator == 1 and 0 <= missing <= len(amounts)
    for i in order[: int(missing)]:
        printed[i] += CENT
    assert sum(printed, ZERO) == target
    return printed


def carries_cent(amount, printed):
    return printed != oracle.round_to(amount, 2)


# ---------------------------------------------------------------- one document


@dataclass
class Line:
    """What a line came to. A flat line is its own base."""

    code: str
    spec: dict
    flat: bool
    tariff: Fraction
    unrounded: Fraction
    amount: Fraction  # bedrag of the base, or the figure of the line it leans on
    percentage: Fraction
    factor: Fraction
    steps: dict  # {id: EUR}, in their order
    limit: Fraction
    rounding: Fraction
    count: Fraction | None
    turnover: Fraction | None
    paid: Fraction  # units x tariff x share of the treads, nothing rounded

    @property
    def base(self):
        return self.amount * self.percentage * self.factor

    @property
    def unit(self):
        return self.spec.get("eenheid")


class Document:
    """One side: its lines worked out."""

    def __init__(self, source):
        self.is_list = isinstance(source, list)
        self.spec = from_rows(source) if self.is_list else source
        self.year = int(self.spec["contractjaar"]) if "contractjaar" in self.spec else None
        self.round = int(self.spec.get("ronde", "1"))
        self.calculation = Calculation(self.spec)
        self.figures = self.calculation.run()
        self.lines = {spec["code"]: self.line(spec) for spec in self.spec["prestaties"]}
        self.total = self.figures["/totaal/omzet"]
        self.cuts = self.total - self.figures["/totaal/omzet_voor_plafond"]

    def line(self, spec):
        here, known = "/prestaties/" + escape(spec["code"]), self.figures
        result = self.calculation.results[spec["code"]]
        amount, percentage, times, steps = result.tariff, ONE, ONE, {}
        if "basis" in spec:
            base = spec["basis"]
            percentage = oracle.percent(base["percentage"]) if "percentage" in base else ONE
            times = oracle.factor(base["factor"]) if "factor" in base else ONE
            bare = {key: value for key, value in base.items() if key not in ("percentage", "factor")}
            amount, _ = self.calculation.amount_of(bare)
            ids = [step["id"] for step in self.calculation.steps_of(spec)]
            steps = {name: known[f"{here}/stappen/{escape(name)}"] for name in ids}
        limit, rounding = known.get(here + "/begrenzing", ZERO), known.get(here + "/afronding", ZERO)
        line = Line(
            spec["code"], spec, "basis" not in spec, result.tariff, result.unrounded, amount, percentage, times, steps,
            limit, rounding, result.volume, result.turnover, self.paid(spec, result),
        )  # fmt: skip
        assert line.base + sum(steps.values(), ZERO) + limit == line.unrounded == line.tariff - rounding
        return line

    @staticmethod
    def paid(spec, result):
        """The turnover of a line before anything is rounded to cents."""
        if result.volume is None:
            return ZERO
        if "staffels" not in spec:
            return result.volume * result.tariff
        total, start = ZERO, ZERO
        for tread in spec["staffels"]:
            end = oracle.number(tread["tot"]) if "tot" in tread else max(result.volume, start)
            units = max(min(result.volume, end) - start, ZERO)
            total += units * result.tariff * oracle.percent(tread["percentage"])
            start = end
        return total


def from_rows(rows):
    lines = []
    for row in rows:
        line = {"code": row.code, "tarief": row.tariff}
        line |= {"omschrijving": row.description} if row.description else {}
        line |= {"eenheid": row.unit} if row.unit else {}
        line |= {"volume": {"aantal": row.volume}} if row.volume else {}
        lines.append(line)
    return {"prestaties": lines}


def named(line, which):
    """(figure, steps after it, limit after it, rounding after it, found) of what `vorig` names on an old line."""
    if line.flat or which == "tarief":
        return line.tariff, {}, ZERO, ZERO, True
    if which == "onafgerond":
        return line.unrounded, {}, ZERO, line.rounding, True
    step = which.removeprefix("na:")
    if step not in line.steps:
        return line.tariff, {}, ZERO, ZERO, False
    ids = list(line.steps)
    at = ids.index(step) + 1
    figure = line.base + sum((line.steps[name] for name in ids[:at]), ZERO)
    return figure, {name: line.steps[name] for name in ids[at:]}, line.limit, line.rounding, True


# ---------------------------------------------------------------- pairs


@dataclass
class Origin:
    line: Line
    weight: Fraction  # in the old tariff
    share: Fraction  # of its volume and turnover


@dataclass
class Totals:
    """A bridge of turnover."""

    before: Fraction
    after: Fraction
    items: list

    @property
    def difference(self):
        return self.after - self.before


@dataclass
class Pair:
    new: Line | None
    old: list  # of Origin
    split: bool = False
    simple_mean: bool = False
    claims: bool = False
    gap: bool = False
    bridge: list = field(default_factory=list)
    effects: dict | None = None  # prijs, volume, staffels, afronding; on both sides only

    @property
    def code(self):
        return self.new.code if self.new else self.old[0].line.code

    @property
    def renamed(self):
        return bool(self.new and self.old) and [o.line.code for o in self.old] != [self.new.code]

    @property
    def tariffs(self):
        before = sum((o.weight * o.line.tariff for o in self.old), ZERO) if self.old else None
        return before, self.new.tariff if self.new else None

    def added(self, key):
        """What the old lines bring together, or None when none of them has it."""
        values = [(o.share, getattr(o.line, key)) for o in self.old if getattr(o.line, key) is not None]
        return sum((share * value for share, value in values), ZERO) if values else None

    @property
    def counts(self):
        return self.added("count"), self.new.count if self.new else None

    @property
    def turnovers(self):
        return self.added("turnover"), self.new.turnover if self.new else None

    @property
    def worth(self):
        """Old tariff x volume, of each line that it comes from."""
        return sum((o.share * o.line.tariff * (o.line.count or 0) for o in self.old), ZERO)

    @property
    def figures_differ(self):
        sides = (self.tariffs, self.counts, self.turnovers)
        return bool(self.bridge) or any(before != after for before, after in sides)

    @property
    def status_by_figures(self):
        """A pair without a difference in figures or code may still be changed, in its own keys."""
        if not self.old:
            return NEW
        if not self.new:
            return LAPSED
        return CHANGED if self.figures_differ or self.renamed else SAME


class Comparison:
    def __init__(self, old, new, attribution="volgorde", any_party=False, must_be_older=False):
        self.attribution = attribution
        self.old, self.new = Document(old), Document(new)
        self.warnings = set()
        self.judge(any_party, must_be_older)
        self.pairs = self.pair_up()
        for pair in self.pairs:
            if pair.new and pair.old:
                pair.bridge = self.bridge(pair)
                pair.effects = self.effects(pair)
                self.warn_units(pair)
        self.total = self.add_up()
        self.causes = self.gather_causes()
        self.mixes = self.gather_mixes()

    # -- which documents (decision 56)

    def judge(self, any_party, must_be_older):
        old, new = self.old, self.new
        if old.is_list or new.is_list:
            return
        if not any_party:
            for party, key, code in (("zorgaanbieder", "agb", "E322"), ("zorgverzekeraar", "uzovi", "E323")):
                if old.spec[party][key] != new.spec[party][key]:
                    raise Refused(code)
        if must_be_older and old.year >= new.year:
            raise Refused("E324")
        before, after = (old.year, old.round), (new.year, new.round)
        if before == after:
            self.warnings.add("E603")
        if before > after:
            self.warnings.add("E604")
        if new.year - old.year > 1:
            self.warnings.add("E605")

    # -- pairing (decisions 43 to 45)

    def pair_up(self):
        """Which old lines each new line comes from; `was` is read in the document of the later year."""
        later = not self.old.is_list and not self.new.is_list and self.old.year > self.new.year
        self.same_year = not self.old.is_list and not self.new.is_list and self.old.year == self.new.year
        if later:
            reached = {code: self.named_by(line, self.new) for code, line in self.old.lines.items()}
            origins = {code: [name for name, codes in reached.items() if code in codes] for code in self.new.lines}
        else:
            origins = {code: self.named_by(line, self.old) for code, line in self.new.lines.items()}
        goes_to = {}
        for code, names in origins.items():
            for name in names:
                goes_to.setdefault(name, []).append(code)
        for codes in goes_to.values():
            if len(codes) > 1 and any(len(origins[code]) > 1 for code in codes):
                raise Refused("E321")
        pairs = [self.pair(line, origins[code], goes_to) for code, line in self.new.lines.items()]
        lapsed = [line for code, line in self.old.lines.items() if code not in goes_to]
        return pairs + [Pair(None, [Origin(line, ONE, ONE)]) for line in lapsed]

    def named_by(self, line, other):
        """The codes of the other document that a line was, by its own word or else by its code."""
        was = line.spec.get("was", [])
        was = [was] if isinstance(was, str) else was
        own = [line.code] if line.code in other.lines else []
        known = [code for code in was if code in other.lines]
        if len(known) < len(was) and other is self.old and not self.same_year:
            self.warnings.add("E602")
        return (own or known) if self.same_year else (known or own)

    def pair(self, line, codes, goes_to):
        old = [self.old.lines[code] for code in codes]
        if len(old) > 1:
            counts = [item.count for item in old]
            simple = None in counts or sum(counts) == 0
            if simple:
                self.warnings.add("E608")
            weights = [Fraction(1, len(old)) if simple else count / sum(counts) for count in counts]
            return Pair(line, [Origin(o, w, ONE) for o, w in zip(old, weights)], simple_mean=simple)
        pair = Pair(line, [Origin(item, ONE, ONE) for item in old])
        if old and len(goes_to[codes[0]]) > 1:
            pair.split = True
            counts = {code: self.new.lines[code].count for code in goes_to[codes[0]]}
            equal = None in counts.values() or sum(counts.values()) == 0
            pair.old[0].share = Fraction(1, len(counts)) if equal else counts[line.code] / sum(counts.values())
        return pair

    def warn_units(self, pair):
        if any(o.line.unit and pair.new.unit and o.line.unit != pair.new.unit for o in pair.old):
            self.warnings.add("E607")

    # -- the tariff (decisions 46 to 50)

    def claims(self, line):
        base = line.spec.get("basis", {})
        earlier = self.old.is_list or (self.new.year is not None and self.old.year < self.new.year)
        return base.get("soort") == "vorig_contract" and "bedrag" in base and earlier

    def bridge(self, pair):
        new, old = pair.new, pair.old
        before, after = pair.tariffs
        pair.claims = self.claims(new)
        if new.flat or (not pair.claims and any(o.line.flat for o in old)):
            items = [Item("tarief", "tarief", after - before)]
        elif pair.claims:
            items = self.bridge_from_last(pair)
        else:
            items = []
            bases = {"basis": ZERO, "basis_percentage": ZERO, "basis_factor": ZERO}
            for o in old:
                was, w = o.line, o.weight
                bases["basis"] += w * (new.amount - was.amount) * was.percentage * was.factor
                bases["basis_percentage"] += w * new.amount * (new.percentage - was.percentage) * was.factor
                bases["basis_factor"] += w * new.amount * new.percentage * (new.factor - was.factor)
            items += [Item(kind, kind, amount) for kind, amount in bases.items()]
            items += self.steps(mean_steps((o.weight, o.line.steps) for o in old), new.steps)
            limit = new.limit - sum((o.weight * o.line.limit for o in old), ZERO)
            rounding = new.rounding - sum((o.weight * o.line.rounding for o in old), ZERO)
            items += [Item("begrenzing", "begrenzing", limit), Item("afronding", "afronding", rounding)]
        assert sum((item.amount for item in items), ZERO) == after - before, pair.code
        return [item for item in items if item.amount != 0]

    def bridge_from_last(self, pair):
        new, old = pair.new, pair.old
        which = new.spec["basis"].get("vorig", "tarief")
        found = [(o.weight, *named(o.line, which)) for o in old]
        if not all(there for *_, there in found):
            self.warnings.add("E606")
        figure = sum((w * figure for w, figure, *_ in found), ZERO)
        limit = sum((w * limit for w, _, _, limit, _, _ in found), ZERO)
        rounding = sum((w * rounding for w, _, _, _, rounding, _ in found), ZERO)
        gap = new.amount - figure
        pair.gap = gap != 0
        return [
            Item("basis_sluit_niet_aan", "basis_sluit_niet_aan", gap),
            Item("basis_percentage", "basis_percentage", new.amount * (new.percentage - 1)),
            Item("basis_factor", "basis_factor", new.amount * new.percentage * (new.factor - 1)),
            *self.steps(mean_steps((w, steps) for w, _, steps, *_ in found), new.steps),
            Item("begrenzing", "begrenzing", new.limit - limit),
            Item("afronding", "afronding", new.rounding - rounding),
        ]

    @staticmethod
    def steps(before, after):
        """Items of steps: lapsed, new, and in both."""
        lapsed = [Item(name, "stap_vervallen", -amount) for name, amount in before.items() if name not in after]
        fresh = [Item(name, "stap_nieuw", amount) for name, amount in after.items() if name not in before]
        both = [Item(name, "stap_gewijzigd", after[name] - before[name]) for name in after if name in before]
        return lapsed + fresh + both

    # -- turnover (decision 51)

    def effects(self, pair):
        (t0, t1), (v0, v1), (o0, o1) = pair.tariffs, pair.counts, pair.turnovers
        v0, v1, o0, o1 = v0 or ZERO, v1 or ZERO, o0 or ZERO, o1 or ZERO
        paid, plain = pair.added("paid"), pair.worth
        price = (t1 - t0) * self.weighed(pair)
        if not pair.simple_mean:
            assert plain == t0 * v0
            volume = (t0 + t1) / 2 * (v1 - v0) if self.attribution == "midden" else t0 * (v1 - v0)
        else:  # the simple mean times all units is not what the old lines came to: that is a matter of volumes too
            volume = t1 * v1 - plain - price
        tiers = (pair.new.paid - t1 * v1) - (paid - plain)
        rounding = (o1 - pair.new.paid) - (o0 - paid)
        assert price + volume + tiers + rounding == o1 - o0, pair.code
        return {"prijs": price, "volume": volume, "staffels": tiers, "afronding": rounding}

    def weighed(self, pair):
        """The volume the price effect is weighed with."""
        v0, v1 = (count or ZERO for count in pair.counts)
        return (v0 + v1) / 2 if self.attribution == "midden" else v1

    def add_up(self):
        items = dict.fromkeys(TOTALS, ZERO)
        for pair in self.pairs:
            for key, amount in (pair.effects or {}).items():
                items[key] += amount
            if not pair.old:
                items["nieuw"] += pair.new.turnover or ZERO
            if not pair.new:
                items["vervallen"] -= pair.turnovers[0] or ZERO
        items["plafonds"] = self.new.cuts - self.old.cuts
        assert sum(items.values(), ZERO) == self.new.total - self.old.total
        return Totals(self.old.total, self.new.total, [Item(k, k, a) for k, a in items.items() if a != 0])

    def gather_causes(self):
        """Decision 52."""
        found = {}
        for pair in self.pairs:
            for item in pair.bridge:
                kind = "stap" if item.kind.startswith("stap_") else item.kind
                key = (item.id, kind)
                found[key] = found.get(key, ZERO) + item.amount * self.weighed(pair)
        price = sum((pair.effects["prijs"] for pair in self.pairs if pair.effects), ZERO)
        assert sum(found.values(), ZERO) == price
        return Totals(ZERO, price, [Item(*key, amount) for key, amount in found.items() if amount != 0])

    # -- mix (decision 53)

    def gather_mixes(self):
        found = []
        for group in self.new.spec.get("groepen", {}):
            pairs = [p for p in self.pairs if p.effects and p.new.spec.get("groep") == group and None not in p.counts]
            units = {p.new.unit for p in pairs} | {o.line.unit for p in pairs for o in p.old}
            before, after = (sum((p.counts[side] for p in pairs), ZERO) for side in (0, 1))
            if len(units) != 1 or None in units or before == 0 or (after == 0 and self.attribution == "midden"):
                continue  # without units there is no mean tariff
            mean = sum((p.worth for p in pairs), ZERO) / before
            if self.attribution == "midden":
                mean = (mean + sum((p.tariffs[1] * p.counts[1] for p in pairs), ZERO) / after) / 2
            volume = sum((p.effects["volume"] for p in pairs), ZERO)
            quantity = (after - before) * mean
            found.append({
                "groep": group, "eenheid": units.pop(), "prestaties": len(pairs), "oud": before, "nieuw": after,
                "prijs": sum((p.effects["prijs"] for p in pairs), ZERO), "volume": volume,
                "hoeveelheid": quantity, "mix": volume - quantity,
            })  # fmt: skip
        return found

    def without_volume(self, side):
        """Lines that are paired without a volume on this side, while the other has one."""
        return sum(1 for p in self.pairs if p.effects and p.counts[side] is None and p.counts[1 - side] is not None)

    def seen(self):
        """What this pair of documents exercised, for the generator."""
        seen = Counter(f"kind {item.kind}" for pair in self.pairs for item in pair.bridge)
        seen.update(f"total {item.kind}" for item in self.total.items)
        seen.update(f"status {pair.status_by_figures}" for pair in self.pairs)
        for pair in self.pairs:
            printed = print_cents([item.amount for item in pair.bridge])
            seen["carries a cent"] += sum(carries_cent(i.amount, p) for i, p in zip(pair.bridge, printed))
            seen["merge by volume"] += len(pair.old) > 1 and not pair.simple_mean
            seen["merge by simple mean"] += pair.simple_mean
            seen["renamed"] += pair.renamed and len(pair.old) == 1
            seen["old not a decimal"] += bool(pair.old) and not oracle.show(pair.tariffs[0])[1]
            if pair.claims:
                which = pair.new.spec["basis"].get("vorig", "tarief").split(":")[0]
                seen[f"claims {which}, {'gap' if pair.gap else 'fits'}"] += 1
                seen["claims a flat line"] += any(o.line.flat for o in pair.old)
            if pair.split:
                seen["split in proportion" if pair.old[0].share * 1 != 0 and pair.counts[1] else "split in parts"] += 1
        seen["mix"] += len(self.mixes)
        seen["without volume, old"] += self.without_volume(0)
        seen["without volume, new"] += self.without_volume(1)
        seen.update(self.warnings)
        return seen


def mean_steps(lines):
    """{id: EUR} of several old lines by their weights; a line without a step counts 0 for it."""
    found = {}
    for weight, steps in lines:
        for name, amount in steps.items():
            found[name] = found.get(name, ZERO) + weight * amount
    return found


def compare(old, new, attribution="volgorde", **options):
    """The comparison of two effective documents; either may be a price list."""
    return Comparison(old, new, attribution, **options)
