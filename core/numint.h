/*
 * numint.h: whole numbers of any length, held by MPFR.
 *
 * Every result is made with as many bits as it can need and lives in the scratch arena of the calc;
 * the ternary value of every operation must be zero. MPFR never allocates for a result.
 *
 * NULL in gives NULL out, and the cause is then in the calc: callers chain operations and test the
 * last one. It knows no denominators (numbig.h) and does not hold numbers to the limit of digits by
 * itself.
 */
#ifndef NVB_CORE_NUMINT_H
#define NVB_CORE_NUMINT_H

#include <mpfr.h>

#include "numcore.h"

/* The largest power of ten anything here asks for. 2^13606 is the largest power of two within the
 * limit of digits, so a fraction that ends at all ends within as many decimals. */
enum { NVBI_INT_POW10_MAX = 13607 };

mpfr_srcptr nvbi_int_of(nvb_calc *calc, nvb_int128 v);
mpfr_srcptr nvbi_int_pow10(nvb_calc *calc, unsigned long exponent);
mpfr_srcptr nvbi_int_add(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b);
mpfr_srcptr nvbi_int_sub(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b);
mpfr_srcptr nvbi_int_mul(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b);
/* b divides a; anything else is caught by the ternary value. */
mpfr_srcptr nvbi_int_divide_exact(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b);
/* Truncated towards zero; the remainder has the sign of a. b is not zero. */
mpfr_srcptr nvbi_int_divide(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b, mpfr_srcptr *remainder);
/* Neither is zero; the result is positive. */
mpfr_srcptr nvbi_int_gcd(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b);

/* The bits of the magnitude, at least 1. */
mpfr_prec_t nvbi_int_bits(mpfr_srcptr a);
bool nvbi_int_odd(mpfr_srcptr a);
/* False when the magnitude is over 2^127 - 1. */
bool nvbi_int_to128(mpfr_srcptr a, nvb_int128 *out);
/* True when a has at most NVB_MAX_DIGITS digits. */
bool nvbi_int_within_limit(nvb_calc *calc, mpfr_srcptr a);
/* The decimal digits of the magnitude, '0' to '9', no NUL, in the scratch arena; NULL when memory
 * is out. */
char *nvbi_int_digits(nvb_calc *calc, mpfr_srcptr a, size_t *count);

/* A copy of `a` in `*into`, digits in `limbs` (nvbi_int_limb_bytes of room). */
size_t nvbi_int_limb_bytes(mpfr_srcptr a);
bool nvbi_int_copy(nvb_calc *calc, mpfr_ptr into, void *limbs, mpfr_srcptr a);

#endif
