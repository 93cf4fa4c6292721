/*
 * num.c: arithmetic on exact numbers: the machine form, and the way from it to MPFR (numbig.h).
 *
 * It does not round (numround.c) and reads or writes no digits (numtext.c).
 */
#include "numbig.h"

#include <stdlib.h>

#define E10 ((nvb_int128)10000000000)
#define E20 (E10 * E10)
#define E30 (E20 * E10)
#define NINE_FROM(p)                                                                               \
    p, p * 10, p * 100, p * 1000, p * 10000, p * 100000, p * 1000000, p * 10000000, p * 100000000
#define TEN_FROM(p) NINE_FROM(p), p * 1000000000

const nvb_int128 nvbi_pow10[NVBI_POW10_MAX + 1] = {
    TEN_FROM((nvb_int128)1),
    TEN_FROM(E10),
    TEN_FROM(E20),
    NINE_FROM(E30),
};

nvb_calc *nvb_calc_new(unsigned flags)
{
    nvb_calc *calc = malloc(sizeof *calc);
    if (!calc)
        return NULL;
    nvbi_arena_init(&calc->values);
    nvbi_arena_init(&calc->scratch);
    calc->mpfr_only = (flags & NVB_CALC_MPFR_ONLY) != 0;
    calc->is_long = (flags & NVB_CALC_LONG) != 0;
    calc->error = NVB_NUM_OK;
    calc->work = 0;
    return calc;
}

uint64_t nvb_calc_work(const nvb_calc *calc)
{
    return calc->work;
}

void nvb_calc_free(nvb_calc *calc)
{
    if (!calc)
        return;
    nvbi_arena_release(&calc->values);
    nvbi_arena_release(&calc->scratch);
    free(calc);
}

void nvb_calc_clear(nvb_calc *calc)
{
    nvbi_arena_clear(&calc->values);
    nvbi_arena_clear(&calc->scratch);
    calc->error = NVB_NUM_OK;
}

nvb_num_error nvb_calc_take_error(nvb_calc *calc)
{
    nvb_num_error error = calc->error;
    calc->error = NVB_NUM_OK;
    return error;
}

nvb_num nvbi_calc_fail(nvb_calc *calc, nvb_num_error error)
{
    if (calc->error == NVB_NUM_OK)
        calc->error = error;
    return NVBI_ZERO;
}

nvb_num nvb_num_int(int64_t v)
{
    return (nvb_num){.n = v, .d = 1};
}

