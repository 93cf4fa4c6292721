"""The baseline of the bulk run: what a purchaser's analyst would write, with Python's `json` and `decimal`.

    python3 bulk_baseline.py POLICY IN.ndjson [--jobs N]                    explanations as NDJSON on standard output
    python3 bulk_baseline.py POLICY IN.ndjson --check PROGRAM [--documents N]    holds the first N against `PROGRAM explain`

It knows one kind of policy, that of bulk_set.py: an index of two or more components, steps over the base, over what was indexed or in
euros, a condition on a fact. For that kind it writes what `explain --format json` writes, byte for byte: every figure with every attribute, the
proposal after merging, the sections and the checks. Every amount is computed, exactly: a Decimal that would be rounded unasked is an error.
Anything else in a policy is refused, not guessed. What all lines of a policy or a document share is worked out once.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, getcontext
from multiprocessing import Pool
from pathlib import Path

CENT = Decimal("0.01")
ONE = Decimal(1)
ROUNDED = Context(prec=100, rounding=ROUND_HALF_UP)
ARTICLE = "TH/NR-038 art. 6 lid 4, onderdeel "
LONGEST_SUM = 50  # of more lines the sum is not written out
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


class NotThisKind(Exception):
    """The policy has something this script was not written for."""


def exact_arithmetic():
    getcontext().prec = 100
    getcontext().traps[Inexact] = True


def cents(value):
    return value.quantize(CENT, context=ROUNDED)


def plain(value):
    """All digits, without zeros at the end."""
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
        if len(text) - text.find(".") > 21:
            raise NotThisKind(f"more than twenty decimals: {text}")
    return "0" if text == "-0" else text


def dutch(text, decimals):
    """A number as it is printed: a comma, points between thousands, at least so many decimals."""
    whole, _, part = text.partition(".")
    if len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", ".")
    part = part.ljust(decimals, "0")
    return f"{whole},{part}" if part else whole


def euro(text):
    return f"−€ {dutch(text[1:], 2)}" if text[0] == "-" else f"€ {dutch(text, 2)}"


def operand(printed):
    return f"({printed})" if printed[0] == "−" else printed


def negative(printed):
    return "−" + operand(printed)


def percent(text):
    return Decimal(text.rstrip("%")) / 100


def percentage(fraction):
    text = plain(fraction * 100)
    return f"−{dutch(text[1:], 2)}%" if text[0] == "-" else f"{dutch(text, 2)}%"


def merge(target, patch):
    """JSON Merge Patch, RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value) if isinstance(value, dict) else value
    return result


