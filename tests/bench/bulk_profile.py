"""Where the time of a bulk run goes: instructions per line by stage, counted by valgrind's callgrind.

    python3 bulk_profile.py PROGRAM [--documents 20] [--lines 50] [--command batch|explain] [--top 15]

PROGRAM is a release build with `-g` (bulk_profile.sh makes one). A run of N documents is taken off one of 2N, so that what happens
once (the start, the policy) is not in it. An instruction counts for the stage of the source file it comes from, inlined code included; what libraries
and our own memory and text helpers do (`NEUTRAL`) counts for the stage that called them. Counting does not depend on the load of the machine;
it does not see waiting for memory, so shares differ some from those of the clock.
"""

import argparse
import collections
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import bulk_set

ROOT = Path(__file__).resolve().parents[2]
NEUTRAL = re.compile(r"core/(arena|buffer|append|numtext|numparse|seen|names)\.|core/include/navolgbaar/buffer\.h|formats/json/json_write\.")
APART = {"nvbi_document_emit": "writing"}  # functions that do not belong to the stage of their file
STAGES = [  # of the first pattern that fits
    ("parsing", r"formats/(json|read|csv)/|core/(proposal|validate|sets|gaps)\."),
    ("arithmetic", r"core/num|core/include/navolgbaar/num"),
    ("tree", r"core/(engine|breakdown|figures|apportion|invariants|include/navolgbaar/breakdown)"),
    ("checks", r"core/(checks|rules_)"),
    ("writing", r"formats/(emit|word|letter)/"),
    ("the run", r"cli/|(core|formats)/summary"),
    ("other", r"core/|formats/"),
]
REFERENCE = re.compile(r"\((\d+)\)(?: (.*))?")


def stage_of(file):
    """The stage of a source file; None: of whoever called."""
    if not file.startswith(str(ROOT)):
        return None
    name = str(Path(file).relative_to(ROOT))
    return None if NEUTRAL.match(name) else next((stage for stage, pattern in STAGES if re.match(pattern, name)), None)


class Counts:
    """A callgrind file: per (function, file) what it costs itself, and its calls."""

    def __init__(self, path):
        self.own, self.calls = collections.Counter(), collections.Counter()
        self.names = {"fn": {}, "fl": {}}
        self.read(path)

    def name(self, table, text):
        number, name = REFERENCE.match(text).groups()
        if name is not None:
            self.names[table][number] = name
        return self.names[table][number]

    def read(self, path):
        function = file = home = callee = callee_file = None
        calling = False
        for line in open(path, encoding="utf-8", errors="replace"):
            key, _, value = line.rstrip("\n").partition("=")
            if key == "fl":
                file = home = self.name("fl", value)
            elif key in ("fi", "fe"):
                file = self.name("fl", value)
            elif key == "fn":
                function, file = self.name("fn", value), home
            elif key in ("cfi", "cfl"):
                callee_file = self.name("fl", value)
            elif key == "cfn":
                callee, callee_file = self.name("fn", value), callee_file or home
            elif key == "calls":
                calling = True
            elif line[:1].isdigit() or line[:1] in "+-*":
                cost = int(line.split()[1])
                if calling:
                    self.calls[function, home, file, callee, callee_file] += cost
                    calling, callee_file = False, None
                else:
                    self.own[function, home, file] += cost

    @staticmethod
    def stage(function, home, file):
        """Of code of a function that stands in `home`, coming from `file`; None: of whoever called."""
        return APART.get(function) or stage_of(file) or stage_of(home)

    def by_stage(self):
        stages, neutral_own, neutral_calls = collections.Counter(), collections.Counter(), collections.defaultdict(list)
        for (function, home, file), cost in self.own.items():
            stage = self.stage(function, home, file)
            if stage:
                stages[stage] += cost
            else:
                neutral_own[function, home] += cost
        for (function, home, file, *callee), cost in self.calls.items():
            if not self.stage(function, home, file):
                neutral_calls[function, home].append((cost, *callee))
        known = {}

        def share(function, file):
            """How much of what a neutral function costs is not one of the stages'."""
            at = function, file
            if at not in known:
                known[at] = 1.0
                below = neutral_calls[at]
                whole = neutral_own[at] + sum(cost for cost, *_ in below)
                mine = neutral_own[at] + sum(cost * share(*callee) for cost, *callee in below if not self.stage(callee[0], callee[1], callee[1]))
                known[at] = mine / whole if whole else 0.0
            return known[at]

        for (function, home, file, callee, callee_file), cost in self.calls.items():
            stage = self.stage(function, home, file)
            if stage and not self.stage(callee, callee_file, callee_file):
                stages[stage] += cost * share(callee, callee_file)
        stages["system"] = sum(self.own.values()) - sum(stages.values())
        return stages

    def by_function(self):
        found = collections.Counter()
        for (function, home, _), cost in self.own.items():
            found[function, Path(home).name] += cost
        return found


def count(program, command, documents, lines, folder):
    rules, records = bulk_set.make(folder / str(documents), documents, lines if command == "batch" else documents * lines)
    out = folder / f"{documents}.callgrind"
    words = [program, command, "--policy", rules, records]
    words += ["--ndjson", "-", "--errors", folder / f"{documents}.errors", "--jobs", 1, "--progress", "never"] if command == "batch" else ["--format", "json"]
    if command == "explain":
        records.write_text(records.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return Counts(out)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("--documents", type=int, default=20)
    words.add_argument("--lines", type=int, default=50)
    words.add_argument("--command", choices=("batch", "explain"), default="batch")
    words.add_argument("--top", type=int, default=15)
    a = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        once = count(a.program, a.command, a.documents, a.lines, Path(folder))
        twice = count(a.program, a.command, 2 * a.documents, a.lines, Path(folder))
    total = a.documents * a.lines
    for title, before, after, most in (("stage", once.by_stage(), twice.by_stage(), 99), ("function", once.by_function(), twice.by_function(), a.top)):
        rows = collections.Counter({name: after[name] - before[name] for name in after})
        whole = sum(rows.values())
        print(f"{title:48} {'instructions a line':>20} {'share':>7}")
        for name, cost in rows.most_common(most):
            print(f"{name if isinstance(name, str) else f'{name[0]} ({name[1]})':48} {cost / total:20,.0f} {cost / whole * 100:6.1f}%")
        print(f"{'all':48} {whole / total:20,.0f}\n")


if __name__ == "__main__":
    main()
