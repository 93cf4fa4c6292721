# tests/install.sh: sourced by run.sh and samples/demo.sh: what is needed to build, and how to get it on Debian.
#
# nvb_need COMMAND PACKAGE: PACKAGE is missing unless the command succeeds. nvb_install_missing: installs
# what is missing when that is allowed (root, or sudo without a password), and otherwise says what to ask for.

nvb_missing=

nvb_need()
{
    sh -c "$1" >/dev/null 2>&1 || nvb_missing="$nvb_missing $2"
}

nvb_need_build()
{
    nvb_need 'command -v gcc' gcc
    nvb_need 'echo "#include <stdlib.h>" | gcc -E -' libc6-dev
    nvb_need 'command -v cmake' cmake
    nvb_need 'command -v ninja || command -v make' make
    nvb_need 'command -v pkg-config' pkg-config
    nvb_need 'pkg-config --exists mpfr gmp' 'libmpfr-dev libgmp-dev'
    nvb_need 'pkg-config --exists libcjson' libcjson-dev
    nvb_need 'echo "#include <csv.h>" | gcc -E -' libcsv-dev
    nvb_need 'pkg-config --exists libxxhash' libxxhash-dev
    nvb_need 'pkg-config --exists sqlite3' libsqlite3-dev
}

nvb_install_missing()
{
    [ -z "$nvb_missing" ] && return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root='sudo -n'
        sudo -n true >/dev/null 2>&1 || as_root=no
    fi
    if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "Er ontbreken pakketten / packages are missing:$nvb_missing" >&2
        echo "Debian, Ubuntu: sudo apt-get install$nvb_missing" >&2
        return 1
    fi
    echo "installing:$nvb_missing" >&2
    # shellcheck disable=SC2086 # words on purpose
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $nvb_missing >&2 || {
        $as_root apt-get update >&2
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $nvb_missing >&2
    }
}

# A build folder made for another place (a copied or moved tree) cannot be used again.
nvb_fresh_build()
{
    [ -f "$1/CMakeCache.txt" ] || return 0
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$2" "$1/CMakeCache.txt" || rm -rf "$1"
}

# nvb_build PRESET LOG [TARGET]...: configures and builds quietly; the log is shown when it fails.
nvb_build()
{
    preset=$1 log=$2
    shift 2
    nvb_fresh_build "$nvb_root/build/$preset" "$nvb_root"
    {
        (cd "$nvb_root" && cmake --preset "$preset") &&
            cmake --build "$nvb_root/build/$preset" --parallel "$(getconf _NPROCESSORS_ONLN)" ${1:+--target "$@"}
    } >"$log" 2>&1 || {
        grep -A 4 -E 'rror[: ]|undefined|No rule' "$log" | head -n 60 >&2
        echo "building '$preset' failed; all of it: $log" >&2
        return 1
    }
}
