"""The independent oracle: every figure of a proposal, computed with exact fractions.

Written from the model alone, without sight of the engine, so that the two can only agree by both being
right. Nothing here is fast, nothing is clever, and no number ever passes through a float: JSON numbers are
read as their digits and become `fractions.Fraction`.

    figures = compute(load(text))           # {"/prestaties/A1/tarief": Fraction(10435, 100), ...}
    show(figures["/prestaties/A1/tarief"])  # ("104.35", True, None)

Percent figures are percentages (6.3 stands for 6.3%), amounts are euros, volumes are units. A figure named
`begrenzing`, `afronding` or `rest` that is zero is left out. A document that breaks a rule the arithmetic leans
on raises `Fault`; this is not a validator, and it does not judge reasons or sources.

    python3 oracle.py voorstel.json [--policy beleid.json]     prints path<TAB>waarde[<TAB>breuk], sorted
"""

from __future__ import annotations

import argparse
import copy
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

ZERO, ONE = Fraction(0), Fraction(1)
MODES = ("rekenkundig", "naar_even", "naar_boven", "naar_beneden", "richting_nul", "weg_van_nul")
STEP_KINDS = ("index", "nacalculatie", "opslag", "afslag")
RESERVED_STEPS = {"basis", "stand", "geindexeerd"}
RESERVED_COMPONENTS = {"index", "rest", "afronding", "potentieel", "nacalculatie", "voorlopig"}
MAX_DEPTH = 16

sys.set_int_max_str_digits(0)  # a fraction may need more digits than Python prints by default


class Fault(ValueError):
    """The document breaks a rule of the model."""


# ---------------------------------------------------------------- numbers


def load(text):
    """Parse JSON with every number kept as the digits that were written."""
    return json.loads(text, parse_int=str, parse_float=str)


_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_RATIO = re.compile(r"([0-9]+)/([0-9]+)")


def is_number(text):
    return isinstance(text, str) and _DECIMAL.fullmatch(text) is not None


@cache
def number(text):
    """A decimal of at most 40 digits, at most 20 of them after the point."""
    if not is_number(text):
        raise Fault(f"not a decimal: {text!r}")
    whole, _, part = text.lstrip("-").partition(".")
    if len(whole) + len(part) > 40 or len(part) > 20:
        raise Fault(f"too many digits: {text!r}")
    return Fraction(text)


def percent(text):
    """A percentage, with or without its sign, as a fraction: "4.75%" is 0.0475."""
    if isinstance(text, str) and text.endswith("%"):
        text = text[:-1]
    return number(text) / 100


def _ratio(text):
    found = _RATIO.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    if int(found[2]) == 0:
        raise Fault(f"divides by zero: {text!r}")
    return Fraction(int(found[1]), int(found[2]))


def share(text):
    """A share: a percentage, or a fraction of whole numbers such as "2/3"."""
    ratio = _ratio(text)
    return percent(text) if ratio is None else ratio


def factor(text):
    """A plain multiplier: a decimal, or a fraction of whole numbers such as "1/2640"."""
    ratio = _ratio(text)
    return number(text) if ratio is None else ratio


def round_to(value, decimals, mode="rekenkundig"):
    """Round the signed value to that many decimals."""
    if mode not in MODES:
        raise Fault(f"unknown rounding mode {mode!r}")
    if not 0 <= decimals <= 20:
        raise Fault(f"decimals out of range: {decimals}")
    scaled = value * 10**decimals
    below = scaled.numerator // scaled.denominator
    over = scaled - below
    if over == 0:
        return value
    half = Fraction(1, 2)
    if mode == "naar_beneden":
        up = False
    elif mode == "naar_boven":
        up = True
    elif mode == "richting_nul":
        up = value < 0
    elif mode == "weg_van_nul":
        up = value > 0
    elif over != half:
        up = over > half
    elif mode == "naar_even":
        up = below % 2 == 1
    else:
        up = value > 0
    return Fraction(below + (1 if up else 0), 10**decimals)


def plain(value):
    """The digits of a value that terminates within 20 decimals, without trailing zeros."""
    scaled = value * 10**20
    if scaled.denominator != 1:
        raise ValueError("does not terminate within 20 decimals")
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled.numerator)).rjust(21, "0")
    whole, part = digits[:-20], digits[-20:].rstrip("0")
    return sign + whole + ("." + part if part else "")


