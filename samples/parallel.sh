#!/bin/sh
# One large run as many small ones, with GNU parallel: sh samples/parallel.sh [-j WORKERS] [-n PARTS] IN.ndjson FOLDER -- OPTIONS OF BATCH
#
#     sh samples/parallel.sh -j 8 -n 64 in.ndjson uit -- --policy beleid.json
#
# Cuts IN.ndjson at ends of lines, has `navolgbaar batch --ndjson` explain each part, and puts the parts behind each other:
# FOLDER/uitkomst.ndjson, overzicht.ndjson and fouten.ndjson. The explanations are, byte for byte, those of a run in one
# go; numbers and lines in overzicht and fouten count from the beginning of their part. Called again after being stopped, it
# goes on: a part that was done is not done again. Exit code: the gravest of the parts; 4 when documents are missing.
# NAVOLGBAAR names the program when it is not in the path.
set -u
usage() {
    sed -n '2s/^# //p' "$0" >&2
    exit 2
}
workers=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
parts=
while getopts j:n: option; do
    case $option in
    j) workers=$OPTARG ;;
    n) parts=$OPTARG ;;
    *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -ge 3 ] && [ "$3" = -- ] || usage
input=$1 folder=$2
shift 3
parts=${parts:-$workers}
program=${NAVOLGBAAR:-navolgbaar}
if ! command -v parallel >/dev/null 2>&1; then
    echo "GNU parallel is not installed (Debian: apt install parallel)" >&2
    exit 2
fi

seen=$(cksum <"$input") || exit 4
if [ ! -d "$folder/delen" ]; then
    # Under another name first: a cut that was stopped halfway must not look like a whole one.
    rm -rf "$folder/delen.half" && mkdir -p "$folder/delen.half" || exit 4
    split -n "l/$parts" -d -a 5 "$input" "$folder/delen.half/deel-" || exit 4
    echo "$seen" >"$folder/delen.half/invoer.cksum" || exit 4
    mv "$folder/delen.half" "$folder/delen" || exit 4
elif [ "$seen" != "$(cat "$folder/delen/invoer.cksum")" ]; then
    echo "$folder holds the parts of another input than $input: name another folder" >&2
    exit 2
fi

# What one part takes: from the start, or on from where it was.
one='part=$1 program=$2; shift 2
if [ -e "$part.uit.voortgang.json" ]; then set -- "$@" --resume; else rm -f "$part.uit" "$part.uit".*; fi
exec "$program" batch "$@" --jobs 1 --progress never --ndjson "$part.uit" "$part" >"$part.samenvatting.txt"'
find "$folder/delen" -name 'deel-[0-9][0-9][0-9][0-9][0-9]' | sort |
    parallel -q -j "$workers" --joblog "$folder/delen/joblog" sh -c "$one" sh {} "$program" "$@"
gravest=$(awk 'NR > 1 { code = $8 ? 4 : $7; if (code > worst) worst = code } END { print worst + 0 }' "$folder/delen/joblog")
[ "$gravest" -le 1 ] || exit "$gravest"

join() { # $1: end of the names of the parts, $2: name of the whole
    find "$folder/delen" -name "deel-[0-9][0-9][0-9][0-9][0-9]$1" | sort | while IFS= read -r part; do cat "$part" || exit 4; done >"$folder/$2.half" &&
        mv "$folder/$2.half" "$folder/$2" || exit 4
}
join .uit uitkomst.ndjson
join .uit.overzicht.ndjson overzicht.ndjson
join .uit.fouten.ndjson fouten.ndjson

count() { awk '/[^ \t\r]/ { n++ } END { print n + 0 }' "$1"; }
given=$(count "$input") good=$(count "$folder/uitkomst.ndjson") bad=$(count "$folder/fouten.ndjson")
echo "in: $given = uit: $good + fouten: $bad"
[ "$given" -eq $((good + bad)) ] || exit 4
exit "$gravest"
