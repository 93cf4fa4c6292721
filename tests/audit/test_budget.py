"""An offer on which trying every explanation takes too long: what can be tried is, and the audit says that was not all."""

import copy
import json
import subprocess
from decimal import ROUND_HALF_UP, Decimal

from conftest import SMALL


def heavy(steps, lines):
    """Steps that stand on each other, so that numbers grow long; tariffs that nothing explains."""
    offer = copy.deepcopy(SMALL)
    offer["stappen"] = offer["stappen"][:1] + [
        {"id": f"s{i}", "soort": "opslag", "percentage": "0.01%", "over": "stand", "reden": "r", "bron": "b"} for i in range(steps)
    ]
    offer["prestaties"] = [
        {"code": f"P{i}", "basis": {"soort": "kostprijs", "bedrag": f"{50 + i}.13", "bron": "b"}, "tarief": f"{40 + (i * 37) % 50}.{(i * 7) % 90 + 10}",
         "volume": {"aantal": "10"}} for i in range(lines)
    ]  # fmt: skip
    return offer


def audited(binary, file, offer):
    file.write_text(json.dumps(offer), encoding="utf-8")
    run = subprocess.run([binary, "audit", str(file), "--format", "json"], stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    assert run.returncode == 1, run.stderr
    return run.stdout


def test_what_takes_too_long_stops_and_is_said(binary, tmp_path):
    offer = heavy(60, 64)
    first = audited(binary, tmp_path / "offer.json", offer)
    told = json.loads(first)
    assert told["volledig"] is False
    assert told["telling"]["sluit_niet"] == 64
    assert audited(binary, tmp_path / "offer.json", offer) == first


def test_an_ordinary_offer_is_tried_in_full(binary, tmp_path):
    told = json.loads(audited(binary, tmp_path / "offer.json", heavy(4, 20)))
    assert "volledig" not in told


def test_a_cause_of_all_lines_is_found_in_a_heavy_offer(binary, tmp_path):
    offer = heavy(60, 64)
    factor = Decimal("1.04") * Decimal("1.0001") ** 60 - Decimal("1.04") * Decimal("0.025")
    for line in offer["prestaties"]:
        line["tarief"] = str((Decimal(line["basis"]["bedrag"]) * factor).quantize(Decimal("0.01"), ROUND_HALF_UP))
    told = json.loads(audited(binary, tmp_path / "offer.json", offer))
    (found,) = [f for f in told["bevindingen"] if f["soort"] == "tarieven"]
    first = found["verklaringen"][0]
    assert (first["soort"], first["parameter"], first["regels"]) == ("afslag_over_geindexeerd", "2.5", 64)
