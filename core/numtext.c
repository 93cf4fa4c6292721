/*
 * numtext.c: see numtext.h. Numbers that fit 64 bits are written two digits at a time with nothing
 * but divisions by constants; wider ones by way of a string of digits. It reads nothing
 * (numparse.c).
 */
#include "numtext.h"

#include "append.h"
#include "numbig.h"

enum {
    LONGEST_SHORT = 23, /* sign, 20 digits, point and a leading zero */
    LONGEST_WIDE = 40   /* digits of 2^128 */
};

static const char pairs[] = "0001020304050607080910111213141516171819"
                            "2021222324252627282930313233343536373839"
                            "4041424344454647484950515253545556575859"
                            "6061626364656667686970717273747576777879"
                            "8081828384858687888990919293949596979899";

/* The last `width` digits of *v, ending before `end`; *v keeps the rest. Returns where they start.
 */
static char *put_digits(char *end, uint64_t *v, unsigned width)
{
    for (; width >= 2; width -= 2) {
        end -= 2;
        memcpy(end, pairs + *v % 100 * 2, 2);
        *v /= 100;
    }
    if (width > 0) {
        *--end = (char)('0' + *v % 10);
        *v /= 10;
    }
    return end;
}

/* All digits of v, at least one. */
static char *put_all_digits(char *end, uint64_t v)
{
    while (v >= 100)
        end = put_digits(end, &v, 2);
    return put_digits(end, &v, v >= 10 ? 2 : 1);
}

/* How many digits v has; 1 for zero. */
static unsigned count_digits(uint64_t v)
{
    unsigned n = 1;
    for (; v >= 10000; v /= 10000)
        n += 4;
    return n + (v >= 10) + (v >= 100) + (v >= 1000);
}

/* magnitude / 10^scale, scale at most 20: straight into the place it takes. */
static void
write_short(nvb_buffer *out, bool negative, uint64_t magnitude, unsigned scale, bool trim)
{
    char *at = nvbi_room(out, LONGEST_SHORT);
    if (!at)
        return;
    while (trim && scale > 0 && magnitude % 10 == 0) {
        magnitude /= 10;
        scale--;
    }
    unsigned digits = count_digits(magnitude), whole = digits > scale ? digits - scale : 1;
    *at = '-';
    at += negative + whole;
    nvbi_wrote(out, scale ? at + 1 + scale : at);
    if (scale) {
        *at = '.';
        put_digits(at + 1 + scale, &magnitude, scale);
    }
    put_digits(at, &magnitude, whole);
}

/* A coefficient given as digits, without zeros in front, / 10^scale. */
static void write_digits(
    nvb_buffer *out, bool negative, const char *digits, size_t count, size_t scale, bool trim)
{
    if (trim && count == 1 && digits[0] == '0')
        scale = 0;
    while (trim && scale > 0 && digits[count - 1] == '0') {
        count--;
        scale--;
    }
    size_t whole = count > scale ? count - scale : 0;
    if (negative)
        nvb_buffer_byte(out, '-');
    if (whole > 0)
        nvb_buffer_bytes(out, digits, whole);
    else
        nvb_buffer_byte(out, '0');
    if (scale == 0)
        return;
    nvb_buffer_byte(out, '.');
    nvb_buffer_repeat(out, '0', scale - (count - whole));
    nvb_buffer_bytes(out, digits + whole, count - whole);
}

/* magnitude / 10^scale, magnitude under 10^19 x 2^64. */
static void
write_machine(nvb_buffer *out, bool negative, nvbi_uint128 magnitude, unsigned scale, bool trim)
{
    if (magnitude <= UINT64_MAX && scale <= NVB_SHOWN_DECIMALS) {
        write_short(out, negative, (uint64_t)magnitude, scale, trim);
        return;
    }
    nvbi_uint128 split = (nvbi_uint128)nvbi_pow10[NVBI_POW10_MAX64];
    uint64_t high = (uint64_t)(magnitude / split), low = (uint64_t)(magnitude % split);
    char digits[LONGEST_WIDE], *end = digits + sizeof digits;
    char *at = high == 0 ? put_all_digits(end, low)
                         : put_all_digits(put_digits(end, &low, NVBI_POW10_MAX64), high);
    write_digits(out, negative, at, (size_t)(end - at), scale, trim);
}

