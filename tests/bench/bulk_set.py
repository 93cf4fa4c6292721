"""The generated run: a policy, N providers of L lines on it, their contracts of last year, and the same as two CSV files.

    python3 bulk_set.py FOLDER [--documents N] [--lines L] [--codes C] [--seed S] [--csv] [--previous]

Writes FOLDER/beleid.json and FOLDER/in.ndjson; with --previous FOLDER/oud.ndjson, with --csv FOLDER/aanbieders.csv and
FOLDER/regels.csv. The same arguments give the same bytes. Every document is drawn from its own number, so the first thousand
documents of a large run are those of a small one.

A line takes the four steps of the policy: an index of two components (each with nacalculatie), a surcharge over the base for who
has the mark of quality, a discount over what was indexed, and an amount. Lines after the C codes of the
catalogue carry their own description, unit and base.
"""

import argparse
import csv
import json
import random
from pathlib import Path

TREATMENTS = ["Zitting", "Intake en onderzoek", "Screening", "Groepszitting", "Zitting aan huis", "Telefonisch consult", "Lange zitting", "Nazorg"]
UNITS = ["zitting", "consult", "onderzoek", "uur"]
INSURER = {"naam": "Zorgverzekeraar Voorbeeld", "uzovi": "9991"}
POLICY = "BULK-2026"


def component(name, kind, share, provisional, before, definitive):
    return {
        "id": name, "soort": kind, "aandeel": share, "voorlopig": provisional,
        "vorig": {"jaar": 2025, "voorlopig": before, "definitief": definitive}, "bron": "cep",
    }


def steps():
    return [
        {"id": "index", "soort": "index", "index": "lpo", "over": "basis", "bron": "cep"},
        {"id": "kwaliteit", "soort": "opslag", "percentage": "1.5%", "over": "basis", "categorie": "kwaliteit", "reden": "keurmerk behaald",
         "bron": "beleid", "voorwaarde": {"omschrijving": "keurmerk op 1 september", "kenmerk": "keurmerk", "is": "ja"}},
        {"id": "doelmatig", "soort": "afslag", "percentage": "0.75%", "over": "geindexeerd", "categorie": "doelmatigheid",
         "reden": "minder verslaglegging", "bron": "beleid", "groepsmotivering": True},
        {"id": "reistijd", "soort": "opslag", "bedrag": "0.35", "categorie": "lokale_omstandigheden", "reden": "landelijk gebied", "bron": "beleid"},
    ]


def described(i):
    return {"omschrijving": f"{TREATMENTS[i % len(TREATMENTS)]}, type {i // len(TREATMENTS) + 1}", "eenheid": UNITS[i % len(UNITS)]}


def catalogue_line(i):
    return {**described(i), "basis": {"soort": "vorig_contract", "jaar": 2025, "bron": "contract"}}


def code(i):
    return f"{10001 + i}"


def policy(codes):
    return {
        "formaat": "navolgbaar/voorstel/1", "soort": "contractvoorstel", "contractering": "digitaal", "kenmerk": POLICY,
        "datum": "2025-09-24", "contractjaar": 2026, "zorgverzekeraar": INSURER, "sector": "paramedische zorg",
        "bronnen": {
            "cep": {"titel": "Centraal Economisch Plan 2026", "datum": "2026-02-26"},
            "beleid": {"titel": "Inkoopbeleid 2026", "vindplaats": "hoofdstuk 4", "datum": "2025-04-01"},
            "contract": {"titel": "Contract 2025", "vindplaats": "bijlage 1", "datum": "2024-11-12"},
            "vragenlijst": {"titel": "Vragenlijst 2025", "datum": "2025-06-30"},
        },
        "indexen": {"lpo": {
            "omschrijving": "Loon- en prijsontwikkeling 2026", "jaar": 2026,
            "componenten": [component("ova", "loon", "76.55%", "4.94%", "4.74%", "5.12%"), component("ppc", "prijs", "23.45%", "2.51%", "2.25%", "2.41%")],
            "methode": {"nacalculatie": "verschil", "samenstelling": "vermenigvuldigen", "weging": "per_component"}, "bron": "cep",
        }},
        "stappen": steps(),
        "catalogus": {code(i): catalogue_line(i) for i in range(codes)},
        "reactie": {"uiterlijk": "2025-11-05", "contact": "inkoop@voorbeeld.example"},
    }


