"""Calculators that make one mistake each: what a careless, or a cunning, other party would claim.

    for variant in KINDS["step twice"].variants(offer):
        variant.claims()       # {"/prestaties/A01/tarief": Fraction, "/indexen/lpo": Fraction}, all of them

Every kind names the keys (`soort` of a verklaring) that describe it. A mistake is a changed proposal, or a changed index, worked out
with the oracle's fractions; the index is worked out here once more, so that its parts can be tampered with. Nothing here looks at the program.

    same_class(offer, key, claims, paths)   # does a calculator of that key give these claims on these paths?
"""

import copy
import itertools
from dataclasses import dataclass, field
from fractions import Fraction

from offers import INDEX, YEAR, claims_of, percentage, tariff_path
from oracle import MODES, Calculation, Component, Fault, Index, percent, plain, round_to, share

METHODS = {"nacalculatie": ("verhouding", "verschil"), "samenstelling": ("vermenigvuldigen", "optellen"),
           "weging": ("per_component", "per_term")}  # fmt: skip


# ---------------------------------------------------------------- the index, with fractions


def parts_of(spec, own=None):
    """[id, share, provisional, (before, after) or a given figure] of each component."""
    result = []
    for item in spec["componenten"]:
        after = None
        if "vorig" in item:
            after = percent(item["vorig"]["voorlopig"]), percent(item["vorig"]["definitief"])
        elif "nacalculatie" in item:
            after = percent(item["nacalculatie"])
        weight = share(own[item["id"]] if own else item.get("aandeel", "100"))
        result.append([item["id"], weight, percent(item["voorlopig"]), after])
    return result


def correction(after, method):
    if after is None:
        return Fraction(0)
    if not isinstance(after, tuple):
        return after
    return after[1] - after[0] if method == "verschil" else (1 + after[1]) / (1 + after[0]) - 1


def weigh(spec, own=None, parts=None, method=None, stages=None, tamper=None):
    """An oracle Index, by whatever parts, method and rounding; `tamper` changes a correction once it is rounded."""
    method = spec.get("methode", {}) if method is None else method
    stages = spec.get("afronding", {}) if stages is None else stages
    parts = parts or parts_of(spec, own)
    multiplied = method.get("samenstelling", "vermenigvuldigen") == "vermenigvuldigen"

    def stage(name, value):
        return round_to(value * 100, stages[name]) / 100 if stages.get(name) is not None else value

    def combine(n, v):
        return (1 + n) * (1 + v) - 1 if multiplied else n + v

    components = []
    for name, weight, provisional, after in parts:
        n = stage("nacalculatie", correction(after, method.get("nacalculatie", "verhouding")))
        components.append(Component(name, weight, provisional, tamper(name, n) if tamper else n))
    if method.get("weging") == "per_term":
        n = stage("gewogen", sum(c.share * c.correction for c in components))
        v = stage("gewogen", sum(c.share * c.provisional for c in components))
        return Index(stage("totaal", combine(n, v)), multiplied, components, (n, v))
    for c in components:
        c.combined = stage("component", combine(c.correction, c.provisional))
        c.weighted = stage("gewogen", c.share * c.combined)
    return Index(stage("totaal", sum(c.weighted for c in components)), multiplied, components)


class Tampered(Calculation):
    """A calculation whose indices come from elsewhere; `index_of(spec, own)` gives them."""

    def __init__(self, document, index_of):
        super().__init__(document)
        self.index_of = index_of

    def weigh(self, spec, own=None):
        return self.index_of(spec, own)


def work_out(document, index_of=None):
    calculation = Tampered(document, index_of) if index_of else Calculation(document)
    return calculation.run()


# ---------------------------------------------------------------- kinds


@dataclass
class Variant:
    label: str
    document: dict | None = None
    index_of: object = None
    change: object = None  # claims -> claims, for mistakes of the typist
    truth: dict = field(default_factory=dict)

    def figures(self):
        return work_out(self.document, self.index_of)

    def claims(self):
        if self.change:
            return self.change(dict(self.truth))
        figures = self.figures()
        claims = claims_of(self.document, figures)
        return {path: claims.get(path, figures.get(path)) for path in self.truth if path in figures}


