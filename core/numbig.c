/* numbig.c: see numbig.h. */
#include "numbig.h"

static const nvbi_ratio TROUBLE = {NULL, NULL};

/* Bits: with no more on either side a fraction is soon reduced, and may fit the machine again. */
enum { LONG_SIDE = 512 };

void nvbi_big_begin(nvb_calc *calc)
{
    nvbi_arena_clear(&calc->scratch);
}

nvbi_ratio nvbi_big_load(nvb_calc *calc, const nvb_num *a)
{
    if (a->big)
        return (nvbi_ratio){a->big->num, a->big->den};
    mpfr_srcptr d = nvbi_int_of(calc, (nvb_int128)nvbi_denominator(a));
    nvbi_ratio r = {nvbi_int_of(calc, a->n), d};
    if (a->scale > 0)
        r.den = nvbi_int_mul(calc, d, nvbi_int_pow10(calc, a->scale));
    return r.num && r.den ? r : TROUBLE;
}

nvbi_ratio nvbi_big_lowest(nvb_calc *calc, nvbi_ratio r)
{
    if (!r.num || !r.den)
        return TROUBLE;
    if (mpfr_zero_p(r.num)) {
        mpfr_srcptr one = nvbi_int_of(calc, 1);
        return one ? (nvbi_ratio){r.num, one} : TROUBLE;
    }
    mpfr_srcptr divisor = nvbi_int_gcd(calc, r.num, r.den);
    if (mpfr_sgn(r.den) < 0)
        divisor = nvbi_int_sub(calc, nvbi_int_of(calc, 0), divisor);
    nvbi_ratio lowest = {nvbi_int_divide_exact(calc, r.num, divisor),
                         nvbi_int_divide_exact(calc, r.den, divisor)};
    return lowest.num && lowest.den ? lowest : TROUBLE;
}

/* A fraction in lowest terms as n / (d x 10^scale), when that fits. */
static bool demote(nvbi_ratio r, nvb_num *out)
{
    nvb_int128 n, den;
    if (!nvbi_int_to128(r.num, &n) || !nvbi_int_to128(r.den, &den))
        return false;
    nvbi_uint128 d = (nvbi_uint128)den;
    uint32_t twos = 0, fives = 0;
    for (; d % 2 == 0; d /= 2)
        twos++;
    for (; d % 5 == 0; d /= 5)
        fives++;
    uint32_t scale = twos > fives ? twos : fives;
    if (d > UINT64_MAX || scale > NVBI_MACHINE_SCALE)
        return false;
    for (uint32_t i = twos; i < scale; i++)
        if (!nvbi_mul128(n, 2, &n))
            return false;
    for (uint32_t i = fives; i < scale; i++)
        if (!nvbi_mul128(n, 5, &n))
            return false;
    *out = (nvb_num){.n = n, .d = (uint64_t)d, .scale = scale};
    return true;
}

static nvb_num store(nvb_calc *calc, nvbi_ratio r)
{
    size_t num_bytes = nvbi_int_limb_bytes(r.num), den_bytes = nvbi_int_limb_bytes(r.den);
    struct nvbi_big *big = nvbi_arena_alloc(&calc->values, sizeof *big);
    void *num_limbs = nvbi_arena_alloc(&calc->values, num_bytes);
    void *den_limbs = nvbi_arena_alloc(&calc->values, den_bytes);
    if (!big || !num_limbs || !den_limbs)
        return nvbi_calc_fail(calc, NVB_NUM_MEMORY);
    if (!nvbi_int_copy(calc, big->num, num_limbs, r.num) ||
        !nvbi_int_copy(calc, big->den, den_limbs, r.den))
        return NVBI_ZERO;
    return (nvb_num){.d = 1, .big = big};
}

/* Long on both sides: lowest terms then cost more than they save, and can wait until the limit asks
 * for them. */
static bool may_wait(nvb_calc *calc, nvbi_ratio r)
{
    return nvbi_int_bits(r.num) > LONG_SIDE && nvbi_int_bits(r.den) > LONG_SIDE &&
           mpfr_sgn(r.den) > 0 && nvbi_int_within_limit(calc, r.num) &&
           nvbi_int_within_limit(calc, r.den);
}

nvb_num nvbi_big_finish(nvb_calc *calc, nvbi_ratio r)
{
    if (!r.num || !r.den)
        return NVBI_ZERO; /* the cause is in the calc */
    if (may_wait(calc, r))
        return store(calc, r);
    nvbi_ratio lowest = nvbi_big_lowest(calc, r);
    if (!lowest.num)
        return NVBI_ZERO;
    if (!nvbi_int_within_limit(calc, lowest.num) || !nvbi_int_within_limit(calc, lowest.den))
        return nvbi_calc_fail(calc, NVB_NUM_DIGITS);
    nvb_num small;
    if (!calc->mpfr_only && demote(lowest, &small))
        return small;
    return store(calc, lowest);
}

/* How many times `a` goes into `b`, or NULL when it does not go in evenly. Decimals of different
 * lengths add up over the longer one this way, and their denominator does not grow. */
static mpfr_srcptr multiple(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_srcptr rest, times = mpfr_cmpabs(a, b) <= 0 ? nvbi_int_divide(calc, b, a, &rest) : NULL;
    return times && mpfr_zero_p(rest) ? times : NULL;
}

