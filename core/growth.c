/*
 * growth.c: the yearly growth between two amounts, (to / from)^(1 / years) - 1. See chain.h.
 *
 * A root is a fraction only when numerator and denominator of to / from, in lowest terms, are
 * powers of whole numbers. That is tested first, in whole numbers, and answers every case in which
 * the root could lie on a rounding boundary, since all boundaries are fractions. What remains is
 * irrational: it lies strictly between two boundaries, so an enclosure that is made ever narrower
 * ends.
 *
 * This is the one place where MPFR rounds, and always directed: a bound is a bound because its own
 * power, rounded the other way, does not pass to / from, whatever way it was found. Nothing here
 * rounds to nearest but the search for a bound to prove. The search is written out, for
 * mpfr_rootn_ui takes memory of its own, and ends the program when there is none.
 */
#include "navolgbaar/chain.h"

#include "numbig.h"

enum {
    FIRST_BITS = 127, /* MPFR's quickest precision that holds 20 decimals of a percentage */
    GUESS_BITS = 64,  /* enough to search the first bits with */
    SPARE_BITS = 6,   /* what roundings on the way may spoil */
    WHOLE_BITS = 16   /* what a root needs to tell which whole number is nearest */
};

/* A zero with room for `bits`, in the scratch arena. */
static mpfr_ptr room(nvb_calc *calc, mpfr_prec_t bits)
{
    mpfr_ptr x = nvbi_arena_alloc(&calc->scratch, sizeof *x);
    void *limbs = nvbi_arena_alloc(&calc->scratch, mpfr_custom_get_size(bits));
    if (!x || !limbs) {
        nvbi_calc_fail(calc, NVB_NUM_MEMORY);
        return NULL;
    }
    mpfr_custom_init_set(x, MPFR_ZERO_KIND, 0, bits, limbs);
    return x;
}

/* to / from in lowest terms; both sides may be longer than a number may be. */
static nvbi_ratio quotient(nvb_calc *calc, const nvb_num *from, const nvb_num *to)
{
    nvbi_big_begin(calc);
    nvbi_ratio x = nvbi_big_load(calc, to), y = nvbi_big_load(calc, from);
    return nvbi_big_lowest(
        calc, (nvbi_ratio){nvbi_int_mul(calc, x.num, y.den), nvbi_int_mul(calc, x.den, y.num)});
}

/* --- powers --- */

/* The highest bit of n, which is not zero. */
static unsigned long top_bit(unsigned long n)
{
    unsigned long bit = 1;
    while (bit <= n / 2)
        bit *= 2;
    return bit;
}

/* x^n, every product rounded by `mode`, so that the power errs to that side only. x > 0, n > 0. */
static void to_power(mpfr_ptr out, mpfr_srcptr x, unsigned long n, mpfr_rnd_t mode)
{
    mpfr_set(out, x, mode);
    for (unsigned long bit = top_bit(n) / 2; bit > 0; bit /= 2) {
        mpfr_sqr(out, out, mode);
        if (n & bit)
            mpfr_mul(out, out, x, mode);
    }
}

/* x^n of a whole number, exactly. */
static mpfr_srcptr whole_power(nvb_calc *calc, mpfr_srcptr x, unsigned long n)
{
    mpfr_srcptr out = x;
    for (unsigned long bit = top_bit(n) / 2; bit > 0; bit /= 2) {
        out = nvbi_int_mul(calc, out, out);
        if (n & bit)
            out = nvbi_int_mul(calc, out, x);
    }
    return out;
}

/* --- a root, as near as its precision allows; nothing is proven --- */

/* Halves its way to within one part in 8n of the root, where Newton's method begins to double the
 * bits with every step. */