@dataclass
class Kind:
    name: str
    keys: tuple  # the readings that name it
    make: object
    need: tuple = ()
    avoid: tuple = ()
    scopes: tuple = ("all", "all", "group", "one")
    index: str = "tariffs"  # which claims it touches: "tariffs", "both", "index"
    previous: bool = False  # last year's contract goes with it

    def variants(self, offer):
        for item in self.make(offer):
            item.truth = offer.claims
            yield item


KINDS = {}


def kind(name, *keys, **more):
    def register(make):
        KINDS[name] = Kind(name, keys, make, **more)
        return make

    return register


def copy_of(offer):
    return copy.deepcopy(offer.document)


def step_lists(document):
    """Every list of steps in the document."""
    yield document.get("stappen", [])
    for group in document.get("groepen", {}).values():
        yield group.get("stappen", [])
    for line in document["prestaties"]:
        yield line.get("stappen", [])


def steps(document):
    for steps_here in step_lists(document):
        for step in steps_here:
            if "soort" in step:
                yield steps_here, step


def each_step(offer, wanted, change, label):
    """A variant per step that is wanted, with the change made to it; `change` gives False where it does not apply."""
    for name in dict.fromkeys(s["id"] for _, s in steps(offer.document) if wanted(s)):
        document = copy_of(offer)
        done = [change(here, step) for here, step in list(steps(document)) if step["id"] == name]
        if False not in done:
            yield Variant(f"{label} {name}", document)


def extra_step(offer, step, below=()):
    """The same step at the end of the steps of every line with an index step."""
    document = copy_of(offer)
    for line in document["prestaties"]:
        if line.get("zonder") != "alle" and line["code"] not in below:
            line["stappen"] = [*line.get("stappen", []), {"id": "zz-fout", "reden": "r", "bron": "kader", **step}]
    return document


def points(*hundredths):
    return [Fraction(h, 10000) for h in hundredths]


# -- the index


def lowered(x):
    def index_of(spec, own=None):
        index = weigh(spec, own)
        index.total -= x
        return index

    return index_of


@kind("index lowered by points", "index_lager")
def index_lowered(offer):
    for x in points(5, 10, 20, 25, 30, 50, 62, 75, 100, -10, -25):
        yield Variant(f"{float(x) * 100} points", copy_of(offer), lowered(x))


def after(tamper):
    return lambda spec, own=None: weigh(spec, own, tamper=tamper)


def after_ids(offer):
    return [item["id"] for item in offer.spec()["componenten"] if "vorig" in item or "nacalculatie" in item]


@kind("nacalculatie skipped", "nacalculatie_weggelaten", index="both")
def after_skipped(offer):
    yield Variant("all", copy_of(offer), after(lambda name, n: Fraction(0)))


@kind("nacalculatie of one component skipped", "nacalculatie_weggelaten")
def after_skipped_one(offer):
    for one in after_ids(offer):
        yield Variant(one, copy_of(offer), after(lambda name, n, one=one: Fraction(0) if name == one else n))


@kind("nacalculatie twice", "nacalculatie_dubbel", index="both")
def after_twice(offer):
    multiplied = offer.spec().get("methode", {}).get("samenstelling", "vermenigvuldigen") == "vermenigvuldigen"
    twice = (lambda n: (1 + n) * (1 + n) - 1) if multiplied else (lambda n: 2 * n)
    yield Variant("all", copy_of(offer), after(lambda name, n: twice(n)))
    for one in after_ids(offer):
        yield Variant(one, copy_of(offer), after(lambda name, n, one=one: twice(n) if name == one else n))


def with_parts(change):
    """An index from changed parts; `change` gets [id, share, provisional, after] of each component."""
    return lambda spec, own=None: weigh(spec, own, parts=change(parts_of(spec, own)))


def published(offer):
    """{(id, year, stage): fraction} of the reference file."""
    return {(row["id"], item["jaar"], item["stadium"]): percent(item["percentage"])
            for row in offer.reference()["reeksen"] for item in row["cijfers"]}  # fmt: skip


@kind("nacalculatie of another year", "nacalculatie_ander_jaar", need=("published",), avoid=("given_after",))
def after_other_year(offer):
    table, ids = published(offer), [item["id"] for item in offer.spec()["componenten"]]
    for year in (YEAR - 2, YEAR - 3):
        for some in [ids] + [[name] for name in ids]:
            yield Variant(f"{year} {' '.join(some)}", copy_of(offer), with_parts(lambda parts, year=year, some=some: [
                [i, w, v, (table[i, year, "voorlopig"], table[i, year, "definitief"]) if i in some else n] for i, w, v, n in parts]))  # fmt: skip


