"""Offers with nothing wrong: nothing is found, everything follows.

    NVB_AUDIT_CLEAN   how many (default 300)
    NVB_SEED          the seed (default: random, printed)
    NVB_AUDIT_ONLY    only the offer with this number
"""

import json
import os
import random

from auditing import Refused, audit, explain, in_parallel, number, runs
from offers import make

SEED = os.environ.get("NVB_SEED") or str(random.SystemRandom().randrange(10**9))
RUNS = runs("NVB_AUDIT_CLEAN", 300)
ONLY = os.environ.get("NVB_AUDIT_ONLY")
FEW = max(20, RUNS // 10)  # explanations
SHOWN = 8


def run(check, count):
    numbers = [int(ONLY)] if ONLY else range(count)
    wrong = [f"NVB_SEED={SEED} NVB_AUDIT_ONLY={n}: {text}" for n, text in zip(numbers, in_parallel(check, numbers)) if text]
    assert not wrong, f"{len(wrong)} of {len(numbers)}\n" + "\n".join(wrong[:SHOWN])


def amiss(offer, found, claims):
    """What is wrong with this audit of a clean offer, or None."""
    if found.verdict != "sluit" or found.code != 0:
        return f"verdict {found.verdict}, exit code {found.code}: {[f['titel'] for f in found.serious()]}"
    if found.serious():
        return f"findings {[(f['id'], f['titel']) for f in found.serious()]}"
    figures = found.figures()
    if set(figures) != set(claims):
        return f"figures of one side only: {sorted(set(figures) ^ set(claims))[:4]}"
    for path, entry in figures.items():
        if entry["oordeel"] != "sluit" or number(entry.get("berekend_breuk", entry["berekend"])) != claims[path] or number(entry["verschil"]) != 0:
            return f"{path}: {entry}, follows {claims[path]}"
    return None


def test_nothing_is_found_in_a_clean_offer(binary, tmp_path):
    def check(n):
        offer = make(random.Random(f"{SEED}:{n}"), need=("published",) if n % 3 else ())
        file = tmp_path / f"{n}.json"
        file.write_text(offer.text(), encoding="utf-8")
        try:
            return amiss(offer, audit(binary, file, offer), offer.claims)
        except Refused as refused:
            return str(refused)
        finally:
            file.unlink()

    run(check, RUNS)


def test_nothing_is_found_in_its_explanation(binary, tmp_path):
    """Every figure of the program's own explanation follows, whether or not the offer has claims."""

    def check(n):
        offer = make(random.Random(f"{SEED}:{n}"), need=("published",) if n % 3 else ())
        file, other = tmp_path / f"{n}.json", tmp_path / f"{n}.toelichting.json"
        file.write_text(offer.text(offer.claims if n % 2 else {}), encoding="utf-8")
        try:
            explanation = explain(binary, file)
            other.write_text(json.dumps(explanation), encoding="utf-8")
            figures = {node["pad"]: number(node.get("breuk", node["waarde"])) for node in explanation["knopen"]}
            return amiss(offer, audit(binary, other, offer), figures)
        except Refused as refused:
            return str(refused)

    run(check, FEW)