class Provider:
    """Everything about provider `number`, drawn from the seed and the number alone."""

    def __init__(self, number, lines, seed):
        draw = random.Random(seed * 1_000_003 + number)
        self.agb = f"{4000000 + number:08}"
        self.name = f"Praktijk Voorbeeld {number + 1}"
        self.reference = f"{POLICY}-{self.agb}"
        self.quality = "ja" if draw.random() < 0.8 else "nee"
        self.known = draw.random() < 0.95  # had a contract last year
        self.lines = [(i, draw.randrange(2000, 50000), draw.randrange(1, 2400)) for i in range(lines)]
        self.draw = draw

    def facts(self):
        return {"keurmerk": {"waarde": self.quality, "bron": "vragenlijst"}}

    def record(self, codes):
        lines = []
        for i, cents, count in self.lines:
            own = catalogue_line(i) if i >= codes else {"basis": {}}
            line = {"code": code(i), **own, "volume": {"aantal": str(count)}}
            line["basis"] = {**own["basis"], "bedrag": amount(cents)}
            lines.append(line)
        return {
            "formaat": "navolgbaar/voorstel/1", "beleid": POLICY, "kenmerk": self.reference,
            "zorgaanbieder": {"naam": self.name, "agb": self.agb}, "kenmerken": self.facts(), "prestaties": lines,
        }

    def previous(self):
        """Last year's contract: flat, other volumes; one line in forty is new, one in fifty has lapsed."""
        lines = []
        for i, cents, count in self.lines:
            if self.draw.random() >= 0.025:
                volume = max(1, count + self.draw.randrange(-100, 101))
                lines.append({"code": code(i), **described(i), "tarief": amount(cents), "volume": {"aantal": str(volume)}})
        for i in range(max(1, len(self.lines) // 50)):
            lines.append({"code": f"V{i:04}", **described(i), "tarief": "25.00", "volume": {"aantal": "12"}})
        return {
            "formaat": "navolgbaar/voorstel/1", "soort": "contract", "kenmerk": f"BULK-2025-{self.agb}", "datum": "2024-11-12",
            "contractjaar": 2025, "zorgverzekeraar": INSURER, "zorgaanbieder": {"naam": self.name, "agb": self.agb}, "prestaties": lines,
        }


def amount(cents):
    return f"{cents // 100}.{cents % 100:02}"


def as_line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def write_csv(folder, everyone):
    with open(folder / "aanbieders.csv", "w", encoding="utf-8", newline="") as f, open(folder / "regels.csv", "w", encoding="utf-8", newline="") as g:
        providers, lines = csv.writer(f, delimiter=";", lineterminator="\n"), csv.writer(g, delimiter=";", lineterminator="\n")
        providers.writerow(["agb", "naam", "kenmerk", "kenmerk.keurmerk", "kenmerk.keurmerk.bron"])
        lines.writerow(["agb", "code", "volume", "basis"])
        for p in everyone():
            providers.writerow([p.agb, p.name, p.reference, p.quality, "vragenlijst"])
            lines.writerows([p.agb, code(i), count, amount(cents).replace(".", ",")] for i, cents, count in p.lines)


def make(folder, documents, lines, codes=60, seed=1, with_csv=False, with_previous=False):
    """Writes the run; the paths of policy and input."""
    def everyone():
        return (Provider(number, lines, seed) for number in range(documents))

    if with_csv and lines > codes:
        raise SystemExit("bulk_set: a CSV run takes everything from the catalogue: no more lines than codes")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rules, records = folder / "beleid.json", folder / "in.ndjson"
    rules.write_text(json.dumps(policy(codes), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    with open(records, "w", encoding="utf-8") as f:
        f.writelines(as_line(p.record(codes)) for p in everyone())
    if with_previous:
        with open(folder / "oud.ndjson", "w", encoding="utf-8") as f:
            f.writelines(as_line(p.previous()) for p in everyone() if p.known)
    if with_csv:
        write_csv(folder, everyone)
    return rules, records


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder")
    words.add_argument("--documents", type=int, default=400)
    words.add_argument("--lines", type=int, default=50)
    words.add_argument("--codes", type=int, default=60)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--csv", action="store_true")
    words.add_argument("--previous", action="store_true")
    a = words.parse_args()
    make(a.folder, a.documents, a.lines, a.codes, a.seed, a.csv, a.previous)


if __name__ == "__main__":
    main()
