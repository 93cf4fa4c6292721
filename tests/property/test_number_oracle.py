"""Random arithmetic against Python's fractions.Fraction, on both paths of the number module.

The driver (tests/unit/number_driver.c) works every expression out twice: on machine integers where they
suffice, and in MPFR alone. Both answers must equal what is reckoned here from the definition.

    NVB_BUILD   build directory that holds tests/number_driver
    NVB_SEED    seed of the random operands; printed, so that a failure can be run again
"""

import random
from fractions import Fraction


LIMIT = 10**4096
SHOWN = 20
MODES = ("rekenkundig", "naar_even", "naar_boven", "naar_beneden", "richting_nul", "weg_van_nul")
DIGITS_ERROR, DIVISION_ERROR = "error 1", "error 2"


class Trouble(Exception):
    """What the calc remembers instead of giving a number."""


# The definition, in Python.


def limited(value):
    if abs(value.numerator) >= LIMIT or value.denominator >= LIMIT:
        raise Trouble(DIGITS_ERROR)
    return value


def rounded(value, decimals, mode):
    scaled = value * 10**decimals
    low = scaled.numerator // scaled.denominator
    rest = scaled - low
    half = Fraction(1, 2)
    up = {
        "rekenkundig": rest > half or (rest == half and value > 0),
        "naar_even": rest > half or (rest == half and low % 2 == 1),
        "naar_boven": rest > 0,
        "naar_beneden": False,
        "richting_nul": rest > 0 and value < 0,
        "weg_van_nul": rest > 0 and value > 0,
    }[mode]
    return limited(Fraction(low + up, 10**decimals))


def fixed(value, decimals):
    shown = rounded(value, decimals, "rekenkundig") * 10**decimals
    digits = str(abs(shown.numerator)).rjust(decimals + 1, "0")
    point = len(digits) - decimals
    text = ("-" if shown < 0 else "") + digits[:point] + ("." + digits[point:] if decimals else "")
    return text, shown == value * 10**decimals


def shown(text_and_exact):
    text, exact = text_and_exact
    return f"{text} {'exact' if exact else 'rounded'}"


def text(value):
    digits, exact = fixed(value, SHOWN)
    return digits.rstrip("0").rstrip("."), exact


def divided(a, b):
    if b == 0:
        raise Trouble(DIVISION_ERROR)
    return limited(a / b)


OPERATIONS = {
    "add": lambda a, b: limited(a + b),
    "sub": lambda a, b: limited(a - b),
    "mul": lambda a, b: limited(a * b),
    "div": divided,
}


# Random operands. Each is (text for the driver, value).


def decimal(rng, most_digits=40):
    digits = rng.randint(1, most_digits)
    decimals = rng.choice((0, 2, 2, 4, rng.randint(0, min(20, digits - 1))))
    decimals = min(decimals, digits - 1, 20)
    style = rng.random()
    if style < 0.15:
        coefficient = "9" * digits
    elif style < 0.25:
        coefficient = "1" + "0" * (digits - 1)
    elif style < 0.35:
        coefficient = "".join(rng.choice("05") for _ in range(digits))
    else:
        coefficient = "".join(rng.choice("0123456789") for _ in range(digits))
    sign = rng.choice(("", "", "-"))
    value = Fraction(int(sign + coefficient), 10**decimals)
    whole = coefficient[: digits - decimals]
    return sign + whole + ("." + coefficient[digits - decimals :] if decimals else ""), value


def money(rng):
    cents = rng.randint(-10_000_000, 100_000_000)
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}", Fraction(cents, 100)


def percentage(rng):
    basis_points = rng.randint(-2000, 12000)
    sign = "-" if basis_points < 0 else ""
    return f"{sign}{abs(basis_points) // 100}.{abs(basis_points) % 100:02}%", Fraction(basis_points, 10000)


def fraction(rng):
    most = rng.choice((20, 3000, 2**64, 10**40 - 1))
    top, bottom = rng.randint(-most, most), rng.randint(1, most)
    return f"{top}/{bottom}", Fraction(top, bottom)


def tie(rng):
    """Halfway, or one unit in the last place beside it."""
    decimals = rng.randint(1, 19)
    coefficient = rng.randint(0, 10 ** rng.randint(1, 20)) * 10 + 5 + rng.choice((0, 0, 0, -1, 1))
    sign = rng.choice(("", "-"))
    digits = str(coefficient).rjust(decimals + 1, "0")
    return (
        f"{sign}{digits[:-decimals]}.{digits[-decimals:]}",
        Fraction(int(f"{sign}{coefficient}"), 10**decimals),
    )


def border(rng):
    """Around the ends of the machine's integers."""
    value = rng.choice((2**31, 2**32, 2**63, 2**64, 2**126, 2**127, 10**18, 10**19, 10**38)) + rng.randint(-2, 2)
    decimals = rng.choice((0, 0, 2, 20))
    sign = rng.choice(("", "-"))
    digits = str(value).rjust(decimals + 1, "0")
    text_ = digits[:-decimals] + "." + digits[-decimals:] if decimals else digits
    return sign + text_, Fraction(int(f"{sign}{value}"), 10**decimals)


OPERANDS = (decimal, decimal, money, money, percentage, fraction, tie, border)


