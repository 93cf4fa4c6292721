"""Auditing an offer: how long `audit` takes, how it grows, and a baseline in the same run.

    python3 audit.py PROGRAM [ROUNDS]

Two generated offers of 1,000 to 40,000 lines in which every line claims a tariff: all of them as they follow, and all of them
under a discount nobody mentions, 1.1% over what is indexed, so that the search has everything to look for. Timed from start to end, writing JSON
to /dev/null; medians of the rounds, and the peak memory. The baseline is what somebody would write in an afternoon with Python's
`json` and `decimal`: the tariffs recomputed and compared, no search.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from baseline import index_parts, line_figures

CENT = Decimal("0.01")
SIZES = (1000, 5000, 10000, 20000, 40000)
HIDDEN = Decimal("0.011")


def offer(n):
    components = [("loon", "loon", "76.55%", "4.94%", "4.74%", "5.12%"), ("materieel", "prijs", "23.45%", "2.51%", "2.40%", "2.26%")]
    return {
        "formaat": "navolgbaar/voorstel/1", "soort": "contractvoorstel", "contractering": "face_to_face", "kenmerk": "BENCH-2026",
        "datum": "2025-09-24", "contractjaar": 2026,
        "zorgverzekeraar": {"naam": "Zorgverzekeraar Voorbeeld", "uzovi": "0123"},
        "zorgaanbieder": {"naam": "Praktijk Voorbeeld", "agb": "01234567"},
        "bronnen": {"b": {"titel": "Inkoopbeleid 2026"}},
        "indexen": {"lpo": {"jaar": 2026, "bron": "b", "methode": {"nacalculatie": "verschil"}, "componenten": [
            {"id": name, "soort": kind, "aandeel": share, "voorlopig": now, "bron": "b",
             "vorig": {"jaar": 2025, "voorlopig": p, "definitief": d}} for name, kind, share, now, p, d in components]}},
        "stappen": [
            {"id": "index", "soort": "index", "index": "lpo"},
            {"id": "kwaliteit", "soort": "opslag", "percentage": "1.5%", "over": "basis", "reden": "keurmerk", "bron": "b"},
            {"id": "doelmatigheid", "soort": "afslag", "percentage": "0.75%", "over": "geindexeerd", "reden": "r", "bron": "b"},
            {"id": "reiskosten", "soort": "opslag", "bedrag": "0.35", "reden": "landelijk gebied", "bron": "b"}],
        "prestaties": [
            {"code": f"{i:05}", "omschrijving": f"Prestatie {i:05}", "eenheid": "zitting",
             "basis": {"soort": "kostprijs", "bedrag": str(Decimal(2000 + i * 7919 % 48000) / 100), "jaar": 2025, "bron": "b"},
             "volume": {"aantal": str(1 + i * 31 % 2400)}} for i in range(n)],
        "reactie": {"uiterlijk": "2025-10-31", "contact": "inkoop@voorbeeld.example"},
    }  # fmt: skip


def published(proposal):
    """The figures of the offer, which are made up, as published ones."""
    return {"formaat": "navolgbaar/cijfers/1", "titel": "Cijfers", "bronnen": {"c": {"titel": "Raming"}}, "reeksen": [
        {"id": c["id"], "omschrijving": c["id"], "soort": c["soort"], "cijfers": [
            {"jaar": 2025, "stadium": stage, "percentage": c["vorig"][stage], "bron": "c"} for stage in ("voorlopig", "definitief")]
            + [{"jaar": 2026, "stadium": "voorlopig", "percentage": c["voorlopig"], "bron": "c"}]}
        for c in proposal["indexen"]["lpo"]["componenten"]]}  # fmt: skip


def tariffs(proposal, discount=Decimal(0)):
    parts = list(index_parts(proposal["indexen"]["lpo"]))
    for entry in proposal["prestaties"]:
        figures = {f["pad"].rsplit("/", 1)[1]: Decimal(f["waarde"]) for f in line_figures(entry, parts, proposal["stappen"]) if f["soort"] != "deel"}
        indexed = Decimal(entry["basis"]["bedrag"]) + figures["index"]
        yield (figures["onafgerond"] - discount * indexed).quantize(CENT, ROUND_HALF_UP)


def claimed(n, discount):
    proposal = offer(n)
    for entry, tariff in zip(proposal["prestaties"], list(tariffs(proposal, discount))):
        entry["tarief"] = str(tariff)
    return json.dumps(proposal)


def baseline(text):
    proposal = json.loads(text)
    return json.dumps([[entry["code"], entry["tarief"], str(tariff)] for entry, tariff in zip(proposal["prestaties"], tariffs(proposal))])


def measure(command, rounds):
    """Median seconds, exit code and peak memory in MB of the command."""
    seconds, peak = [], 0
    for _ in range(rounds):
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds.append(time.monotonic() - start)
        peak = max(peak, usage.ru_maxrss)
    return statistics.median(seconds), os.waitstatus_to_exitcode(status), peak / 1024


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    print(f"{'lines':>8} {'claims':>9} {'seconds':>9} {'µs/line':>9} {'MB':>6}  first explanation")
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, "aanbod.json"), Path(folder, "uit.json")
        figures = Path(folder, "cijfers.json")
        figures.write_text(json.dumps(published(offer(1))), encoding="utf-8")
        for n in SIZES:
            for name, discount, code in (("follow", Decimal(0), 0), ("discount", HIDDEN, 1)):
                text = claimed(n, discount)
                file.write_text(text, encoding="utf-8")
                command = [program, "audit", str(file), "--reference", str(figures), "--format", "json"]
                subprocess.run([*command, "-o", str(out)], stderr=subprocess.DEVNULL)
                found = [f for f in json.loads(out.read_text(encoding="utf-8"))["bevindingen"] if f["soort"] == "tarieven"]
                first = f"{len(found)} × {found[0]['verklaringen'][0]['soort']}" if found and found[0]["verklaringen"] else f"{len(found)}"
                median, ended, peak = measure(command, rounds)
                if ended != code:
                    sys.exit(f"{n} lines that {name}: exit code {ended}")
                print(f"{n:>8} {name:>9} {median:>9.3f} {median / n * 1e6:>9.2f} {peak:>6.0f}  {first}")
                if n == 20000 and code:
                    start = time.monotonic()
                    baseline(text)
                    theirs, ours = time.monotonic() - start, median
    print(f"python baseline without a search, 20,000 lines: {theirs:.2f} s; audit with one is {theirs / ours:.1f} times as fast")


main()