@kind("last year's figure for this year's", "index_jaar_oud", index="both")
def year_old(offer):
    old = {item["id"]: item["vorig"] for item in offer.spec()["componenten"] if "vorig" in item}
    for stage in ("voorlopig", "definitief"):
        for names in [[name] for name in old] + [list(old)]:
            yield Variant(f"{stage} {' '.join(names)}", copy_of(offer), with_parts(lambda parts, stage=stage, names=names: [
                [i, w, percent(old[i][stage]) if i in names else v, n] for i, w, v, n in parts]))  # fmt: skip



@kind("price component omitted", "component_weggelaten", index="both")
def component_omitted(offer):
    for one in [item["id"] for item in offer.spec()["componenten"]]:
        yield Variant(one, copy_of(offer), with_parts(lambda parts, one=one: [
            [i, w, Fraction(0), None] if i == one else [i, w, v, n] for i, w, v, n in parts]))  # fmt: skip


@kind("weights swapped", "aandelen_verwisseld", index="both", avoid=("own_shares",))
def weights_swapped(offer):
    for a, b in itertools.combinations([item["id"] for item in offer.spec()["componenten"]], 2):
        def change(parts, a=a, b=b):
            weights = {part[0]: part[1] for part in parts}
            weights[a], weights[b] = weights[b], weights[a]
            return [[i, weights[i], v, n] for i, _, v, n in parts]

        yield Variant(f"{a} {b}", copy_of(offer), with_parts(change))


def by_convention(method, stages):
    return lambda spec, own=None: weigh(spec, own, method=method, stages=stages)


def conventions(offer, own_rounding=True):
    """Every method, with the rounding of the offer, without, and with one or more stages at 1 to 4 decimals."""
    declared = offer.spec().get("afronding", {})
    for values in itertools.product(*METHODS.values()):
        method = dict(zip(METHODS, values))
        names = ["nacalculatie", "gewogen", "totaal"] + (["component"] if method["weging"] == "per_component" else [])
        seen = []
        for stages in [{n: d for n, d in declared.items() if n in names}, {}] + [
            dict.fromkeys(some, places) for count in range(1, len(names) + 1) for some in itertools.combinations(names, count) for places in (2, 1, 3, 4)
        ]:
            if stages not in seen:
                seen.append(stages)
                yield method, stages


def method_changed(key):
    def make(offer):
        spec = offer.spec()
        method = {name: spec.get("methode", {}).get(name, values[0]) for name, values in METHODS.items()}
        other = METHODS[key][1 - METHODS[key].index(method[key])]
        method = method | {key: other}
        stages = {n: d for n, d in spec.get("afronding", {}).items() if n != "component" or method["weging"] == "per_component"}
        yield Variant(other, copy_of(offer), by_convention(method, stages))

    return make


kind("difference or ratio", "conventie", index="both")(method_changed("nacalculatie"))
kind("added or multiplied", "conventie", index="both")(method_changed("samenstelling"))
kind("weighed per term or per component", "conventie", index="both")(method_changed("weging"))


@kind("other rounding of the index", "conventie", index="both")
def stages_changed(offer):
    spec = offer.spec()
    method = {name: spec.get("methode", {}).get(name, values[0]) for name, values in METHODS.items()}
    for found, stages in conventions(offer):
        if found == method and set(stages.values()) <= {2} and stages != spec.get("afronding", {}):
            yield Variant(str(stages), copy_of(offer), by_convention(method, stages))


@kind("index claimed by another convention", "conventie", index="index", need=("stated",))
def claim_by_convention(offer):
    for method, stages in conventions(offer):
        if stages.get("totaal") == 2 and len(stages) <= 2:
            yield Variant(f"{method} {stages}", copy_of(offer), by_convention(method, stages))


@kind("tariffs on the index as claimed", "gesteld_percentage", index="both", need=("stated",))
def claimed_index(offer):
    for x in points(3, 7, 12, 18, 31, 44, -9):
        def index_of(spec, own=None, x=x):
            index = weigh(spec, own)
            index.total -= x
            return index

        yield Variant(f"{float(x) * 100} points", copy_of(offer), index_of)


