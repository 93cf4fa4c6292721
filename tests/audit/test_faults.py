"""Planted faults: each is found, and the first explanation is the mistake that was made, or one that gives the same claims.

    NVB_BIN           the program
    NVB_SEED          the seed (default: random, printed)
    NVB_AUDIT_RUNS    how many faults in all (default 600)
    NVB_AUDIT_ONLY    only this case, as it was printed: "kind:number"

An explanation is right when the planted kind's keys name it, or when a calculator of that key (see faults.py) gives the same
claims on every line the fault was planted on: then nobody can tell them apart. A table of what was found is printed at the end.
"""

import json
import os
import random
from collections import Counter
from fractions import Fraction

import pytest
from auditing import CLAIMS, INDEX_PATH, Refused, audit, explain, in_parallel, number, paths_of, runs, told
from explained import EXPLAINED, with_figures
from faults import KINDS, SOLVED, same_class
from offers import YEAR, make
from oracle import Fault, round_to

SEED = os.environ.get("NVB_SEED") or str(random.SystemRandom().randrange(10**9))
RUNS = runs("NVB_AUDIT_RUNS", 600)
ONLY = os.environ.get("NVB_AUDIT_ONLY")
EACH = max(2, RUNS // (len(KINDS) + len(EXPLAINED)))
GOOD = 0.95  # of the first explanations
SHOWN = 4  # misleading cases printed per kind
RESULTS = {}  # kind -> Counter
MISLED = []  # what takes a first explanation that is not right


class Planted:
    """One offer with one fault in it."""

    def __init__(self, kind, number):
        self.kind, self.name = kind, f"{kind.name}:{number}"
        for attempt in range(400):
            rng = random.Random(f"{SEED}:{self.name}:{attempt}")
            self.offer = make(rng, kind.need, kind.avoid)
            if self.plant(rng):
                return
        raise AssertionError(f"{self.name}: nothing to plant with seed {SEED}")

    def plant(self, rng):
        variants = list(self.kind.variants(self.offer))
        rng.shuffle(variants)
        truth = self.offer.claims
        for variant in variants[:4]:
            try:
                made = variant.claims()
            except Fault:
                continue
            moved = [p for p in made if p != INDEX_PATH and made[p] != truth[p]]
            if any(value <= 0 for p, value in made.items() if p != INDEX_PATH):
                continue
            self.label, self.claims = variant.label, dict(truth)
            self.scope = rng.choice(self.kind.scopes)
            if self.kind.index == "index":
                self.within = [INDEX_PATH]
            elif not moved:
                continue
            elif self.scope == "one":
                self.within = [rng.choice(moved)]
            elif self.scope == "group" and len(moved) > 2:
                self.within = rng.sample(moved, rng.randint(2, len(moved) - 1))
            else:
                self.scope, self.within = "all", [p for p in made if p != INDEX_PATH]
            with_index = self.kind.index == "both" and self.scope == "all" and (rng.random() < 0.5 or "gesteld_percentage" in self.kind.keys)
            if with_index and INDEX_PATH in truth:
                if (made[INDEX_PATH] * 10**6).denominator != 1:
                    del self.claims[INDEX_PATH]
                else:
                    self.within.append(INDEX_PATH)
            self.claims |= {p: made[p] for p in self.within}
            if self.claims != {p: truth[p] for p in self.claims}:
                return True
        return False

    def beside(self, folder):
        """The files that go with it, as options."""
        if self.kind.previous:
            path = folder / "vorig.json"
            path.write_text(json.dumps(previous(self.offer)), encoding="utf-8")
            return ["--previous", path]
        return []

    def right(self, reading, paths):
        """Does this reading name what was planted, or something that gives the same claims on these paths?"""
        key = reading["soort"]
        names = [reading[n] for n in ("stap", "component", "andere_component") if n in reading]
        parameter = number(reading["parameter"]) if "parameter" in reading else None
        if key in self.kind.keys and key not in SOLVED and not names:
            return True
        return same_class(self.offer, key, self.claims, paths, parameter, names)


def previous(offer):
    """Last year's contract, flat, in which every base is found."""
    names = ("formaat", "zorgverzekeraar", "zorgaanbieder")
    lines = [{"code": line["code"], "omschrijving": line["omschrijving"], "eenheid": line["eenheid"], "tarief": line["basis"]["bedrag"]}
             for line in offer.document["prestaties"]]  # fmt: skip
    return {n: offer.document[n] for n in names} | {"soort": "contract", "kenmerk": "TOETS-2025", "datum": "2024-12-01", "contractjaar": YEAR - 1, "prestaties": lines}


def figures_off(case, found):
    """A claim that is told otherwise than it was made, or recomputed otherwise than the oracle does."""
    for path, entry in found.figures().items():
        told_of = [number(entry.get(key + "_breuk", entry[key])) for key in ("gesteld", "berekend", "verschil")]
        claimed, follows = case.claims[path], case.offer.figures[path]
        if told_of != [claimed, follows, claimed - follows]:
            return f"{path}: {entry}, claimed {claimed}, follows {follows}"
    return None


def amounts_off(case, found):
    """A finding whose euros a year are not what follows less what is claimed, at the expected volume."""
    for finding in found.findings("tarieven"):
        paths = paths_of(finding)
        volumes = {p: case.offer.figures.get(p.removesuffix("tarief") + "volume") for p in paths}
        amount = sum((case.offer.figures[p] - case.claims[p]) * v for p, v in volumes.items() if v is not None)
        known = any(v is not None for v in volumes.values())
        if "bedrag_per_jaar" in finding and number(finding["bedrag_per_jaar"]) != amount or known and "bedrag_per_jaar" not in finding:
            return f"{finding['id']}: {finding.get('bedrag_per_jaar')} a year on {paths}, is {float(amount)}"
    return None


def judge(case, found):
    """(detected, right first, right among, why not)."""
    if found.verdict == "sluit_binnen_afronding":
        return "contract" in case.offer.features, None, None, "within rounding"
    if found.verdict != "sluit_niet" or found.code != 1:
        return False, None, None, f"verdict {found.verdict}, exit code {found.code}"
    wrong = {p for p, entry in found.figures().items() if entry["oordeel"] == "sluit_niet"}
    expected = {p for p in case.claims if case.claims[p] != case.offer.claims.get(p)}
    if not wrong <= expected or ("contract" not in case.offer.features and wrong != expected):
        return False, None, None, f"does not follow: {sorted(wrong)}, planted: {sorted(expected)}"
    off = figures_off(case, found) or amounts_off(case, found)
    if off:
        return False, None, None, off
    first, among, why = True, True, []
    told_of = set()
    for finding in found.findings(*CLAIMS):
        paths = paths_of(finding)
        told_of |= set(paths)
        tariffs = set(paths) - {INDEX_PATH}
        whole = [p for p in case.within if p != INDEX_PATH] if tariffs else [INDEX_PATH]
        about = whole if set(paths) >= (wrong - {INDEX_PATH}) else paths
        readings = finding.get("verklaringen", [])
        if readings and readings[0]["past"] == "binnen_afronding" and "contract" in case.offer.features:
            return True, None, None, "fits within rounding"
        if not any(case.right(reading, about) for reading in readings[:1]):
            first = False
            why.append(f"{finding['soort']} on {len(paths)} of {len(wrong)}: " + "; ".join(told(finding)[:4]))
            among = among and any(case.right(reading, about) for reading in readings[1:])
    if not wrong <= told_of:
        return True, False, False, f"no finding on {sorted(wrong - told_of)}"
    return True, first, among, "\n        ".join(why)


def run_kind(name, count, work):
    numbers = range(count)
    if ONLY:
        wanted, _, number = ONLY.rpartition(":")
        numbers = [int(number)] if wanted == name else []
        if not numbers:
            pytest.skip(f"only {ONLY}")
    tally, missed = RESULTS.setdefault(name, Counter()), []
    for number, (detected, first, among, why) in zip(numbers, in_parallel(work, numbers)):
        tally["planted"] += 1
        tally["detected"] += bool(detected)
        tally["within"] += first is None and bool(detected)
        tally["first"] += bool(first)
        tally["among"] += bool(among)
        if not detected or first is False:
            missed.append(f"  {name}: NVB_SEED={SEED} NVB_AUDIT_ONLY='{name}:{number}'  {why}")
    MISLED.extend(missed[:SHOWN])
    assert tally["detected"] == tally["planted"], "\n".join(missed)


@pytest.mark.parametrize("name", KINDS)
def test_planted(binary, tmp_path, name):
    def work(number):
        folder = tmp_path / str(number)
        folder.mkdir()
        case = Planted(KINDS[name], number)
        file = folder / "aanbod.json"
        file.write_text(case.offer.text(case.claims), encoding="utf-8")
        try:
            found = audit(binary, file, case.offer, *case.beside(folder))
        except Refused as refused:
            return False, None, None, str(refused)
        detected, first, among, why = judge(case, found)
        return detected, first, among, f"[{case.label}, {case.scope}, {len(case.within)} claims] {why}"

    run_kind(name, EACH, work)


@pytest.mark.parametrize("name", EXPLAINED)
def test_planted_in_an_explanation(binary, tmp_path, name):
    kind = EXPLAINED[name]

    def plant(number):
        for attempt in range(200):
            rng = random.Random(f"{SEED}:{name}:{number}:{attempt}")
            offer = make(rng, kind.need, kind.avoid)
            for altered in kind.make(offer, rng):
                if altered.figures and altered.enters <= set(altered.figures):
                    return offer, altered
        raise AssertionError(f"{name}: nothing to plant with seed {SEED}")

    def work(number):
        folder = tmp_path / str(number)
        folder.mkdir()
        offer, altered = plant(number)
        file = folder / "voorstel.json"
        file.write_text(offer.text({}), encoding="utf-8")
        other = folder / "toelichting.json"
        other.write_text(json.dumps(with_figures(explain(binary, file), altered.figures)), encoding="utf-8")
        try:
            found = audit(binary, other, offer)
        except Refused as refused:
            return False, None, None, str(refused)
        if found.verdict != "sluit_niet" or found.code != 1:
            return "contract" in offer.features and found.verdict == "sluit_binnen_afronding", None, None, f"verdict {found.verdict}"
        figures = found.figures()
        wrong = {p for p, entry in figures.items() if entry["oordeel"] == "sluit_niet"}
        if wrong != {p for p in altered.figures if figures[p]["oordeel"] != "sluit_binnen_afronding" or "contract" not in offer.features}:
            return False, None, None, f"does not follow: {sorted(wrong ^ set(altered.figures))[:4]} (one side only)"
        enters = {p for p, entry in figures.items() if entry.get("begint_hier")}
        why, right = [], altered.enters == enters or (len(altered.figures) == 1 and altered.enters <= enters)
        if not right:
            why.append(f"enters at {sorted(enters)}, altered at {sorted(altered.enters)}")
        keys = [[r["soort"] for r in f.get("verklaringen", [])] for f in found.findings(*CLAIMS)]
        if altered.key and not any(k[:1] == [altered.key] for k in keys):
            right = False
            why.append(f"readings {keys}, planted {altered.key}")
        return True, right, right or any(altered.key in k for k in keys), f"[{len(altered.figures)} figures] " + "; ".join(why)

    run_kind(name, EACH, work)


def test_noise_is_not_explained(binary, tmp_path):
    """Every tariff wrong in its own way: nothing shared by all lines is named for one of them alone, whatever fits it by chance."""
    slips = {"cijfers_omgedraaid", "komma_verschoven", "tarief_andere_regel", "cijfer_anders", "tarief_vorig_jaar"}

    def work(n):
        rng = random.Random(f"noise:{SEED}:{n}")
        offer = make(rng, avoid=("contract",))
        claims = dict(offer.claims)
        for path in claims:
            if path != INDEX_PATH:
                claims[path] = round_to(claims[path] * (1 + Fraction(rng.choice([-1, 1]) * rng.randint(40, 900), 10000)), 2)
        file = tmp_path / f"{n}.json"
        file.write_text(offer.text(claims), encoding="utf-8")
        found = audit(binary, file, offer)
        alone = []
        for finding in found.findings("tarieven"):
            first = (finding["verklaringen"] or [{"soort": "", "past": ""}])[0]
            if len(offer.codes()) > 4 and len(paths_of(finding)) == 1 and first["past"] == "exact" and first["soort"] not in slips:
                alone.append(first["soort"])
        return f"NVB_SEED={SEED} noise {n}: {len(offer.codes())} lines, explained by chance: {alone}" if alone else None

    wrong = [text for text in in_parallel(work, range(EACH)) if text]
    assert not wrong, f"{len(wrong)} of {EACH}\n" + "\n".join(wrong[:6])


def test_table(binary, capsys):
    """What came of all of it."""
    if not RESULTS or ONLY:
        pytest.skip("nothing was planted")
    whole = Counter()
    rows = [f"{'kind':46} planted detected within first among"]
    for name, tally in RESULTS.items():
        whole += tally
        rows.append(f"{name:46} {tally['planted']:7} {tally['detected']:8} {tally['within']:6} {tally['first']:5} {tally['among']:5}")
    explained = whole["planted"] - whole["within"]
    rows.append(f"{'all':46} {whole['planted']:7} {whole['detected']:8} {whole['within']:6} {whole['first']:5} {whole['among']:5}"
                f"   first right: {100 * whole['first'] / explained:.1f}%")  # fmt: skip
    with capsys.disabled():
        print("\n" + "\n".join(rows) + f"\nNVB_SEED={SEED}\nfirst explanation not right:\n" + "\n".join(MISLED))
    assert whole["detected"] == whole["planted"]
    assert whole["first"] >= GOOD * explained