static bool guess(nvb_calc *calc, mpfr_ptr x, mpfr_srcptr r, unsigned long n)
{
    mpfr_ptr middle = room(calc, GUESS_BITS), power = room(calc, GUESS_BITS);
    if (!middle || !power)
        return false;
    /* 2^e <= r < 2^(e + 1), so the root lies from 2^step up to twice that. */
    mpfr_exp_t e = mpfr_get_exp(r) - 1, years = (mpfr_exp_t)n;
    mpfr_exp_t step = e >= 0 ? e / years : -((years - 1 - e) / years), last = step - 3;
    for (unsigned long rest = n; rest > 0; rest /= 2)
        last--;
    mpfr_set_ui_2exp(x, 1, step, MPFR_RNDN);
    while (step-- > last) {
        mpfr_set_ui_2exp(middle, 1, step, MPFR_RNDN);
        mpfr_add(middle, middle, x, MPFR_RNDN);
        to_power(power, middle, n, MPFR_RNDN);
        if (mpfr_cmp(power, r) <= 0)
            mpfr_set(x, middle, MPFR_RNDN);
    }
    return true;
}

/* The nth root of r, or very nearly; NULL when memory is out. */
static mpfr_ptr near_root(nvb_calc *calc, mpfr_srcptr r, unsigned long n, mpfr_prec_t bits)
{
    mpfr_ptr x = room(calc, bits), change = room(calc, bits);
    if (!x || !change)
        return NULL;
    if (n == 1) {
        mpfr_set(x, r, MPFR_RNDN);
        return x;
    }
    if (!guess(calc, x, r, n))
        return NULL;
    for (mpfr_prec_t good = 4; good < bits; good *= 2) {
        to_power(change, x, n - 1, MPFR_RNDN);
        mpfr_div(change, r, change, MPFR_RNDN);
        mpfr_sub(change, change, x, MPFR_RNDN);
        mpfr_div_ui(change, change, n, MPFR_RNDN);
        mpfr_add(x, x, change, MPFR_RNDN);
    }
    return x;
}

/* --- the exact test --- */

/* The whole number whose nth power `a` is, proven in whole numbers; NULL when there is none. a > 0.
 */
static mpfr_srcptr whole_root(nvb_calc *calc, mpfr_srcptr a, unsigned long n)
{
    mpfr_prec_t bits = nvbi_int_bits(a);
    if (n == 1 || bits == 1)
        return a; /* one is every power of itself */
    if (n >= (unsigned long)bits)
        return NULL; /* between one and two */
    mpfr_ptr x = near_root(calc, a, n, bits / (mpfr_prec_t)n + WHOLE_BITS);
    if (!x)
        return NULL;
    mpfr_round(x, x);
    mpfr_srcptr power = whole_power(calc, x, n);
    return power && mpfr_equal_p(power, a) ? x : NULL;
}

/* True when the root is a fraction, and one that a number can hold; *percent is then the growth. */
static bool find_exact(
    nvb_calc *calc, const nvb_num *from, const nvb_num *to, unsigned long n, nvb_num *percent)
{
    nvbi_ratio r = quotient(calc, from, to);
    mpfr_srcptr top = r.num ? whole_root(calc, r.num, n) : NULL;
    mpfr_srcptr bottom = top ? whole_root(calc, r.den, n) : NULL;
    if (!bottom)
        return false;
    mpfr_srcptr more = nvbi_int_sub(calc, top, bottom);
    nvbi_ratio growth = {nvbi_int_mul(calc, more, nvbi_int_of(calc, 100)), bottom};
    growth = nvbi_big_lowest(calc, growth);
    if (!growth.num || !nvbi_int_within_limit(calc, growth.num) ||
        !nvbi_int_within_limit(calc, growth.den))
        return false;
    *percent = nvbi_big_finish(calc, growth);
    return true;
}

/* --- the enclosure --- */

