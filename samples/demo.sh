#!/bin/sh
# The main job in one command: sh samples/demo.sh
# Builds navolgbaar (a release build, quietly) and explains a real case.
set -u
nvb_root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$nvb_root/tests/install.sh"
nvb_need_build
nvb_install_missing || exit 1

mkdir -p "$nvb_root/build/reports" || exit 1
nvb_build release "$nvb_root/build/reports/build-release.log" navolgbaar || exit 1
navolgbaar=$nvb_root/build/release/navolgbaar
sample=$nvb_root/samples/wijkverpleging-2023/voorstel.json
pair=$nvb_root/samples/wijkverpleging-organisatie
offer=$nvb_root/samples/ggz-aanbod-nagekeken

"$navolgbaar" explain "$sample" || exit 1

cat <<END

Probeer ook (try as well; --lang en for English):
  "$navolgbaar" tree "$sample"
  "$navolgbaar" show "$sample" /prestaties/PV/tarief
  "$navolgbaar" check "$sample"
  "$navolgbaar" diff "$pair/contract-2024.json" "$pair/voorstel.json"
  "$navolgbaar" audit "$offer/aanbod.json" --previous "$offer/contract-2024.json"
  "$navolgbaar" new --sector fysiotherapie -o begin
END
