"""Files in and out: what cannot be read or written is exit code 4, and nothing half-written is left."""

import json
import os
import shutil
import socket
import stat
import subprocess

import pytest

from conftest import SMALL

not_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


# --- in ---


def test_standard_input(nvb, proposal):
    want = nvb("explain", proposal)
    got = nvb("explain", "-", input=json.dumps(SMALL))
    assert (got.returncode, got.stdout) == (0, want.stdout)


def test_a_problem_in_standard_input_names_it(nvb):
    got = nvb("explain", "-", input="{")
    assert got.returncode == 3 and "standaardinvoer:1:" in got.stderr


def test_a_pipe_as_file(nvb, proposal, tmp_path):
    read, write = os.pipe()
    os.write(write, json.dumps(SMALL).encode())
    os.close(write)
    got = nvb("explain", f"/dev/fd/{read}", pass_fds=[read])
    os.close(read)
    assert got.returncode == 0, got.stderr


@pytest.mark.parametrize("option", [[], ["--policy"]])
def test_what_cannot_be_read(nvb, proposal, tmp_path, option):
    def read(path):
        got = nvb("explain", proposal, *option, path) if option else nvb("explain", path)
        assert (got.returncode, got.stdout) == (4, "")
        return got.stderr

    assert "E701" in read(tmp_path / "nergens.json") and "nergens.json" in read(tmp_path / "nergens.json")
    assert "E701" in read(proposal / "eronder.json")
    assert "E702" in read(tmp_path)


def test_standard_input_is_a_directory(nvb, tmp_path):
    folder = os.open(tmp_path, os.O_RDONLY)
    got = nvb("explain", "-", stdin=folder)
    os.close(folder)
    assert got.returncode == 4 and "E702" in got.stderr


def test_closed_standard_input(binary):
    got = subprocess.run(["sh", "-c", '"$0" explain - <&-', binary], capture_output=True, text=True)
    assert got.returncode == 4 and "E705" in got.stderr


@not_root
def test_no_permission(nvb, proposal):
    proposal.chmod(0)
    got = nvb("explain", proposal)
    assert got.returncode == 4 and "E703" in got.stderr


def test_a_file_without_end(nvb):
    got = nvb("explain", "/dev/zero", stdin=subprocess.DEVNULL)
    assert (got.returncode, got.stdout) == (4, "") and "E704" in got.stderr


def test_a_file_that_is_too_large_is_not_read(nvb, tmp_path):
    big = tmp_path / "groot.json"
    with open(big, "wb") as f:
        f.truncate(256 * 1024 * 1024 + 1)  # a hole: it takes no room on the disk
    got = nvb("explain", big)
    assert got.returncode == 4 and "E704" in got.stderr


# --- out ---


def test_output_to_a_file(nvb, proposal, tmp_path):
    target = tmp_path / "brief.txt"
    got = nvb("explain", proposal, "-o", target)
    assert (got.returncode, got.stdout, got.stderr) == (0, "", "")
    assert target.read_text(encoding="utf-8") == nvb("explain", proposal).stdout
    assert nvb("explain", proposal, f"--output={target}").returncode == 0
    assert nvb("explain", proposal, "-o", "-").stdout == target.read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.txt", "voorstel.json"]


def test_an_error_leaves_the_old_file(nvb, gap, tmp_path):
    target = tmp_path / "brief.txt"
    target.write_text("van gisteren")
    assert nvb("explain", gap, "-o", target).returncode == 3
    assert target.read_text() == "van gisteren"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.txt", "gat.json"]


def test_a_new_file_keeps_the_mode_of_the_old_one_and_a_link_stays_a_link(nvb, proposal, tmp_path):
    target, link = tmp_path / "brief.txt", tmp_path / "koppeling"
    target.write_text("oud")
    target.chmod(0o640)
    link.symlink_to(target)
    assert nvb("explain", proposal, "-o", link).returncode == 0
    assert link.is_symlink() and target.read_text(encoding="utf-8") != "oud"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_file_of_its_own_follows_the_umask(nvb, proposal, tmp_path):
    target = tmp_path / "brief.txt"
    nvb("explain", proposal, "-o", target, preexec_fn=lambda: os.umask(0o027))
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("name", ["nergens/brief.txt", "", "voorstel.json/brief.txt", "x" * 300])
def test_a_file_that_cannot_be_made(nvb, proposal, tmp_path, name):
    got = nvb("explain", proposal, "-o", name, cwd=tmp_path)
    assert (got.returncode, got.stdout) == (4, "") and "E706" in got.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["voorstel.json"]


@pytest.mark.parametrize("name, why", [("", "er staat geen naam"), ("nergens/brief.txt", "die map bestaat niet"), ("x" * 300, "de naam is te lang"), ("kring", "verwijzen naar elkaar"), ("kring/brief.txt", "verwijzen naar elkaar")])
def test_why_a_file_cannot_be_made(nvb, proposal, tmp_path, name, why):
    (tmp_path / "kring").symlink_to("kring")
    got = nvb("explain", proposal, "-o", name, cwd=tmp_path)
    assert got.returncode == 4 and why in got.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kring", "voorstel.json"] and (tmp_path / "kring").is_symlink()


