/*
 * numint.c: see numint.h.
 *
 * MPFR keeps a significand whose top bit is set, and an exponent. For a whole number the exponent
 * is the number of bits, so precision is reckoned before each operation. Greatest common divisors
 * and decimal digits are taken from GMP's low-level functions on the significand itself: those work
 * in memory we give them, where the functions on mpz_t would allocate, and abort when memory is
 * out.
 */
#include "numint.h"

_Static_assert(sizeof(unsigned long) == 8 && GMP_NUMB_BITS == 64,
               "limbs and long words of 64 bits");

enum { LIMB = 64, TWO_LIMBS = 127 /* MPFR's quickest precision that holds a machine integer */ };

#define TEN_19 10000000000000000000UL

static size_t limbs_for(mpfr_prec_t bits)
{
    return ((size_t)bits + LIMB - 1) / LIMB;
}

/* What operations count for (nvb_calc_work): so much each, and more as they grow with the product
 * of two lengths, in limbs. Rough, but the same everywhere. */
enum { EACH = 8, EACH_GCD = 40, PER_MUL = 8, PER_DIV = 4, PER_GCD = 2 };

static void count(nvb_calc *calc, unsigned each, unsigned per, mpfr_prec_t a, mpfr_prec_t b)
{
    calc->work += each + (uint64_t)limbs_for(a) * limbs_for(b) / per;
}

static void *scratch(nvb_calc *calc, size_t size)
{
    void *piece = nvbi_arena_alloc(&calc->scratch, size);
    if (!piece)
        nvbi_calc_fail(calc, NVB_NUM_MEMORY);
    return piece;
}

/* A zero with room for `bits`. */
static mpfr_ptr fresh(nvb_calc *calc, mpfr_prec_t bits)
{
    mpfr_prec_t precision = bits < TWO_LIMBS ? TWO_LIMBS : bits;
    mpfr_ptr x = scratch(calc, sizeof *x);
    void *limbs = scratch(calc, limbs_for(precision) * sizeof(mp_limb_t));
    if (!x || !limbs)
        return NULL;
    mpfr_custom_init_set(x, MPFR_ZERO_KIND, 0, precision, limbs);
    return x;
}

/* An operation that rounded is a flaw in the reckoning of bits above it: better no figure than a
 * wrong one. */
static mpfr_srcptr exactly(nvb_calc *calc, mpfr_srcptr x, int ternary)
{
    if (ternary == 0)
        return x;
    nvbi_calc_fail(calc, NVB_NUM_DIGITS);
    return NULL;
}

mpfr_prec_t nvbi_int_bits(mpfr_srcptr a)
{
    return mpfr_zero_p(a) ? 1 : (mpfr_prec_t)mpfr_get_exp(a);
}

static mpfr_prec_t larger(mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_prec_t bits_a = nvbi_int_bits(a), bits_b = nvbi_int_bits(b);
    return bits_a > bits_b ? bits_a : bits_b;
}

mpfr_srcptr nvbi_int_of(nvb_calc *calc, nvb_int128 v)
{
    mpfr_ptr x = fresh(calc, TWO_LIMBS);
    if (!x || v == 0)
        return x;
    nvbi_uint128 magnitude = nvbi_magnitude(v);
    unsigned bits = nvbi_bits128(magnitude);
    mp_limb_t *limbs = mpfr_custom_get_significand(x);
    magnitude <<= 128 - bits;
    limbs[0] = (mp_limb_t)magnitude;
    limbs[1] = (mp_limb_t)(magnitude >> LIMB);
    int kind = v < 0 ? -(int)MPFR_REGULAR_KIND : (int)MPFR_REGULAR_KIND;
    mpfr_custom_init_set(x, kind, (mpfr_exp_t)bits, TWO_LIMBS, limbs);
    return x;
}

mpfr_srcptr nvbi_int_pow10(nvb_calc *calc, unsigned long exponent)
{
    if (exponent > NVBI_INT_POW10_MAX) {
        nvbi_calc_fail(calc, NVB_NUM_DIGITS);
        return NULL;
    }
    mpfr_ptr x = fresh(calc, (mpfr_prec_t)(exponent * 3322 / 1000 + 1));
    if (!x)
        return NULL;
    int ternary = mpfr_set_ui(x, (unsigned long)nvbi_pow10[exponent % 19], MPFR_RNDZ);
    calc->work += exponent / 19;
    for (unsigned long chunks = exponent / 19; chunks > 0 && ternary == 0; chunks--)
        ternary = mpfr_mul_ui(x, x, TEN_19, MPFR_RNDZ);
    return exactly(calc, x, ternary);
}