def show(value):
    """(waarde, exact, breuk) as a figure shows them; breuk is None for an exact value."""
    if (value * 10**20).denominator == 1:
        return plain(value), True, None
    return plain(round_to(value, 20)), False, f"{value.numerator}/{value.denominator}"


# ---------------------------------------------------------------- documents


def merge_patch(target, patch):
    """RFC 7396, by the letter: arrays and scalars are replaced whole, null removes."""
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    result = copy.deepcopy(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def effective(document, policy=None):
    """The whole proposal after merging: policy and catalogue worked in and gone."""
    if document.get("formaat") == "navolgbaar/toelichting/1":
        document = document["voorstel"]
    name = document.get("beleid")
    if (name is None) != (policy is None) or (policy is not None and policy.get("kenmerk") != name):
        raise Fault(f"the document leans on policy {name!r}, which is not the one given")
    merged = merge_patch(policy, document) if policy is not None else copy.deepcopy(document)
    if merged.pop("beleid", None) is not None:
        merged["x-beleid"] = name
    catalogue = merged.pop("catalogus", {})
    merged["prestaties"] = [
        merge_patch(catalogue[line["code"]], line) if line["code"] in catalogue else line
        for line in merged.get("prestaties", [])
    ]
    return merged


def escape(name):
    """One token of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def unit_of(path):
    """`EUR`, `percent` or `aantal`: what the figure at this path is counted in."""
    parts = path.split("/")[1:]
    if parts[0] == "indexen":
        return "percent"
    if parts[0] in ("prestaties", "plafonds") and len(parts) == 5 and parts[2] == "stappen" and parts[4] == "index":
        return "percent"
    if parts[0] == "prestaties" and parts[2] == "volume":
        return "aantal"
    return "EUR"


def may_be_absent(path, value):
    """A zero begrenzing, afronding or rest may be left out; no other figure may."""
    return value == 0 and path.rsplit("/", 1)[1] in ("begrenzing", "afronding", "rest")


def unique(items, key, what):
    """{id: item} of a list in its order; the same id twice is a fault."""
    found = {}
    for item in items:
        if item[key] in found:
            raise Fault(f"{what} {item[key]!r} is there twice")
        found[item[key]] = item
    return found


def holds_null(value):
    if isinstance(value, dict):
        return any(holds_null(item) for item in value.values())
    if isinstance(value, list):
        return any(holds_null(item) for item in value)
    return value is None


# ---------------------------------------------------------------- the calculation


@dataclass
class Component:
    id: str
    share: Fraction
    provisional: Fraction
    correction: Fraction  # n, as used in the index
    combined: Fraction = ZERO  # C(n, v), per_component only
    weighted: Fraction = ZERO  # w·C, per_component only


@dataclass
class Index:
    total: Fraction
    multiplied: bool = False
    components: list = field(default_factory=list)
    terms: tuple | None = None  # (N, V), per_term only


@dataclass
class Line:
    """What other parts of the document may ask of a line."""

    tariff: Fraction
    unrounded: Fraction
    depth: int
    stand: Fraction | None = None  # after the steps, before limits
    volume: Fraction | None = None
    turnover: Fraction | None = None
    tiered: bool = False


class Calculation:
    """All figures of one effective proposal. `seen` counts what the document exercised, for the generator."""

    def __init__(self, document):
        self.document = document
        self.figures = {}
        self.seen = Counter()
        self.largest = 0  # digits of the longest fraction met
        self.lines = unique(document.get("prestaties", []), "code", "line")
        self.indices = {}
        self.results = {}
        self.busy = []

    # -- figures

    def put(self, path, value):
        assert path not in self.figures, f"{path} computed twice"
        self.figures[path] = self.watch(value)
        return value

    def put_if(self, path, value):
        if value != 0:
            self.put(path, value)

    def watch(self, value):
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        self.largest = max(self.largest, bits * 30103 // 100000 + 1)
        return value

    def rounded(self, value, decimals, mode, where):
        result = round_to(value, decimals, mode)
        twice = value * 2 * 10**decimals
        if twice.denominator == 1 and twice.numerator % 2:
            self.seen["tie", where, mode, "-" if value < 0 else "+"] += 1
        self.seen["round", where, mode] += 1
        return result

    def declared(self, spec, value, where):
        """Round by {decimalen, methode}; what the object leaves out is 2 and rekenkundig."""
        return self.rounded(value, int(spec.get("decimalen", "2")), spec.get("methode", "rekenkundig"), where)

    def cents(self, value, where):
        return self.rounded(value, 2, "rekenkundig", where)

    # -- indices (section 3)

    def index(self, name):
        if name not in self.indices:
            spec = self.document.get("indexen", {}).get(name)
            if spec is None:
                raise Fault(f"no index {name!r}")
            self.indices[name] = self.weigh(spec)
        return self.indices[name]

    def weigh(self, spec, own=None):
        """The index of this description, for its own shares or for those of a line."""
        if "percentage" in spec:
            if own is not None or {"componenten", "methode", "afronding", "gesteld"} & set(spec):
                raise Fault("a short-form index has no parts")
            return Index(percent(spec["percentage"]))
        method, stages = spec.get("methode", {}), spec.get("afronding", {})
        correction_method = method.get("nacalculatie", "verhouding")
        multiplied = method.get("samenstelling", "vermenigvuldigen") == "vermenigvuldigen"
        per_term = method.get("weging", "per_component") == "per_term"
        self.seen["method", correction_method, multiplied, per_term] += 1
        if per_term and "component" in stages:
            raise Fault("rounding of a component goes with per_component")

        def stage(name, value):
            if name not in stages:
                return value
            return self.rounded(value * 100, int(stages[name]), "rekenkundig", "index " + name) / 100

        def combine(n, v):
            return (1 + n) * (1 + v) - 1 if multiplied else n + v

        components = []
        for item in unique(spec["componenten"], "id", "component").values():
            if item["id"] in RESERVED_COMPONENTS:
                raise Fault(f"a component cannot be called {item['id']!r}")
            if own is not None:
                if item["id"] not in own:
                    raise Fault(f"no own share for component {item['id']!r}")
                weight = share(own[item["id"]])
            elif "aandeel" in item:
                weight = share(item["aandeel"])
            elif len(spec["componenten"]) == 1:
                weight = ONE
            else:
                raise Fault(f"component {item['id']!r} has no share")
            if not 0 <= weight <= 1:
                raise Fault("a share lies between 0 and 100%")
            if "vorig" in item:
                before, after = percent(item["vorig"]["voorlopig"]), percent(item["vorig"]["definitief"])
                if correction_method == "verschil":
                    n = after - before
                elif before == -1:
                    raise Fault("last year's provisional figure is -100%")
                else:
                    n = (1 + after) / (1 + before) - 1
            elif "nacalculatie" in item:
                n = percent(item["nacalculatie"])
            else:
                n = ZERO
            components.append(Component(item["id"], weight, percent(item["voorlopig"]), stage("nacalculatie", n)))
        if own is not None and len(own) != len(components):
            raise Fault("own shares name a component the index does not have")
        whole = sum(c.share for c in components)
        if whole > 1 or (whole < 1 and spec.get("restant_niet_geindexeerd") is not True):
            raise Fault(f"shares add up to {whole}")

        if per_term:
            n = stage("gewogen", sum((c.share * c.correction for c in components), ZERO))
            v = stage("gewogen", sum((c.share * c.provisional for c in components), ZERO))
            return Index(stage("totaal", combine(n, v)), multiplied, components, (n, v))
        for c in components:
            c.combined = stage("component", combine(c.correction, c.provisional))
            c.weighted = stage("gewogen", c.share * c.combined)
        return Index(stage("totaal", sum((c.weighted for c in components), ZERO)), multiplied, components)

    def show_indices(self):
        for name, spec in self.document.get("indexen", {}).items():
            index, here = self.index(name), "/indexen/" + escape(name)
            self.put(here, index.total * 100)
            if index.terms:
                self.put(here + "/nacalculatie", index.terms[0] * 100)
                self.put(here + "/voorlopig", index.terms[1] * 100)
            for c in index.components:
                part = here + "/" + escape(c.id)
                self.put(part + "/nacalculatie", c.correction * 100)
                if not index.terms:
                    self.put(part, c.combined * 100)
                    self.put(part + "/gewogen", c.weighted * 100)
            if "gesteld" in spec and percent(spec["gesteld"]) != index.total:
                raise Fault(f"index {name!r} claims {spec['gesteld']}, and is {index.total * 100}%")

    # -- steps (section 4)

    def steps_of(self, line):
        """The steps of a line in their order: shared, group, own; same id merges in place."""
        layers = [self.document.get("stappen", [])]
        if "groep" in line:
            group = self.document.get("groepen", {}).get(line["groep"])
            if group is None:
                raise Fault(f"no group {line['groep']!r}")
            layers.append(group.get("stappen", []))
        steps = {}
        for layer in layers:
            self.lay(steps, layer)
        dropped = line.get("zonder", [])
        if dropped == "alle":
            steps.clear()
            self.seen["zonder", "alle"] += 1
        else:
            for name in dropped:
                if steps.pop(name, None) is None:
                    raise Fault(f"zonder names {name!r}, which is no shared or group step")
                self.seen["zonder", "id"] += 1
                self.seen["zonder", "and anew"] += any(s["id"] == name for s in line.get("stappen", []))
        self.lay(steps, line.get("stappen", []))
        if holds_null(list(steps.values())):
            raise Fault("null after merging")
        return list(steps.values())

    def lay(self, steps, layer):
        for name, step in unique(layer, "id", "step").items():
            if name in RESERVED_STEPS:
                raise Fault(f"a step cannot be called {name!r}")
            self.seen["patched step", name in steps, holds_null(step)] += 1
            steps[name] = merge_patch(steps[name], step) if name in steps else step

    def same(self, left, right):
        """`is`: by value when both are numbers, else letter by letter."""
        if is_number(left) and is_number(right):
            return number(left) == number(right)
        return left == right

    def fact(self, name):
        known = self.document.get("kenmerken", {})
        if name not in known:
            raise Fault(f"no kenmerk {name!r}")
        return known[name]["waarde"]

    def met(self, step):
        condition = step.get("voorwaarde")
        if condition is None:
            return True
        if "kenmerk" in condition:
            result = self.same(self.fact(condition["kenmerk"]), condition["is"])
        else:
            result = condition["voldaan"]
        self.seen["voorwaarde", "kenmerk" in condition, result] += 1
        return result

    def tread(self, table):
        """The tread of a table that applies."""
        value, treads = self.fact(table["kenmerk"]), table["treden"]
        if {"tot", "is"} & set(treads[-1]):
            raise Fault("the last tread of a table has no bound")
        by_word = any("is" in tread for tread in treads)
        self.seen["tabel", "is" if by_word else "tot"] += 1
        before = None
        for tread in treads[:-1]:
            if by_word:
                continue
            bound = number(tread["tot"])
            if before is not None and bound <= before:
                raise Fault("treads do not ascend")
            before = bound
        for tread in treads[:-1]:
            if self.same(value, tread["is"]) if by_word else number(value) < number(tread["tot"]):
                return tread
        return treads[-1]

    def base_of(self, step, now):
        """What a percentage is taken of; `now` holds basis, stand, geindexeerd and the earlier figures."""
        over = step.get("over", "basis" if step["soort"] == "index" else None)
        if over is None:
            raise Fault(f"step {step['id']!r} does not say what it is taken of")
        if isinstance(over, list):
            if len(set(over)) != len(over) or not over:
                raise Fault("each base once")
            self.seen["over", "list with basis" if "basis" in over else "list"] += 1
            return sum((self.one_base(name, now, ("basis",)) for name in over), ZERO)
        self.seen["over", over if over in RESERVED_STEPS else "step"] += 1
        return self.one_base(over, now, RESERVED_STEPS)

    @staticmethod
    def one_base(name, now, words):
        if name in words:
            return now[name]
        if name not in now["steps"]:
            raise Fault(f"over names {name!r}, which is no earlier step")
        return now["steps"][name]

    def adds(self, step, now, here):
        """What the step adds before its own rounding, and its parts by component [(path, EUR)]."""
        kind = step["soort"]
        if kind not in STEP_KINDS:
            raise Fault(f"unknown step {kind!r}")
        given = [key for key in ("index", "percentage", "bedrag", "tabel") if key in step]
        if len(given) != 1 or (given == ["index"] and kind != "index"):
            raise Fault(f"step {step['id']!r} has {given} to add")
        sign = -1 if kind == "afslag" else 1
        portion = share(step["aandeel"]) if "aandeel" in step else ONE
        if not 0 <= portion <= 1:
            raise Fault("aandeel lies between 0 and 100%")
        self.seen["step", kind, given[0], "aandeel" in step] += 1

        if given == ["index"]:
            index = self.index(step["index"])
            if "aandelen" in step:
                if not index.components:
                    raise Fault("own shares need an index with components")
                spec = self.document["indexen"][step["index"]]
                index = self.weigh(spec, step["aandelen"])
                self.put(here + "/index", index.total * 100)
                self.seen["aandelen",] += 1
            grounds = self.base_of(step, now) * portion
            parts = []
            for c in index.components:
                weighted = grounds * c.share
                path = here + "/" + escape(c.id)
                parts.append((path + "/nacalculatie", weighted * c.correction))
                grown = 1 + c.correction if index.multiplied else ONE
                parts.append((path + "/voorlopig", weighted * c.provisional * grown))
            return grounds * index.total, parts

        key, written = given[0], step
        if key == "tabel":
            written = self.tread(step["tabel"])
            key = "percentage" if "percentage" in written else "bedrag"
            if any("percentage" in tread for tread in step["tabel"]["treden"]):
                self.base_of(step, now)
        if key == "bedrag":
            if written is step and "over" in step:
                raise Fault("over does not go with a bedrag")
            figure, of = number(written["bedrag"]), ONE
        else:
            figure, of = percent(written["percentage"]), self.base_of(step, now)
        if figure < 0 and (kind == "afslag" or (kind == "opslag" and given != ["tabel"])):
            raise Fault(f"step {step['id']!r} is written below zero")
        return sign * figure * of * portion, []

    def walk(self, here, base, steps):
        """Run the steps from the base; returns the stand after the last."""
        stand, now = base, {"basis": base, "geindexeerd": base, "steps": {}}
        for step in steps:
            path = f"{here}/stappen/{escape(step['id'])}"
            now["stand"] = stand
            raw, parts = self.adds(step, now, path)
            self.watch(raw)
            figure, rounding = raw, step.get("afronden")
            if rounding is not None:
                what = rounding.get("wat", "stand")
                if what not in ("bedrag", "stand"):
                    raise Fault(f"cannot round {what!r}")
                if what == "bedrag":
                    figure = self.declared(rounding, raw, "step bedrag")
                else:
                    figure = self.declared(rounding, stand + raw, "step stand") - stand
            if self.met(step):
                for part, amount in parts:
                    self.put(part, amount)
                rest = raw - sum((amount for _, amount in parts), ZERO) if parts else ZERO
                self.put_if(path + "/rest", rest)
                self.put_if(path + "/afronding", figure - raw)
                if parts:
                    shown = [amount for _, amount in parts] + [rest, figure - raw]
                    assert sum(shown, ZERO) == figure, path
            else:
                self.put(path + "/potentieel", figure)
                figure = ZERO
            self.put(path, figure)
            now["steps"][step["id"]] = figure
            stand += figure
            if step["soort"] == "index":
                now["geindexeerd"] = stand
        return stand

    # -- lines (section 5)

    def amount_of(self, base):
        """bedrag × percentage × factor, and how deep the base leans on other lines."""
        if "prestatie" in base:
            other = self.line(base["prestatie"])
            van = base.get("van", "onafgerond")
            if van not in ("onafgerond", "tarief"):
                raise Fault(f"van {van!r}")
            amount, depth = (other.tariff if van == "tarief" else other.unrounded), other.depth + 1
            self.seen["derived", van, min(depth, 16)] += 1
        else:
            amount, depth = number(base["bedrag"]), 0
        if depth > MAX_DEPTH:
            raise Fault("bases lean on each other too deep")
        if "percentage" in base:
            amount *= percent(base["percentage"])
        if "factor" in base:
            amount *= factor(base["factor"])
        return amount, depth

    def limit(self, spec):
        amount = number(spec["bedrag"])
        if "percentage" in spec:
            if percent(spec["percentage"]) < 0:
                raise Fault("the percentage of a limit is at least 0")
            amount *= percent(spec["percentage"])
        return amount

    def line(self, code):
        if code in self.results:
            return self.results[code]
        if code not in self.lines:
            raise Fault(f"no line {code!r}")
        if code in self.busy:
            raise Fault(f"line {code!r} leans on itself")
        self.busy.append(code)
        spec, here = self.lines[code], "/prestaties/" + escape(code)
        if "basis" in spec:
            result = self.priced(spec, here)
        else:
            if "tarief" not in spec or {"stappen", "maximum", "minimum", "tariefafronding"} & set(spec):
                raise Fault(f"line {code!r} is neither built up nor flat")
            tariff = number(spec["tarief"])
            result = Line(tariff, tariff, 0)
            self.put(here + "/tarief", tariff)
            self.seen["flat",] += 1
        self.count(spec, here, result)
        self.busy.pop()
        self.results[code] = result
        return result

    def priced(self, spec, here):
        base, depth = self.amount_of(spec["basis"])
        self.put(here + "/basis", base)
        steps = self.steps_of(spec)
        stand = self.walk(here, base, steps)
        low = self.limit(spec["minimum"]) if "minimum" in spec else None
        high = self.limit(spec["maximum"]) if "maximum" in spec else None
        if low is not None and high is not None and low > high:
            raise Fault("the minimum lies above the maximum")
        unrounded = stand
        if high is not None:
            self.seen["maximum", unrounded > high] += 1
            unrounded = min(unrounded, high)
        if low is not None:
            self.seen["minimum", unrounded < low] += 1
            unrounded = max(unrounded, low)
        rounding = spec.get("tariefafronding", self.document.get("tariefafronding", {}))
        tariff = self.declared(rounding, unrounded, "tarief")
        self.put_if(here + "/begrenzing", unrounded - stand)
        self.put(here + "/onafgerond", unrounded)
        self.put_if(here + "/afronding", tariff - unrounded)
        self.put(here + "/tarief", tariff)
        if "tarief" in spec and number(spec["tarief"]) != tariff:
            raise Fault(f"{here} claims {spec['tarief']}, and is {tariff}")
        moved = sum((self.figures[f"{here}/stappen/{escape(s['id'])}"] for s in steps), ZERO)
        assert base + moved + (unrounded - stand) + (tariff - unrounded) == tariff, here
        return Line(tariff, unrounded, depth, stand)

    def count(self, spec, here, result):
        """Volume, treads and turnover of a line."""
        if "volume" not in spec:
            if "staffels" in spec:
                raise Fault("treads without a volume")
            return
        volume = self.volume(spec["volume"], here + "/volume")
        result.volume = volume
        if "staffels" not in spec:
            result.turnover = self.cents(volume * result.tariff, "omzet")
        else:
            result.tiered, result.turnover, start = True, ZERO, ZERO
            treads = spec["staffels"]
            for n, tread in enumerate(treads):
                if ("tot" in tread) == (n == len(treads) - 1):
                    raise Fault("only the last tread is open")
                end = number(tread["tot"]) if "tot" in tread else max(volume, start)
                if "tot" in tread and end <= start:
                    raise Fault("treads do not ascend")
                if percent(tread["percentage"]) < 0:
                    raise Fault("a tread is paid at 0% or more")
                units = max(min(volume, end) - start, ZERO)
                paid = self.cents(units * result.tariff * percent(tread["percentage"]), "staffel")
                self.put(f"{here}/staffels/{n}", paid)
                self.seen["tread", "empty" if units == 0 else "used"] += 1
                result.turnover += paid
                start = end
        self.put(here + "/omzet", result.turnover)

    def volume(self, spec, here):
        if "aantal" in spec:
            units = number(spec["aantal"])
            self.seen["volume", "plain"] += 1
        else:
            base = number(spec["basis"]["aantal"])
            self.put(here + "/basis", base)
            units = base
            for step in unique(spec.get("stappen", []), "id", "volume step").values():
                if ("aantal" in step) == ("percentage" in step):
                    raise Fault("a volume step has an aantal or a percentage")
                if "aantal" in step:
                    change = number(step["aantal"])
                elif step.get("over") not in ("basis", "stand"):
                    raise Fault("a volume percentage needs its base")
                else:
                    change = percent(step["percentage"]) * (base if step["over"] == "basis" else units)
                self.put(f"{here}/stappen/{escape(step['id'])}", change)
                self.seen["volume step", step.get("over", "aantal")] += 1
                units += change
            if "afronding" in spec:
                rounded = self.declared(spec["afronding"], units, "volume")
                self.put_if(here + "/afronding", rounded - units)
                units = rounded
            self.seen["volume", "built up"] += 1
        if units < 0:
            raise Fault("a volume below zero")
        return self.put(here, units)

    # -- ceilings and totals (section 6)

    def ceiling_amount(self, spec, here):
        if "bedrag" in spec:
            self.seen["plafond", "plain"] += 1
            return number(spec["bedrag"])
        base, _ = self.amount_of(spec["basis"])
        self.put(here + "/basis", base)
        steps = []
        self.lay_ceiling(steps, spec.get("stappen", []))
        stand = self.walk(here, base, steps)
        rounding = spec.get("tariefafronding", self.document.get("tariefafronding", {}))
        amount = self.declared(rounding, stand, "plafond bedrag")
        self.put(here + "/onafgerond", stand)
        self.put_if(here + "/afronding", amount - stand)
        self.put(here + "/bedrag", amount)
        self.seen["plafond", "built up"] += 1
        return amount

    def lay_ceiling(self, steps, layer):
        found = {}
        self.lay(found, layer)
        if holds_null(list(found.values())):
            raise Fault("null after merging")
        steps.extend(found.values())

    def covered(self, spec):
        if ("groep" in spec) == ("prestaties" in spec):
            raise Fault("a ceiling covers lines or a group")
        if "groep" in spec:
            if spec["groep"] not in self.document.get("groepen", {}):
                raise Fault(f"no group {spec['groep']!r}")
            return {code for code, line in self.lines.items() if line.get("groep") == spec["groep"]}
        if spec["prestaties"] == "alle":
            return set(self.lines)
        if not set(spec["prestaties"]) <= set(self.lines):
            raise Fault("a ceiling names a line that is not there")
        return set(spec["prestaties"])

    def ceilings(self):
        """[(codes, cut)] in document order."""
        earlier = []
        for spec in unique(self.document.get("plafonds", []), "id", "ceiling").values():
            here, codes = "/plafonds/" + escape(spec["id"]), self.covered(spec)
            turnover = sum((self.results[code].turnover or ZERO for code in codes), ZERO)
            for inner, cut in earlier:
                if inner <= codes:
                    turnover += cut
                    self.seen["plafond", "nested"] += bool(inner)
                elif inner & codes:
                    raise Fault("ceilings overlap")
            amount = self.ceiling_amount(spec, here)
            if amount < 0:
                raise Fault("a ceiling below zero")
            excess = max(turnover - amount, ZERO)
            above = percent(spec.get("boven", "0"))
            if not 0 <= above <= 1:
                raise Fault("boven lies between 0 and 100%")
            paid = self.cents(excess * above, "plafond boven")
            self.put(here, paid - excess)
            if paid > excess:
                raise Fault("a payment rounded above the excess")
            self.seen["plafond", "cuts" if paid < excess else "does not cut"] += 1
            earlier.append((codes, paid - excess))
        return earlier

    def effective_tariffs(self, cuts):
        for code, line in self.results.items():
            if not line.volume:  # no volume, or none of it
                continue
            received, touched = line.turnover, line.tiered
            for codes, cut in cuts:
                if code in codes and cut != 0:
                    whole = sum((self.results[c].turnover or ZERO for c in codes), ZERO)
                    received += cut * line.turnover / whole
                    touched = True
            if touched:
                self.put(f"/prestaties/{escape(code)}/effectief_tarief", received / line.volume)
                self.seen["effectief_tarief",] += 1

    def run(self):
        self.show_indices()
        for code in self.lines:
            self.line(code)
        for name in self.document.get("groepen", {}):
            lines = [c for c, line in self.lines.items() if line.get("groep") == name]
            turnover = sum((self.results[c].turnover or ZERO for c in lines), ZERO)
            self.put(f"/groepen/{escape(name)}/omzet", turnover)
        cuts = self.ceilings()
        self.effective_tariffs(cuts)
        before = sum((line.turnover or ZERO for line in self.results.values()), ZERO)
        after = before + sum((cut for _, cut in cuts), ZERO)
        self.put("/totaal/omzet_voor_plafond", before)
        self.put("/totaal/omzet", after)
        assert all(cut <= 0 for _, cut in cuts)
        return self.figures


def compute(document, policy=None):
    """{path: Fraction} of every figure of the proposal."""
    return Calculation(effective(document, policy)).run()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Print every figure of a proposal, computed with fractions.")
    parser.add_argument("proposal")
    parser.add_argument("--policy")
    options = parser.parse_args(arguments)
    with open(options.proposal, encoding="utf-8") as file:
        document = load(file.read())
    policy = None
    if options.policy:
        with open(options.policy, encoding="utf-8") as file:
            policy = load(file.read())
    try:
        figures = compute(document, policy)
    except Fault as fault:
        print(f"oracle: {fault}", file=sys.stderr)
        return 3
    for path in sorted(figures):
        waarde, _, breuk = show(figures[path])
        print(path, waarde, *([breuk] if breuk else []), sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
