/*
 * numbig.h: the exact path: fractions of two whole numbers in MPFR, used when the machine is too
 * narrow or when the calc is told to use nothing else.
 *
 * Operands may have either form. The denominator of a stored value is positive and neither side has
 * more than NVB_MAX_DIGITS digits; it is in lowest terms unless both sides are long. A result that
 * was brought to lowest terms and fits the machine form again is given in it, unless the calc is
 * MPFR-only. It does not decide when it is called (num.c) nor how text looks.
 */
#ifndef NVB_CORE_NUMBIG_H
#define NVB_CORE_NUMBIG_H

#include "numint.h"

struct nvbi_big {
    mpfr_t num, den;
};

/* A value while it is worked on; both sides are NULL when memory is out. */
typedef struct nvbi_ratio {
    mpfr_srcptr num, den;
} nvbi_ratio;

nvb_num nvbi_big_add(nvb_calc *calc, const nvb_num *a, const nvb_num *b);
nvb_num nvbi_big_sub(nvb_calc *calc, const nvb_num *a, const nvb_num *b);
nvb_num nvbi_big_mul(nvb_calc *calc, const nvb_num *a, const nvb_num *b);
nvb_num nvbi_big_div(nvb_calc *calc, const nvb_num *a, const nvb_num *b);
nvb_num nvbi_big_shift(nvb_calc *calc, const nvb_num *a, int places);
int nvbi_big_cmp(nvb_calc *calc, const nvb_num *a, const nvb_num *b);
int nvbi_big_sign(const struct nvbi_big *a);

/* Forgets the scratch of the operation before: the first thing every operation here does. */
void nvbi_big_begin(nvb_calc *calc);
nvbi_ratio nvbi_big_load(nvb_calc *calc, const nvb_num *a);
/* In lowest terms, denominator positive; it must not be zero. */
nvbi_ratio nvbi_big_lowest(nvb_calc *calc, nvbi_ratio r);
/* The number for a ratio: lowest terms where that pays, limit of digits (in lowest terms), machine
 * form if it fits. */
nvb_num nvbi_big_finish(nvb_calc *calc, nvbi_ratio r);
/* The whole number nearest to a x 10^decimals by `mode`, as nvbi_machine_coefficient; NULL on
 * trouble. */
mpfr_srcptr nvbi_big_coefficient(
    nvb_calc *calc, const nvb_num *a, unsigned decimals, nvb_mode mode, bool *exact);

#endif
