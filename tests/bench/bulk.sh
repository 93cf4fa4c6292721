#!/bin/sh
# The bulk run measured: a release build of its own, then bulk.py.
#     sh tests/bench/bulk.sh [--quick] [--rounds N] [--only rates|growth|memory|large ...]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${NVB_BENCH_BUILD:-$root/build/release}

mkdir -p "$build"
{
    cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DNVB_CHECK_INVARIANTS=OFF &&
        cmake --build "$build" --parallel --target navolgbaar bulk_floor bulk_run
} >"$build/bench.log" 2>&1 || {
    cat "$build/bench.log" >&2
    exit 1
}
echo "$(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)," \
    "$(python3 --version), $(cc --version | head -n 1)"
PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/bench/bulk.py" "$build/navolgbaar" "$build/tests" "$@"