mpfr_srcptr nvbi_int_add(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_ptr x = a && b ? fresh(calc, larger(a, b) + 1) : NULL;
    calc->work += EACH;
    return x ? exactly(calc, x, mpfr_add(x, a, b, MPFR_RNDZ)) : NULL;
}

mpfr_srcptr nvbi_int_sub(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_ptr x = a && b ? fresh(calc, larger(a, b) + 1) : NULL;
    calc->work += EACH;
    return x ? exactly(calc, x, mpfr_sub(x, a, b, MPFR_RNDZ)) : NULL;
}

mpfr_srcptr nvbi_int_mul(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_ptr x = a && b ? fresh(calc, nvbi_int_bits(a) + nvbi_int_bits(b)) : NULL;
    if (x)
        count(calc, EACH, PER_MUL, nvbi_int_bits(a), nvbi_int_bits(b));
    return x ? exactly(calc, x, mpfr_mul(x, a, b, MPFR_RNDZ)) : NULL;
}

mpfr_srcptr nvbi_int_divide_exact(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_ptr x = a && b ? fresh(calc, nvbi_int_bits(a)) : NULL;
    if (x)
        count(calc, EACH, PER_DIV, nvbi_int_bits(a), nvbi_int_bits(b));
    return x ? exactly(calc, x, mpfr_div(x, a, b, MPFR_RNDZ)) : NULL;
}

/* The only operation that may drop bits: the quotient is cut to a whole number. The remainder is
 * exact, and its size and sign prove the quotient. */
mpfr_srcptr nvbi_int_divide(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b, mpfr_srcptr *remainder)
{
    *remainder = NULL;
    mpfr_ptr quotient = a && b ? fresh(calc, nvbi_int_bits(a) + 1) : NULL;
    if (!quotient)
        return NULL;
    count(calc, EACH, PER_DIV, nvbi_int_bits(a), nvbi_int_bits(b));
    mpfr_div(quotient, a, b, MPFR_RNDZ);
    mpfr_trunc(quotient, quotient);
    mpfr_srcptr rest = nvbi_int_sub(calc, a, nvbi_int_mul(calc, quotient, b));
    if (!rest)
        return NULL;
    bool proven = mpfr_cmpabs(rest, b) < 0 && mpfr_sgn(rest) * mpfr_sgn(a) >= 0;
    *remainder = rest;
    return exactly(calc, quotient, !proven);
}

static size_t significand_limbs(mpfr_srcptr a)
{
    return limbs_for(mpfr_get_prec(a));
}

/* How often 2 divides a, which is not zero. */
static mpfr_exp_t twos(mpfr_srcptr a)
{
    const mp_limb_t *limbs = mpfr_custom_get_significand(a);
    size_t low = 0;
    while (limbs[low] == 0)
        low++;
    mpfr_exp_t below = (mpfr_exp_t)(significand_limbs(a) * LIMB);
    mpfr_exp_t zeros = (mpfr_exp_t)(low * LIMB + nvbi_trailing_zeros(limbs[low]));
    return mpfr_get_exp(a) - below + zeros;
}

bool nvbi_int_odd(mpfr_srcptr a)
{
    return !mpfr_zero_p(a) && twos(a) == 0;
}

/* The limbs of |a| / 2^drop, least significant first and the last one not zero; 2^drop divides a.
 */
static mp_limb_t *whole_limbs(nvb_calc *calc, mpfr_srcptr a, mpfr_exp_t drop, mp_size_t *count)
{
    const mp_limb_t *from = mpfr_custom_get_significand(a);
    size_t have = significand_limbs(a), bits = (size_t)(mpfr_get_exp(a) - drop);
    size_t want = (bits + LIMB - 1) / LIMB, shift = want * LIMB - bits;
    mp_limb_t *to = scratch(calc, want * sizeof *to);
    if (!to)
        return NULL;
    /* The significand is flush with the top limb: align those, then move down to the units. */
    for (size_t i = 0; i < want; i++)
        to[want - 1 - i] = i < have ? from[have - 1 - i] : 0;
    if (shift > 0)
        mpn_rshift(to, to, (mp_size_t)want, (unsigned)shift);
    *count = (mp_size_t)want;
    return to;
}

/* The number of `count` limbs at `limbs` x 2^shift; the last limb is not zero. Takes the limbs
 * over. */
