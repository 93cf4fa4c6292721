"""Yearly growth against whole numbers: roots by Newton's method on Python integers, nothing rounded on the way.

The driver (tests/unit/number_driver.c) works every case out twice: on machine integers where they suffice, and in MPFR
alone. The definition here knows no precision: the nearest figure of D decimals to 100 (r^(1/n) - 1) is found from the whole
part of the nth root of r x (2 x 10^(D+2))^n, and bounds are checked by raising them to the nth power.

    NVB_BUILD   build directory that holds tests/number_driver
    NVB_SEED    seed of the random cases; printed, so that a failure can be run again
"""

import random
from fractions import Fraction

import pytest

TICK = Fraction(1, 10**20)


# The definition, in whole numbers.


def whole_root(a, n):
    """The largest x with x^n <= a."""
    if a < 2 or n == 1:
        return a
    x = 1 << -(-a.bit_length() // n)
    while True:
        y = ((n - 1) * x + a // x ** (n - 1)) // n
        if y >= x:
            return x
        x = y


def exact_root(r, n):
    top, bottom = whole_root(r.numerator, n), whole_root(r.denominator, n)
    return Fraction(top, bottom) if top**n == r.numerator and bottom**n == r.denominator else None


def rounded(value, decimals):
    """Half away from zero."""
    scaled = abs(value) * 10**decimals + Fraction(1, 2)
    figure = Fraction(scaled.numerator // scaled.denominator, 10**decimals)
    return figure if value >= 0 else -figure


def nearest(r, n, decimals):
    """Of an irrational root: no tie can be."""
    double = 2 * 10 ** (decimals + 2)
    halves = whole_root(r.numerator * double**n // r.denominator, n)
    return Fraction((halves + 1) // 2 - double // 2, 10**decimals)


def check(answer, before, after, n, decimals, narrow=True):
    kind, *figures = answer.split(" ")
    value, low, high = map(Fraction, figures)
    r = after / before
    root = exact_root(r, n)
    if root is not None:
        assert kind == "exact" and low == high == 100 * (root - 1)
        assert value == rounded(low, decimals)
        return
    assert kind == "enclosed"
    assert value == nearest(r, n, decimals)
    assert (1 + low / 100) ** n < r < (1 + high / 100) ** n
    assert rounded(low, decimals) == rounded(high, decimals) == value
    if narrow:
        assert (low / TICK).denominator == (high / TICK).denominator == 1
        assert high - low <= 2 * TICK


def written(value):
    """A fraction as words for the driver, which reads at most 40 digits at a time."""

    def whole(a):
        digits = str(a)
        words = [digits[: (len(digits) - 1) % 40 + 1]]
        for i in range(len(words[0]), len(digits), 40):
            words += ["40", "shift", digits[i : i + 40], "add"]
        return words

    return " ".join([*whole(value.numerator), *whole(value.denominator), "div"])


def hold(driver, cases, **options):
    """Each case: before, after, years, decimals."""
    lines = [f"{written(b)} {written(a)} {n} years {d} growth" for b, a, n, d in cases]
    for line, (b, a, n, d), (machine, mpfr_only) in zip(lines, cases, driver(lines)):
        assert machine == mpfr_only, line
        try:
            check(machine, b, a, n, d, **options)
        except AssertionError as wrong:
            raise AssertionError(f"{line[:300]}\n{machine[:300]}\n{wrong}") from None


def cents(rng, most=10**7):
    return Fraction(rng.randint(1, most), 100)


def test_oracle_itself():
    assert [whole_root(a, 3) for a in (0, 1, 7, 8, 26, 27, 10**30 - 1)] == [0, 1, 1, 2, 2, 3, 10**10 - 1]
    assert nearest(Fraction(2), 2, 2) == Fraction(4142, 100)  # 41.4213...
    assert nearest(Fraction(1, 2), 2, 2) == Fraction(-2929, 100)  # -29.2893...
    assert rounded(Fraction(-1, 8), 2) == Fraction(-13, 100) and rounded(Fraction(1, 8), 2) == Fraction(13, 100)


def test_tariffs(driver, rng):
    hold(driver, [(cents(rng), cents(rng), rng.randint(1, 12), 2) for _ in range(1500)])


def test_tariffs_that_move_little(driver, rng):
    cases = []
    for _ in range(1500):
        before = cents(rng, 30_000)
        cases.append((before, max(Fraction(1, 100), before + Fraction(rng.randint(-300, 300), 100)), rng.randint(1, 10), rng.randint(0, 6)))
    hold(driver, cases)


def test_powers(driver, rng):
    """Growth that is a fraction: a whole number of basis points a year, or any other fraction."""
    cases = []
    for _ in range(600):
        n, before = rng.randint(2, 9), cents(rng)
        rate = rng.choice((Fraction(rng.randint(1, 20000), 10000), Fraction(rng.randint(1, 99), rng.randint(1, 99))))
        cases.append((before, before * rate**n, n, 2))
    hold(driver, cases)


def boundary(rng, decimals):
    """A root halfway between two figures of so many decimals."""
    unit = 10 ** (decimals + 2)
    return Fraction(2 * rng.randint(unit // 2, 2 * unit) + 1, 2 * unit)


def test_ties(driver, rng):
    """On a rounding boundary the figure goes away from zero, and is exact."""
    cases = []
    for _ in range(600):
        n, decimals, before = rng.randint(1, 12), rng.randint(0, 4), cents(rng)
        cases.append((before, before * boundary(rng, decimals) ** n, n, decimals))
    hold(driver, cases)


def test_a_hair_from_a_tie(driver, rng):
    """Just under and just over; so near that 20 decimals cannot tell, the bounds get more."""
    for hair, narrow in ((Fraction(1, 10**12), True), (Fraction(1, 10**16), True), (Fraction(1, 10**30), False), (Fraction(1, 10**300), False)):
        cases = []
        for _ in range(150):
            n, decimals, before = rng.randint(2, 12), rng.randint(0, 4), cents(rng)
            cases.append((before, before * (boundary(rng, decimals) ** n + rng.choice((-1, 1)) * hair), n, decimals))
        hold(driver, cases, narrow=narrow)


def test_a_hair_from_a_power(driver, rng):
    cases = []
    for _ in range(300):
        n, before = rng.randint(2, 12), cents(rng)
        cases.append((before, before * Fraction(rng.randint(9000, 12000), 10000) ** n + rng.choice((-1, 1)) * Fraction(1, 10**40), n, 2))
    hold(driver, cases)


def test_tiny_and_huge(driver, rng):
    cases = []
    for _ in range(200):
        before, after = (Fraction(rng.randint(1, 10**39), 10 ** rng.randint(0, 60)) for _ in range(2))
        cases.append((before, after, rng.randint(2, 40), rng.randint(0, 10)))
    hold(driver, cases, narrow=False)


def test_many_years_and_many_digits(driver, rng):
    """Two hundred years, and fractions of some thousand digits: it ends (the driver is given up after two minutes)."""
    cases = [(cents(rng), cents(rng), n, 2) for n in (50, 100, 101, 150, 199, 200, 1000, 8999)]
    for digits in (500, 1000, 1900):
        top, bottom = (rng.randint(10**digits, 10 ** (digits + 1)) for _ in range(2))
        cases += [(Fraction(bottom), Fraction(top), n, 2) for n in (1, 2, 7, 200)]
        cases.append((Fraction(bottom) ** 2, Fraction(top) ** 2, 2, 2))
    hold(driver, cases, narrow=False)


def test_hostile_hair_ends(driver):
    """Two hundred years, on a boundary but for the last of thousands of digits: an answer or the limit of digits, not a hang."""
    tie = Fraction(20151, 20000) ** 200
    near = tie + Fraction(1, 10**3000)
    (machine, mpfr_only), = driver([f"1 {written(near)} 200 years 2 growth"])
    assert machine == mpfr_only
    check(machine, Fraction(1), near, 200, 2, narrow=False)


def test_twenty_decimals(driver, rng):
    hold(driver, [(cents(rng), cents(rng), rng.randint(2, 5), 20) for _ in range(100)], narrow=False)


@pytest.mark.parametrize("before, after, years", [("0", "1", 2), ("1", "0", 2), ("-1", "-4", 2), ("1", "-1", 2), ("-1", "1", 3), ("1", "2", 0)])
def test_not_applicable(driver, before, after, years):
    assert driver([f"{before} {after} {years} years 2 growth"]) == [["none 0/1 0/1 0/1"] * 2]


@pytest.mark.parametrize(
    "before, after, years, decimals, expected",
    [
        # 100 to 121 in two years is 10% a year; 4 to 1 in two is a half.
        ("100", "121", 2, 2, "exact 10/1 10/1 10/1"),
        ("4", "1", 2, 2, "exact -50/1 -50/1 -50/1"),
        # 1.00125 squared is 1.0025015625: 0.125%, halfway; 0.99875 squared likewise below zero.
        ("1", "1.0025015625", 2, 2, "exact 13/100 1/8 1/8"),
        ("1", "0.9975015625", 2, 2, "exact -13/100 -1/8 -1/8"),
        ("31.39", "31.39", 5, 2, "exact 0/1 0/1 0/1"),
        # In one year it is the quotient itself: 31.90 / 31.39 = 1 + 51/3139.
        ("31.39", "31.90", 1, 2, "exact 162/100 5100/3139 5100/3139"),
        # The square root of two is 1.414213562373095048801688...
        ("1", "2", 2, 2, "enclosed 2071/50 " + "41.42135623730950488016 41.42135623730950488017"),
    ],
)
def test_by_hand(driver, before, after, years, decimals, expected):
    machine, mpfr_only = driver([f"{before} {after} {years} years {decimals} growth"])[0]
    assert machine == mpfr_only
    kind, *figures = expected.split(" ")
    assert machine.split(" ")[0] == kind
    assert list(map(Fraction, machine.split(" ")[1:])) == list(map(Fraction, figures))
