/*
 * wording_number.c: numbers as people of a language write them. See wording.h.
 *
 * The digits come from core (numtext.h) in machine form, "-1234.5"; here they get a decimal mark,
 * thousands marks, a real minus sign and a unit. Where a digit is dropped, "≈" says so.
 */
#include "wording_number.h"

#include "core/append.h"
#include "core/numtext.h"

enum {
    PEOPLE_DECIMALS = 10, /* more says nothing to a reader */
    FRACTION_SIDE = 9,    /* digits of a numerator or denominator one still takes in */
    FRACTION_BOTH = 12
};

#define MINUS      "\xE2\x88\x92"
#define EURO       "\xE2\x82\xAC"
#define EURO_APART EURO " "
#define ABOUT      "\xE2\x89\x88 "

static char decimal_mark(nvb_lang lang)
{
    return lang == NVB_EN ? '.' : ',';
}

static char thousands_mark(nvb_lang lang)
{
    return lang == NVB_EN ? ',' : '.';
}

/* Moves `whole` digits that end before `from` to end before `to`, a mark between every three. */
static void spread_thousands(char *to, const char *from, size_t whole, char mark)
{
    for (size_t i = 0; i < whole; i++) {
        if (i && i % 3 == 0)
            *--to = mark;
        *--to = *--from;
    }
}

/* The machine form at the end of a buffer. */
typedef struct machine {
    size_t from;          /* where it starts */
    size_t whole, places; /* digits before and after the point */
    bool negative;
} machine;

static machine look_at(const nvb_buffer *out, size_t from)
{
    machine m = {.from = from, .negative = out->s[from] == '-'};
    const char *digits = out->s + from + m.negative;
    size_t all = out->n - from - m.negative;
    while (m.whole < all && digits[m.whole] != '.')
        m.whole++;
    m.places = m.whole < all ? all - m.whole - 1 : 0;
    return m;
}

/* Moves the digits to where marks, a minus and places of zero leave them room. Everything moves to
 * the right, so the work goes from the end. */
static void spread(nvb_buffer *out, machine m, unsigned decimals, nvb_lang lang)
{
    size_t pad = m.places < decimals ? decimals - m.places : 0;
    size_t minus = m.negative ? sizeof MINUS - 1 : 0, places = m.places + pad;
    size_t length = minus + m.whole + (m.whole - 1) / 3 + (places ? 1 + places : 0);
    if (!nvb_buffer_reserve(out, length))
        return;
    char *digits = out->s + m.from + m.negative;
    char *end = out->s + m.from + length - pad;
    memset(end, '0', pad);
    end -= m.places;
    memmove(end, digits + m.whole + 1, m.places);
    if (places)
        *--end = decimal_mark(lang);
    spread_thousands(end, digits + m.whole, m.whole, thousands_mark(lang));
    memcpy(out->s + m.from, MINUS, minus);
    nvbi_wrote(out, out->s + m.from + length);
}

/* Turns the machine form into that of the language, with at least `decimals` places. */
static void localise(nvb_buffer *out, machine m, unsigned decimals, nvb_lang lang)
{
    if (m.negative || m.whole > 3 || m.places < decimals)
        spread(out, m, decimals, lang);
    else if (m.places)
        out->s[m.from + m.whole] = decimal_mark(lang);
}

static void put_euro(nvb_buffer *out, nvb_lang lang)
{
    if (lang == NVB_EN)
        NVBI_ADD(out, EURO);
    else
        NVBI_ADD(out, EURO_APART);
}

/* The minus comes before the euro sign and what parts it from the digits. */
static void order_signs(nvb_buffer *out, size_t from, nvb_lang lang)
{
    const char *euro = lang == NVB_EN ? EURO : EURO_APART;
    size_t n = strlen(euro), minus = sizeof MINUS - 1;
    if (out->failed || out->n - from < n + minus || memcmp(out->s + from + n, MINUS, minus) != 0)
        return;
    memcpy(out->s + from, MINUS, minus);
    memcpy(out->s + from + minus, euro, n);
}

typedef struct style {
    bool euro, percent;
    unsigned decimals; /* at least so many */
    unsigned most;     /* more places than this are not written out */
} style;

/* A percentage has two decimals, as indices are published: 6,30%, 6,00%; a whole one of ten or more
 * goes without: 90%, 100%. */
static unsigned percent_decimals(machine m)
{
    return m.places == 0 && m.whole > 1 ? 0 : 2;
}

/* Writes all digits if there are no more places than the style takes; otherwise nothing, and
 * returns false. */