typedef mpfr_srcptr int_operation(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b);

static nvb_num add_or_sub(nvb_calc *calc, const nvb_num *a, const nvb_num *b, int_operation *op)
{
    nvbi_big_begin(calc);
    nvbi_ratio x = nvbi_big_load(calc, a), y = nvbi_big_load(calc, b);
    if (!x.num || !y.num)
        return NVBI_ZERO;
    mpfr_srcptr times = multiple(calc, x.den, y.den);
    if (times)
        return nvbi_big_finish(
            calc, (nvbi_ratio){op(calc, nvbi_int_mul(calc, x.num, times), y.num), y.den});
    times = multiple(calc, y.den, x.den);
    if (times)
        return nvbi_big_finish(
            calc, (nvbi_ratio){op(calc, x.num, nvbi_int_mul(calc, y.num, times)), x.den});
    mpfr_srcptr left = nvbi_int_mul(calc, x.num, y.den);
    mpfr_srcptr right = nvbi_int_mul(calc, y.num, x.den);
    return nvbi_big_finish(calc,
                           (nvbi_ratio){op(calc, left, right), nvbi_int_mul(calc, x.den, y.den)});
}

nvb_num nvbi_big_add(nvb_calc *calc, const nvb_num *a, const nvb_num *b)
{
    return add_or_sub(calc, a, b, nvbi_int_add);
}

nvb_num nvbi_big_sub(nvb_calc *calc, const nvb_num *a, const nvb_num *b)
{
    return add_or_sub(calc, a, b, nvbi_int_sub);
}

nvb_num nvbi_big_mul(nvb_calc *calc, const nvb_num *a, const nvb_num *b)
{
    nvbi_big_begin(calc);
    nvbi_ratio x = nvbi_big_load(calc, a), y = nvbi_big_load(calc, b);
    return nvbi_big_finish(
        calc, (nvbi_ratio){nvbi_int_mul(calc, x.num, y.num), nvbi_int_mul(calc, x.den, y.den)});
}

nvb_num nvbi_big_div(nvb_calc *calc, const nvb_num *a, const nvb_num *b)
{
    if (nvb_num_sign(*b) == 0)
        return nvbi_calc_fail(calc, NVB_NUM_DIVISION);
    nvbi_big_begin(calc);
    nvbi_ratio x = nvbi_big_load(calc, a), y = nvbi_big_load(calc, b);
    return nvbi_big_finish(
        calc, (nvbi_ratio){nvbi_int_mul(calc, x.num, y.den), nvbi_int_mul(calc, x.den, y.num)});
}

nvb_num nvbi_big_shift(nvb_calc *calc, const nvb_num *a, int places)
{
    /* The other side of the fraction can take away at most NVB_MAX_DIGITS zeros, so a longer shift
     * ends over the limit whatever the value is. */
    if (places > 2 * NVB_MAX_DIGITS || places < -2 * NVB_MAX_DIGITS)
        return nvb_num_sign(*a) == 0 ? NVBI_ZERO : nvbi_calc_fail(calc, NVB_NUM_DIGITS);
    nvbi_big_begin(calc);
    nvbi_ratio x = nvbi_big_load(calc, a);
    mpfr_srcptr power = nvbi_int_pow10(calc, (unsigned long)(places < 0 ? -places : places));
    if (places < 0)
        x.den = nvbi_int_mul(calc, x.den, power);
    else
        x.num = nvbi_int_mul(calc, x.num, power);
    return nvbi_big_finish(calc, x);
}

int nvbi_big_cmp(nvb_calc *calc, const nvb_num *a, const nvb_num *b)
{
    nvbi_big_begin(calc);
    nvbi_ratio x = nvbi_big_load(calc, a), y = nvbi_big_load(calc, b);
    mpfr_srcptr left = nvbi_int_mul(calc, x.num, y.den);
    mpfr_srcptr right = nvbi_int_mul(calc, y.num, x.den);
    if (!left || !right)
        return 0;
    int order = mpfr_cmp(left, right);
    return (order > 0) - (order < 0);
}

int nvbi_big_sign(const struct nvbi_big *a)
{
    int sign = mpfr_sgn(a->num);
    return (sign > 0) - (sign < 0);
}

mpfr_srcptr nvbi_big_coefficient(
    nvb_calc *calc, const nvb_num *a, unsigned decimals, nvb_mode mode, bool *exact)
{
    *exact = false;
    nvbi_big_begin(calc);
    nvbi_ratio x = nvbi_big_load(calc, a);
    mpfr_srcptr scaled = nvbi_int_mul(calc, x.num, nvbi_int_pow10(calc, decimals)), rest;
    mpfr_srcptr quotient = nvbi_int_divide(calc, scaled, x.den, &rest);
    if (!quotient)
        return NULL;
    *exact = mpfr_zero_p(rest) != 0;
    if (*exact)
        return quotient;
    mpfr_srcptr twice = nvbi_int_add(calc, rest, rest);
    if (!twice)
        return NULL;
    bool negative = mpfr_sgn(rest) < 0;
    if (!nvbi_rounds_away(mode, negative, nvbi_int_odd(quotient), mpfr_cmpabs(twice, x.den)))
        return quotient;
    return nvbi_int_add(calc, quotient, nvbi_int_of(calc, negative ? -1 : 1));
}
