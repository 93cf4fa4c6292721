"""Mistakes in somebody else's explanation: its figures altered, either everything after them as well or only the one.

    for altered in EXPLAINED["ceiling ignored"].make(offer, rng): altered.figures   # {path: Fraction} instead of what follows
    explanation = with_figures(program_explanation, altered.figures)

Consistent: the oracle works out a proposal without the rule that was forgotten, and every figure after it follows. Inconsistent:
the figure alone is altered, and the figures after it are right again. Either way the fault enters at `altered.enters`.
"""

import copy
from dataclasses import dataclass
from fractions import Fraction

from faults import copy_of, work_out
from oracle import escape, round_to, show


@dataclass
class Altered:
    figures: dict
    enters: set
    key: str | None


@dataclass
class ExplainedKind:
    name: str
    make: object
    need: tuple = ()
    avoid: tuple = ()


EXPLAINED = {}
PLAIN = ("tiers", "ceiling", "derived", "group")


def kind(name, *need, avoid=()):
    def register(make):
        EXPLAINED[name] = ExplainedKind(name, make, need, avoid)
        return make

    return register


def with_figures(explanation, figures):
    """The explanation with other figures where it has them."""
    result = copy.deepcopy(explanation)
    for node in result["knopen"]:
        if node["pad"] in figures:
            value, exact, fraction = show(figures[node["pad"]])
            node.update(waarde=value, exact=exact)
            node.pop("breuk", None)
            if fraction:
                node["breuk"] = fraction
    return result


def difference(offer, figures):
    """Only what changed; what the other calculation has no figure for is zero."""
    changed = {}
    for path, value in offer.figures.items():
        other = figures.get(path)
        if other is None:
            parts = path.split("/")
            if path.endswith("/effectief_tarief"):
                code = "/".join(parts[:3])
                other = figures[code + "/omzet"] / figures[code + "/volume"]
            else:
                other = Fraction(0)
        if other != value:
            changed[path] = other
    return changed


@kind("ceiling ignored", "ceiling", "biting")
def ceiling_ignored(offer, rng):
    document = copy_of(offer)
    del document["plafonds"]
    yield Altered(difference(offer, work_out(document)), {"/plafonds/plafond"}, "plafond_genegeerd")


@kind("tiers ignored", "tiers")
def tiers_ignored(offer, rng):
    document = copy_of(offer)
    for line in document["prestaties"]:
        for tread in line.get("staffels", []):
            tread["percentage"] = "100%"
    changed = difference(offer, work_out(document))
    enters = {path for path in changed if "/staffels/" in path}
    yield Altered(changed, enters, "staffel_genegeerd")


@kind("volume step omitted", "volume_steps")
def volume_step(offer, rng):
    document = copy_of(offer)
    line = rng.choice([line for line in document["prestaties"] if "stappen" in line.get("volume", {})])
    step = rng.choice(line["volume"]["stappen"])
    line["volume"]["stappen"].remove(step)
    changed = difference(offer, work_out(document))
    yield Altered(changed, {f"/prestaties/{line['code']}/volume/stappen/{step['id']}"}, "volumestap_weggelaten")


def totals(offer, turnover, changed):
    """Totals after other turnovers, where there are no ceilings and groups."""
    before = sum(turnover.values(), Fraction(0))
    for path in ("/totaal/omzet_voor_plafond", "/totaal/omzet"):
        if before != offer.figures[path]:
            changed[path] = before
    return changed


@kind("turnover wrong", avoid=PLAIN)
def turnover_wrong(offer, rng):
    paths = [p for p in offer.figures if p.startswith("/prestaties/") and p.endswith("/omzet")]
    turnover = {p: offer.figures[p] for p in paths}
    path = rng.choice(paths)
    turnover[path] += Fraction(rng.choice([1, -1, 10, 100, 12345]), 100)
    yield Altered(totals(offer, turnover, {path: turnover[path]}), {path}, None)


@kind("a single figure altered")
def single(offer, rng):
    """Of any kind but the claims themselves; nothing after it changes."""
    paths = [p for p in offer.figures if p.startswith("/prestaties/") and not p.endswith(("/tarief", "/volume/basis", "/effectief_tarief"))]
    path = rng.choice(paths)
    yield Altered({path: offer.figures[path] + Fraction(rng.choice([1, -1, 7, -13, 250]), 100)}, {path}, None)


@kind("a step altered and all after it", "surcharge", avoid=PLAIN)
def step_altered(offer, rng):
    """A step of one line counts for a cent or more too much, and the line, its turnover and the totals with it."""
    codes = [line["code"] for line in offer.document["prestaties"] if f"/prestaties/{escape(line['code'])}/stappen/kwaliteit" in offer.figures]
    document, code = copy_of(offer), rng.choice(codes)
    path = f"/prestaties/{escape(code)}/stappen/kwaliteit"
    line = next(line for line in document["prestaties"] if line["code"] == code)
    steps = [step["id"] for step in document["stappen"]]
    figures = dict(offer.figures)
    more = Fraction(rng.choice([5, -5, 13, 100]), 100)
    if {"maximum", "minimum"} & set(line) or steps[-1] != "kwaliteit" or "afronden" in document["stappen"][-1] or "stappen" in line:
        return
    figures[path] += more
    here = f"/prestaties/{escape(code)}"
    rounding = line.get("tariefafronding", document.get("tariefafronding", {}))
    figures[here + "/onafgerond"] += more
    tariff = round_to(figures[here + "/onafgerond"], rounding.get("decimalen", 2), rounding.get("methode", "rekenkundig"))
    figures[here + "/afronding"] = tariff - figures[here + "/onafgerond"]
    figures[here + "/tarief"] = tariff
    if here + "/omzet" in figures:
        figures[here + "/omzet"] = round_to(figures[here + "/volume"] * tariff, 2)
    turnover = {p: v for p, v in figures.items() if p.startswith("/prestaties/") and p.endswith("/omzet")}
    changed = {p: v for p, v in figures.items() if offer.figures.get(p, 0) != v}
    yield Altered(totals(offer, turnover, changed), {path}, None)
