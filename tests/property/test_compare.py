"""The comparison against its oracle, on random pairs of documents.

What is promised: on every pair `diff` gives the figures of the oracle, under both attributions; every bridge and
total adds up, as fractions and as printed; and the laws of a comparison hold without the oracle: nothing against
itself, mirrors, codes that do not matter, and the same object from `explain --previous`.

    NVB_BIN           the program
    NVB_SEED          the seed (default: random, printed)
    NVB_ORACLE_RUNS   pairs for the oracle, of every ten proposals one (default 120 pairs)
    NVB_ORACLE_ONLY   only the pair with this number
"""

import copy
import json
import os
import random
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))

import compare  # noqa: E402
import oracle  # noqa: E402
import pairs  # noqa: E402
from generate import Num  # noqa: E402

SEED = os.environ.get("NVB_SEED") or str(random.SystemRandom().randrange(10**9))
RUNS = int(os.environ.get("NVB_ORACLE_RUNS") or 1200) // 10
ONLY = os.environ.get("NVB_ORACLE_ONLY")
FEW = 50  # for the laws
ENOUGH = 8  # differences after which a run stops
SHOWN = 12  # differing values printed per pair
CODES = {"E602", "E603", "E604", "E605", "E606", "E607", "E608"}
# Things that at least one of so many pairs must show.
MANY = 100
WANTED = [f"kind {kind}" for kind in (
    "basis_sluit_niet_aan", "basis", "basis_percentage", "basis_factor", "stap_vervallen", "stap_nieuw", "stap_gewijzigd",
    "begrenzing", "afronding", "tarief")]  # fmt: skip
WANTED += [f"claims {which}, {how}" for which in ("tarief", "onafgerond", "na") for how in ("fits", "gap")]
WANTED += [f"status {status}" for status in ("nieuw", "vervallen", "gewijzigd", "ongewijzigd")]
WANTED += [f"total {key}" for key in compare.TOTALS]
WANTED += ["carries a cent", "merge by volume", "merge by simple mean", "renamed", "split in proportion", "split in parts", "mix",
           "claims a flat line", "old not a decimal", "without volume, old", "without volume, new", "E602", "E607", "E608"]  # fmt: skip
RANKS = ("basis_sluit_niet_aan", "basis", "basis_percentage", "basis_factor", "stap", "begrenzing", "afronding", "tarief")
EFFECTS = ("prijs", "volume", "staffels", "afronding")


SEEN = Counter()  # what the pairs exercised


class Difference(AssertionError):
    pass


