"""The engine against the oracle, on random proposals.

What is promised: on every generated proposal `explain` gives exactly the figures of the oracle (paths, digits,
fractions and units), sums add up within the output itself, every `uit` leads somewhere, and the explanation
recomputes itself to the same bytes.

    NVB_BIN           the program
    NVB_SEED          the seed (default: random, printed)
    NVB_ORACLE_RUNS   how many proposals (default 2000)
    NVB_ORACLE_ONLY   only the proposal with this number
"""

import json
import os
import random
import subprocess
import sys
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))

import generate  # noqa: E402
import oracle  # noqa: E402

SEED = os.environ.get("NVB_SEED") or str(random.SystemRandom().randrange(10**9))
RUNS = int(os.environ.get("NVB_ORACLE_RUNS") or 2000)
ONLY = os.environ.get("NVB_ORACLE_ONLY")
FEW = 200  # for the slower properties
ENOUGH = 8  # differences after which a run stops
SHOWN = 12  # differing paths printed per proposal


class Difference(AssertionError):
    pass


class Desk:
    """One generated proposal on disk, and the binary to explain it with."""

    def __init__(self, binary, folder, number):
        self.binary, self.number = binary, number
        self.case = generate.make(random.Random(f"{SEED}:{number}"))
        self.file = folder / f"{number:05}.json"
        self.file.write_text(self.case.text(), encoding="utf-8")
        self.policy = None
        if self.case.policy is not None:
            self.policy = folder / f"{number:05}.policy.json"
            self.policy.write_text(self.case.policy_text(), encoding="utf-8")

    def explain(self, *options, file=None):
        """stdout of explain, with the policy when the proposal itself is explained."""
        command = [self.binary, "explain", file or self.file]
        if file is None and self.policy is not None:
            command += ["--policy", self.policy]
        command += ["--format", "json", *options]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        if done.returncode not in (0, 1) or not done.stdout:
            message = done.stderr.decode("utf-8", "replace").strip()
            raise Difference(f"explain {' '.join(options)} ended with {done.returncode}:\n{message[:2000]}")
        return done.stdout

    def beside(self, ending, text):
        """A file next to the proposal."""
        path = self.file.with_suffix(ending)
        path.write_text(text, encoding="utf-8")
        return path

    def clear(self):
        for path in self.file.parent.glob(f"{self.number:05}.*"):
            path.unlink()


def run_over(binary, folder, count, check):
    """Put `check(desk)` over `count` proposals on two threads; fail with what differs."""
    numbers = [int(ONLY)] if ONLY is not None else range(count)
    failures, stop = [], threading.Event()

    def one(number):
        if stop.is_set():
            return
        desk = Desk(binary, folder, number)
        try:
            check(desk)
        except (Difference, subprocess.TimeoutExpired, ValueError, KeyError, TypeError) as problem:
            text = str(problem) if isinstance(problem, Difference) else repr(problem)
            failures.append((number, f"NVB_SEED={SEED} NVB_ORACLE_ONLY={number}  {desk.file}\n{text}"))
            if len(failures) >= ENOUGH:
                stop.set()
        else:
            desk.clear()

    print(f"NVB_SEED={SEED}, {len(numbers)} proposals")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, numbers))
    if failures:
        shown = "\n\n".join(text for _, text in sorted(failures))
        pytest.fail(f"{len(failures)} proposals differ (a run stops at {ENOUGH}):\n\n{shown}", pytrace=False)


# ---------------------------------------------------------------- reading an explanation


def no_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Difference(f"an object with the same key twice: {keys}")
    return dict(pairs)


def read(output):
    """The explanation, its number tokens kept digit for digit."""
    if output.count(b"\n") != output.endswith(b"\n"):
        raise Difference("more than one line")
    return json.loads(
        output.decode("utf-8"), parse_int=generate.Num, parse_float=generate.Num, object_pairs_hook=no_duplicates
    )


def nodes(explanation):
    found = {}
    for node in explanation["knopen"]:
        if node["pad"] in found:
            raise Difference(f"{node['pad']} is there twice")
        found[node["pad"]] = node
    return found


def value_of(node):
    return Fraction(node["waarde"] if node["exact"] else node["breuk"])


def values(explanation):
    return {path: value_of(node) for path, node in nodes(explanation).items()}


def unescape(token):
    return token.replace("~1", "/").replace("~0", "~")


def resolves(document, pointer):
    """Is there such a place? Array items go by id or code, else by position."""
    if not pointer.startswith("/"):
        return False
    here = document
    for token in map(unescape, pointer[1:].split("/")):
        if isinstance(here, dict):
            if token not in here:
                return False
            here = here[token]
        elif isinstance(here, list):
            named = [i for i in here if isinstance(i, dict) and token in (i.get("id"), i.get("code"))]
            if named:
                here = named[0]
            elif any(isinstance(i, dict) and ("id" in i or "code" in i) for i in here):
                return False
            elif token.isascii() and token.isdigit() and int(token) < len(here):
                here = here[int(token)]
            else:
                return False
        else:
            return False
    return True


def report(problems):
    if problems:
        more = len(problems) - SHOWN
        raise Difference("\n".join(problems[:SHOWN]) + (f"\n… and {more} more" if more > 0 else ""))


# ---------------------------------------------------------------- the properties


