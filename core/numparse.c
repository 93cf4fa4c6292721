/*
 * numparse.c: text to number, strictly as model section 1 writes numbers. A wrong text gets the
 * reason a person can act on; where more than one applies, the first character that does not belong
 * decides, and length comes last. It knows no exponents, separators or locale, and no JSON.
 */
#include "numcore.h"

/* `-?digits[.digits]` as found. */
typedef struct found {
    const char *first; /* the first digit */
    size_t whole, decimals;
    uint64_t value; /* of all digits, when they are at most 19 */
    bool negative;
} found;

static nvb_num_syntax complaint(char c, bool after_digits)
{
    if (c == ',')
        return NVB_SYNTAX_COMMA;
    if (c == '+')
        return NVB_SYNTAX_PLUS;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return NVB_SYNTAX_SPACE;
    if ((c == 'e' || c == 'E') && after_digits)
        return NVB_SYNTAX_EXPONENT;
    return NVB_SYNTAX_OTHER;
}

/* Adds digits to *value (modulo 2^64) and returns the first character that is none. */
static inline const char *take_digits(const char *at, const char *end, uint64_t *value)
{
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        *value = *value * 10 + (uint64_t)(*at - '0');
    return at;
}

static inline nvb_num_syntax find(nvb_text s, found *out)
{
    *out = (found){0};
    if (s.n == 0)
        return NVB_SYNTAX_EMPTY;
    const char *at = s.s, *end = s.s + s.n;
    out->negative = *at == '-';
    at += out->negative;
    out->first = at;
    at = take_digits(at, end, &out->value);
    out->whole = (size_t)(at - out->first);
    if (out->whole > 0 && at < end && *at == '.') {
        const char *point = at;
        at = take_digits(at + 1, end, &out->value);
        out->decimals = (size_t)(at - point - 1);
        if (out->decimals == 0 && at == end)
            return NVB_SYNTAX_OTHER;
    }
    if (at < end)
        return complaint(*at, out->whole > 0);
    if (out->whole == 0)
        return NVB_SYNTAX_OTHER;
    if (out->whole + out->decimals > NVB_MAX_INPUT_DIGITS || out->decimals > NVB_MAX_INPUT_DECIMALS)
        return NVB_SYNTAX_TOO_LONG;
    return NVB_SYNTAX_OK;
}

/* 20 to 40 digits: the last 19 and, in front of those, at most 21 more. */
static nvb_num long_number(nvb_calc *calc, const found *f)
{
    size_t count = f->whole + f->decimals, before = count - NVBI_POW10_MAX64;
    nvb_int128 head = 0, tail = 0;
    const char *at = f->first;
    for (size_t i = 0; i < count; i++, at++) {
        at += *at == '.';
        nvb_int128 *part = i < before ? &head : &tail;
        *part = *part * 10 + (*at - '0');
    }
    nvb_num high = {.n = f->negative ? -head : head, .d = 1};
    nvb_num low = {.n = f->negative ? -tail : tail, .d = 1};
    nvb_num whole = nvb_num_add(calc, nvb_num_shift(calc, high, NVBI_POW10_MAX64), low);
    return nvb_num_shift(calc, whole, -(int)f->decimals);
}

static inline nvb_num number(nvb_calc *calc, const found *f)
{
    if (f->whole + f->decimals > NVBI_POW10_MAX64)
        return long_number(calc, f);
    nvb_int128 n = f->negative ? -(nvb_int128)f->value : (nvb_int128)f->value;
    nvb_num out = {.n = n, .d = 1, .scale = (uint32_t)f->decimals};
    return calc->mpfr_only ? nvb_num_shift(calc, out, 0) : out;
}

nvb_num_syntax nvb_num_parse(nvb_calc *calc, nvb_num *out, nvb_text s)
{
    found f;
    nvb_num_syntax why = find(s, &f);
    *out = why == NVB_SYNTAX_OK ? number(calc, &f) : NVBI_ZERO;
    return why;
}

nvb_num_syntax nvb_num_parse_percent(nvb_calc *calc, nvb_num *out, nvb_text s)
{
    bool marked = s.n > 0 && s.s[s.n - 1] == '%';
    s.n -= marked;
    nvb_num_syntax why = nvb_num_parse(calc, out, s);
    *out = nvb_num_shift(calc, *out, -2);
    return marked && why == NVB_SYNTAX_EMPTY ? NVB_SYNTAX_OTHER : why; /* a sign without a number */
}

nvb_num_syntax nvb_num_parse_fraction(nvb_calc *calc, nvb_num *out, nvb_text s)
{
    *out = NVBI_ZERO;
    found top, bottom;
    const char *slash = s.n > 0 ? memchr(s.s, '/', s.n) : NULL;
    if (!slash) {
        nvb_num_syntax why = find(s, &top);
        return why == NVB_SYNTAX_OK ? NVB_SYNTAX_OTHER : why;
    }
    size_t before = (size_t)(slash - s.s);
    nvb_num_syntax why_top = find((nvb_text){s.s, before}, &top);
    nvb_num_syntax why_bottom = find((nvb_text){slash + 1, s.n - before - 1}, &bottom);
    nvb_num_syntax why = why_top != NVB_SYNTAX_OK ? why_top : why_bottom;
    if (why != NVB_SYNTAX_OK)
        return why == NVB_SYNTAX_EMPTY ? NVB_SYNTAX_OTHER : why;
    if (top.decimals > 0 || bottom.decimals > 0 || bottom.negative)
        return NVB_SYNTAX_OTHER;
    nvb_num divisor = number(calc, &bottom);
    if (nvb_num_sign(divisor) == 0)
        return NVB_SYNTAX_ZERO_DENOMINATOR;
    *out = nvb_num_div(calc, number(calc, &top), divisor);
    return NVB_SYNTAX_OK;
}
