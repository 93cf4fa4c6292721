#!/bin/sh
# The test command: sh tests/run.sh [--long]
#
# Installs what is missing (Debian, when allowed), builds with invariants checked and again with sanitizers, and runs
# everything. The last line counts it all: N passed, N failed. --long adds clang, valgrind, coverage, many more
# oracle runs and a fuzz search.
set -u
nvb_root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$nvb_root/tests/install.sh"

long=false
for argument; do
    case $argument in
    --long) long=true ;;
    *)
        echo "usage: sh tests/run.sh [--long]" >&2
        exit 2
        ;;
    esac
done

# A python of one's own may come first in PATH without the packages: take the first that has them.
find_python()
{
    python=
    for candidate in python3 /usr/bin/python3 /usr/local/bin/python3; do
        if "$candidate" -c 'import pytest, hypothesis, jsonschema' >/dev/null 2>&1; then
            python=$candidate
            return 0
        fi
    done
    return 1
}

nvb_need_build
nvb_need 'pkg-config --exists cmocka' libcmocka-dev
nvb_need 'command -v parallel' parallel
find_python || nvb_missing="$nvb_missing python3-pytest python3-hypothesis python3-jsonschema"
if $long; then
    nvb_need 'command -v clang' clang
    nvb_need 'command -v valgrind' valgrind
    nvb_need 'command -v gcovr' gcovr
fi
nvb_install_missing || exit 1
find_python || exit 1

reports=$nvb_root/build/reports
mkdir -p "$reports" && rm -f "$reports"/* || exit 1
export PYTHONDONTWRITEBYTECODE=1 HYPOTHESIS_STORAGE_DIRECTORY="$nvb_root/build/hypothesis"
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"

passed=0 failed=0 skipped=0

fail()
{
    failed=$((failed + 1))
    echo "FAILED: $1"
}

# The number of an attribute on the first <testsuite of a JUnit report that has it.
attribute()
{
    sed -n "s/.*<testsuite [^>]*[ ]$2=\"\\([0-9]*\\)\".*/\\1/p" "$1" | head -n 1
}

# Adds up a report; one that is missing or empty is a failure, since something broke before it could be written.
count()
{
    report=$1 what=$2
    tests=$( [ -f "$report" ] && tr '\n\t' '  ' <"$report" >"$report.line" && attribute "$report.line" tests)
    if [ -z "$tests" ] || [ "$tests" -eq 0 ]; then
        fail "$what: no tests were run"
        return
    fi
    bad=$(attribute "$report.line" failures) errors=$(attribute "$report.line" errors)
    left=$(attribute "$report.line" skipped)
    bad=$((${bad:-0} + ${errors:-0}))
    failed=$((failed + bad)) skipped=$((skipped + ${left:-0}))
    passed=$((passed + tests - bad - ${left:-0}))
    echo "$what: $tests tests, $bad failed"
}

# run_ctest BUILD: the unit tests of a build.
run_ctest()
{
    ctest --test-dir "$nvb_root/build/$1" --output-on-failure --output-junit "$reports/ctest-$1.xml" \
        >"$reports/ctest-$1.log" 2>&1 || cat "$reports/ctest-$1.log"
    count "$reports/ctest-$1.xml" "ctest $1"
}

# run_pytest BUILD NAME ARGUMENT...: black-box tests against the binary of a build.
run_pytest()
{
    build=$1 name=$2
    shift 2
    NVB_BUILD="$nvb_root/build/$build" NVB_BIN="$nvb_root/build/$build/navolgbaar" \
        "$python" -m pytest -q -p no:cacheprovider -c "$nvb_root/tests/pytest.ini" --rootdir "$nvb_root/tests" \
        --junitxml "$reports/pytest-$name.xml" "$@" >"$reports/pytest-$name.log" 2>&1 || cat "$reports/pytest-$name.log"
    count "$reports/pytest-$name.xml" "pytest $name"
}

existing()
{
    for folder; do [ -d "$nvb_root/tests/$folder" ] && printf '%s\n' "$nvb_root/tests/$folder"; done
}

if nvb_build dev "$reports/build-dev.log"; then
    run_ctest dev
    run_pytest dev all "$nvb_root/tests"
else
    fail 'build dev'
fi

if nvb_build asan "$reports/build-asan.log"; then
    run_ctest asan
    # Names of our own folders: no spaces, so splitting them is safe; the root may have spaces.
    (cd "$nvb_root" && existing golden samples cli checks compare audit) >"$reports/asan-folders"
    set --
    while IFS= read -r folder; do set -- "$@" "$folder"; done <"$reports/asan-folders"
    run_pytest asan asan -m 'not plain' "$@"
else
    fail 'build asan'
fi

if $long; then
    . "$nvb_root/tests/long.sh"
fi

closing="$passed passed, $failed failed"
[ "$skipped" -gt 0 ] && closing="$closing, $skipped skipped"
echo "$closing"
[ "$failed" -eq 0 ]