def check_figures(desk):
    """Paths, digits, exactness, fractions and units are those of the oracle."""
    explanation = read(desk.explain())
    found, expected, problems = nodes(explanation), desk.case.figures, []
    for path, value in expected.items():
        waarde, exact, breuk = oracle.show(value)
        node = found.get(path)
        if node is None:
            problems.append(f"{path}: engine has no such figure, oracle {breuk or waarde}")
            continue
        ours, theirs = (waarde, exact, breuk), (node["waarde"], node["exact"], node.get("breuk"))
        if theirs != ours or list(map(type, theirs)) != list(map(type, ours)):
            problems.append(f"{path}: engine {theirs}, oracle {ours}")
        if node["eenheid"] != oracle.unit_of(path):
            problems.append(f"{path}: engine counts in {node['eenheid']}, oracle in {oracle.unit_of(path)}")
    for path in found.keys() - expected.keys():
        if not oracle.may_be_absent(path, value_of(found[path])):
            problems.append(f"{path}: engine {found[path]['waarde']}, oracle has no such figure")
    report(sorted(problems))


def check_voorstel(desk):
    """The proposal an explanation carries is the merged one, number for number."""
    explanation = read(desk.explain())
    ours, theirs = desk.case.effective, oracle.load(generate.dump(explanation["voorstel"]))
    keys = [key for key in sorted(ours.keys() | theirs.keys()) if ours.get(key) != theirs.get(key)]
    report([f"/{key}: engine {theirs.get(key)!r}, oracle {ours.get(key)!r}" for key in keys])


def check_bytes(desk):
    """Fed back, whole or in part, the explanation comes out the same; so it does on the slow numbers alone."""
    first = desk.explain()
    proposal = desk.beside(".voorstel.json", generate.dump(read(first)["voorstel"]))
    whole = desk.beside(".toelichting.json", first.decode("utf-8"))
    again = {
        "explained again": desk.explain(),
        "voorstel of the explanation": desk.explain(file=proposal),
        "the explanation itself": desk.explain(file=whole),
        "--mpfr-only": desk.explain("--mpfr-only"),
    }
    problems = []
    for name, output in again.items():
        if output != first:
            at = next((i for i, (a, b) in enumerate(zip(first, output)) if a != b), min(len(first), len(output)))
            cut = slice(max(at - 120, 0), at + 120)
            problems.append(f"{name}: differs from byte {at}\n  {first[cut]!r}\n  {output[cut]!r}")
    report(problems)


def check_links(desk):
    """Every `uit` is an earlier figure or a place in the proposal."""
    explanation = read(desk.explain())
    order = {path: n for n, path in enumerate(nodes(explanation))}
    problems = []
    for path, node in nodes(explanation).items():
        for source in node["uit"]:
            if resolves(explanation["voorstel"], source):
                continue
            if source not in order:
                problems.append(f"{path}: comes from {source}, which is nowhere")
            elif order[source] >= order[path]:
                problems.append(f"{path}: comes from {source}, which is computed later")
    report(problems)


def check_sums(desk):
    """What must add up adds up in the printed figures, without the oracle."""
    found = values(read(desk.explain()))
    problems, groups = [], defaultdict(lambda: defaultdict(Fraction))
    for path, value in found.items():
        parts = path.split("/")[1:]
        last = parts[-1]
        if parts[0] in ("prestaties", "plafonds"):
            here = "/".join(["", *parts[:2]])
            if len(parts) == 3 and last in ("basis", "begrenzing", "afronding"):
                groups[here, "tariff"][path] += value
            elif len(parts) == 4 and parts[2] == "stappen":
                groups[here, "tariff"][path] += value
            elif parts[2:3] == ["stappen"] and (len(parts) == 6 or last in ("rest", "afronding")):
                groups["/".join(["", *parts[:4]]), "parts"][path] += value
            elif parts[2:3] == ["volume"] and len(parts) > 3:
                groups[here + "/volume", "volume"][path] += value
            elif parts[2:3] == ["staffels"]:
                groups[here + "/omzet", "treads"][path] += value
            if len(parts) == 3 and last == "omzet":
                groups["/totaal/omzet_voor_plafond", "turnover"][path] += value
                groups["/totaal/omzet", "total"][path] += value
            if parts[0] == "plafonds" and len(parts) == 2:
                groups["/totaal/omzet", "total"][path] += value
                if value > 0:
                    problems.append(f"{path}: a cut above zero, {value}")
    for (path, kind), items in groups.items():
        total = sum(items.values(), Fraction(0))
        target = path
        if kind == "tariff":
            target = path + ("/tarief" if path.startswith("/prestaties/") else "/bedrag")
        if kind == "parts" and not any(name.count("/") == 6 for name in items):
            continue  # a step without components has a rounding only
        if kind == "volume" and target + "/basis" not in found:
            problems.append(f"{target}: parts without a base")
        if found.get(target) != total:
            problems.append(f"{target}: is {found.get(target)}, its {kind} add up to {total}")
    report(problems)


def check_roundings(desk):
    """Where a figure says how it was rounded, that is what the mode does to the figure before."""
    problems = []
    for path, node in nodes(read(desk.explain())).items():
        if "afronding" not in node:
            continue
        spec = node["afronding"]
        places = int(spec["decimalen"])
        before, after = Fraction(spec.get("voor_breuk", spec["voor"])), Fraction(spec["na"])
        if (after * 10**places).denominator != 1:
            problems.append(f"{path}: {after} is not rounded at {places} decimals")
        elif oracle.round_to(before, places, spec["methode"]) != after:
            problems.append(f"{path}: {before} does not round to {after} ({spec['methode']}, {places})")
    report(problems)


def test_figures_are_those_of_the_oracle(binary, tmp_path):
    run_over(binary, tmp_path, RUNS, check_figures)


@pytest.mark.parametrize("check", [check_voorstel, check_bytes, check_links, check_sums, check_roundings])
def test_explanation(binary, tmp_path, check):
    run_over(binary, tmp_path, min(RUNS, FEW), check)
