#!/bin/sh
# Prints the figures of the benchmark: a release build of its own, medians of several rounds, baselines in the same run.
#     sh tests/bench/bench.sh [ROUNDS]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${NVB_BENCH_BUILD:-$root/build/release}
rounds=${1:-15}

cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release -DNVB_CHECK_INVARIANTS=OFF >/dev/null
cmake --build "$build" --parallel --target navolgbaar bench_engine bench_start >/dev/null 2>&1

proposals=$(mktemp -d)
trap 'rm -rf "$proposals"' EXIT
"$build/tests/bench_engine" --dump "$proposals"
"$build/tests/bench_engine" "$rounds" | tee "$proposals/engine.txt"
python3 "$root/tests/bench/baseline.py" "$proposals" 5 | tee "$proposals/python.txt"
awk '$1 == "engine+write" { ours = $2 } $1 == "python" { theirs = $3 }
     END { printf "%-16s %12.1f times the python baseline\n", "engine+write", ours / theirs }' \
    "$proposals/engine.txt" "$proposals/python.txt"

printf '\ncomparing two documents, to JSON; the promise is 20,000 lines within a second on one core:\n'
PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/bench/changes.py" "$build/navolgbaar" 7

printf '\nauditing an offer, to JSON; the promise is 20,000 lines under a hidden discount within two seconds on one core:\n'
PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/bench/audit.py" "$build/navolgbaar" 5

for sample in "$root"/samples/*/voorstel.json; do
    [ -f "$(dirname "$sample")/beleid.json" ] && continue
    "$build/navolgbaar" explain "$sample" >/dev/null 2>&1 || continue
    printf '\none explain of %s, and the command true for comparison:\n' "${sample#"$root"/}"
    "$build/tests/bench_start" 300 "$build/navolgbaar" explain "$sample" 2>/dev/null
    "$build/tests/bench_start" 300 true
    break
done
