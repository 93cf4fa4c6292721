"""What is installed can be used: the program, the library through pkg-config and CMake, the man page."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT

pytestmark = pytest.mark.plain
CONSUME = ROOT / "tests" / "consume"


def sh(*command, **options):
    got = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300, **options)
    assert got.returncode == 0, got.stdout + got.stderr
    return got.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    build = os.environ.get("NVB_BUILD")
    if not build:
        pytest.skip("NVB_BUILD names no build directory")
    where = tmp_path_factory.mktemp("install") / "with space"
    sh("cmake", "--install", build, "--prefix", where)
    # Moved after installing: nothing may lean on where it was.
    moved = where.parent / "moved here"
    where.rename(moved)
    return moved


def library_folder(prefix):
    return next(prefix.rglob("libnavolgbaar.so")).parent


def test_what_is_there(prefix):
    for name in ("bin/navolgbaar", "include/navolgbaar/formats.h", "include/navolgbaar/codes.def", "share/man/man1/navolgbaar.1",
                 "share/man/nl/man1/navolgbaar.1", "share/navolgbaar/schema/voorstel.schema.json", "share/navolgbaar/cijfers.json", "share/navolgbaar/reference/aanbieder.md",
                 "share/navolgbaar/samples/README.md", "share/navolgbaar/start/ggz/prestaties.csv"):
        assert (prefix / name).is_file(), name
    assert "BESCHRIJVING" in (prefix / "share/man/nl/man1/navolgbaar.1").read_text(encoding="utf-8")


def test_the_program_runs(prefix, proposal):
    assert "105,00" in sh(prefix / "bin/navolgbaar", "explain", proposal)


def test_the_program_does_not_need_its_own_library(prefix):
    if shutil.which("ldd"):
        assert "libnavolgbaar" not in sh("ldd", prefix / "bin/navolgbaar")


def test_only_the_api_is_visible(prefix):
    if not shutil.which("nm"):
        pytest.skip("nm is not installed")
    symbols = [line.split()[-1].split("@")[0] for line in sh("nm", "-D", "--defined-only", library_folder(prefix) / "libnavolgbaar.so").splitlines()]
    strays = [s for s in symbols if not s.startswith("nvb_") and not s.startswith(("_", "gcov", "mangle_path"))]
    assert symbols and not strays


def consume(program, prefix, proposal):
    got = sh(program, proposal, env={**os.environ, "LD_LIBRARY_PATH": str(library_folder(prefix))})
    assert got.strip() == "105.00"


def test_pkg_config(prefix, proposal, tmp_path):
    environment = {**os.environ, "PKG_CONFIG_PATH": str(library_folder(prefix) / "pkgconfig")}
    flags = sh("sh", "-c", 'eval "set -- $(pkg-config --cflags --libs navolgbaar)"; printf "%s\\n" "$@"', env=environment).splitlines()
    program = tmp_path / "consume"
    sh(os.environ.get("CC", "cc"), "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", CONSUME / "main.c", "-o", program, *flags)
    consume(program, prefix, proposal)


@pytest.mark.parametrize("kind", ["shared", "static"])
def test_cmake_package(prefix, proposal, tmp_path, kind):
    sh("cmake", "-S", CONSUME, "-B", tmp_path / "build", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DKIND={kind}")
    sh("cmake", "--build", tmp_path / "build")
    consume(tmp_path / "build" / "consume", prefix, proposal)


def test_every_public_header_stands_on_its_own(prefix, tmp_path):
    for header in sorted((prefix / "include/navolgbaar").glob("*.h")):
        source = tmp_path / "alone.c"
        source.write_text(f'#include "navolgbaar/{header.name}"\n#include "navolgbaar/{header.name}"\nint unused;\n')
        sh(os.environ.get("CC", "cc"), "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", f"-I{prefix / 'include'}", source)


def test_the_man_page_is_sound(prefix):
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    got = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-k", str(prefix / "share/man/man1/navolgbaar.1")], capture_output=True, text=True)
    assert got.returncode == 0 and "navolgbaar" in got.stdout and got.stderr == ""
