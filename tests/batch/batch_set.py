"""What the harder tests of `batch` share: a run of N providers with mistakes in it, in every way it can be given, and what a run left behind."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT

MAKE = ROOT / "tests" / "bench" / "bulk_set.py"


class Run:
    """A policy, its records with some that are wrong, contracts of last year, and the same as two tables."""

    def __init__(self, folder, documents, lines, spoil=True):
        self.folder, self.n = folder, documents
        subprocess.run(["python3", MAKE, folder, "--documents", str(documents), "--lines", str(lines), "--codes", str(max(lines, 200)), "--csv", "--previous"], check=True, stdout=subprocess.DEVNULL)
        self.policy, self.input, self.previous = folder / "beleid.json", folder / "in.ndjson", folder / "oud.ndjson"
        self.providers, self.lines = folder / "aanbieders.csv", folder / "regels.csv"
        self.bad = set()
        if spoil:
            self.spoil()

    def spoil(self):
        records = self.input.read_bytes().splitlines()
        for i, wrong in {2: b"{nee", 3: b"\xff\xfe\x00", 7: b"[]", 11: None}.items():
            for at in range(i, len(records), 40):
                records[at] = wrong if wrong is not None else records[at].replace(b'"agb"', b'"agd"', 1)
                self.bad.add(at + 1)
        self.input.write_bytes(b"\n".join(records) + b"\n")

    def given(self, kind):
        """The arguments of a way to give it: words of ndjson, csv, previous."""
        source = ["--providers", self.providers, "--lines", self.lines] if "csv" in kind else [self.input]
        return ["--policy", self.policy, *source, *(["--previous", self.previous] if "previous" in kind else [])]


def tree(folder):
    """Every file below a folder, with its bytes; links by where they go."""
    return {str(p.relative_to(folder)): os.readlink(p).encode() if p.is_symlink() else p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_symlink() or p.is_file()}


def rows(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def empty(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def shim(name):
    """A library that stands in front of the C library; skipped where there is none."""
    path = Path(os.environ.get("NVB_BUILD", ".")) / "tests" / name
    if not path.exists():
        pytest.skip(f"this build has no {name} (sanitizers stand there themselves)")
    # By its bare name: LD_PRELOAD takes a space in a path for the end of it.
    return {**os.environ, "LD_PRELOAD": path.name, "LD_LIBRARY_PATH": str(path.parent)}