def test_links_in_a_circle_cannot_be_read(nvb, tmp_path):
    (tmp_path / "kring").symlink_to("kring")
    got = nvb("explain", tmp_path / "kring")
    assert got.returncode == 4 and "E705" in got.stderr and "verwijzen naar elkaar" in got.stderr


def test_output_never_replaces_an_input(nvb, proposal, write, small, tmp_path):
    old = write({**small, "contractjaar": 2025, "kenmerk": "KLEIN-2025", "soort": "contract"}, "oud.json")
    policy = write({"formaat": "navolgbaar/voorstel/1", "kenmerk": "P", "soort": "contractvoorstel"}, "p.json")
    link, hard = tmp_path / "koppeling", tmp_path / "tweede"
    link.symlink_to(old)
    hard.hardlink_to(old)
    before = {p: p.read_bytes() for p in (proposal, old, policy)}
    for arguments in (["explain", proposal, "-o", proposal], ["check", proposal, f"--output={tmp_path}/./{proposal.name}"], ["tree", proposal, "-o", proposal],
                      ["show", proposal, "/prestaties/A1/tarief", "-o", proposal], ["diff", old, proposal, "-o", old], ["diff", old, proposal, "-o", link],
                      ["diff", link, proposal, "-o", hard], ["explain", proposal, "--previous", old, "-o", old], ["explain", proposal, "--policy", policy, "-o", policy],
                      ["diff", old, proposal, "--reference", policy, "-o", policy], ["diff", old, proposal, "-o", proposal, "--format", "json"]):
        got = nvb(*arguments)
        assert (got.returncode, got.stdout) == (2, "") and "E819" in got.stderr, arguments
        assert {p: p.read_bytes() for p in before} == before and link.is_symlink()
    with open(proposal) as stream:
        got = nvb("explain", "-", "-o", proposal, stdin=stream)
    assert got.returncode == 2 and "E819" in got.stderr and proposal.read_bytes() == before[proposal]


def test_a_copy_beside_an_input_and_a_device_are_fine_as_output(nvb, proposal, tmp_path):
    assert nvb("explain", proposal, "-o", tmp_path / "voorstel.json.txt").returncode == 0
    assert nvb("explain", "-", "-o", "/dev/null", stdin=subprocess.DEVNULL).returncode == 3  # an empty document, not E819


def test_output_to_a_directory(nvb, proposal, tmp_path):
    got = nvb("explain", proposal, "-o", tmp_path)
    assert got.returncode == 4 and "E706" in got.stderr


