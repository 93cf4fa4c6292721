"""The baseline: the same lines with Python's json and decimal, every figure with path, value and formula.

    python3 baseline.py FOLDER [ROUNDS]     the proposals that `bench_engine --dump FOLDER` wrote

What somebody would write in an afternoon: the figures are computed and written as JSON, without checks, origins or
the repeated proposal. Prints lines per second, the median of the rounds.
"""

import json
import sys
import time
from decimal import ROUND_HALF_UP, Decimal, getcontext
from pathlib import Path

getcontext().prec = 60
CENT = Decimal("0.01")


def percent(text):
    return Decimal(str(text).rstrip("%")) / 100


def index_parts(index):
    for c in index["componenten"]:
        n = percent(c["vorig"]["definitief"]) - percent(c["vorig"]["voorlopig"])
        yield c["id"], percent(c["aandeel"]), n, percent(c["voorlopig"])


def figure(path, kind, value, formula, filled):
    return {"pad": path, "soort": kind, "waarde": str(value), "eenheid": "EUR", "formule": formula, "ingevuld": filled}


def line_figures(line, parts, steps):
    at = f"/prestaties/{line['code']}"
    base = Decimal(line["basis"]["bedrag"])
    yield figure(f"{at}/basis", "basis", base, "bedrag", str(base))
    stand = indexed = base
    for step in steps:
        path = f"{at}/stappen/{step['id']}"
        if step["soort"] == "index":
            amount = Decimal(0)
            for name, w, n, v in parts:
                after, now = base * w * n, base * w * v * (1 + n)
                yield figure(f"{path}/{name}/nacalculatie", "deel", after, "basis × w × n", f"{base} × {w} × {n}")
                yield figure(f"{path}/{name}/voorlopig", "deel", now, "basis × w × v × (1 + n)", f"{base} × {w} × {v} × (1 + {n})")
                amount += after + now
            indexed = stand + amount
        elif "bedrag" in step:
            amount = Decimal(step["bedrag"])
        else:
            over = {"basis": base, "geindexeerd": indexed}[step["over"]]
            amount = over * percent(step["percentage"]) * (-1 if step["soort"] == "afslag" else 1)
        yield figure(path, "stap", amount, "over × percentage", f"{stand} {amount}")
        stand += amount
    tariff = stand.quantize(CENT, ROUND_HALF_UP)
    yield figure(f"{at}/onafgerond", "onafgerond", stand, "basis + stappen", str(stand))
    yield figure(f"{at}/afronding", "afronding", tariff - stand, "tarief − onafgerond", f"{tariff} − {stand}")
    yield figure(f"{at}/tarief", "tarief", tariff, "onafgerond + afronding", str(tariff))
    count = Decimal(line["volume"]["aantal"])
    yield figure(f"{at}/volume", "volume", count, "aantal", str(count))
    turnover = (tariff * count).quantize(CENT, ROUND_HALF_UP)
    yield figure(f"{at}/omzet", "omzet", turnover, "tarief × volume", f"{tariff} × {count}")


def explain(proposal):
    parts = list(index_parts(proposal["indexen"]["lpo"]))
    nodes = [f for line in proposal["prestaties"] for f in line_figures(line, parts, proposal["stappen"])]
    return json.dumps({"knopen": nodes}, ensure_ascii=False, separators=(",", ":"))


def main():
    proposals = [json.loads(p.read_text()) for p in sorted(Path(sys.argv[1]).glob("*.json"))]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    lines = sum(len(p["prestaties"]) for p in proposals)
    took = []
    for _ in range(rounds):
        begin = time.perf_counter()
        size = sum(len(explain(p).encode()) for p in proposals)
        took.append(time.perf_counter() - begin)
    middle = sorted(took)[rounds // 2]
    print(f"{'python decimal':16} {lines / middle:12.0f} lines/s {middle / lines * 1e6:10.2f} us/line  ({size / lines:.0f} bytes a line)")


if __name__ == "__main__":
    main()
