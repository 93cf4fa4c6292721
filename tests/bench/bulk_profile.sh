#!/bin/sh
# Where the time of a bulk run goes, by stage and by function: a release build with -g under callgrind.
#     sh tests/bench/bulk_profile.sh [--documents N] [--lines N] [--top N]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${NVB_PROFILE_BUILD:-$root/build/profile}

mkdir -p "$build"
{
    cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS=-g -DNVB_CHECK_INVARIANTS=OFF -DNVB_TESTS=OFF &&
        cmake --build "$build" --parallel --target navolgbaar
} >"$build/bench.log" 2>&1 || {
    cat "$build/bench.log" >&2
    exit 1
}
PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/bench/bulk_profile.py" "$build/navolgbaar" "$@"
