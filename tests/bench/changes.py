"""Comparing two documents: how long `diff` takes, how it grows, and a baseline in the same run.

    python3 changes.py PROGRAM [ROUNDS]

Two generated contracts of 1,000 to 40,000 lines, both built up in full: four shared steps, an index of two components, a new
base that is last year's tariff, other percentages, one line in fifty new, one renamed, one lapsed. The program is timed from start
to end, writing JSON to /dev/null; medians of the rounds, and the peak memory. The baseline is what somebody would write
in an afternoon with Python's `json` and `decimal`: the tariffs, a bridge per line, price and volume effect.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from baseline import line_figures, index_parts

CENT = Decimal("0.01")
SIZES = (1000, 5000, 10000, 20000, 40000)


def index(year, provisional, definitive):
    components = [("ova", "loon", "76.55%"), ("ppc", "prijs", "23.45%")]
    return {"jaar": year, "componenten": [
        {"id": name, "soort": kind, "aandeel": share, "voorlopig": p, "bron": "b",
         "vorig": {"jaar": year - 1, "voorlopig": p, "definitief": d}}
        for (name, kind, share), p, d in zip(components, provisional, definitive)],
        "methode": {"nacalculatie": "verschil"}, "bron": "b"}


def document(year, lines, quality):
    return {
        "formaat": "navolgbaar/voorstel/1", "soort": "contract" if year == 2025 else "contractvoorstel",
        "contractering": "digitaal", "kenmerk": f"BENCH-{year}", "datum": f"{year - 1}-09-24", "contractjaar": year,
        "zorgverzekeraar": {"naam": "Zorgverzekeraar Voorbeeld", "uzovi": "0123"},
        "zorgaanbieder": {"naam": "Praktijk Voorbeeld", "agb": "01234567"},
        "bronnen": {"b": {"titel": f"Inkoopbeleid {year}"}},
        "indexen": {"lpo": index(year, ("4.94%", "2.51%"), ("5.12%", f"2.{year % 100}%"))},
        "stappen": [
            {"id": "index", "soort": "index", "index": "lpo"},
            {"id": "kwaliteit", "soort": "opslag", "percentage": quality, "over": "basis", "reden": "keurmerk", "bron": "b"},
            {"id": "doelmatigheid", "soort": "afslag", "percentage": "0.75%", "over": "geindexeerd", "reden": "r", "bron": "b"},
            {"id": "reiskosten", "soort": "opslag", "bedrag": "0.35", "reden": "landelijk gebied", "bron": "b"}],
        "prestaties": lines,
    }


def line(code, base, year, count):
    return {"code": code, "omschrijving": f"Prestatie {code}", "eenheid": "zitting",
            "basis": {"soort": "vorig_contract", "bedrag": str(base), "jaar": year - 1, "bron": "b"},
            "volume": {"aantal": str(count)}}


def tariffs(proposal):
    """Per code the figures by path end, and the tariff."""
    parts = list(index_parts(proposal["indexen"]["lpo"]))
    for entry in proposal["prestaties"]:
        figures = {f["pad"].rsplit("/", 1)[1]: Decimal(f["waarde"])
                   for f in line_figures(entry, parts, proposal["stappen"]) if f["soort"] != "deel"}
        yield entry["code"], figures


def pair(n):
    old = document(2025, [line(f"{i:05}", Decimal(2000 + i * 7919 % 48000) / 100, 2025, 1 + i * 31 % 2400) for i in range(n)], "1.5%")
    lines = []
    for i, (code, figures) in enumerate(tariffs(old)):
        if i % 50 == 7:
            continue  # lapsed
        entry = line(code, figures["tarief"], 2026, 1 + i * 37 % 2400)
        if i % 50 == 11:
            entry["code"], entry["was"] = f"R{code}", code
        lines.append(entry)
        if i % 50 == 13:
            lines.append(line(f"N{code}", figures["tarief"], 2026, 100))
    return old, document(2026, lines, "2.0%")


def baseline(old, new):
    before, after = dict(tariffs(json.loads(old))), json.loads(new)
    was = {entry["code"]: entry.get("was", entry["code"]) for entry in after["prestaties"]}
    counts = {entry["code"]: Decimal(entry["volume"]["aantal"]) for entry in json.loads(old)["prestaties"]}
    out = []
    for entry, (code, now) in zip(after["prestaties"], tariffs(after)):
        then = before.get(was[code])
        if then is None:
            out.append({"code": code, "status": "nieuw", "omzet": str(now["omzet"])})
            continue
        change, count = now["tarief"] - then["tarief"], Decimal(entry["volume"]["aantal"])
        bridge = [{"id": step["id"], "bedrag": str(now[step["id"]]), "afgedrukt": str(now[step["id"]].quantize(CENT, ROUND_HALF_UP))}
                  for step in after["stappen"]]
        out.append({"code": code, "verschil": str(change), "brug": bridge, "prijs": str(change * count),
                    "volume": str(then["tarief"] * (count - counts[was[code]]))})
    return json.dumps(out)


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    print(f"{'lines':>8} {'seconds':>9} {'µs/line':>9} {'MB':>6}  output")
    with tempfile.TemporaryDirectory() as folder:
        for n in SIZES:
            texts = [json.dumps(document) for document in pair(n)]
            paths = [Path(folder, name) for name in ("old.json", "new.json")]
            for path, text in zip(paths, texts):
                path.write_text(text, encoding="utf-8")
            command = [program, "diff", *map(str, paths), "--format", "json", "-o"]
            size = Path(folder, "out.json")
            subprocess.run([*command, str(size)], stderr=subprocess.DEVNULL)
            seconds = []
            for _ in range(rounds):
                start = time.monotonic()
                subprocess.run([*command[:-1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                seconds.append(time.monotonic() - start)
            median = statistics.median(seconds)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{n:>8} {median:>9.3f} {median / n * 1e6:>9.2f} {peak:>6.0f}  {os.path.getsize(size) / 1e6:.1f} MB")
            if n == 20000:
                ours = median
                start = time.monotonic()
                baseline(*texts)
                theirs = time.monotonic() - start
    print(f"python baseline, 20,000 lines: {theirs:.2f} s; diff is {theirs / ours:.1f} times as fast")


main()