class Desk:
    """One pair of documents on disk, and the binary to compare them with."""

    def __init__(self, binary, folder, number):
        self.binary, self.number = binary, number
        self.pair = pair_of(number)
        self.folder = folder / f"{number:05}"
        self.folder.mkdir()
        self.old = self.file("oud." + ("json" if self.pair.rows is None else "csv"), self.pair.old_text())
        self.new = self.file("nieuw.json", self.pair.new_text())

    def file(self, name, document):
        path = self.folder / name
        path.write_text(document if isinstance(document, str) else pairs.generate.dump(document), encoding="utf-8")
        return path

    def run(self, *arguments):
        command = [self.binary, *arguments, "--format", "json"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

    def diff(self, *options, old=None, new=None):
        """(object, exit code, stderr)"""
        if self.pair.rows is not None and old is None:
            options += ("--csv", self.pair.notation)
        code, output, errors = self.run("diff", old or self.old, new or self.new, *options)
        if code not in (0, 1) or not output:
            raise Difference(f"diff {' '.join(options)} ended with {code}:\n{errors[:2000]}")
        return json.loads(output, object_pairs_hook=no_duplicates), code, errors

    def clear(self):
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()


@cache
def pair_of(number):
    return pairs.make(random.Random(f"{SEED}:{number}"))


def no_duplicates(items):
    keys = [key for key, _ in items]
    if len(set(keys)) != len(keys):
        raise Difference(f"an object with the same key twice: {keys}")
    return dict(items)


def run_over(binary, folder, count, check):
    """Put `check(desk)` over `count` pairs; fail with what differs."""
    numbers = [int(ONLY)] if ONLY is not None else range(count)
    failures = []
    print(f"NVB_SEED={SEED}, {len(numbers)} pairs")
    for number in numbers:
        desk = Desk(binary, folder, number)
        try:
            check(desk)
        except (Difference, subprocess.TimeoutExpired, ValueError, KeyError, TypeError) as problem:
            text = str(problem) if isinstance(problem, Difference) else repr(problem)
            failures.append(f"NVB_SEED={SEED} NVB_ORACLE_ONLY={number}  {desk.folder}\n{text}")
            if len(failures) >= ENOUGH:
                break
        else:
            desk.clear()
    if failures:
        shown = "\n\n".join(failures)
        pytest.fail(f"{len(failures)} pairs differ (a run stops at {ENOUGH}):\n\n{shown}", pytrace=False)


def report(problems):
    if problems:
        more = len(problems) - SHOWN
        raise Difference("\n".join(problems[:SHOWN]) + (f"\n… and {more} more" if more > 0 else ""))


# ---------------------------------------------------------------- reading a comparison


def value(holder, key, fraction=None):
    """The exact number at a key, from its fraction where it has one."""
    text = holder.get(fraction or key + "_breuk", holder[key])
    if not isinstance(text, str):
        raise Difference(f"{key}: {text!r} is not a text")
    return Fraction(text)


def amounts(items):
    return {(item["id"], item["soort"]): value(item, "bedrag", "breuk") for item in items}


# ---------------------------------------------------------------- against the oracle


class Check:
    """Holds what was found to what the oracle expects, and collects what differs."""

    def __init__(self):
        self.problems = []

    def same(self, where, found, expected):
        if found != expected:
            self.problems.append(f"{where}: program {found!r}, oracle {expected!r}")

    def number(self, where, holder, key, expected, fraction=None):
        """Digits and fraction of a number; None: it is not there."""
        fraction = fraction or key + "_breuk"
        found = (holder.get(key), holder.get(fraction))
        if expected is None:
            self.same(f"{where}/{key}", found, (None, None))
        else:
            shown, _, breuk = oracle.show(expected)
            self.same(f"{where}/{key}", found, (shown, breuk))

    def bridge(self, where, found, expected, difference, whole=None):
        """Amounts by id and kind; cents and marks in the order of the program. `whole`: what it is printed as, where it stands
        below an item that may carry a cent."""
        whole = oracle.round_to(difference, 2) if whole is None else whole
        self.same(where + " ids", sorted((i["id"], i["soort"]) for i in found), sorted((i.id, i.kind) for i in expected))
        known = {(item.id, item.kind): item.amount for item in expected}
        if len(known) != len(expected) or {(i["id"], i["soort"]) for i in found} != set(known):
            return
        ours = [known[item["id"], item["soort"]] for item in found]
        for item, amount, printed in zip(found, ours, compare.print_cents(ours, whole)):
            here = f"{where}/{item['id']}"
            self.number(here, item, "bedrag", amount, "breuk")
            self.same(here + " afgedrukt", item["afgedrukt"], cents(printed))
            self.same(here + " draagt_cent", item.get("draagt_cent", False), compare.carries_cent(amount, printed))
        self.same(where + " adds up to", sum((value(i, "bedrag", "breuk") for i in found), Fraction(0)), difference)
        printed = sum((Fraction(item["afgedrukt"]) for item in found), Fraction(0))
        self.same(where + " is printed as", printed, whole)


def cents(amount):
    text = pairs.generate.digits(int(amount * 100), 2)
    return text


def rank(item):
    return RANKS.index(item["soort"].split("_")[0] if item["soort"].startswith("stap_") else item["soort"])


def expected_was(pair):
    return [o.line.code for o in pair.old] if pair.new and (pair.renamed or pair.split or len(pair.old) > 1) else None


def compare_pair(check, found, pair, content):
    where = "/prestaties/" + pair.code
    check.same(where + " was", found.get("was"), expected_was(pair))
    check.same(where + " splitsing", found.get("splitsing", False), pair.split)
    expected, own = pair.status_by_figures, f"/prestaties/{oracle.escape(pair.code)}/"
    kinds = {kind for path, kind in content if (path + "/").startswith(own)}
    # What lapsed has its path in the old document; of a line that is split it may be what another part does not have.
    if expected == compare.SAME and kinds - ({"vervallen"} if pair.split else set()):
        expected = compare.CHANGED
    if not (kinds == {"vervallen"} and pair.split and found["status"] == compare.CHANGED):
        check.same(where + " status", found["status"], expected)
    line = (pair.new or pair.old[0].line).spec
    check.same(where + " omschrijving", found.get("omschrijving"), line.get("omschrijving"))
    for side, name in enumerate(("oud", "nieuw")):
        there = pair.old if side == 0 else pair.new
        check.same(f"{where} has {name}", name in found, bool(there))
        if there and name in found:
            for key, values in (("tarief", pair.tariffs), ("aantal", pair.counts), ("omzet", pair.turnovers)):
                check.number(f"{where}/{name}", found[name], key, values[side])
    both = pair.new and pair.old
    before, after = pair.tariffs
    difference = after - before if both else None
    check.number(where, found, "verschil", difference)
    check.bridge(where + "/brug", found["brug"], pair.bridge, difference or Fraction(0))
    check.same(where + " order", found["brug"], sorted(found["brug"], key=rank))
    if not both or pair.turnovers == (None, None):
        check.same(where + " effect", found.get("effect"), None)
    else:
        check.same(where + " has effect", "effect" in found, True)
        for key in EFFECTS:
            check.number(where + "/effect", found.get("effect", {}), key, pair.effects[key])


def compare_totals(check, found, expected):
    total = found["totaal"]
    for key, amount in (("oud", expected.total.before), ("nieuw", expected.total.after), ("verschil", expected.total.difference)):
        check.number("/totaal", total, key, amount)
    check.bridge("/totaal/brug", total["brug"], expected.total.items, expected.total.difference)
    order = [item["id"] for item in total["brug"]]
    check.same("/totaal/brug order", order, [key for key in compare.TOTALS if key in order])
    price = next((Fraction(item["afgedrukt"]) for item in total["brug"] if item["id"] == "prijs"), Fraction(0))
    check.bridge("/totaal/oorzaken", total["oorzaken"], expected.causes.items, expected.causes.after, price)
    without = {"oud": expected.without_volume(0), "nieuw": expected.without_volume(1)}
    check.same("/totaal/zonder_volume", total.get("zonder_volume"), without if any(without.values()) else None)
    check.same("/groepen", [g["groep"] for g in found["groepen"]], [g["groep"] for g in expected.mixes])
    for mix, group in zip(found["groepen"], expected.mixes):
        for key, amount in group.items():
            if isinstance(amount, Fraction):
                check.number("/groepen/" + group["groep"], mix, key, amount)
            else:
                check.same(f"/groepen/{group['groep']}/{key}", mix[key], amount)


def compare_heads(check, found, desk):
    check.same("/formaat", found["formaat"], "navolgbaar/wijzigingen/1")
    for name, document in (("oud", desk.pair.old), ("nieuw", desk.pair.new)):
        if name == "oud" and desk.pair.rows is not None:
            check.same("/oud/soort", found[name]["soort"], "prijslijst")
            check.same("/oud/contractjaar", found[name].get("contractjaar"), None)
            continue
        head = {"kenmerk": document["kenmerk"], "contractjaar": int(document["contractjaar"])}
        head |= {"ronde": int(document.get("ronde", 1)), "soort": document["soort"]}
        check.same("/" + name, found[name], head)


def compare_all(desk, attribution):
    try:
        expected = desk.pair.compare(attribution)
    except compare.Refused as refused:
        code, _, errors = desk.run("diff", desk.old, desk.new)
        if code != 3 or f"fout {refused}" not in errors:
            raise Difference(f"should be refused with {refused}, ended with {code}:\n{errors[:1000]}") from None
        return
    found, code, errors = desk.diff("--attributie", attribution)
    check = Check()
    compare_heads(check, found, desk)
    check.same("/attributie", found["attributie"], attribution)
    content = [(change["pad"], change["soort"]) for change in found["inhoud"]]
    check.same("/prestaties", [pair["code"] for pair in found["prestaties"]], [pair.code for pair in expected.pairs])
    for pair, ours in zip(found["prestaties"], expected.pairs):
        compare_pair(check, pair, ours, content)
    compare_totals(check, found, expected)
    changed = [pair["status"] for pair in found["prestaties"] if pair["status"] != "ongewijzigd"]
    check.same("exit code", code, 1 if changed or content or expected.total.difference else 0)
    if attribution == "volgorde":
        SEEN.update(expected.seen())
    check.same("warnings", {code for code in CODES if f"waarschuwing {code}" in errors}, expected.warnings)
    report(check.problems)


def check_oracle(desk):
    compare_all(desk, "volgorde")
    compare_all(desk, "midden")


# ---------------------------------------------------------------- laws


def refused(desk):
    try:
        desk.pair.compare()
    except compare.Refused:
        return True
    return False


def check_itself(desk):
    """A document against itself: nothing, and exit code 0. (`was` names codes of another year, and pairs nothing here.)"""
    for path in {desk.old, desk.new} if desk.pair.rows is None else {desk.new}:
        found, code, _ = desk.diff(old=path, new=path)
        left = {key: found[key] for key in ("inhoud",) if found[key]}
        changed = [p["code"] for p in found["prestaties"] if p["status"] != "ongewijzigd" or p["brug"]]
        if code or left or changed or found["totaal"]["brug"] or found["totaal"]["oorzaken"]:
            raise Difference(f"{path.name} against itself: exit {code}, {changed}, {left}, {found['totaal']}")


def without_was(document):
    document = copy.deepcopy(document)
    for line in document["prestaties"]:
        line.pop("was", None)
    return document


def paired(found):
    """{(old code, new code): pair} of lines that are one line on either side."""
    both = [p for p in found["prestaties"] if {"oud", "nieuw"} <= p.keys() and "splitsing" not in p]
    return {(p.get("was", [p["code"]])[0], p["code"]): p for p in both if len(p.get("was", [0])) == 1}


def check_mirror(desk):
    """Back and forth: tariffs, treads, rounding and totals mirror; under midden the price and volume effects too."""
    old, new = desk.pair.old, desk.pair.new
    if desk.pair.years() == 0 or desk.pair.rows is not None or refused(desk):
        # In rounds of one year `was` is read in the document that is given as the new one.
        old, new = without_was(old), without_was(new)
    old, new = desk.file("oud.json", old), desk.file("nieuw2.json", new)
    problems = []
    for attribution in ("volgorde", "midden"):
        there, _, _ = desk.diff("--attributie", attribution, old=old, new=new)
        back, _, _ = desk.diff("--attributie", attribution, old=new, new=old)
        left, right = (amounts(side["totaal"]["brug"]) for side in (there, back))
        if sum(left.values()) != value(there["totaal"], "verschil") or sum(left.values()) + sum(right.values()):
            problems.append(f"totals {left} and {right}")
        for key, other in (("nieuw", "vervallen"), ("vervallen", "nieuw"), ("plafonds",) * 2, ("staffels",) * 2, ("afronding",) * 2):
            if left.get((key, key), 0) + right.get((other, other), 0):
                problems.append(f"{key} {left} and {other} {right}")
        twins = {(after, before): pair for (before, after), pair in paired(back).items()}
        if twins.keys() != paired(there).keys():
            problems.append(f"pairs {sorted(paired(there))} and {sorted(twins)}")
        for codes, pair in paired(there).items():
            twin = twins.get(codes, pair)
            if value(pair, "verschil") + value(twin, "verschil"):
                problems.append(f"{codes}: tariff {pair['verschil']} and {twin['verschil']}")
            if ("effect" in pair) != ("effect" in twin):
                problems.append(f"{codes}: {pair.get('effect')} and {twin.get('effect')}")
            for key in EFFECTS if attribution == "midden" else ("staffels", "afronding"):
                if "effect" in pair and "effect" in twin and value(pair["effect"], key) + value(twin["effect"], key):
                    problems.append(f"{codes} {attribution} {key}: {pair['effect']} and {twin['effect']}")
    report(problems)


HELD = Counter()  # how often a law was held, of those that do not go for every pair


def check_codes(desk):
    """Other codes, and `was` to say so: no amount changes."""
    if desk.pair.rows is not None or desk.pair.years() < 0:  # then `was` is read in the other document
        return
    HELD["codes"] += 1
    old, new = without_was(desk.pair.old), without_was(desk.pair.new)
    renamed = copy.deepcopy(new)
    names = {line["code"]: f"anders-{n}" for n, line in enumerate(renamed["prestaties"])}
    for spec in [*renamed["prestaties"], *renamed.get("plafonds", [])]:
        if "prestatie" in spec.get("basis", {}):
            spec["basis"]["prestatie"] = names[spec["basis"]["prestatie"]]
        if isinstance(spec.get("prestaties"), list):
            spec["prestaties"] = [names[code] for code in spec["prestaties"]]
    for line in renamed["prestaties"]:
        line["code"], line["was"] = names[line["code"]], line["code"]
    files = [desk.file(name, document) for name, document in (("o.json", old), ("n.json", new), ("m.json", renamed))]
    straight, _, _ = desk.diff(old=files[0], new=files[1])
    around, _, _ = desk.diff(old=files[0], new=files[2])
    problems = []
    if straight["totaal"] != around["totaal"] or straight["groepen"] != around["groepen"]:
        problems.append(f"totals {straight['totaal']} and {around['totaal']}")
    for pair, twin in zip(straight["prestaties"], around["prestaties"]):
        for key in ("oud", "nieuw", "verschil", "brug", "effect"):
            if pair.get(key) != twin.get(key):
                problems.append(f"{pair['code']} {key}: {pair.get(key)} and {twin.get(key)}")
    report(problems)


PERCENTAGES = {"percentage", "voorlopig", "definitief", "nacalculatie", "aandeel", "boven"}
AMOUNTS = {"bedrag", "aantal", "tarief", "tot", "factor"}


def respelled(value, key="", above=""):
    """The same document in other words: digits in quotes or not, zeros at the end, percent signs, defaults said."""
    if isinstance(value, list):
        return [respelled(item, key, above) for item in value]
    if isinstance(value, dict):
        return {name: respelled(item, name, key) for name, item in value.items()} | defaults(value, key)
    if not isinstance(value, str) or above == "afronding":
        return value
    if key in PERCENTAGES or above == "aandelen":
        if value.endswith("%"):
            return Num(value[:-1]) if oracle.is_number(value[:-1]) and not value.startswith(("00", "-00")) else value[:-1]
        return str(value) + "%" if oracle.is_number(value) else value
    if key in AMOUNTS and isinstance(value, Num):
        return value + "0" if "." in value and len(value.partition(".")[2]) < 20 and len(value) < 38 else str(value)
    return value


def defaults(spec, key):
    """What an object leaves out and would be taken for granted."""
    said = {}
    if key == "basis" and "prestatie" in spec:
        said["van"] = spec.get("van", "onafgerond")
    if key == "basis" and spec.get("soort") == "vorig_contract" and "bedrag" in spec:
        said["vorig"] = spec.get("vorig", "tarief")
    if key == "plafonds":
        said["boven"] = respelled(spec["boven"], "boven") if "boven" in spec else Num("0")
    if key == "" and "formaat" in spec:
        said["tariefafronding"] = spec.get("tariefafronding", {"decimalen": Num("2"), "methode": "rekenkundig"})
    return said


def check_spelling(desk):
    """What is meant counts, not how it is written."""
    document = desk.pair.new
    other = desk.file("anders.json", respelled(document))
    found, code, _ = desk.diff(old=desk.new, new=other)
    changed = [p["code"] for p in found["prestaties"] if p["status"] != "ongewijzigd"]
    report([f"exit {code}, lines {changed}, content {found['inhoud'][:6]}"] if code or changed or found["inhoud"] else [])


def check_attributions(desk):
    """Whatever the attribution: the same totals, tariffs and content; only price and volume trade places."""
    if refused(desk):
        return
    one, other = (desk.diff("--attributie", name)[0] for name in ("volgorde", "midden"))
    problems = []
    for side in (one, other):
        total = side["totaal"]
        if sum(amounts(total["brug"]).values(), Fraction(0)) != value(total, "verschil"):
            problems.append(f"{side['attributie']}: does not add up")
        if value(total, "nieuw") - value(total, "oud") != value(total, "verschil"):
            problems.append(f"{side['attributie']}: {total['oud']} to {total['nieuw']} is not {total['verschil']}")
    for key in ("oud", "nieuw", "verschil"):
        if one["totaal"][key] != other["totaal"][key]:
            problems.append(f"{key}: {one['totaal'][key]} and {other['totaal'][key]}")
    if one["inhoud"] != other["inhoud"]:
        problems.append("content differs")
    for pair, twin in zip(one["prestaties"], other["prestaties"]):
        if {k: v for k, v in pair.items() if k != "effect"} != {k: v for k, v in twin.items() if k != "effect"}:
            problems.append(f"{pair['code']} differs")
        sums = [sum((value(p["effect"], key) for key in EFFECTS), Fraction(0)) for p in (pair, twin) if "effect" in p]
        if len(set(sums)) > 1:
            problems.append(f"{pair['code']}: effects add up to {sums}")
    report(problems)


def check_explained(desk):
    """`explain --previous` carries the very object of diff."""
    pair = desk.pair
    if pair.rows is not None or refused(desk) or pair.years() <= 0:
        return
    HELD["explained"] += 1
    found, _, _ = desk.diff()
    code, output, errors = desk.run("explain", desk.new, "--previous", desk.old)
    if code not in (0, 1):
        raise Difference(f"explain --previous ended with {code}:\n{errors[:1000]}")
    explained = json.loads(output)["wijzigingen"]
    report([f"/{key}: diff {found.get(key)}, explain {explained.get(key)}"
            for key in sorted(found.keys() | explained.keys()) if found.get(key) != explained.get(key)])  # fmt: skip


def test_figures_are_those_of_the_oracle(binary, tmp_path):
    run_over(binary, tmp_path, RUNS, check_oracle)
    if RUNS >= MANY and ONLY is None:
        assert [thing for thing in WANTED if not SEEN[thing]] == []


@pytest.mark.parametrize("check", [check_itself, check_mirror, check_codes, check_spelling, check_attributions, check_explained])
def test_law(binary, tmp_path, check):
    runs = min(RUNS, FEW)
    run_over(binary, tmp_path, runs, check)
    name = {check_codes: "codes", check_explained: "explained"}.get(check)
    assert name is None or ONLY is not None or HELD[name] >= runs // 4
