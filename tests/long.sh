# tests/long.sh: sourced by run.sh --long: what takes too long for every day.

# The other compiler.
if nvb_build clang "$reports/build-clang.log"; then
    run_ctest clang
    run_pytest clang clang -m 'not plain' "$nvb_root/tests/samples" "$nvb_root/tests/cli"
else
    fail 'build clang'
fi

# Memory that was read before it was written shows under valgrind only.
if nvb_build dev "$reports/build-dev.log"; then
    for sample in "$nvb_root"/samples/*/voorstel*.json; do
        policy=$(dirname "$sample")/beleid.json
        if [ -f "$policy" ]; then set -- --policy "$policy"; else set --; fi
        valgrind -q --error-exitcode=99 --leak-check=full \
            "$nvb_root/build/dev/navolgbaar" explain --draft --format json "$sample" "$@" >/dev/null 2>"$reports/valgrind.log"
        if [ $? -eq 99 ]; then
            cat "$reports/valgrind.log"
            fail "valgrind ${sample#"$nvb_root"/}"
        else
            passed=$((passed + 1))
        fi
        for previous in "$(dirname "$sample")"/contract-*.json "$(dirname "$sample")"/prijslijst-*.csv; do
            [ -f "$previous" ] || continue
            valgrind -q --error-exitcode=99 --leak-check=full "$nvb_root/build/dev/navolgbaar" diff --any-party \
                "$previous" "$sample" "$@" >/dev/null 2>"$reports/valgrind.log"
            if [ $? -eq 99 ]; then
                cat "$reports/valgrind.log"
                fail "valgrind diff ${previous#"$nvb_root"/}"
            else
                passed=$((passed + 1))
            fi
        done
    done
fi

# Many more proposals against the oracle.
NVB_ORACLE_RUNS=${NVB_ORACLE_RUNS:-20000}
export NVB_ORACLE_RUNS
run_pytest dev oracle-long "$nvb_root/tests/property"
unset NVB_ORACLE_RUNS

# Many workers at a time: ThreadSanitizer. A report is an exit code that no test expects.
if nvb_build tsan "$reports/build-tsan.log" navolgbaar; then
    NVB_KILLS=4 TSAN_OPTIONS="${TSAN_OPTIONS:-halt_on_error=1 exitcode=66}"
    export NVB_KILLS TSAN_OPTIONS
    run_pytest tsan tsan -m 'not plain' "$nvb_root/tests/batch/test_batch_basics.py" \
        "$nvb_root/tests/batch/test_batch_end.py" "$nvb_root/tests/batch/test_batch_kill.py"
    unset NVB_KILLS TSAN_OPTIONS
else
    fail 'build tsan'
fi

# Batch killed more often, every allocation of it failing, more documents and rows.
NVB_KILLS=${NVB_KILLS:-50} NVB_STRIDE=1 NVB_MANY=${NVB_MANY:-2000} NVB_ROWS=${NVB_ROWS:-1500000}
export NVB_KILLS NVB_STRIDE NVB_MANY NVB_ROWS
run_pytest dev batch-long "$nvb_root/tests/batch"
unset NVB_KILLS NVB_STRIDE NVB_MANY NVB_ROWS

# Which lines the tests reach.
if nvb_build coverage "$reports/build-coverage.log"; then
    run_ctest coverage
    run_pytest coverage coverage -m 'not plain' "$nvb_root/tests"
    gcovr --root "$nvb_root" --object-directory "$nvb_root/build/coverage" \
        --filter "$nvb_root/core/" --filter "$nvb_root/formats/" --filter "$nvb_root/cli/" \
        >"$reports/coverage.txt" 2>/dev/null && cat "$reports/coverage.txt"
else
    fail 'build coverage'
fi

# A while of searching, each target from its corpus; proposals from the samples too.
if nvb_build fuzz "$reports/build-fuzz.log" fuzz_document fuzz_figures fuzz_pair fuzz_price_list; then
    mkdir -p "$nvb_root/build/fuzz/seeds"
    for sample in "$nvb_root"/samples/*/*.json; do
        cp "$sample" "$nvb_root/build/fuzz/seeds/$(basename "$(dirname "$sample")")-$(basename "$sample")"
    done
    for search in document:corpus figures:corpus_figures pair:corpus_pair price_list:corpus_csv; do
        target=${search%%:*}
        seeds=
        [ "$target" = document ] && seeds=$nvb_root/build/fuzz/seeds
        mkdir -p "$nvb_root/build/fuzz/found-$target"
        if "$nvb_root/build/fuzz/tests/fuzz_$target" -max_total_time="${NVB_FUZZ_SECONDS:-60}" -max_len=20000 -timeout=10 \
            -artifact_prefix="$reports/" "$nvb_root/build/fuzz/found-$target" ${seeds:+"$seeds"} \
            "$nvb_root/tests/fuzz/${search#*:}" >"$reports/fuzz-$target.log" 2>&1; then
            passed=$((passed + 1))
        else
            tail -n 40 "$reports/fuzz-$target.log"
            fail "fuzz search $target"
        fi
    done
else
    fail 'build fuzz'
fi