class Index:
    """An index: its own figures, and what each component brings to a line."""

    def __init__(self, name, given):
        method = given["methode"]
        if (method["nacalculatie"], method["samenstelling"], method["weging"]) != ("verschil", "vermenigvuldigen", "per_component"):
            raise NotThisKind(f"method of index {name}")
        self.name, self.path, self.source = name, f"/indexen/{name}", given["bron"]
        self.figures, self.parts, self.rate, weighted = [], [], Decimal(0), []
        for c in given["componenten"]:
            weighted.append(self.component(c))
            self.rate += weighted[-1]
        ids = [c["id"] for c in given["componenten"]]
        self.figures.append(self.figure(
            "", "index", f"Index {name}", self.rate, " + ".join(f"gewogen {i}" for i in ids),
            " + ".join(map(percentage, weighted)), [f"{self.path}/{i}/gewogen" for i in ids], self.source))
        self.printed = percentage(self.rate)

    def figure(self, place, kind, label, value, formula, filled, used, source):
        return {"pad": self.path + place, "soort": kind, "label": label, "waarde": plain(value * 100), "eenheid": "percent", "exact": True,
                "formule": formula, "ingevuld": filled, "uit": used, "bron": source, "artikel": ARTICLE + "2"}

    def component(self, c):
        i, source, inputs = c["id"], c["bron"], f"{self.path}/componenten/{c['id']}"
        w, v = percent(c["aandeel"]), percent(c["voorlopig"])
        before, definitive = percent(c["vorig"]["voorlopig"]), percent(c["vorig"]["definitief"])
        n = definitive - before
        both = (1 + n) * (1 + v) - 1
        at, own = f"{self.path}/{i}", f"Index {self.name}: "
        self.figures += [
            self.figure(f"/{i}/nacalculatie", "component_nacalculatie", f"{own}nacalculatie {i}", n,
                        "definitief vorig jaar − voorlopig vorig jaar", f"{percentage(definitive)} − {percentage(before)}",
                        [f"{inputs}/vorig/definitief", f"{inputs}/vorig/voorlopig"], source),
            self.figure(f"/{i}", "component", f"{own}component {i}", both, f"(1 + nacalculatie {i}) × (1 + voorlopig {i}) − 1",
                        f"(1 + {percentage(n)}) × (1 + {percentage(v)}) − 1", [f"{at}/nacalculatie", f"{inputs}/voorlopig"], source),
            self.figure(f"/{i}/gewogen", "component_gewogen", f"{own}gewogen {i}", w * both, f"aandeel {i} × component {i}",
                        f"{percentage(w)} × {percentage(both)}", [f"{inputs}/aandeel", at], source),
        ]
        self.parts += [
            (f"/{i}/nacalculatie", "deel_nacalculatie", f"Nacalculatie {i}", w * n, f"basis × aandeel {i} × nacalculatie {i}",
             f" × {percentage(w)} × {percentage(n)}", [f"{inputs}/aandeel", f"{at}/nacalculatie"], source),
            (f"/{i}/voorlopig", "deel_voorlopig", f"Voorlopig {i}", w * v * (1 + n),
             f"basis × aandeel {i} × voorlopig {i} × (1 + nacalculatie {i})", f" × {percentage(w)} × {percentage(v)} × (1 + {percentage(n)})",
             [f"{inputs}/aandeel", f"{inputs}/voorlopig", f"{at}/nacalculatie"], source),
        ]
        return w * both


class Step:
    """A step of one document: what it adds is settled but for the line; `why` are the attributes after the figures."""

    KEYS = {"id", "soort", "index", "percentage", "bedrag", "over", "categorie", "reden", "bron", "voorwaarde", "groepsmotivering"}

    def __init__(self, given, indices, facts):
        if given.keys() - self.KEYS or given["soort"] not in ("index", "opslag", "afslag"):
            raise NotThisKind(f"step {given['id']}")
        self.id, self.kind, self.over = given["id"], given["soort"], given.get("over")
        self.index = indices[given["index"]] if self.kind == "index" else None
        if self.over not in (("basis",) if self.index else (None,) if "bedrag" in given else ("basis", "geindexeerd")):
            raise NotThisKind(f"over of step {self.id}")
        self.place = f"/stappen/{self.id}"
        self.label = f"{self.kind.capitalize()} {self.id}"
        self.sign = -1 if self.kind == "afslag" else 1
        self.amount = Decimal(given["bedrag"]) * self.sign if "bedrag" in given else None
        self.rate = percent(given["percentage"]) * self.sign if "percentage" in given else None
        self.printed = percentage(percent(given["percentage"])) if "percentage" in given else None
        self.formula = ("geïndexeerd tarief" if self.over == "geindexeerd" else "basis") + " × percentage" if self.amount is None else "bedrag"
        if self.sign < 0:
            self.formula = "−" + self.formula
        self.used = [f"{self.place}/percentage" if self.amount is None else f"{self.place}/bedrag"]
        self.met, self.looked_at = True, []
        self.why = {key: given[key] for key in ("reden", "categorie", "bron") if key in given}
        self.why["artikel"] = ARTICLE + ("2" if self.index else "3")
        if "voorwaarde" in given:
            self.condition(given["voorwaarde"], facts)

    def condition(self, given, facts):
        fact = given["kenmerk"]
        self.met, self.looked_at = facts[fact]["waarde"] == given["is"], [f"/kenmerken/{fact}/waarde"]
        self.used = self.used + self.looked_at
        self.why["voorwaarde"] = {"omschrijving": given["omschrijving"], "voldaan": self.met}