static mpfr_srcptr from_limbs(nvb_calc *calc, mp_limb_t *limbs, mp_size_t count, mpfr_exp_t shift)
{
    mpfr_ptr x = scratch(calc, sizeof *x);
    if (!x)
        return NULL;
    unsigned room = LIMB - nvbi_bits128(limbs[count - 1]);
    if (room > 0)
        mpn_lshift(limbs, limbs, count, room);
    mpfr_exp_t precision = (mpfr_exp_t)count * LIMB;
    mpfr_custom_init_set(x, MPFR_REGULAR_KIND, precision - (mpfr_exp_t)room + shift, precision,
                         limbs);
    return x;
}

mpfr_srcptr nvbi_int_gcd(nvb_calc *calc, mpfr_srcptr a, mpfr_srcptr b)
{
    if (!a || !b)
        return NULL;
    count(calc, EACH_GCD, PER_GCD, larger(a, b), larger(a, b));
    mpfr_exp_t twos_a = twos(a), twos_b = twos(b);
    mp_size_t count_a, count_b;
    mp_limb_t *odd_a = whole_limbs(calc, a, twos_a, &count_a);
    mp_limb_t *odd_b = whole_limbs(calc, b, twos_b, &count_b);
    if (!odd_a || !odd_b)
        return NULL;
    /* GMP wants the longer one first. */
    bool swap = count_a < count_b || (count_a == count_b && mpn_cmp(odd_a, odd_b, count_a) < 0);
    mp_limb_t *gcd = scratch(calc, (size_t)(swap ? count_a : count_b) * sizeof *gcd);
    if (!gcd)
        return NULL;
    mp_size_t count = swap ? mpn_gcd(gcd, odd_b, count_b, odd_a, count_a)
                           : mpn_gcd(gcd, odd_a, count_a, odd_b, count_b);
    return from_limbs(calc, gcd, count, twos_a < twos_b ? twos_a : twos_b);
}

bool nvbi_int_to128(mpfr_srcptr a, nvb_int128 *out)
{
    *out = 0;
    if (mpfr_zero_p(a))
        return true;
    mpfr_exp_t bits = mpfr_get_exp(a);
    if (bits > TWO_LIMBS)
        return false;
    const mp_limb_t *limbs = mpfr_custom_get_significand(a);
    size_t count = significand_limbs(a);
    nvbi_uint128 top = (nvbi_uint128)limbs[count - 1] << LIMB;
    if (count > 1)
        top |= limbs[count - 2];
    *out = nvbi_signed(top >> (128 - bits), mpfr_sgn(a) < 0);
    return true;
}

bool nvbi_int_within_limit(nvb_calc *calc, mpfr_srcptr a)
{
    /* 10^4096 has 13,607 bits: only then do the digits have to be looked at. */
    enum { LIMIT_BITS = 13607 };
    if (calc->is_long)
        return nvbi_int_bits(a) <= 4 * LIMIT_BITS;
    if (nvbi_int_bits(a) != LIMIT_BITS)
        return nvbi_int_bits(a) < LIMIT_BITS;
    mpfr_srcptr limit = nvbi_int_pow10(calc, NVB_MAX_DIGITS);
    return limit && mpfr_cmpabs(a, limit) < 0;
}

char *nvbi_int_digits(nvb_calc *calc, mpfr_srcptr a, size_t *count)
{
    size_t room = (size_t)nvbi_int_bits(a) * 302 / 1000 + LIMB;
    char *digits = scratch(calc, room);
    mp_size_t limb_count = 0;
    mp_limb_t *limbs = mpfr_zero_p(a) ? NULL : whole_limbs(calc, a, 0, &limb_count);
    if (!digits || (!limbs && !mpfr_zero_p(a)))
        return NULL;
    char *end = digits + room, *at = end;
    while (limb_count > 0) {
        mp_limb_t low = mpn_divrem_1(limbs, 0, limbs, limb_count, TEN_19);
        limb_count -= limbs[limb_count - 1] == 0;
        for (int i = 0; i < 19; i++, low /= 10)
            *--at = (char)('0' + low % 10);
    }
    if (mpfr_zero_p(a))
        *--at = '0';
    while (*at == '0' && at + 1 < end)
        at++;
    *count = (size_t)(end - at);
    return at;
}

size_t nvbi_int_limb_bytes(mpfr_srcptr a)
{
    return limbs_for(nvbi_int_bits(a)) * sizeof(mp_limb_t);
}

bool nvbi_int_copy(nvb_calc *calc, mpfr_ptr into, void *limbs, mpfr_srcptr a)
{
    mpfr_custom_init_set(into, MPFR_ZERO_KIND, 0, nvbi_int_bits(a), limbs);
    return exactly(calc, into, mpfr_set(into, a, MPFR_RNDZ)) != NULL;
}
