"""The program's audit of an offer, taken apart; and a pool to run many at once."""

import json
import os
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing.pool import ThreadPool
from pathlib import Path

from offers import INDEX

CLAIMS = ("index", "tarieven", "cijfer")  # soort of the findings on claims that do not follow


def runs(name, normal):
    """How many: as asked for, else the normal number, and a few under the sanitizers."""
    few = max(40, normal // 6) if "asan" in os.environ.get("NVB_BUILD", "") else normal
    return int(os.environ.get(name) or few)


class Refused(AssertionError):
    pass


@dataclass
class Audit:
    code: int
    data: dict

    @property
    def verdict(self):
        return self.data["oordeel"]

    def figures(self):
        """{path: entry} of every claim."""
        return {entry["pad"]: entry for entry in self.data["cijfers"]}

    def findings(self, *kinds):
        return [f for f in self.data["bevindingen"] if not kinds or f["soort"] in kinds]

    def serious(self):
        return [f for f in self.data["bevindingen"] if f["ernst"] in ("fout", "waarschuwing")]


def paths_of(finding):
    """The figures a finding is about, as the oracle calls them."""
    paths = []
    for path in finding.get("paden") or [finding["pad"]]:
        paths.append(path.removesuffix("/gesteld"))
    return paths


def told(finding):
    """Every reading of a finding in one line, best first."""
    parts = []
    for reading in finding.get("verklaringen", []):
        more = {k: v for k, v in reading.items() if k not in ("soort", "omschrijving")}
        parts.append(f"{reading['soort']} {more} “{reading['omschrijving']}”")
    return parts or ["(no reading)"]


def audit(binary, file, offer, *options):
    """Audit the file of this offer; its figures are made up, so the published ones are given along."""
    reference = Path(f"{file}.cijfers")
    reference.write_text(json.dumps(offer.reference()), encoding="utf-8")
    return run(binary, file, "--reference", reference, *options)


def run(binary, file, *options, timeout=120):
    done = subprocess.run([binary, "audit", str(file), "--format", "json", *map(str, options)], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=timeout, check=False)  # fmt: skip
    if done.returncode not in (0, 1) or not done.stdout:
        raise Refused(f"audit ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[:800]}")
    return Audit(done.returncode, json.loads(done.stdout))


def explain(binary, file):
    done = subprocess.run([binary, "explain", str(file), "--format", "json"], stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        raise Refused(f"explain ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[:800]}")
    return json.loads(done.stdout)


def number(text):
    """A figure as the program writes it."""
    return Fraction(text)


def in_parallel(work, items):
    """Results in order, on two threads: nearly all of the time is the program's own."""
    with ThreadPool(int(os.environ.get("NVB_AUDIT_THREADS") or 2)) as pool:
        return pool.map(work, items, chunksize=1)


INDEX_PATH = f"/indexen/{INDEX}"