class Document:
    """One provider: the figures of all lines, and the sections they fill."""

    def __init__(self, proposal, indices):
        self.proposal = proposal
        self.steps = [Step(given, indices, proposal["kenmerken"]) for given in proposal["stappen"]]
        self.sum_formula = " + ".join(["basis"] + [step.id for step in self.steps])
        self.figures = [figure for index in indices.values() for figure in index.figures]
        self.sections = [[], [figure["pad"] for figure in self.figures], [], []]
        self.turnover, self.turnovers, self.turnover_paths, self.codes = Decimal(0), [], [], []
        self.lowest = Decimal(0)
        for line in proposal["prestaties"]:
            self.line(line)
        self.total()

    def line(self, line):
        code, given = line["code"], line["basis"]
        if given.keys() - {"soort", "bedrag", "jaar", "bron"} or line.keys() - {"code", "omschrijving", "eenheid", "basis", "volume"}:
            raise NotThisKind(f"line {code}")
        at = f"/prestaties/{code}"
        base = Decimal(given["bedrag"])
        text = plain(base)
        printed, path = euro(text), f"{at}/basis"
        self.figures.append({
            "pad": path, "soort": "basis", "label": "Basis", "waarde": text, "eenheid": "EUR", "exact": True, "formule": "bedrag",
            "ingevuld": printed, "uit": [f"{path}/bedrag"], "bron": given["bron"], "artikel": ARTICLE + "1"})
        self.sections[0].append(path)
        stand, filled, used = self.take_steps(at, base, printed)
        self.tariff(at, stand, filled, used, Decimal(line["volume"]["aantal"]))
        self.codes.append(code)

    def take_steps(self, at, base, printed):
        """All steps of a line: the stand after them, what was added up and where it stands."""
        path = f"{at}/basis"
        stand = indexed = base
        filled, used = [printed], [path]
        over = {"basis": (base, printed, [path]), "geindexeerd": (base, printed, [path])}
        for step in self.steps:
            if step.index:
                added, shown = self.index_step(step, at, base, printed, path)
                indexed = stand + added
                over["geindexeerd"] = (indexed, euro(plain(indexed)), used + [at + step.place])
            else:
                added, shown = self.other_step(step, at, over)
            stand += added
            filled.append(operand(shown))
            used.append(at + step.place)
        return stand, filled, used

    def index_step(self, step, at, base, printed, path):
        index, place = step.index, at + step.place
        added = base * index.rate
        text = plain(added)
        self.figures.append({
            "pad": place, "soort": "index", "label": f"Indexatie {index.name}", "waarde": text, "eenheid": "EUR", "exact": True,
            "formule": f"basis × {index.name}", "ingevuld": f"{printed} × {index.printed}", "uit": [path, index.path], **step.why})
        section = self.sections[1]
        section.append(place)
        for where, kind, label, factor, formula, filled, inputs, source in index.parts:
            own = place + where
            self.figures.append({
                "pad": own, "soort": kind, "label": label, "waarde": plain(base * factor), "eenheid": "EUR", "exact": True, "formule": formula,
                "ingevuld": printed + filled, "uit": [path, *inputs], "bron": source, "artikel": ARTICLE + "2"})
            section.append(own)
        return added, euro(text)

    def other_step(self, step, at, over):
        place = at + step.place
        if step.amount is None:
            of, shown, paths = over[step.over]
            added = of * step.rate
            filled = f"{shown if step.sign > 0 else negative(shown)} × {step.printed}"
            text, used = plain(added), paths + step.used
        else:
            added, used = step.amount, step.used
            text = plain(added)
            filled = euro(text)
        self.sections[2].append(place)
        if not step.met:
            self.figures.append({
                "pad": place, "soort": step.kind, "label": step.label, "waarde": "0", "eenheid": "EUR", "exact": True, "formule": "€ 0,00",
                "ingevuld": "€ 0,00", "uit": step.looked_at, **step.why})
            self.figures.append({
                "pad": f"{place}/potentieel", "soort": "potentieel", "label": f"Als aan de voorwaarde is voldaan: {step.id}", "waarde": text,
                "eenheid": "EUR", "exact": True, "formule": step.formula, "ingevuld": filled, "uit": used, **step.why})
            self.sections[2].append(f"{place}/potentieel")
            return Decimal(0), "€ 0,00"
        self.figures.append({
            "pad": place, "soort": step.kind, "label": step.label, "waarde": text, "eenheid": "EUR", "exact": True, "formule": step.formula,
            "ingevuld": filled, "uit": used, **step.why})
        return added, euro(text)

    def tariff(self, at, stand, filled, used, count):
        before, tariff = plain(stand), cents(stand)
        after, rounding = plain(tariff), tariff - stand
        shown, unrounded = euro(after), euro(before)
        add = self.figures.append
        add({"pad": f"{at}/onafgerond", "soort": "onafgerond", "label": "Onafgerond tarief", "waarde": before, "eenheid": "EUR", "exact": True,
             "formule": self.sum_formula, "ingevuld": " + ".join(filled), "uit": used})
        formula, sum_of, inputs = "onafgerond", unrounded, [f"{at}/onafgerond"]
        if rounding:
            text = plain(rounding)
            add({"pad": f"{at}/afronding", "soort": "afronding", "label": "Afronding", "waarde": text, "eenheid": "EUR", "exact": True,
                 "formule": "afgerond − onafgerond", "ingevuld": f"{shown} − {operand(unrounded)}", "uit": inputs})
            formula, sum_of = "onafgerond + afronding", f"{unrounded} + {operand(euro(text))}"
            inputs = [inputs[0], f"{at}/afronding"]
        add({"pad": f"{at}/tarief", "soort": "tarief", "label": "Tarief", "waarde": after, "eenheid": "EUR", "exact": True, "formule": formula,
             "ingevuld": sum_of, "uit": inputs, "afronding": {"methode": "rekenkundig", "decimalen": 2, "voor": before, "na": after}})
        self.lowest = min(self.lowest, tariff)
        volume, turnover_path = f"{at}/volume", f"{at}/omzet"
        number = plain(count)
        units = dutch(number, 0)
        add({"pad": volume, "soort": "volume", "label": "Volume", "waarde": number, "eenheid": "aantal", "exact": True, "formule": "aantal",
             "ingevuld": units, "uit": [f"{volume}/aantal"], "artikel": ARTICLE + "4"})
        product = count * tariff
        turnover = cents(product)
        text = plain(turnover)
        add({"pad": turnover_path, "soort": "omzet", "label": "Omzet", "waarde": text, "eenheid": "EUR", "exact": True,
             "formule": "volume × tarief", "ingevuld": f"{units} × {operand(shown)}", "uit": [volume, f"{at}/tarief"],
             "afronding": {"methode": "rekenkundig", "decimalen": 2, "voor": plain(product), "na": text}, "artikel": ARTICLE + "4"})
        self.sections[3] += (volume, turnover_path)
        self.turnover += turnover
        self.turnovers.append(euro(text))
        self.turnover_paths.append(turnover_path)

    def total(self):
        text = plain(self.turnover)
        formula, filled = "omzet", euro(text)
        if len(self.codes) <= LONGEST_SUM:
            formula = " + ".join([f"omzet {code}" for code in self.codes])
            filled = " + ".join(self.turnovers[:1] + [operand(printed) for printed in self.turnovers[1:]])
        self.figures.append({
            "pad": "/totaal/omzet_voor_plafond", "soort": "omzet_voor_plafond", "label": "Totale omzet vóór plafonds", "waarde": text,
            "eenheid": "EUR", "exact": True, "formule": formula, "ingevuld": filled, "uit": self.turnover_paths, "artikel": ARTICLE + "4"})
        self.figures.append({
            "pad": "/totaal/omzet", "soort": "totale_omzet", "label": "Totale omzet", "waarde": text, "eenheid": "EUR", "exact": True,
            "formule": "omzet vóór plafonds", "ingevuld": euro(text), "uit": ["/totaal/omzet_voor_plafond"], "artikel": ARTICLE + "4"})
        self.sections[3] += ("/totaal/omzet_voor_plafond", "/totaal/omzet")

    def section_list(self):
        heads = [("basis", "Basis van het tarief"), ("indexatie", "Loon- en prijsontwikkeling"), ("op_en_afslagen", "Op- en afslagen"),
                 ("volume", "Opbouw van het volume"), ("benchmark", "Benchmark"), ("akkoorden", "Akkoorden en maatschappelijke opgave")]
        return [{"onderdeel": n, "id": name, "titel": title, "aanwezig": bool(paths), "paden": paths, "tekst": []}
                for n, (name, title), paths in zip(range(1, 7), heads, [*self.sections, [], []])]

    def checks(self):
        """The checks of a document of this kind: all in order, or not of this kind."""
        p, first = self.proposal, f"/prestaties/{self.codes[0]}"
        lines = dutch(str(len(self.codes)), 0)
        offered, answer = date.fromisoformat(p["datum"]), date.fromisoformat(p["reactie"]["uiterlijk"])
        limit, days, year = date(p["contractjaar"] - 1, 10, 1), (answer - offered).days, p["contractjaar"]
        components = sum(len(index["componenten"]) for index in p["indexen"].values())
        figures = dutch(str(len(self.codes) + components + len(self.steps) - 1 + len(p["kenmerken"])), 0)
        bases_ok = all(line["basis"]["jaar"] == year - 1 for line in p["prestaties"])
        if len(self.codes) < 2 or self.lowest < 0 or offered > limit or days < 28 or not bases_ok or "ronde" in p:
            raise NotThisKind("a check that is not in order")
        steps = [first + step.place for step in self.steps if not step.index]
        spoken = "Alle {} stappen die uitleg nodig hebben, zijn uitgelegd.".format(len(steps))
        rows = [
            ("toelichting-basis", ARTICLE + "1", ["/prestaties"], f"Bij alle {lines} prestaties staat de basis en waar die vandaan komt."),
            ("toelichting-indexatie", ARTICLE + "2", ["/indexen"],
             f"Alle {lines} prestaties zijn geïndexeerd, of volgen een andere prestatie of een NZa-tarief voor dit jaar."),
            ("toelichting-op-en-afslagen", ARTICLE + "3", steps, spoken),
            ("toelichting-volume", ARTICLE + "4", ["/prestaties"], f"{lines} prestaties hebben een volume zonder opbouw: één getal."),
            ("toelichting-benchmark", ARTICLE + "5", [], "Dit document noemt geen benchmark."),
            ("toelichting-akkoorden", ARTICLE + "6", [], "Dit document noemt geen akkoorden."),
            ("op-en-afslag-navolgbaar", "TH/NR-038 art. 6 lid 4", steps, spoken),
            ("gesteld-volgt", "TH/NR-038 art. 6 lid 4", [], "Er zijn geen uitkomsten opgegeven om na te rekenen."),
            ("aangeboden-1-oktober", "TH/NR-038 art. 6 lid 1-2", ["/datum"], f"Aangeboden op {day(offered)}; dat kon tot en met {day(limit)}."),
            ("reactietermijn", "TH/NR-038 art. 7", ["/reactie/uiterlijk", "/datum"],
             f"De reactietermijn is {days} dagen; de regel is ten minste 28 dagen."),
            ("vragen-beantwoord", "TH/NR-038 art. 5", ["/reactie/contact"],
             f"Vragen kunnen naar {p['reactie']['contact']}. Antwoord hoort binnen twee weken te komen."),
            ("tarief-onder-maximum", "Wmg art. 35", [], "Geen enkele prestatie noemt een maximumtarief."),
            ("wijzigingenoverzicht", "Handvatten richtsnoer 6", [], "Er is geen overzicht van wat anders is dan in het vorige contract."),
            ("ova-volledig", "Handvatten richtsnoer 7", [f"/indexen/{name}" for name in p["indexen"]],
             "De opgegeven loonindex gaat volledig en zonder korting door. Of het percentage de officiële OVA is, is niet nagegaan."),
            ("alle-jaren-geindexeerd", "Handvatten 4.7.1, onderdeel 2", ["/prestaties"],
             "Elk jaar tussen de basis en het contractjaar is geïndexeerd."),
            ("nacalculatie-verwerkt", "Handvatten 4.7.1, onderdeel 2", [step.place for step in self.steps if step.index],
             f"De nacalculatie over {year - 1} is verwerkt."),
            ("bron-bij-elk-cijfer", "eigen norm", ["/bronnen"], f"Alle {figures} ingevulde cijfers hebben een bron."),
            ("index-niet-dubbel", "eigen norm", ["/prestaties"], "Geen enkele prestatie krijgt een index die al in haar basis zit."),
            ("tarief-niet-negatief", "eigen norm", ["/prestaties"], "Geen enkel tarief is lager dan nul."),
        ]
        return [{"id": name, "artikel": article, "aard": nature(article), "paden": paths, "uitkomst": outcome(name, paths), "waarom": why}
                for name, article, paths, why in rows]


