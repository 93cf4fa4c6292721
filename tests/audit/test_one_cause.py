"""One cause is one finding, also where it was rounded in between: then it fits nearly, not in a tail of chance fits."""

import json
import random
import subprocess
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(value):
    return value.quantize(CENT, ROUND_HALF_UP)


def offer(lines):
    """Every tariff 2% below the tariff that follows, which was rounded first."""
    rng = random.Random(1)
    prices = []
    for i in range(lines):
        base = Decimal(rng.randint(1000, 50000)) / 100
        follows = cents(base * Decimal("1.048") * Decimal("0.99"))
        prices.append({"code": f"P{i}", "basis": {"soort": "kostprijs", "bedrag": str(base), "bron": "b"},
                       "tarief": str(cents(follows * Decimal("0.98"))), "volume": {"aantal": 10}})  # fmt: skip
    return {"formaat": "navolgbaar/voorstel/1", "soort": "contractvoorstel", "contractering": "digitaal", "kenmerk": "K", "datum": "2025-09-01", "contractjaar": 2026,
            "zorgverzekeraar": {"naam": "V", "uzovi": "0001"}, "zorgaanbieder": {"naam": "A", "agb": "00000001"}, "bronnen": {"b": {"titel": "B"}},
            "indexen": {"x": {"percentage": "4.8%", "bron": "b"}},
            "stappen": [{"id": "i", "soort": "index", "index": "x"},
                        {"id": "k", "soort": "afslag", "percentage": "1%", "over": "stand", "reden": "r", "bron": "b", "categorie": "doelmatigheid"}],
            "prestaties": prices}  # fmt: skip


def test_a_discount_on_the_rounded_tariff_is_one_finding(binary, tmp_path):
    file = tmp_path / "offer.json"
    file.write_text(json.dumps(offer(400)), encoding="utf-8")
    run = subprocess.run([binary, "audit", str(file), "--format", "json"], capture_output=True)
    assert run.returncode == 1, run.stderr
    (finding,) = [f for f in json.loads(run.stdout)["bevindingen"] if f["soort"] == "tarieven"]
    first = finding["verklaringen"][0]
    assert len(finding["paden"]) == 400
    assert first["soort"] in ("afslag_over_geindexeerd", "afslag_over_index") and first["past"] == "benaderd"
    assert 200 <= first["regels"] < 400