@kind("percentage a power of ten off", "percentage_als_factor")
def shifted(offer):
    for power in (10, 100):
        for scale in (Fraction(power), Fraction(1, power)):
            def index_of(spec, own=None, scale=scale):
                index = weigh(spec, own)
                index.total *= scale
                return index

            yield Variant(f"index × {scale}", copy_of(offer), index_of)
            def change(here, step, scale=scale):
                for written in step["tabel"]["treden"] if "tabel" in step else [step]:
                    written["percentage"] = plain(percent(written["percentage"]) * 100 * scale)
            yield from each_step(offer, lambda s: "percentage" in s or "tabel" in s, change, f"× {scale}")


# -- steps


def surcharge(step):
    return step["soort"] in ("opslag", "afslag")


@kind("step omitted", "stap_weggelaten")
def omitted(offer):
    for name in dict.fromkeys(step["id"] for _, step in steps(offer.document)):
        document = copy_of(offer)
        for here in step_lists(document):
            here[:] = [step for step in here if step["id"] != name]
        yield Variant(f"omitted {name}", document)


@kind("one-off not taken out", "eenmalig_blijft_staan", "stap_weggelaten", need=("one_off",))
def one_off_kept(offer):
    yield from each_step(offer, lambda s: s.get("doorwerking") == "eenmalig", lambda here, step: step.update(bedrag="0"), "kept")


@kind("step twice", "stap_dubbel")
def twice(offer):
    """The same again right after it, with what a line changes in it."""
    for name in dict.fromkeys(step["id"] for _, step in steps(offer.document)):
        document = copy_of(offer)
        for here in step_lists(document):
            for step in [step for step in here if step["id"] == name]:
                here.insert(here.index(step) + 1, copy.deepcopy(step) | {"id": name + "-2"})
        yield Variant(f"twice {name}", document)


@kind("surcharge for a discount", "stap_omgekeerd")
def reversed_step(offer):
    def change(here, step):
        step["soort"] = "afslag" if step["soort"] == "opslag" else "opslag"

    yield from each_step(offer, surcharge, change, "reversed")


@kind("percentage of another base", "stap_over_iets_anders")
def other_base(offer):
    for over in ("basis", "stand", "geindexeerd", ["basis", "index"], "index"):
        def change(here, step, over=over):
            if step["over"] == over:
                return False
            step["over"] = over
        yield from each_step(offer, lambda s: surcharge(s) and "over" in s, change, f"over {over}")


@kind("unmet condition counted", "voorwaarde_genegeerd", need=("condition",))
def condition_counted(offer):
    yield from each_step(offer, lambda s: "voorwaarde" in s, lambda here, step: step.pop("voorwaarde") and None, "counted")


@kind("wrong tread", "andere_trede", need=("table",))
def other_tread(offer):
    for n in range(4):
        def change(here, step, n=n):
            tread = step.pop("tabel")["treden"][n]
            step.update({k: v for k, v in tread.items() if k != "tot"})
        yield from each_step(offer, lambda s: "tabel" in s, change, f"tread {n + 1}")


@kind("share ignored", "aandeel_genegeerd", need=("share",))
def share_ignored(offer):
    yield from each_step(offer, lambda s: "aandeel" in s, lambda here, step: step.pop("aandeel") and None, "share")


@kind("declared step rounding left out", "stapafronding_weggelaten", need=("step_rounding", "surcharge"))
def step_unrounded(offer):
    yield from each_step(offer, lambda s: "afronden" in s, lambda here, step: step.pop("afronden") and None, "rounding")


@kind("maximum not applied", "maximum_genegeerd", need=("maximum",))
def no_maximum(offer):
    yield without_limit(offer, "maximum")


@kind("minimum not applied", "minimum_genegeerd", need=("minimum",))
def no_minimum(offer):
    yield without_limit(offer, "minimum")


def without_limit(offer, name):
    document = copy_of(offer)
    for line in document["prestaties"]:
        line.pop(name, None)
    return Variant(name, document)


@kind("base percentage ignored", "basispercentage_genegeerd", need=("base_percentage",))
def base_percentage(offer):
    document = copy_of(offer)
    for line in document["prestaties"]:
        line["basis"].pop("percentage", None)
    yield Variant("basis", document)


# -- discounts nobody mentions


@kind("hidden discount over the index", "afslag_over_index")
def on_index(offer):
    for x in (50, 75, 100, 150, 200, 250, 500, 1000, 1250, 2500):
        yield Variant(f"{x / 100}%", extra_step(offer, {"soort": "afslag", "percentage": percentage(x), "over": "index"}))


