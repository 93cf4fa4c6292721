"""The convention that an audit names for a claimed index gives that claim, by fractions of our own, and has no
rounding too many: none of all conventions has fewer, or none adds fewer to those the offer declares itself.

    NVB_SEED          the seed (default: random, printed)
    NVB_AUDIT_RUNS    how many indices (default 600, a fifth of them here)
    NVB_AUDIT_ONLY    only the index with this number
"""

import itertools
import os
import random
from fractions import Fraction

from auditing import INDEX_PATH, Refused, audit, in_parallel, paths_of, runs
from faults import METHODS, weigh
from offers import INDEX, make

SEED = os.environ.get("NVB_SEED") or str(random.SystemRandom().randrange(10**9))
RUNS = max(20, runs("NVB_AUDIT_RUNS", 600) // 5)
ONLY = os.environ.get("NVB_AUDIT_ONLY")
STAGES = ("nacalculatie", "component", "gewogen", "totaal")


def all_conventions(places):
    """Every method with each stage off or at the decimals of the claim."""
    for values in itertools.product(*METHODS.values()):
        method = dict(zip(METHODS, values))
        for on in itertools.product((False, True), repeat=4):
            stages = {name: places for name, used in zip(STAGES, on) if used}
            if method["weging"] == "per_component" or "component" not in stages:
                yield method, stages


def places_of(value):
    return next(n for n in range(7) if (value * 10**n).denominator == 1)


def case(n):
    """An offer, and a claim on its index by some convention with the total rounded."""
    for attempt in range(100):
        rng = random.Random(f"{SEED}:{n}:{attempt}")
        offer = make(rng, avoid=("contract",))
        places = rng.choice([1, 2, 2, 2, 3])
        method, stages = rng.choice([c for c in all_conventions(places) if "totaal" in c[1]])
        claim = weigh(offer.spec(), method=method, stages=stages).total * 100
        if claim != offer.figures[INDEX_PATH] and places_of(claim) == places:
            return offer, claim, places, (method, stages)
    raise AssertionError("no claim that differs")


def test_the_convention_gives_the_claim(binary, tmp_path):
    def check(n):
        offer, claim, places, planted = case(n)
        file = tmp_path / f"{n}.json"
        file.write_text(offer.text(offer.claims | {INDEX_PATH: claim}), encoding="utf-8")
        try:
            found = audit(binary, file, offer)
        except Refused as refused:
            return str(refused)
        findings = [f for f in found.findings("index") if INDEX_PATH in paths_of(f)]
        if not findings:
            return f"no finding on the index: {found.verdict}"
        readings = [r for r in findings[0]["verklaringen"] if r["soort"] == "conventie"]
        fits = [c for c in all_conventions(places) if weigh(offer.spec(), method=c[0], stages=c[1]).total * 100 == claim]
        if not readings:
            return f"no convention for {float(claim)}, planted {planted}"
        if "conventie" not in readings[0]:
            return f"a convention in words only: {readings[0]}"
        told = readings[0]["conventie"]
        stages = told.get("afronding", {})
        method = {key: told[key] for key in METHODS}
        if weigh(offer.spec(), method=method, stages=stages).total * 100 != claim:
            return f"{told} does not give {float(claim)}"
        declared = offer.spec().get("afronding", {})

        def added(stages):
            """The roundings that the offer does not declare itself."""
            return len(set(stages.items()) - set(declared.items()))

        fewest = min(fits, key=lambda fit: len(fit[1]))
        if len(stages) > len(fewest[1]) and added(stages) > min(added(s) for _, s in fits):
            return f"{told} has roundings to spare: {fewest} will do, and the offer declares {declared}"
        if int(readings[0].get("andere", 0)) < 0 or findings[0]["verklaringen"][0]["soort"] != "conventie":
            return f"first {findings[0]['verklaringen'][0]}"
        return None

    numbers = [int(ONLY)] if ONLY else range(RUNS)
    wrong = [f"NVB_SEED={SEED} NVB_AUDIT_ONLY={n}: {text}" for n, text in zip(numbers, in_parallel(check, numbers)) if text]
    assert not wrong, f"{len(wrong)} of {len(numbers)}\n" + "\n".join(wrong[:10])


def test_no_convention_is_made_up(binary, tmp_path):
    """A claim that none of them gives gets none."""

    def check(n):
        rng = random.Random(f"none:{SEED}:{n}")
        offer = make(rng, avoid=("contract",))
        claim = Fraction(offer.figures[INDEX_PATH] * 100 // 1 + rng.randint(31, 90), 100)
        if any(weigh(offer.spec(), method=m, stages=s).total * 100 == claim for m, s in all_conventions(places_of(claim))):
            return None
        file = tmp_path / f"{n}.json"
        file.write_text(offer.text(offer.claims | {INDEX_PATH: claim}), encoding="utf-8")
        try:
            found = audit(binary, file, offer)
        except Refused as refused:
            return str(refused)
        made_up = [r for f in found.findings("index") for r in f["verklaringen"] if r["soort"] == "conventie"]
        return f"{made_up[0]}" if made_up and made_up[0]["past"] == "exact" else None

    numbers = [int(ONLY)] if ONLY else range(RUNS // 3)
    wrong = [f"NVB_SEED={SEED} NVB_AUDIT_ONLY={n}: {text}" for n, text in zip(numbers, in_parallel(check, numbers)) if text]
    assert not wrong, "\n".join(wrong[:10])
