/*
 * checked.h: machine integers of 128 bits that notice when they overflow.
 *
 * The one place with compiler builtins. The range is symmetric, -(2^127 - 1) to 2^127 - 1, so that
 * every value has a negative and a magnitude. Each function returns false, and leaves `*out` alone
 * or meaningless, when the result does not fit.
 *
 * Multiplication is written out: the builtin for 128 bits calls a runtime function that clang's
 * library has and GCC's has not, and most factors here fit 64 bits anyway.
 */
#ifndef NVB_CORE_CHECKED_H
#define NVB_CORE_CHECKED_H

#include "navolgbaar/number.h"

__extension__ typedef unsigned __int128 nvbi_uint128;

#define NVBI_INT128_MAX ((nvb_int128)(~(nvbi_uint128)0 >> 1))

static inline nvbi_uint128 nvbi_magnitude(nvb_int128 a)
{
    return a < 0 ? -(nvbi_uint128)a : (nvbi_uint128)a;
}

/* The magnitude must be at most 2^127 - 1. */
static inline nvb_int128 nvbi_signed(nvbi_uint128 magnitude, bool negative)
{
    return negative ? -(nvb_int128)magnitude : (nvb_int128)magnitude;
}

static inline bool nvbi_add128(nvb_int128 a, nvb_int128 b, nvb_int128 *out)
{
    return !__builtin_add_overflow(a, b, out) && *out >= -NVBI_INT128_MAX;
}

static inline bool nvbi_mul64(uint64_t a, uint64_t b, uint64_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

static inline bool nvbi_mul128_magnitudes(nvbi_uint128 a, nvbi_uint128 b, nvbi_uint128 *out)
{
    uint64_t a_high = (uint64_t)(a >> 64), b_high = (uint64_t)(b >> 64);
    if (a_high != 0 && b_high != 0)
        return false;
    /* At most one of the two cross products is not zero. */
    nvbi_uint128 cross = (nvbi_uint128)a_high * (uint64_t)b + (nvbi_uint128)b_high * (uint64_t)a;
    if (cross >> 63 != 0)
        return false;
    nvbi_uint128 low = (nvbi_uint128)(uint64_t)a * (uint64_t)b;
    return !__builtin_add_overflow(cross << 64, low, out) && *out >> 127 == 0;
}

static inline bool nvbi_mul128(nvb_int128 a, nvb_int128 b, nvb_int128 *out)
{
    if (a == (int64_t)a && b == (int64_t)b) {
        *out = (nvb_int128)(int64_t)a * (int64_t)b;
        return true;
    }
    nvbi_uint128 product;
    if (!nvbi_mul128_magnitudes(nvbi_magnitude(a), nvbi_magnitude(b), &product))
        return false;
    *out = nvbi_signed(product, (a < 0) != (b < 0));
    return true;
}

/* The number of zero bits at the low end; a is not zero. */
static inline unsigned nvbi_trailing_zeros(uint64_t a)
{
    return (unsigned)__builtin_ctzll(a);
}

/* The number of bits needed; 0 for 0. */
static inline unsigned nvbi_bits128(nvbi_uint128 a)
{
    uint64_t high = (uint64_t)(a >> 64), low = (uint64_t)a;
    if (high != 0)
        return 128U - (unsigned)__builtin_clzll(high);
    return low != 0 ? 64U - (unsigned)__builtin_clzll(low) : 0U;
}

#endif