def operand(rng):
    return rng.choice(OPERANDS)(rng)


def chain(rng, length):
    """A postfix expression of `length` operations with its value, or what goes wrong in it."""
    words, value = operand(rng)
    words, trouble = [words], None
    for _ in range(length):
        try:
            value = step(rng, words, value)
        except Trouble as first:
            # The calc goes on with zero and remembers its first error.
            value, trouble = Fraction(0), trouble or str(first)
    return words, value, trouble


def step(rng, words, value):
    kind = rng.random()
    if kind < 0.15:
        mode, decimals = rng.choice(MODES), rng.choice((0, 2, 2, 4, rng.randint(0, 20)))
        words += [mode, str(decimals), "round"]
        return rounded(value, decimals, mode)
    if kind < 0.22:
        places = rng.choice((-2, 2, rng.randint(-45, 45)))
        words += [str(abs(places)) if places >= 0 else str(places), "shift"]
        return limited(value * Fraction(10) ** places)
    if kind < 0.27:
        words.append("neg")
        return -value
    name = rng.choice(tuple(OPERATIONS))
    words_b, b = operand(rng)
    words += [words_b, name]
    return OPERATIONS[name](value, b)


def question(rng, words, value):
    """Adds what to show to the expression; returns the expected answer."""
    kind = rng.choice(("text", "text", "fraction", "fixed", "cmp", "sign", "terminates"))
    if kind == "text":
        words.append("text")
        return shown(text(value))
    if kind == "fraction":
        words.append("fraction")
        return f"{value.numerator}/{value.denominator}"
    if kind == "fixed":
        decimals = rng.randint(0, 20)
        words += [str(decimals), "fixed"]
        return shown(fixed(value, decimals))
    if kind == "cmp":
        words_b, b = operand(rng)
        words += [words_b, "cmp"]
        return str((value > b) - (value < b))
    if kind == "sign":
        words.append("sign")
        return str((value > 0) - (value < 0))
    decimals = rng.choice((rng.randint(0, 20), rng.randint(0, 80)))
    words += [str(decimals), "terminates"]
    return "1" if (value * 10**decimals).denominator == 1 else "0"


def compare(driver, cases):
    lines = [" ".join(words) for words, _ in cases]
    for line, (_, expected), (machine, mpfr_only) in zip(lines, cases, driver(lines)):
        assert machine == expected, f"machine path: {line}"
        assert mpfr_only == expected, f"MPFR-only path: {line}"


def test_one_operation(driver, rng):
    cases = []
    for _ in range(9_000):
        words, value, trouble = chain(rng, 1)
        expected = question(rng, words, value)
        cases.append((words, trouble or expected))
    compare(driver, cases)


def test_chains(driver, rng):
    cases = []
    for _ in range(2_500):
        words, value, trouble = chain(rng, rng.randint(2, 12))
        expected = question(rng, words, value)
        cases.append((words, trouble or expected))
    compare(driver, cases)


def test_ties_in_every_mode(driver, rng):
    cases = []
    for _ in range(700):
        words, value = tie(rng)
        places = len(words.partition(".")[2])
        for mode in MODES:
            decimals = places - 1
            cases.append(
                ([words, mode, str(decimals), "round", "text"], shown(text(rounded(value, decimals, mode))))
            )
    compare(driver, cases)


def test_fractional_ties(driver, rng):
    """Halves that only show once the fraction is divided out: (2k + 1) / 2 units of 10^-decimals as n/d."""
    cases = []
    for _ in range(500):
        decimals, factor = rng.randint(0, 6), rng.randint(1, 10**12) * 3
        top, bottom = (2 * rng.randint(-(10**9), 10**9) + 1) * factor, 2 * 10**decimals * factor
        value = Fraction(top, bottom) + rng.choice((0, 0, Fraction(1, 3 * 10**25), Fraction(-1, 3 * 10**25)))
        words = f"{value.numerator}/{value.denominator}"
        if max(len(part.lstrip("-")) for part in words.split("/")) > 40:
            continue
        for mode in MODES:
            answer = rounded(value, decimals, mode)
            cases.append(([words, mode, str(decimals), "round", "text"], shown(text(answer))))
    compare(driver, cases)


def test_limit_of_digits(driver, rng):
    """Squares its way up to the limit, one digit under it and one over."""
    cases = []
    for _ in range(6):
        words, value, trouble = ["10"], Fraction(10), None
        for exponent in (4094, rng.choice((1, 0)), rng.choice((1, 0))):
            words += [str(exponent), "shift"]
            value *= 10**exponent
        last, addend = rng.choice((("0", 0), ("-1", -1), ("1", 1), ("1/3", Fraction(1, 3))))
        try:
            value = limited(limited(value) + addend)
        except Trouble as over:
            value, trouble = None, str(over)
        words += [last, "add", "fraction"]
        cases.append((words, trouble or f"{value.numerator}/{value.denominator}"))
    for count in (110, 102, 103):
        base = rng.randint(10**39, 10**40 - 1)
        words, value, trouble = [str(base)], base, None
        for _ in range(count - 1):
            words += [str(base), "mul"]
            value *= base
        if value >= LIMIT:
            trouble = DIGITS_ERROR
        cases.append((words + ["fraction"], trouble or f"{value}/1"))
    compare(driver, cases)