static bool put_exact(nvb_buffer *out, nvb_calc *calc, nvb_num value, style s, nvb_lang lang)
{
    size_t start = out->n;
    if (s.euro)
        put_euro(out, lang);
    size_t from = out->n;
    bool exact = nvbi_num_append(calc, out, value);
    if (out->failed)
        return true;
    machine m = look_at(out, from);
    if (!exact || m.places > s.most) {
        nvb_buffer_cut(out, start);
        return false;
    }
    localise(out, m, s.percent ? percent_decimals(m) : s.decimals, lang);
    if (s.euro && m.negative)
        order_signs(out, start, lang);
    return true;
}

static void put_about(nvb_buffer *out, nvb_calc *calc, nvb_num value, bool euro, nvb_lang lang)
{
    NVBI_ADD(out, ABOUT);
    size_t start = out->n;
    if (euro)
        put_euro(out, lang);
    size_t from = out->n;
    nvbi_num_append_fixed(calc, out, value, PEOPLE_DECIMALS);
    if (!out->failed)
        localise(out, look_at(out, from), 0, lang);
    if (euro)
        order_signs(out, start, lang);
}

/* A fraction if it is short enough to take in; otherwise nothing, and false. */
static bool put_fraction(nvb_buffer *out, nvb_calc *calc, nvb_num value, bool euro, nvb_lang lang)
{
    size_t start = out->n;
    if (euro)
        put_euro(out, lang);
    size_t from = out->n;
    nvbi_num_append_fraction(calc, out, value);
    if (out->failed)
        return true;
    const char *digits = out->s + from;
    size_t minus = digits[0] == '-', n = out->n - from - minus;
    const char *bar = memchr(digits + minus, '/', n);
    size_t top = bar ? (size_t)(bar - digits) - minus : n, bottom = n - top - 1;
    if (!bar || top > FRACTION_SIDE || bottom > FRACTION_SIDE || top + bottom > FRACTION_BOTH) {
        nvb_buffer_cut(out, start);
        return false;
    }
    if (minus && nvb_buffer_reserve(out, 2)) {
        char *s = out->s + from;
        memmove(s + 3, s + 1, n);
        memcpy(s, MINUS, 3);
        nvbi_wrote(out, s + 3 + n);
    }
    if (euro)
        order_signs(out, start, lang);
    return true;
}

bool nvbi_word_number(nvb_buffer *out, nvb_calc *calc, nvb_num value, nvb_unit unit, nvb_lang lang)
{
    style s = {unit == NVB_EUR, unit == NVB_PERCENT, unit == NVB_EUR ? 2 : 0, PEOPLE_DECIMALS};
    bool exact = put_exact(out, calc, value, s, lang);
    if (!exact)
        put_about(out, calc, value, s.euro, lang);
    if (unit == NVB_PERCENT)
        nvbi_add_byte(out, '%');
    return exact;
}

bool nvbi_word_plain(
    nvb_buffer *out, nvb_calc *calc, nvb_num value, unsigned decimals, nvb_lang lang)
{
    bool exact =
        put_exact(out, calc, value, (style){false, false, decimals, PEOPLE_DECIMALS}, lang);
    if (!exact)
        put_about(out, calc, value, false, lang);
    return exact;
}

nvbi_form
nvbi_word_operand_form(nvb_buffer *out, nvb_calc *calc, const nvb_term *term, nvb_lang lang)
{
    bool euro = term->unit == NVB_EUR, percent = term->unit == NVB_PERCENT;
    nvb_num shown = percent ? nvb_num_shift(calc, term->value, 2) : term->value;
    style s = {euro, percent, euro ? 2 : 0, NVB_SHOWN_DECIMALS};
    nvbi_form form = NVBI_DECIMAL;
    if (!put_exact(out, calc, shown, s, lang)) {
        if (put_fraction(out, calc, term->value, euro, lang))
            return NVBI_FRACTION;
        put_about(out, calc, shown, euro, lang);
        form = NVBI_ABOUT;
    }
    if (percent)
        nvbi_add_byte(out, '%');
    return form;
}

bool nvbi_word_operand(nvb_buffer *out, nvb_calc *calc, const nvb_term *term, nvb_lang lang)
{
    return nvbi_word_operand_form(out, calc, term, lang) != NVBI_ABOUT;
}

void nvbi_word_date(nvb_buffer *out, nvb_date date, nvb_lang lang)
{
    static const char *const months[2][12] = {
        {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
         "oktober", "november", "december"},
        {"January", "February", "March", "April", "May", "June", "July", "August",   "September",
         "October", "November", "December"}
    };
    if (date.year <= 0 || date.month < 1 || date.month > 12 || date.day < 1)
        return;
    nvb_buffer_uint(out, (unsigned long long)date.day);
    nvbi_add_byte(out, ' ');
    nvb_buffer_str(out, months[lang == NVB_EN][date.month - 1]);
    nvbi_add_byte(out, ' ');
    nvb_buffer_uint(out, (unsigned long long)date.year);
}
