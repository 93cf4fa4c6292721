/*
 * numround.c: the only places where a figure is rounded: division by the denominator and rounding
 * in one step, on the signed figure.
 *
 * It does not decide what is rounded: documents declare that.
 */
#include "numbig.h"

bool nvbi_rounds_away(nvb_mode mode, bool negative, bool odd, int half)
{
    switch (mode) {
    case NVB_ARITHMETIC:
        return half >= 0;
    case NVB_HALF_EVEN:
        return half > 0 || (half == 0 && odd);
    case NVB_UP:
        return !negative;
    case NVB_DOWN:
        return negative;
    case NVB_FROM_ZERO:
        return true;
    case NVB_TO_ZERO:
    case NVB_MODE_COUNT:
        return false;
    }
    return false;
}

/* A magnitude divided, before rounding. A divisor of 0 stands for one over 2^128: no remainder of
 * the machine is half of it. */
typedef struct division {
    nvbi_uint128 quotient, rest, divisor;
} division;

static inline division divide(nvbi_uint128 magnitude, nvbi_uint128 divisor)
{
    if (magnitude <= UINT64_MAX && divisor <= UINT64_MAX) {
        uint64_t m = (uint64_t)magnitude, d = (uint64_t)divisor;
        return (division){m / d, m % d, d};
    }
    nvbi_uint128 quotient = magnitude / divisor;
    return (division){quotient, magnitude - quotient * divisor, divisor};
}

/* magnitude x 10^places / d by long division, 19 digits at a time, so that the product is never
 * formed. */
static bool long_division(nvbi_uint128 magnitude, uint64_t d, unsigned places, division *out)
{
    *out = divide(magnitude, d);
    while (places > 0) {
        unsigned step = places < NVBI_POW10_MAX64 ? places : NVBI_POW10_MAX64;
        nvbi_uint128 power = (nvbi_uint128)nvbi_pow10[step];
        division next = divide(out->rest * power, d);
        if (!nvbi_mul128_magnitudes(out->quotient, power, &out->quotient))
            return false;
        out->quotient += next.quotient;
        out->rest = next.rest;
        places -= step;
    }
    return true;
}

/* magnitude / (d x 10^places) */
static bool short_division(nvbi_uint128 magnitude, uint64_t d, unsigned places, division *out)
{
    if (d == 1 && places > NVBI_POW10_MAX) {
        *out = (division){0, magnitude, 0};
        return true;
    }
    if (d > 1 && places > NVBI_POW10_MAX64)
        return false;
    *out = divide(magnitude, (nvbi_uint128)nvbi_pow10[places] * d);
    return true;
}

static inline int against_half(const division *q)
{
    nvbi_uint128 other = q->divisor - q->rest; /* twice the rest might not fit */
    return q->divisor == 0 ? -1 : (q->rest > other) - (q->rest < other);
}

bool nvbi_machine_coefficient(
    const nvb_num *a, unsigned decimals, nvb_mode mode, nvb_int128 *out, bool *exact)
{
    uint64_t d = nvbi_denominator(a);
    nvbi_uint128 magnitude = nvbi_magnitude(a->n);
    division q;
    if (d == 1 && a->scale <= decimals) {
        *exact = true;
        return decimals - a->scale <= NVBI_POW10_MAX &&
               nvbi_mul128(a->n, nvbi_pow10[decimals - a->scale], out);
    }
    bool fits = a->scale <= decimals ? long_division(magnitude, d, decimals - a->scale, &q)
                                     : short_division(magnitude, d, a->scale - decimals, &q);
    if (!fits)
        return false;
    *exact = q.rest == 0;
    if (!*exact && nvbi_rounds_away(mode, a->n < 0, q.quotient % 2 != 0, against_half(&q)))
        q.quotient++;
    if (q.quotient >> 127 != 0)
        return false;
    *out = nvbi_signed(q.quotient, a->n < 0);
    return true;
}

nvb_num nvb_num_round(nvb_calc *calc, nvb_num a, unsigned decimals, nvb_mode mode)
{
    bool exact;
    if (nvbi_begin(calc, &a)) {
        if (a.d <= 1 && a.scale <= decimals)
            return a;
        nvb_num out = {.d = 1, .scale = decimals};
        if (decimals <= NVBI_MACHINE_SCALE &&
            nvbi_machine_coefficient(&a, decimals, mode, &out.n, &exact))
            return out;
    }
    mpfr_srcptr coefficient = nvbi_big_coefficient(calc, &a, decimals, mode, &exact);
    mpfr_srcptr power = nvbi_int_pow10(calc, decimals);
    return nvbi_big_finish(calc, (nvbi_ratio){coefficient, power});
}

static bool machine_terminates(const nvb_num *a, unsigned decimals)
{
    nvbi_uint128 magnitude = nvbi_magnitude(a->n);
    uint64_t d = nvbi_denominator(a);
    if (d > 1) {
        if (magnitude % d != 0)
            return false;
        magnitude /= d;
    }
    if (a->scale <= decimals || magnitude == 0)
        return true;
    uint32_t zeros = a->scale - decimals;
    return zeros <= NVBI_POW10_MAX && magnitude % (nvbi_uint128)nvbi_pow10[zeros] == 0;
}

bool nvb_num_terminates(nvb_calc *calc, nvb_num a, unsigned decimals)
{
    if (nvbi_begin(calc, &a))
        return machine_terminates(&a, decimals);
    /* No denominator under the limit needs more: 2^13606 is the largest power of two below 10^4096.
     */
    unsigned enough = decimals < NVBI_INT_POW10_MAX ? decimals : NVBI_INT_POW10_MAX;
    bool exact;
    return nvbi_big_coefficient(calc, &a, enough, NVB_TO_ZERO, &exact) && exact;
}
