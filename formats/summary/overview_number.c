/* overview_number.c: see overview_number.h. */
#include "overview_number.h"

enum { AT_ONCE = 18 }; /* digits that the number module takes in one go, with room to spare */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_of(nvb_text t)
{
    size_t n = 0;
    while (n < t.n && is_digit(t.s[n]))
        n++;
    return n;
}

/* `value` followed by these digits. */
static bool append_digits(nvb_calc *calc, nvb_text t, nvb_num *value)
{
    for (size_t at = 0; at < t.n; at += AT_ONCE) {
        size_t n = t.n - at < AT_ONCE ? t.n - at : AT_ONCE;
        nvb_num more;
        if (nvb_num_parse(calc, &more, (nvb_text){t.s + at, n}) != NVB_SYNTAX_OK)
            return false;
        *value = nvb_num_add(calc, nvb_num_shift(calc, *value, (int)n), more);
    }
    return true;
}

bool nvbi_overview_number(nvb_calc *calc, nvb_text t, nvb_num *out)
{
    bool negative = t.n > 0 && t.s[0] == '-';
    *out = nvb_num_int(0);
    if (t.n > (size_t)NVB_MAX_DIGITS * 8)
        return false;
    t = (nvb_text){t.s + negative, t.n - negative};
    size_t whole = digits_of(t);
    if (whole == 0 || !append_digits(calc, (nvb_text){t.s, whole}, out))
        return false;
    char mark = whole < t.n ? t.s[whole] : '\0';
    t = (nvb_text){t.s + whole, t.n - whole};
    if (t.n) {
        nvb_text rest = {t.s + 1, t.n - 1};
        nvb_num divisor = nvb_num_int(0);
        if ((mark != '.' && mark != '/') || rest.n == 0 || digits_of(rest) != rest.n)
            return false;
        if (!append_digits(calc, rest, mark == '.' ? out : &divisor) ||
            (mark == '/' && nvb_num_sign(divisor) == 0))
            return false;
        *out = mark == '.' ? nvb_num_shift(calc, *out, -(int)rest.n)
                           : nvb_num_div(calc, *out, divisor);
    }
    if (negative)
        *out = nvb_num_neg(calc, *out);
    return true;
}
