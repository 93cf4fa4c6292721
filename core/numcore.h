/*
 * numcore.h: what the files of the number module share about the machine form, and the calc itself.
 *
 * The machine form is n / (d x 10^scale) with |n| < 2^127, d coprime to 10 and scale at most
 * NVBI_MACHINE_SCALE. It need not be in lowest terms: reduction costs more than it saves until
 * something overflows. d = 0 reads as 1, so that a cleared struct is the number zero.
 *
 * The order is always: machine form, machine form after reduction, whole numbers in MPFR
 * (numbig.h). It knows nothing of MPFR.
 */
#ifndef NVB_CORE_NUMCORE_H
#define NVB_CORE_NUMCORE_H

#include "arena.h"
#include "checked.h"

enum {
    NVBI_MACHINE_SCALE = 60, /* three times the decimals of an input: further is for big values */
    NVBI_POW10_MAX = 38,     /* the last power of ten in 128 bits */
    NVBI_POW10_MAX64 = 19    /* and in 64 bits */
};

struct nvb_calc {
    nvbi_arena values;  /* digits of results; live until the calc is cleared */
    nvbi_arena scratch; /* digits within one operation; forgotten at the start of the next */
    bool mpfr_only;
    bool is_long; /* NVB_CALC_LONG */
    nvb_num_error error;
    uint64_t work; /* nvb_calc_work */
};

extern const nvb_int128 nvbi_pow10[NVBI_POW10_MAX + 1];

#define NVBI_ZERO ((nvb_num){.d = 1})

static inline uint64_t nvbi_denominator(const nvb_num *a)
{
    return a->d + (a->d == 0);
}

/* True when the machine form may be used. */
static inline bool nvbi_on_machine(const nvb_calc *calc, const nvb_num *a)
{
    return !a->big && !calc->mpfr_only;
}

/* Counts an operation; true when the machine form may be used for its first operand. */
static inline bool nvbi_begin(nvb_calc *calc, const nvb_num *a)
{
    calc->work++;
    return nvbi_on_machine(calc, a);
}

/* Remembers the first error and gives the zero that stands in for the result. */
nvb_num nvbi_calc_fail(nvb_calc *calc, nvb_num_error error);

nvbi_uint128 nvbi_gcd128(nvbi_uint128 a, nvbi_uint128 b);

/* The same value with d in lowest terms and no zeros at the end that the scale can do without. */
nvb_num nvbi_reduce(nvb_num a);

/* The whole number nearest to a x 10^decimals by `mode`; false when the machine is too narrow.
 * `exact` tells whether nothing was rounded away. Needs the machine form. */
bool nvbi_machine_coefficient(
    const nvb_num *a, unsigned decimals, nvb_mode mode, nvb_int128 *out, bool *exact);

/* Whether a truncated magnitude is one too small: what `mode` says about a figure whose remainder
 * lies under (-1), on (0) or over (1) the half; asked only when there is a remainder. */
bool nvbi_rounds_away(nvb_mode mode, bool negative, bool odd, int half);

#endif