/* low <= root <= high, proven by their powers; false when `bits` were too few to prove it. */
static bool enclose(nvb_calc *calc, nvbi_ratio r, unsigned long n, mpfr_ptr low, mpfr_ptr high)
{
    mpfr_prec_t bits = mpfr_get_prec(low);
    mpfr_ptr under = room(calc, bits), over = room(calc, bits), power = room(calc, bits);
    if (!under || !over || !power)
        return false;
    mpfr_div(under, r.num, r.den, MPFR_RNDD);
    mpfr_div(over, r.num, r.den, MPFR_RNDU);
    mpfr_ptr x = near_root(calc, under, n, bits);
    if (!x)
        return false;
    mpfr_mul_2si(power, x, SPARE_BITS - (long)bits, MPFR_RNDU);
    mpfr_sub(low, x, power, MPFR_RNDD);
    mpfr_add(high, x, power, MPFR_RNDU);
    to_power(power, low, n, MPFR_RNDU);
    if (mpfr_cmp(power, under) > 0)
        return false;
    to_power(power, high, n, MPFR_RNDD);
    return mpfr_cmp(power, over) >= 0;
}

/* 100 (x - 1) in `places` decimals, down or up as `mode` says. */
static nvb_num as_percent(nvb_calc *calc, mpfr_srcptr x, unsigned places, mpfr_rnd_t mode)
{
    mpfr_srcptr one = nvbi_int_pow10(calc, places + 2UL), unit = nvbi_int_pow10(calc, places);
    mpfr_ptr scaled = one && unit ? room(calc, mpfr_get_prec(x) + nvbi_int_bits(one)) : NULL;
    if (!scaled)
        return NVBI_ZERO;
    if (mpfr_mul(scaled, x, one, MPFR_RNDZ) != 0) /* it has room for all bits */
        return nvbi_calc_fail(calc, NVB_NUM_DIGITS);
    mpfr_rint(scaled, scaled, mode);
    return nvbi_big_finish(calc, (nvbi_ratio){nvbi_int_sub(calc, scaled, one), unit});
}

/* Bounds of the growth in percent, from a root of `bits`. */
static bool find_bounds(nvb_calc *calc,
                        const nvb_num *from,
                        const nvb_num *to,
                        mpfr_prec_t bits,
                        unsigned places,
                        nvb_growth *g)
{
    nvbi_ratio r = quotient(calc, from, to);
    mpfr_ptr low = room(calc, bits), high = room(calc, bits);
    if (!r.num || !low || !high || !enclose(calc, r, g->years, low, high))
        return false;
    g->low = as_percent(calc, low, places, MPFR_RNDD);
    g->high = as_percent(calc, high, places, MPFR_RNDU);
    return calc->error == NVB_NUM_OK;
}

/* The bounds as narrow as their decimals can be: at most two units of the last place apart. */
static bool decimals_bind(nvb_calc *calc, const nvb_growth *g, unsigned places)
{
    nvb_num width = nvb_num_sub(calc, g->high, g->low);
    return nvb_num_cmp(calc, nvb_num_shift(calc, width, (int)places), nvb_num_int(2)) <= 0;
}

nvb_growth
nvb_growth_of(nvb_calc *calc, nvb_num from, nvb_num to, unsigned years, unsigned decimals)
{
    nvb_growth g = {.kind = NVB_GROWTH_NONE, .years = years, .decimals = decimals};
    if (years == 0 || nvb_num_sign(from) <= 0 || nvb_num_sign(to) <= 0)
        return g;
    if (find_exact(calc, &from, &to, years, &g.low)) {
        g.kind = NVB_GROWTH_EXACT;
        g.high = g.low;
        g.value = nvb_num_round(calc, g.low, decimals, NVB_ARITHMETIC);
        return g;
    }
    unsigned places = NVB_SHOWN_DECIMALS;
    for (mpfr_prec_t bits = FIRST_BITS; calc->error == NVB_NUM_OK; bits *= 2) {
        if (!find_bounds(calc, &from, &to, bits, places, &g))
            continue;
        g.value = nvb_num_round(calc, g.low, decimals, NVB_ARITHMETIC);
        nvb_num other = nvb_num_round(calc, g.high, decimals, NVB_ARITHMETIC);
        if (calc->error == NVB_NUM_OK && nvb_num_cmp(calc, g.value, other) == 0) {
            g.kind = NVB_GROWTH_ENCLOSED;
            return g;
        }
        if (decimals_bind(calc, &g, places))
            places *= 2;
    }
    return (nvb_growth){.kind = NVB_GROWTH_NONE, .years = years, .decimals = decimals};
}
