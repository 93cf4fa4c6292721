"""The bulk run, measured: a Python baseline with the same output, this program, and the floor, in one run.

    python3 bulk.py PROGRAM TOOLS [--rounds 5] [--documents 1200] [--lines 50] [--quick] [--only PART...]

PROGRAM is `navolgbaar`, TOOLS the folder of `bulk_floor` and `bulk_run`. All files are in memory (/dev/shm). In every round each row runs once, in turns, so
that a busy moment hits them all; medians of the rounds. Before anything is timed the outputs of the baseline and of the program,
with one worker and with two, are held against each other: byte for byte the same, or there is nothing to compare.
Parts: rates, growth, memory, large. --quick: fewer rounds and a hundred thousand lines at most.
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bulk_set

RUNNER = "bulk_run"
HERE = Path(__file__).resolve().parent
MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None


class Took:
    def __init__(self, seconds, kilobytes, processor):
        self.seconds, self.kilobytes, self.processor = seconds, kilobytes, processor


def run(command, out=os.devnull):
    """One run, start to end of the process."""
    if out != os.devnull:
        Path(out).unlink(missing_ok=True)
    with open(out, "wb") as sink, tempfile.TemporaryFile() as problems, tempfile.NamedTemporaryFile() as report:
        words = [str(word) for word in (RUNNER, report.name, *command)]
        subprocess.run(words, stdin=subprocess.DEVNULL, stdout=sink, stderr=problems, check=True)
        seconds, processor, kilobytes, status = report.read().split()
        if int(status) != 0:
            problems.seek(0)
            sys.exit(f"bulk: {command} ended with {int(status)}:\n{problems.read().decode(errors='replace')[:2000]}")
    return Took(float(seconds), int(kilobytes), float(processor))


def digest(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(f.read()).hexdigest()


class Bench:
    def __init__(self, program, floor, folder, rounds):
        self.program, self.floor, self.folder, self.rounds = program, floor, Path(folder), rounds

    def batch(self, rules, records, jobs, results="-"):
        """The command of a run; what an earlier one left is put away first."""
        for old in self.folder.glob("results*"):
            old.unlink()
        return [self.program, "batch", "--policy", rules, records, "--ndjson", results, "--errors", self.folder / "results.errors",
                "--jobs", jobs, "--progress", "never"]

    def python(self, rules, records, jobs):
        return [sys.executable, HERE / "bulk_baseline.py", rules, records, "--jobs", jobs]

    def make(self, documents, lines):
        place = self.folder / f"set-{documents}-{lines}"
        return bulk_set.make(place, documents, lines)

    def forget(self, rules):
        shutil.rmtree(rules.parent)

    def same_output(self, rules, records):
        """All three write the same; how much, and how many figures."""
        out = self.folder / "out"
        seen = {}
        for name, command in (("python", self.python(rules, records, 1)), ("python, two", self.python(rules, records, 2)),
                              ("one worker", self.batch(rules, records, 1)), ("two workers", self.batch(rules, records, 2))):
            run(command, out)
            seen[name] = digest(out)
        if len(set(seen.values())) != 1:
            sys.exit(f"bulk: the outputs differ: {seen}")
        with open(out, encoding="utf-8") as texts:
            figures = sum(len(json.loads(text)["knopen"]) for _, text in zip(range(100), texts))
        size, examined = out.stat().st_size, min(100, sum(1 for _ in open(records, encoding="utf-8")))
        out.unlink()
        return size, figures / examined

    def rates(self, documents, lines):
        rules, records = self.make(documents, lines)
        size, figures = self.same_output(rules, records)
        total, out, own = documents * lines, self.folder / "out", self.folder / "results.ndjson"
        print(f"{documents} documents of {lines} lines; a line: {figures / lines:.1f} figures, {records.stat().st_size / total:.0f} bytes read, "
              f"{size / total:.0f} bytes written; baseline and program wrote the same bytes; median of {self.rounds} rounds\n")
        rows = {
            "python, 1 process": lambda: run(self.python(rules, records, 1)),
            "python, 2 processes": lambda: run(self.python(rules, records, 2)),
            "batch --jobs 1 > /dev/null": lambda: run(self.batch(rules, records, 1)),
            "batch --jobs 2 > /dev/null": lambda: run(self.batch(rules, records, 2)),
            "batch --jobs 1 > memory": lambda: run(self.batch(rules, records, 1), out),
            "batch --jobs 2 > memory": lambda: run(self.batch(rules, records, 2), out),
            "batch --jobs 2 --ndjson FILE": lambda: run(self.batch(rules, records, 2, own)),
            "floor > memory": lambda: run([self.floor, records, size], out),
        }
        took = {name: [] for name in rows}
        for _ in range(self.rounds):
            for name, row in rows.items():
                took[name].append(row())
        median = {name: statistics.median(t.seconds for t in runs) for name, runs in took.items()}
        print(f"{'':30} {'seconds':>8} {'lines/s':>10} {'µs/line':>8} {'cpu s':>7} {'peak MB':>8}")
        for name, runs in took.items():
            print(f"{name:30} {median[name]:8.3f} {total / median[name]:10,.0f} {median[name] / total * 1e6:8.2f} "
                  f"{statistics.median(t.processor for t in runs):7.2f} {max(t.kilobytes for t in runs) / 1024:8.1f}")
        self.ratios(median, {name: statistics.median(t.processor for t in runs) for name, runs in took.items()})
        out.unlink(missing_ok=True)
        self.forget(rules)

    def ratios(self, median, processor):
        print()
        one, two = median["batch --jobs 1 > /dev/null"], median["batch --jobs 2 > /dev/null"]
        for words, ratio, promise in (
            ("one worker, times python in 1 process", median["python, 1 process"] / one, "at least 10"),
            ("the same in processor time", processor["python, 1 process"] / processor["batch --jobs 1 > /dev/null"], "for a busy machine"),
            ("two workers, times python in 1 process", median["python, 1 process"] / two, "at least 18"),
            ("two workers, times python in 2 processes", median["python, 2 processes"] / two, "not promised"),
            ("two workers, times one", one / two, "not promised"),
            ("two workers, in floors (both to memory)", median["batch --jobs 2 > memory"] / median["floor > memory"], "at most 4"),
        ):
            print(f"{words:44} {ratio:6.1f}   ({promise})")

    def growth(self, sizes):
        """Time from a thousand lines on; what a run of next to nothing takes is measured too, and taken off."""
        print(f"\ngrowth, --jobs 2 > /dev/null, documents of 50 lines; the start is a run of one document of two lines\n{'lines':>10} {'seconds':>9} {'µs/line':>8} {'less start':>11} {'peak MB':>8}")
        rules, records = self.make(1, 2)
        start = statistics.median(run(self.batch(rules, records, 2)).seconds for _ in range(5 * self.rounds))
        print(f"{2:>10} {start:9.4f}")
        self.forget(rules)
        per_line = []
        for size in sizes:
            rules, records = self.make(size // 50, 50)
            runs = [run(self.batch(rules, records, 2)) for _ in range(self.rounds if size > 10000 else 5 * self.rounds)]
            seconds = statistics.median(t.seconds for t in runs)
            per_line.append((seconds - start) / size * 1e6)
            print(f"{size:>10,} {seconds:9.4f} {seconds / size * 1e6:8.2f} {per_line[-1]:11.2f} {max(t.kilobytes for t in runs) / 1024:8.1f}")
            self.forget(rules)
        print(f"from the least to the most per line, less the start: {(max(per_line) / min(per_line) - 1) * 100:.0f}% (promise: within 10%)")

    def memory(self, counts):
        print(f"\npeak memory, documents of 500 lines (promise: at most 64 MiB)\n{'documents':>10} {'--jobs 1':>9} {'--jobs 2':>9}  MiB")
        for documents in counts:
            rules, records = self.make(documents, 500)
            peak = [run(self.batch(rules, records, jobs)).kilobytes / 1024 for jobs in (1, 2)]
            print(f"{documents:>10,} {peak[0]:9.1f} {peak[1]:9.1f}")
            self.forget(rules)

    def large(self, lines):
        rules, records = self.make(1, lines)
        ours, theirs = self.folder / "ours", self.folder / "theirs"
        took = [run(self.batch(rules, records, 1), ours) for _ in range(self.rounds)]
        run([self.program, "explain", "--policy", rules, records, "--format", "json"], theirs)
        if digest(ours) != digest(theirs):
            sys.exit("bulk: batch and explain differ on the large document")
        seconds = statistics.median(t.seconds for t in took)
        print(f"\none document of {lines:,} lines, --jobs 1: {seconds:.3f} s, {seconds / lines * 1e6:.2f} µs/line, {ours.stat().st_size / 1e6:.0f} MB written, "
              f"peak {max(t.kilobytes for t in took) / 1024:.0f} MB; the same bytes as explain")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program", type=os.path.abspath)
    words.add_argument("tools", type=Path)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--documents", type=int, default=1200)
    words.add_argument("--lines", type=int, default=50)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--only", nargs="+", choices=("rates", "growth", "memory", "large"), default=("rates", "growth", "memory", "large"))
    a = words.parse_args()
    global RUNNER
    RUNNER = (a.tools / "bulk_run").resolve()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        bench = Bench(a.program, (a.tools / "bulk_floor").resolve(), folder, min(a.rounds, 3) if a.quick else a.rounds)
        if "rates" in a.only:
            bench.rates(min(a.documents, 400) if a.quick else a.documents, a.lines)
        if "growth" in a.only:
            bench.growth((1000, 10000, 100000) if a.quick else (1000, 10000, 100000, 1000000))
        if "memory" in a.only:
            bench.memory((20, 200) if a.quick else (20, 200, 2000))
        if "large" in a.only:
            bench.large(20000)


if __name__ == "__main__":
    main()
