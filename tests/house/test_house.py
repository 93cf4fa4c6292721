"""The law of the house (CONTRIBUTING): who may include whom, no binary floating point, files of a readable length."""

import fnmatch
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT

LAYERS = ["core", "formats", "cli"]
SOURCES = sorted(p for layer in LAYERS for p in (ROOT / layer).rglob("*") if p.suffix in (".c", ".h", ".def"))
SKIP = {"build", ".git", "__pycache__", ".pytest_cache", ".hypothesis"}


def name(path):
    return str(path.relative_to(ROOT))


def ours():
    """Every file of the repository, what it builds left out."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(p in SKIP or p.startswith("build-") for p in parts):
            yield path


def without_comments(text):
    """C text with comments and strings blanked, lines kept."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"' + r"|'(?:\\.|[^'\\\n])+'"
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def includes(path):
    return re.findall(r'^\s*#\s*include\s+["<]([^">]+)[">]', path.read_text(encoding="utf-8"), re.M)


def resolve(path, included):
    """The file of ours that an include means, or None for the system's."""
    for folder in (path.parent, ROOT / "core/include", ROOT / "formats/include", ROOT / "core", ROOT / "formats", ROOT):
        if (folder / included).is_file():
            return (folder / included).resolve()
    return None


def layer(path):
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_includes_go_down_only(path):
    for included in includes(path):
        target = resolve(path, included)
        if target:
            assert LAYERS.index(layer(target)) <= LAYERS.index(layer(path)), f"{name(path)} includes {included} above it"
            crosses = layer(target) != layer(path)
            internal_header = layer(path) == "cli" and "include" not in target.relative_to(ROOT).parts
            assert not (crosses and internal_header), f"{name(path)} includes {included}, which is internal"


# What each layer may take from outside besides the standard library of C.
FOREIGN = {"core": {"mpfr.h", "gmp.h"}, "formats": {"cjson/cJSON.h", "csv.h"}, "cli": {"sqlite3.h", "xxhash.h"}}
STANDARD = {"assert.h", "ctype.h", "errno.h", "inttypes.h", "limits.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h"}
POSIX = {"dirent.h", "fcntl.h", "poll.h", "pthread.h", "signal.h", "stdatomic.h", "stdio.h", "sys/file.h", "sys/stat.h", "sys/types.h", "time.h", "unistd.h"}


# In a test build it must be able to say which sum is off, and stop.
CHECKER = "core/invariants.c"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_what_comes_from_outside(path):
    allowed = STANDARD | FOREIGN[layer(path)] | (POSIX if layer(path) == "cli" else set())
    if name(path) == CHECKER:
        allowed |= {"stdio.h"}
    strays = [i for i in includes(path) if resolve(path, i) is None and i not in allowed]
    assert not strays


def test_cjson_stays_with_its_reader():
    users = [name(p) for p in SOURCES if "cjson/cJSON.h" in includes(p)]
    assert users and all(re.match(r"formats/(json|read)/[a-z_]*\.[ch]$", u) for u in users), users


def test_libcsv_stays_with_its_reader():
    assert [name(p) for p in SOURCES if "csv.h" in includes(p)] == ["formats/csv/csv_rows.c"]


def test_no_circles():
    graph = {p.resolve(): {resolve(p, i) for i in includes(p)} - {None} for p in SOURCES}
    done, path = set(), []

    def walk(file):
        assert file not in path, "circle: " + " → ".join(name(f) for f in path[path.index(file):] + [file])
        if file in done:
            return
        path.append(file)
        for next_file in sorted(graph.get(file, ())):
            walk(next_file)
        path.pop()
        done.add(file)

    for file in graph:
        walk(file)


@pytest.mark.parametrize("path", [p for p in SOURCES if layer(p) != "cli" and p.suffix != ".def"], ids=name)
def test_no_binary_floating_point(path):
    code = without_comments(path.read_text(encoding="utf-8"))
    found = re.findall(r"\b(?:double|float|_Float\w+|strtod|strtof|atof|valuedouble|cJSON_AddNumber\w*|cJSON_CreateNumber|cJSON_GetNumberValue|mpfr_[gs]et_(?:d|flt|ld))\b", code)
    assert not found, f"{name(path)}: {found}"


@pytest.mark.parametrize("path", [p for p in SOURCES if layer(p) != "cli" and p.suffix == ".c" and name(p) != CHECKER], ids=name)
def test_no_clock_no_environment_no_locale_no_files(path):
    code = without_comments(path.read_text(encoding="utf-8"))
    found = re.findall(r"\b(?:time|clock|clock_gettime|getenv|setlocale|localeconv|fopen|open|printf|fprintf|puts|exit|abort|rand|strcpy|strcat|sprintf|gets|strtok)\s*\(", code)
    assert not found, f"{name(path)}: {found}"


def test_no_mutable_globals_below_the_cli():
    library = Path(os.environ.get("NVB_BUILD", ".")) / "libnavolgbaar.a"
    cache = library.parent / "CMakeCache.txt"
    if not library.exists() or not shutil.which("objdump") or re.search(r"NVB_(COVERAGE|SANITIZE):BOOL=ON", cache.read_text()):
        pytest.skip("no plain build to look into")
    table = subprocess.run(["objdump", "-t", str(library)], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^\S+ .{7} (\.data|\.bss|\*COM\*)\s+(?!0+ \.)\S+\s+(\S+)$", table, re.M)
    assert "nvb_breakdown_new" in table and not found


LENGTHS = [p for p in ours() if p.suffix in (".c", ".h", ".py", ".sh", ".cmake")]


@pytest.mark.parametrize("path", LENGTHS, ids=name)
def test_files_can_be_read_in_one_sitting(path):
    limit = 1000 if layer(path) == "tests" else 600
    assert len(path.read_text(encoding="utf-8").splitlines()) < limit


@pytest.mark.parametrize("path", [p for p in SOURCES if p.suffix == ".c"], ids=name)
def test_functions_can_be_read_at_a_glance(path):
    start = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            assert number - start < 60, f"{name(path)}:{start}"
            start = None


@pytest.mark.parametrize("path", [p for p in SOURCES if p.suffix != ".def"], ids=name)
def test_lines_fit_the_page(path):
    """100 columns, tables that clang-format leaves alone aside."""
    text = re.sub(r"clang-format off.*?clang-format on", lambda m: "\n" * m.group().count("\n"), path.read_text(encoding="utf-8"), flags=re.S)
    wide = [n for n, line in enumerate(text.splitlines(), 1) if len(line) > 100]
    assert not wide, f"{name(path)}: lines {wide}"


def test_every_folder_says_what_it_holds():
    """Every folder with code, and every one just below tests/ and samples/; what lies deeper is data its parent explains."""
    code = {p.parent for p in ours() if p.suffix in (".c", ".h", ".py", ".cmake", ".in")}
    cases = {p.parent for p in ours() if p.relative_to(ROOT).parts[0] in ("tests", "samples") and len(p.relative_to(ROOT).parts) == 3}
    api = {ROOT / "core/include/navolgbaar", ROOT / "formats/include/navolgbaar"}
    lacking = [name(f) for f in sorted(code | cases | {ROOT}) if f not in api and not (f / "README.md").exists()]
    assert not lacking


def named_in(readme):
    """What a README names in code marks, as patterns: `table.[hc]`, `words.{h,c}` and `num*.c` stand for several files."""
    for text in re.findall(r"`([^`\n]+)`", readme):
        for part in re.split(r"[ →]+|, ", text):
            braces = re.search(r"\{([^}]*)\}", part)
            for choice in braces.group(1).split(",") if braces else [""]:
                yield part.replace(braces.group(), choice) if braces else part


@pytest.mark.parametrize("path", [p for p in SOURCES if p.suffix == ".c"], ids=name)
def test_every_source_is_in_the_readme_of_its_folder(path):
    patterns = list(named_in((path.parent / "README.md").read_text(encoding="utf-8")))
    assert any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns), f"{name(path.parent)}/README.md does not name {path.name}"


def test_main_is_short():
    assert len((ROOT / "cli/main.c").read_text().splitlines()) < 60


# Put together here, so that this file does not hold what it looks for.
TELLTALES = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "tmp/nvb", "py" + "pi.org", "files.python" + "hosted", "deb.debian" + ".org", "proxy.golang" + ".org"]


def test_no_machine_paths():
    found = []
    for path in ours():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {t}" for t in TELLTALES if t in text]
    assert not found


@pytest.mark.parametrize("path", [p for p in ours() if p.suffix == ".sh" or p.parent.name == ".ci"], ids=name)
def test_shell_scripts_are_posix(path):
    assert subprocess.run(["sh", "-n", str(path)]).returncode == 0


def test_every_source_is_built():
    lists = (ROOT / "CMakeLists.txt").read_text()
    missing = [name(p) for p in SOURCES if p.suffix == ".c" and not re.search(rf"^\s+{re.escape(name(p))}\b", lists, re.M)]
    assert not missing
    units = (ROOT / "tests/CMakeLists.txt").read_text()
    assert not [p.name for p in (ROOT / "tests/unit").glob("test_*.c") if not re.search(rf"^\s+{p.stem}\b", units, re.M)]


def test_every_code_is_unique_and_both_languages_say_something():
    rows = re.findall(r'^NVB_CODE_ENUM\((E\d{3}), (NVB_\w+), "((?:\\.|[^"])*)", "((?:\\.|[^"])*)"', (ROOT / "core/include/navolgbaar/codes.def").read_text(encoding="utf-8"), re.M)
    codes = [r[0] for r in rows]
    assert len(codes) > 20 and len(set(codes)) == len(codes)
    for code, severity, dutch, english in rows:
        assert dutch and english and set(re.findall(r"\{\d\}", dutch)) == set(re.findall(r"\{\d\}", english)), code
        assert severity == {"5": "NVB_GAP", "6": "NVB_WARNING"}.get(code[1], "NVB_ERROR"), code