def test_a_file_size_limit_leaves_nothing(nvb, proposal, tmp_path):
    import resource
    import signal

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))

    got = nvb("explain", proposal, "-o", "brief.txt", cwd=tmp_path, preexec_fn=limit)
    assert got.returncode == 4
    assert [p.name for p in tmp_path.iterdir()] == ["voorstel.json"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("command", [["explain"], ["explain", "--format", "json"], ["tree"], ["check"], ["schema"], ["help"], ["--version"]])
def test_a_full_disk(nvb, proposal, command):
    with open("/dev/full", "w") as full:
        path = [proposal] if command[0] in ("explain", "tree", "check") else []
        got = nvb(*command, *path, stdout=full)
    assert got.returncode == 4 and "E707" in got.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_as_output_file(nvb, proposal):
    got = nvb("explain", proposal, "-o", "/dev/full")
    assert got.returncode == 4 and "E706" in got.stderr
    assert os.path.exists("/dev/full") and not os.path.isfile("/dev/full")


def test_closed_standard_output(binary, proposal):
    got = subprocess.run(["sh", "-c", '"$0" explain "$1" >&-', binary, str(proposal)], capture_output=True, text=True)
    assert got.returncode == 4 and "E707" in got.stderr


def test_closed_standard_output_does_not_touch_the_output_file(binary, proposal, tmp_path):
    target = tmp_path / "brief.txt"
    script = '"$0" explain "$1" -o "$2" >&- 2>&- <&-'
    got = subprocess.run(["sh", "-c", script, binary, str(proposal), str(target)])
    assert got.returncode == 0
    assert target.read_text(encoding="utf-8").count("\0") == 0 and "A1" in target.read_text(encoding="utf-8")


def test_a_reader_who_stops(binary, proposal):
    read, write = os.pipe()
    os.close(read)
    got = subprocess.run([binary, "explain", str(proposal)], stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert got.returncode == 4 and "E707" in got.stderr


def test_output_that_does_not_block(binary, proposal, write, small):
    """A slow reader at the other end of a non-blocking pipe gets everything."""
    small["prestaties"] = [dict(small["prestaties"][0], code=f"C{i}") for i in range(300)]
    path = write(small, "veel.json")
    want = subprocess.run([binary, "explain", "--format", "json", str(path)], capture_output=True).stdout
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    process = subprocess.Popen([binary, "explain", "--format", "json", str(path)], stdout=theirs)
    theirs.close()
    got = b""
    while chunk := ours.recv(4096):
        got += chunk
    ours.close()
    assert process.wait() == 0 and got == want and len(want) > 500_000


# --- what reaches the terminal ---

NASTY = "\u001b[31mrood\u001b[0m\u0007\u009b2J\u202eomgekeerd\u2066\u0008\r"


def harmless(text):
    bad = [c for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
    assert not bad, ascii(text)


def test_no_escape_sequence_from_a_document_reaches_the_terminal(nvb, write, small):
    small["zorgverzekeraar"]["naam"] = small["zorgaanbieder"]["naam"] = NASTY
    small["kenmerk"] = NASTY
    small["stappen"][1]["reden"] = NASTY
    small["bronnen"]["b"]["titel"] = NASTY
    small["prestaties"][0]["omschrijving"] = NASTY
    small["stappen"].append({"id": NASTY, "soort": "opslag", "bedrag": "1", "reden": NASTY, "bron": "b"})
    path = write(small)
    for arguments in (["explain"], ["tree"], ["check"], ["explain", "--lang", "en"], ["show", "/prestaties/A1/tarief"]):
        got = nvb(arguments[0], path, *arguments[1:])
        assert got.returncode in (0, 1), got.stderr
        harmless(got.stdout)
        harmless(got.stderr)
    for row in ("explain", "check"):
        machine = nvb(row, path, "--format", "json").stdout
        assert "\x1b" not in machine and "\x07" not in machine


def test_no_escape_sequence_from_a_problem_reaches_the_terminal(nvb, write, small):
    small[NASTY] = 1
    small["stappen"][0]["index"] = NASTY
    harmless(nvb("explain", write(small)).stderr)
    harmless(nvb("explain", write('{"a": "\x1b[31m", "b": \x1b}')).stderr)


def test_no_escape_sequence_from_the_command_line_reaches_the_terminal(nvb, proposal):
    for arguments in ([NASTY], ["explain", NASTY], ["explain", f"--{NASTY}"], ["explain", proposal, "--format", NASTY], ["help", NASTY],
                      ["schema", NASTY], ["show", proposal, NASTY], ["explain", proposal, "--set", NASTY], ["explain", proposal, "-o", f"/nergens/{NASTY}"]):
        got = nvb(*arguments)
        assert got.returncode in (2, 4)
        harmless(got.stderr)


def test_bytes_that_are_no_text_on_the_command_line(binary, proposal, tmp_path):
    def call(*arguments):
        got = subprocess.run([binary, *arguments], capture_output=True)
        got.stdout.decode("utf-8")
        return got.returncode, got.stderr.decode("utf-8")

    assert call(b"explain", b"/nergens/\xff\xfe")[0] == 4
    assert call(b"\xed\xa0\x80")[0] == 2
    assert call("explain", proposal, "--set", b"/kenmerk=\xc0\xaf") == (2, call("explain", proposal, "--set", b"/kenmerk=\xff\xff")[1])
    assert call("explain", proposal, "--set", b"/x-\xff=1")[0] == 2
    odd = os.fsencode(tmp_path) + b"/\xff.json"
    with open(odd, "wb") as f:
        f.write(b"{")
    code, message = call("explain", odd)
    assert code == 3 and "?.json:1:" in message


def test_bytes_that_are_no_text_in_a_document(binary, tmp_path):
    path = tmp_path / "kapot.json"
    path.write_bytes(b'{"formaat": "\xff\xfe\xed\xa0\x80 en verder"}')
    got = subprocess.run([binary, "explain", path], capture_output=True)
    assert got.returncode == 3
    got.stderr.decode("utf-8")


# --- the surroundings ---


@pytest.mark.parametrize("surroundings", [{"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LANG": "en_US.UTF-8", "TZ": "Asia/Tokyo"}, {"LC_ALL": "C", "NO_COLOR": "1"}])
def test_the_surroundings_change_nothing(nvb, proposal, gap, surroundings):
    """With a locale that is not installed this still shows that nothing asks for it."""
    for arguments in (["explain", proposal], ["explain", proposal, "--format", "json"], ["check", gap], ["help"]):
        got, want = nvb(*arguments, env={**os.environ, **surroundings}), nvb(*arguments)
        assert (got.returncode, got.stdout, got.stderr) == (want.returncode, want.stdout, want.stderr)


def test_an_empty_environment(binary, proposal):
    got = subprocess.run([binary, "explain", str(proposal)], env={}, capture_output=True)
    assert got.returncode == 0


def test_the_same_input_gives_the_same_bytes(nvb, proposal):
    runs = {nvb("explain", proposal, "--format", "json").stdout for _ in range(3)}
    assert len(runs) == 1


def test_no_colour_on_a_terminal(binary, proposal):
    if not shutil.which("script"):
        pytest.skip("script is not installed")
    got = subprocess.run(["script", "-qec", f'"{binary}" explain "{proposal}"', "/dev/null"], capture_output=True, stdin=subprocess.DEVNULL)
    assert b"\x1b" not in got.stdout
