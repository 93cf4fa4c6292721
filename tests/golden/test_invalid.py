"""Documents that are refused, and exactly what is then said.

Each folder of `invalid/` holds `input.json`, perhaps `policy.json`, perhaps `args` (further arguments, as a shell
would split them), and `error`: what stands on standard error, byte for byte. Where `explain input.json` is not the
command, `command` holds the whole of it (`diff input.csv input.json`). Expected texts are written by hand from the
rules, never taken from the program.

NVB_BIN is the program to test.
"""

import os
import pathlib
import re
import shlex
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CASES = sorted(path.name for path in (HERE / "invalid").iterdir() if path.is_dir())

# What a small file cannot show; tests/unit/test_reader.c and test_price_list.c do.
ELSEWHERE = {
    "E118": "needs a file of more than 256 MiB",
    "E119": "needs a file of 20 million values",
    "E136": "needs a cell of more than 128 KiB",
    "E162": "is of one document in a run; tests/batch/test_batch_sources.py does",
    "E137": "needs a list of more than 2 million rows",
    "E405": "needs some thousands of lines put together; tests/compare/test_pairs.py does",
    "E241": "needs a line of more than 1,000 steps",
    "E242": "needs 10 million steps",
}


def words(file, default):
    return shlex.split(file.read_text(encoding="utf-8")) if file.exists() else default


def run(case):
    folder = HERE / "invalid" / case
    command = words(folder / "command", ["explain", "input.json"])
    return subprocess.run(
        [os.path.abspath(os.environ["NVB_BIN"]), *command, *words(folder / "args", [])],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        timeout=60,
    )


@pytest.mark.parametrize("case", CASES)
def test_refused(case):
    result = run(case)
    expected = (HERE / "invalid" / case / "error").read_bytes()
    assert result.stderr.decode("utf-8", "replace") == expected.decode("utf-8")
    assert result.stderr == expected
    assert result.stdout == b""
    assert result.returncode == 3


def test_every_code_has_a_case():
    table = (ROOT / "core/include/navolgbaar/codes.def").read_text(encoding="utf-8")
    codes = set(re.findall(r"^NVB_CODE_ENUM\((E[1-5]\d\d),", table, re.M))
    assert codes
    said = "".join((HERE / "invalid" / case / "error").read_text(encoding="utf-8") for case in CASES)
    shown = set(re.findall(r"(?:^|: )(?:fout|gat|waarschuwing) (E\d\d\d): ", said, re.M))
    assert codes - shown - set(ELSEWHERE) == set()
    assert set(ELSEWHERE) <= codes
    assert not set(ELSEWHERE) & shown