def day(of):
    return f"{of.day} {MONTHS[of.month - 1]} {of.year}"


def nature(article):
    return "eigen" if article == "eigen norm" else "richtsnoer" if article.startswith("Handvatten") else "wettelijk"


def outcome(name, paths):
    return "voldaan" if paths else "niet_voldaan" if name == "wijzigingenoverzicht" else "nvt"


class Run:
    """A policy read once; `explain` takes a record as text and gives its explanation as bytes, the end of the line included."""

    def __init__(self, path):
        exact_arithmetic()
        self.policy = json.loads(Path(path).read_text(encoding="utf-8"))
        self.catalogue = self.policy.pop("catalogus")
        self.indices = {name: Index(name, given) for name, given in self.policy["indexen"].items()}

    def merged(self, record):
        if record["beleid"] != self.policy["kenmerk"] or record.keys() & {"indexen", "catalogus", "stappen", "groepen", "plafonds"}:
            raise NotThisKind(f"record {record.get('kenmerk')}")
        patch = {"x-beleid" if key == "beleid" else key: value for key, value in record.items()}
        patch["prestaties"] = [merge(self.catalogue.get(line["code"]), line) for line in record["prestaties"]]
        return merge(self.policy, patch)

    def explain(self, text):
        proposal = self.merged(json.loads(text))
        d = Document(proposal, self.indices)
        explanation = {"formaat": "navolgbaar/toelichting/1", "taal": "nl", "voorstel": proposal, "knopen": d.figures,
                       "secties": d.section_list(), "toetsen": d.checks()}
        return (json.dumps(explanation, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def start_worker(path):
    global worker
    worker = Run(path)


def in_worker(text):
    return worker.explain(text)


def write_all(policy, records, jobs, out):
    with open(records, encoding="utf-8") as texts:
        if jobs == 1:
            out.writelines(map(Run(policy).explain, texts))
            return
        with Pool(jobs, start_worker, (policy,)) as pool:
            out.writelines(pool.imap(in_worker, texts, chunksize=4))


def check(policy, records, program, documents):
    """Holds our bytes against those of the program; how many were equal."""
    run, equal = Run(policy), 0
    with open(records, encoding="utf-8") as texts, tempfile.TemporaryDirectory() as folder:
        for _, text in zip(range(documents), texts):
            one = Path(folder, "voorstel.json")
            one.write_text(text, encoding="utf-8")
            theirs = subprocess.run([program, "explain", one, "--policy", policy, "--format", "json"], capture_output=True, check=True).stdout
            if run.explain(text) != theirs:
                raise SystemExit(f"bulk_baseline: document {equal + 1} differs from {program}")
            equal += 1
    return equal


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("policy")
    words.add_argument("records")
    words.add_argument("--jobs", type=int, default=1)
    words.add_argument("--check", metavar="PROGRAM")
    words.add_argument("--documents", type=int, default=20)
    a = words.parse_args()
    if a.check:
        print(f"{check(a.policy, a.records, a.check, a.documents)} documents, byte for byte the same")
    else:
        write_all(a.policy, a.records, a.jobs, sys.stdout.buffer)


if __name__ == "__main__":
    main()