/* Without memory there are no digits, and half a number must not pass for a whole one. */
static bool
write_big(nvb_calc *calc, nvb_buffer *out, mpfr_srcptr coefficient, unsigned scale, bool trim)
{
    size_t count;
    const char *digits = coefficient ? nvbi_int_digits(calc, coefficient, &count) : NULL;
    if (!digits) {
        out->failed = true;
        return false;
    }
    write_digits(out, mpfr_sgn(coefficient) < 0, digits, count, scale, trim);
    return true;
}

/* False when the machine is too narrow; nothing is written then. */
static bool
append_machine(nvb_buffer *out, const nvb_num *a, unsigned decimals, bool trim, bool *exact)
{
    nvb_int128 coefficient = a->n;
    unsigned scale = a->scale;
    *exact = true;
    if (!trim || a->d > 1 || scale > decimals) {
        if (!nvbi_machine_coefficient(a, decimals, NVB_ARITHMETIC, &coefficient, exact))
            return false;
        scale = decimals;
    }
    write_machine(out, coefficient < 0, nvbi_magnitude(coefficient), scale, trim);
    return true;
}

static bool append(nvb_calc *calc, nvb_buffer *out, const nvb_num *a, unsigned decimals, bool trim)
{
    bool exact;
    if (nvbi_on_machine(calc, a)) {
        if (append_machine(out, a, decimals, trim, &exact))
            return exact;
        nvb_num low = nvbi_reduce(*a);
        if (append_machine(out, &low, decimals, trim, &exact))
            return exact;
    }
    mpfr_srcptr coefficient = nvbi_big_coefficient(calc, a, decimals, NVB_ARITHMETIC, &exact);
    return write_big(calc, out, coefficient, decimals, trim) && exact;
}

bool nvbi_num_append(nvb_calc *calc, nvb_buffer *out, nvb_num a)
{
    /* Nearly all figures are decimals of less than twenty digits. */
    if (a.d <= 1 && a.scale <= NVB_SHOWN_DECIMALS && a.n == (int64_t)a.n &&
        nvbi_on_machine(calc, &a)) {
        write_short(out, a.n < 0, (uint64_t)nvbi_magnitude(a.n), a.scale, true);
        return true;
    }
    return append(calc, out, &a, NVB_SHOWN_DECIMALS, true);
}

bool nvbi_num_append_fixed(nvb_calc *calc, nvb_buffer *out, nvb_num a, unsigned decimals)
{
    return append(calc, out, &a, decimals, false);
}

void nvbi_num_append_fraction(nvb_calc *calc, nvb_buffer *out, nvb_num a)
{
    if (nvbi_on_machine(calc, &a)) {
        nvb_num low = nvbi_reduce(a);
        if (low.scale <= NVBI_POW10_MAX64) {
            nvbi_uint128 num = nvbi_magnitude(low.n);
            nvbi_uint128 den = (nvbi_uint128)nvbi_pow10[low.scale] * low.d;
            nvbi_uint128 common = nvbi_gcd128(num, den);
            write_machine(out, low.n < 0, num / common, 0, false);
            nvb_buffer_byte(out, '/');
            write_machine(out, false, den / common, 0, false);
            return;
        }
    }
    nvbi_big_begin(calc);
    nvbi_ratio lowest = nvbi_big_lowest(calc, nvbi_big_load(calc, &a));
    if (!write_big(calc, out, lowest.num, 0, false))
        return;
    nvb_buffer_byte(out, '/');
    write_big(calc, out, lowest.den, 0, false);
}
