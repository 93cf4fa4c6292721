"""With last year's contract beside the offer: bases that are its tariffs or are not, and offers that are a bare price list.

    NVB_SEED          the seed (default: random, printed)
    NVB_AUDIT_ONLY    only the offer with this number
"""

import json
import os
import random
from fractions import Fraction

from auditing import Refused, audit, in_parallel, number, paths_of
from auditing import run as run_audit
from offers import YEAR, make, tariff_path
from oracle import plain

SEED = os.environ.get("NVB_SEED") or str(random.SystemRandom().randrange(10**9))
RUNS = 40
ONLY = os.environ.get("NVB_AUDIT_ONLY")


def contract(offer, figures):
    """Last year's contract, flat: {code: tariff}."""
    names = ("formaat", "zorgverzekeraar", "zorgaanbieder", "bronnen")
    lines = [{"code": code, "omschrijving": code, "eenheid": "zitting", "tarief": plain(value)} for code, value in figures.items()]
    return {n: offer.document[n] for n in names} | {
        "soort": "contract", "kenmerk": "TOETS-2025", "datum": "2024-12-01", "contractjaar": YEAR - 1, "prestaties": lines}  # fmt: skip


def run(check):
    numbers = [int(ONLY)] if ONLY else range(RUNS)
    wrong = [f"NVB_SEED={SEED} NVB_AUDIT_ONLY={n}: {text}" for n, text in zip(numbers, in_parallel(check, numbers)) if text]
    assert not wrong, f"{len(wrong)} of {len(numbers)}\n" + "\n".join(wrong[:8])


def with_previous(tmp_path, n, change):
    rng = random.Random(f"{SEED}:{n}")
    offer = make(rng, need=("contract",), avoid=("derived", "base_percentage"))
    bases = {line["code"]: Fraction(line["basis"]["bedrag"]) for line in offer.document["prestaties"]}
    changed = change(rng, dict(bases))
    file, old = tmp_path / f"{n}.json", tmp_path / f"{n}.vorig.json"
    file.write_text(offer.text(), encoding="utf-8")
    old.write_text(json.dumps(contract(offer, changed)), encoding="utf-8")
    return offer, bases, changed, file, old


def test_bases_that_are_last_year_s_say_nothing(binary, tmp_path):
    def check(n):
        offer, *_, file, old = with_previous(tmp_path, n, lambda rng, bases: bases)
        try:
            found = audit(binary, file, offer, "--previous", old)
        except Refused as refused:
            return str(refused)
        if found.verdict != "sluit" or found.serious() or found.code:
            return f"{found.verdict} {[(f['id'], f['titel']) for f in found.serious()]}"
        return None

    run(check)


def test_bases_that_are_not_last_year_s_are_found(binary, tmp_path):
    def change(rng, bases):
        way = rng.choice([1, -1])
        for code in rng.sample(sorted(bases), rng.randint(1, len(bases))):
            bases[code] += way * Fraction(rng.randint(1, 150), 100)
        return bases

    def check(n):
        offer, bases, changed, file, old = with_previous(tmp_path, n, change)
        off = {code for code in bases if bases[code] != changed[code]}
        try:
            found = audit(binary, file, offer, "--previous", old)
        except Refused as refused:
            return str(refused)
        kind = "basis" if all(bases[c] < changed[c] for c in off) else "basis-hoger"
        findings = found.findings("basis", "basis-hoger")
        if len(findings) != 1 or findings[0]["soort"] != kind:
            return f"{kind} of {sorted(off)}: {[(f['soort'], f['titel']) for f in findings]}"
        named = {path.split("/")[2] for path in paths_of(findings[0])}
        if named != off:
            return f"bases of {sorted(named)}, changed {sorted(off)}"
        if kind == "basis" and found.code != 1:
            return f"exit code {found.code}"
        return None

    run(check)


def test_a_price_list_against_last_year(binary, tmp_path):
    """Last year's tariffs raised by one percentage, rounded, and one line on its own; nothing was said about either."""

    def check(n):
        rng = random.Random(f"list:{SEED}:{n}")
        old = {f"P{i}": Fraction(rng.randint(2000, 60000), 100) for i in range(rng.randint(4, 9))}
        offer = make(rng)
        raised = {code: Fraction(round(value * (100 + rng.randint(1, 9)))) / 100 for code, value in old.items()}
        before, after = tmp_path / f"{n}.vorig.json", tmp_path / f"{n}.csv"
        before.write_text(json.dumps(contract(offer, old)), encoding="utf-8")
        after.write_text("code,tarief\n" + "".join(f"{c},{plain(v)}\n" for c, v in raised.items()), encoding="utf-8")
        try:
            found = run_audit(binary, after, "--previous", before)
        except Refused as refused:
            return str(refused)
        figures = found.figures()
        if set(figures) != {tariff_path(c) for c in old}:
            return f"figures {sorted(figures)}"
        wrong = [c for c in old if number(figures[tariff_path(c)]["gesteld"]) != raised[c]]
        if wrong or found.verdict != "sluit_niet" or found.code != 1:
            return f"{wrong} {found.verdict} {found.code}"
        if any(f["ernst"] == "fout" for f in found.findings()):
            return f"a list is no fault: {[(f['soort'], f['ernst']) for f in found.findings()]}"
        return None

    run(check)
