"""The examples of the README are what the program says: each block that begins with a command, its lines in that order; `...` skips some."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```\n\$ navolgbaar (.*?)\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)


def test_there_are_examples():
    assert len(BLOCKS) >= 2


@pytest.fixture
def place(tmp_path):
    """Where an example may write: the repository by links."""
    for name in ("samples", "formats"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize("command, shown", BLOCKS, ids=[command.split()[0] for command, _ in BLOCKS])
def test_example(nvb, place, command, shown):
    for before, _ in BLOCKS[: BLOCKS.index((command, shown))]:
        if before.startswith("new "):
            nvb(*shlex.split(before), cwd=place)
    said = nvb(*shlex.split(command), cwd=place).stdout.splitlines()
    at, jump = 0, False
    for line in shown.splitlines():
        if line == "...":
            jump = True
            continue
        if jump:
            assert line in said[at:], line
            at, jump = said.index(line, at), False
        assert said[at] == line
        at += 1
    assert jump or at == len(said), "the program says more; end the example with ..."