static uint64_t gcd64(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

nvbi_uint128 nvbi_gcd128(nvbi_uint128 a, nvbi_uint128 b)
{
    while (b > UINT64_MAX) {
        nvbi_uint128 rest = a % b;
        a = b;
        b = rest;
    }
    return b == 0 ? a : gcd64((uint64_t)b, (uint64_t)(a % b));
}

nvb_num nvbi_reduce(nvb_num a)
{
    if (a.n == 0)
        return NVBI_ZERO;
    uint64_t d = nvbi_denominator(&a);
    uint64_t common = gcd64(d, (uint64_t)(nvbi_magnitude(a.n) % d));
    a.d = d / common;
    a.n /= (nvb_int128)common;
    while (a.scale > 0 && a.n % 10 == 0) {
        a.n /= 10;
        a.scale--;
    }
    return a;
}

static bool times_pow10(nvb_int128 n, uint32_t places, nvb_int128 *out)
{
    return places <= NVBI_POW10_MAX && nvbi_mul128(n, nvbi_pow10[places], out);
}

/* Brings two denominators to their least common multiple, and the numerators along. */
static bool align_denominators(nvb_int128 *n, nvb_int128 *m, uint64_t d, uint64_t e, uint64_t *out)
{
    uint64_t common = gcd64(d, e);
    return nvbi_mul64(d, e / common, out) && nvbi_mul128(*n, (nvb_int128)(e / common), n) &&
           nvbi_mul128(*m, (nvb_int128)(d / common), m);
}

static inline bool machine_add(const nvb_num *a, const nvb_num *b, nvb_num *out)
{
    nvb_int128 n = a->n, m = b->n;
    uint32_t scale = a->scale;
    if (a->scale < b->scale) {
        scale = b->scale;
        if (!times_pow10(n, b->scale - a->scale, &n))
            return false;
    } else if (a->scale > b->scale && !times_pow10(m, a->scale - b->scale, &m)) {
        return false;
    }
    uint64_t d = nvbi_denominator(a), e = nvbi_denominator(b);
    if (d != e && !align_denominators(&n, &m, d, e, &d))
        return false;
    *out = (nvb_num){.d = d, .scale = scale};
    return nvbi_add128(n, m, &out->n);
}

static inline bool machine_sub(const nvb_num *a, const nvb_num *b, nvb_num *out)
{
    nvb_num minus = *b;
    minus.n = -minus.n;
    return machine_add(a, &minus, out);
}

static inline bool machine_mul(const nvb_num *a, const nvb_num *b, nvb_num *out)
{
    uint32_t scale = a->scale + b->scale;
    uint64_t d = 1;
    if ((a->d | b->d) > 1 && !nvbi_mul64(nvbi_denominator(a), nvbi_denominator(b), &d))
        return false;
    *out = (nvb_num){.d = d, .scale = scale};
    return scale <= NVBI_MACHINE_SCALE && nvbi_mul128(a->n, b->n, &out->n);
}

/* Takes the factors 2 and 5 out of a divisor: n / *m = *n / (*m x 10^*places) afterwards. */
static bool take_out_tens(nvb_int128 *n, nvbi_uint128 *m, int *places)
{
    nvb_int128 factor = 1;
    for (; *m % 10 == 0; (*places)++)
        *m /= 10;
    for (; *m % 2 == 0; (*places)++) {
        *m /= 2;
        if (!nvbi_mul128(factor, 5, &factor))
            return false;
    }
    for (; *m % 5 == 0; (*places)++) {
        *m /= 5;
        factor *= 2; /* 5^54 fills the machine, 2^54 does not */
    }
    return nvbi_mul128(*n, factor, n);
}

/* b is not zero. */
static bool machine_div(const nvb_num *a, const nvb_num *b, nvb_num *out)
{
    nvbi_uint128 divisor = nvbi_magnitude(b->n);
    nvb_int128 common = (nvb_int128)nvbi_gcd128(nvbi_magnitude(a->n), divisor);
    nvb_int128 n = b->n < 0 ? -(a->n / common) : a->n / common;
    int places = (int)a->scale - (int)b->scale;
    uint64_t d;
    divisor /= (nvbi_uint128)common;
    if (!take_out_tens(&n, &divisor, &places) || divisor > UINT64_MAX ||
        !nvbi_mul64(nvbi_denominator(a), (uint64_t)divisor, &d) ||
        !nvbi_mul128(n, (nvb_int128)nvbi_denominator(b), &n))
        return false;
    if (places < 0 && !times_pow10(n, (uint32_t)-places, &n))
        return false;
    if (places > NVBI_MACHINE_SCALE)
        return false;
    *out = (nvb_num){.n = n, .d = d, .scale = places < 0 ? 0 : (uint32_t)places};
    return true;
}

typedef bool machine_operation(const nvb_num *a, const nvb_num *b, nvb_num *out);
typedef nvb_num big_operation(nvb_calc *calc, const nvb_num *a, const nvb_num *b);

/* What happens once the straight way failed: again in lowest terms, else in MPFR. Kept apart, so
 * that the straight way stays short. */
static nvb_num the_long_way(nvb_calc *calc,
                            machine_operation *on_machine,
                            big_operation *on_big,
                            const nvb_num *a,
                            const nvb_num *b)
{
    if (nvbi_on_machine(calc, a) && nvbi_on_machine(calc, b)) {
        nvb_num out, low_a = nvbi_reduce(*a), low_b = nvbi_reduce(*b);
        if (on_machine(&low_a, &low_b, &out))
            return out;
    }
    return on_big(calc, a, b);
}

nvb_num nvb_num_add(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num out;
    if (nvbi_begin(calc, &a) && !b.big && machine_add(&a, &b, &out))
        return out;
    return the_long_way(calc, machine_add, nvbi_big_add, &a, &b);
}

nvb_num nvb_num_sub(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num out;
    if (nvbi_begin(calc, &a) && !b.big && machine_sub(&a, &b, &out))
        return out;
    return the_long_way(calc, machine_sub, nvbi_big_sub, &a, &b);
}

nvb_num nvb_num_mul(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num out;
    if (nvbi_begin(calc, &a) && !b.big && machine_mul(&a, &b, &out))
        return out;
    return the_long_way(calc, machine_mul, nvbi_big_mul, &a, &b);
}

nvb_num nvb_num_div(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num out;
    if (nvb_num_sign(b) == 0)
        return nvbi_calc_fail(calc, NVB_NUM_DIVISION);
    if (nvbi_begin(calc, &a) && !b.big && machine_div(&a, &b, &out))
        return out;
    return the_long_way(calc, machine_div, nvbi_big_div, &a, &b);
}

nvb_num nvb_num_neg(nvb_calc *calc, nvb_num a)
{
    nvb_num zero = NVBI_ZERO;
    if (!nvbi_on_machine(calc, &a))
        return nvbi_big_sub(calc, &zero, &a);
    a.n = -a.n;
    return a;
}

static bool machine_shift(const nvb_num *a, int places, nvb_num *out)
{
    *out = *a;
    out->d = nvbi_denominator(a);
    int64_t scale = (int64_t)a->scale - places;
    out->scale = scale < 0 ? 0 : (uint32_t)scale;
    if (scale > NVBI_MACHINE_SCALE)
        return false;
    return scale >= 0 || times_pow10(a->n, (uint32_t)-scale, &out->n);
}

nvb_num nvb_num_shift(nvb_calc *calc, nvb_num a, int places)
{
    nvb_num out;
    if (nvbi_begin(calc, &a)) {
        if (machine_shift(&a, places, &out))
            return out;
        nvb_num low = nvbi_reduce(a);
        if (machine_shift(&low, places, &out))
            return out;
    }
    return nvbi_big_shift(calc, &a, places);
}

int nvb_num_sign(nvb_num a)
{
    return a.big ? nvbi_big_sign(a.big) : (a.n > 0) - (a.n < 0);
}

int nvb_num_cmp(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num difference;
    if (nvbi_begin(calc, &a) && !b.big) {
        if (machine_sub(&a, &b, &difference))
            return (difference.n > 0) - (difference.n < 0);
        nvb_num low_a = nvbi_reduce(a), low_b = nvbi_reduce(b);
        if (machine_sub(&low_a, &low_b, &difference))
            return (difference.n > 0) - (difference.n < 0);
    }
    return nvbi_big_cmp(calc, &a, &b);
}