@kind("hidden discount over the indexed amount", "afslag_over_geindexeerd")
def on_indexed(offer):
    for x in (10, 25, 50, 75, 100, 110, 125, 150, 200, 300, 500):
        yield Variant(f"{x / 100}%", extra_step(offer, {"soort": "afslag", "percentage": percentage(x), "over": "geindexeerd"}))


@kind("hidden discount over the tariff", "afslag_over_tarief", avoid=("derived",))
def on_tariff(offer):
    for x in (25, 50, 75, 100, 150, 200, 300):
        yield Variant(f"{x / 100}%", extra_step(offer, {"soort": "afslag", "percentage": percentage(x), "over": "stand"}))


@kind("fixed amount off", "vast_bedrag", avoid=("derived", "maximum", "minimum"))
def amount_off(offer):
    for cents in (5, 10, 25, 37, 50, 75, 100):
        yield Variant(f"{cents} cents", extra_step(offer, {"soort": "afslag", "bedrag": plain(Fraction(cents, 100))}))


# -- rounding


@kind("rounded after every step", "afronding_per_stap")
def per_step(offer):
    for what, places in (("stand", 2), ("stand", 1), ("stand", 0), ("bedrag", 2)):
        document = copy_of(offer)
        for _, step in steps(document):
            step.setdefault("afronden", {"decimalen": places, "methode": "rekenkundig", "wat": what})
        yield Variant(f"{what} {places}", document)


def tariff_rounded(offer, spec):
    document = copy_of(offer)
    document["tariefafronding"] = spec
    for line in document["prestaties"]:
        line.pop("tariefafronding", None)
    return document


@kind("tariff truncated", "afronding_anders")
def truncated(offer):
    yield Variant("richting_nul", tariff_rounded(offer, {"decimalen": 2, "methode": "richting_nul"}))


@kind("tariff rounded otherwise", "afronding_anders")
def rounded_otherwise(offer):
    for mode in MODES:
        for places in (2, 1, 0):
            yield Variant(f"{mode} {places}", tariff_rounded(offer, {"decimalen": places, "methode": mode}))


@kind("tariff rounded to one decimal", "afronding_anders")
def one_decimal(offer):
    yield Variant("1 decimal", tariff_rounded(offer, {"decimalen": 1, "methode": "rekenkundig"}))


@kind("unit value rounded", "eenheid_afgerond", need=("derived",), scopes=("all",))
def unit_rounded(offer):
    document = copy_of(offer)
    for line in document["prestaties"]:
        if "prestatie" in line["basis"]:
            line["basis"]["van"] = "tarief"
    yield Variant("tarief", document)


# -- slips of the typist: claims only


def written_places(value):
    """Cents, or as many decimals as there are."""
    return next(n for n in range(2, 21) if (value * 10**n).denominator == 1)


def tariffs_of(claims):
    return [path for path in claims if path.startswith("/prestaties/")]


@kind("two digits swapped", "cijfers_omgedraaid", scopes=("one",))
def digits_swapped(offer):
    for path in tariffs_of(offer.claims):
        places = written_places(offer.claims[path])
        text = str(offer.claims[path] * 10**places)
        for n in range(len(text) - 1):
            if text[n] != text[n + 1] and not (n == 0 and text[1] == "0"):
                swapped = Fraction(int(text[:n] + text[n + 1] + text[n] + text[n + 2:]), 10**places)
                yield Variant(f"{path} {n}", change=lambda claims, path=path, value=swapped: claims | {path: value})


@kind("decimal point moved", "komma_verschoven", scopes=("one",))
def point_moved(offer):
    for path in tariffs_of(offer.claims):
        for scale in (10, 100, Fraction(1, 10), Fraction(1, 100)):
            yield Variant(f"{path} × {scale}", change=lambda claims, path=path, scale=scale: claims | {path: claims[path] * scale})


@kind("two tariffs exchanged", "tarief_andere_regel", scopes=("all",))
def exchanged(offer):
    for a, b in itertools.combinations(tariffs_of(offer.claims), 2):
        yield Variant(f"{a} {b}", change=lambda claims, a=a, b=b: claims | {a: claims[b], b: claims[a]})


@kind("one digit wrong", "cijfer_anders", scopes=("one",))
def digit_wrong(offer):
    for path in tariffs_of(offer.claims):
        places = written_places(offer.claims[path])
        text = str(offer.claims[path] * 10**places).rjust(places + 1, "0")
        for n in range(len(text)):
            for digit in "0123456789":
                if digit != text[n] and not (n == 0 and digit == "0"):
                    value = Fraction(int(text[:n] + digit + text[n + 1:]), 10**places)
                    yield Variant(f"{path} {n} {digit}", change=lambda claims, path=path, value=value: claims | {path: value})


# -- another document beside it


@kind("tariff of last year", "tarief_vorig_jaar", need=("contract",), avoid=("derived", "one_off"), previous=True)
def last_tariff(offer):
    change = {tariff_path(line["code"]): Fraction(line["basis"]["bedrag"]) for line in offer.document["prestaties"] if "bedrag" in line["basis"]}
    yield Variant("all", change=lambda claims: claims | change)


# ---------------------------------------------------------------- classes

SOLVED = {
    "afslag_over_index": lambda x: {"percentage": plain(x), "over": "index"},
    "afslag_over_geindexeerd": lambda x: {"percentage": plain(x), "over": "geindexeerd"},
    "afslag_over_tarief": lambda x: {"percentage": plain(x), "over": "stand"},
    "index_lager": lambda x: {"percentage": plain(x), "over": "basis"},
    "vast_bedrag": lambda x: {"bedrag": plain(x)},
}


def given_by_step(offer, step, x):
    """Claims with an extra step of x; below zero it is a surcharge."""
    made = step(abs(x)) | {"soort": "opslag" if x < 0 else "afslag"}
    return claims_of(offer.document, work_out(extra_step(offer, made)))


def solved(offer, key, claims, paths):
    """Is there a parameter of at most two decimals with which this reading gives these claims on these paths?

    Every tariff is nearly straight in the parameter: look around where the line says, one hundredth at a time.
    """
    for way in range(2 if key == "index_lager" else 1):
        def make(x, way=way):
            return list(with_parameter(offer, key, x))[way]

        at_zero, at_one = make(Fraction(0)), make(Fraction(100))
        moved = [(p, at_one[p] - at_zero[p]) for p in paths if p in at_zero and at_one[p] != at_zero[p]]
        if not moved:
            continue
        path, slope = max(moved, key=lambda item: abs(item[1]))
        middle = round_to((claims[path] - at_zero[path]) / slope * 100, 2)
        room = min(60, int(abs(1 / slope) * 100) + 4)  # a cent of the tariff is so many hundredths
        for n in sorted(range(-room, room + 1), key=abs):
            x = middle + Fraction(n, 100)
            made = make(x)
            if all(made.get(p) == claims[p] for p in paths):
                return True
    return False


def with_parameter(offer, key, x):
    """All claims by each way to apply a solved reading of x (in percent or euros) to this offer."""
    yield given_by_step(offer, SOLVED[key], x)
    if key == "index_lager":
        yield claims_of(offer.document, work_out(copy_of(offer), lowered(x / 100)))


def same_class(offer, key, claims, paths, parameter=None, names=()):
    """Does a calculator of this key give these claims on all of these paths?

    With a parameter: that one; with names (of a step, a component): a variant that is about those.
    """
    if key in SOLVED:
        if parameter is not None:
            return any(all(made.get(p) == claims[p] for p in paths) for made in with_parameter(offer, key, parameter))
        return solved(offer, key, claims, paths)
    for item in KINDS.values():
        if key not in item.keys:
            continue
        for variant in item.variants(offer):
            if not set(names) <= set(variant.label.split()):
                continue
            try:
                made = variant.claims()
            except (Fault, ZeroDivisionError):
                continue
            if all(made.get(p) == claims[p] for p in paths):
                return True
    if key == "conventie":
        for method, stages in conventions(offer):
            made = claims_of(offer.document, work_out(copy_of(offer), by_convention(method, stages)))
            if all(made.get(p) == claims[p] for p in paths):
                return True
    if key == "gesteld_percentage" and f"/indexen/{INDEX}" in claims:
        for everywhere in (False, True):
            def index_of(spec, own=None, everywhere=everywhere):
                index = weigh(spec, own)
                if own is None or everywhere:
                    index.total = claims[f"/indexen/{INDEX}"] / 100
                return index

            made = claims_of(offer.document, work_out(copy_of(offer), index_of))
            if all(made.get(p) == claims[p] for p in paths):
                return True
    return False
