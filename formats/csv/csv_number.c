/* csv_number.c: see csv_number.h. */
#include "csv_number.h"

#include "navolgbaar/buffer.h"

/* Longer than any number of the model, sign and mark included. */
enum { LONGEST = 64 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_mark(char c)
{
    return c == '.' || c == ',';
}

/* The marks of a text of digits and marks, and the lengths of the groups of digits between them. */
typedef struct marks {
    size_t commas, points;
    char last;
    size_t before, after; /* digits before the first mark and after the last */
    bool threes;          /* all groups in between are of three digits */
    bool leading_zero;
} marks;

/* False when there is anything else, or a group without digits. */
static bool read_marks(marks *m, nvb_text t)
{
    size_t at = t.n > 0 && t.s[0] == '-', group = 0;
    *m = (marks){.threes = true, .leading_zero = at < t.n && t.s[at] == '0'};
    for (; at < t.n; at++) {
        if (is_digit(t.s[at])) {
            group++;
            continue;
        }
        if (!is_mark(t.s[at]) || group == 0)
            return false;
        if (!m->last)
            m->before = group;
        else if (group != 3)
            m->threes = false;
        m->last = t.s[at];
        *(m->last == ',' ? &m->commas : &m->points) += 1;
        group = 0;
    }
    m->after = group;
    return group > 0;
}

nvbi_csv_figure nvbi_csv_figure_of(nvb_text t)
{
    marks m;
    if (!read_marks(&m, t))
        return (nvbi_csv_figure){NVBI_CSV_OTHER, 0};
    if (!m.last)
        return (nvbi_csv_figure){NVBI_CSV_WHOLE, 0};
    bool could_group = m.before <= 3 && !m.leading_zero;
    if (m.commas + m.points == 1)
        return (nvbi_csv_figure){could_group && m.after == 3 ? NVBI_CSV_EITHER : NVBI_CSV_DECIMAL,
                                 m.last};
    bool one_kind = m.commas == 0 || m.points == 0;
    bool good = one_kind ? m.after == 3 : (m.last == ',' ? m.commas : m.points) == 1;
    if (!could_group || !m.threes || !good)
        return (nvbi_csv_figure){NVBI_CSV_OTHER, 0};
    return (nvbi_csv_figure){NVBI_CSV_GROUPED, one_kind ? '\0' : m.last};
}

nvb_code nvbi_csv_fault(nvbi_csv_figure f, char decimal)
{
    switch (f.shape) {
    case NVBI_CSV_WHOLE:
        return NVB_OK;
    case NVBI_CSV_DECIMAL:
        return f.mark == decimal ? NVB_OK : NVB_E147;
    case NVBI_CSV_EITHER:
        if (!decimal)
            return NVB_E146;
        return f.mark == decimal ? NVB_OK : NVB_E149;
    case NVBI_CSV_GROUPED:
        return NVB_E149;
    case NVBI_CSV_OTHER:
        break;
    }
    return NVB_E145;
}

static bool starts(nvb_text t, size_t at, const char *with)
{
    size_t n = strlen(with);
    return t.n - at >= n && memcmp(t.s + at, with, n) == 0;
}

/* What people put around the digits, and what takes its place. */
static const char *const dressing[][2] = {
    {"\u2212", "-"},
    {"\u20AC", "" },
    {"EUR",    "" },
    {"eur",    "" },
    {"\u00A0", "" },
    {"\u202F", "" },
    {"\u2009", "" },
    {" ",      "" },
    {"\t",     "" },
    {"'",      "" },
    {"\u2019", "" },
    {"+",      "" },
};

static void undress(nvb_buffer *out, nvb_text t)
{
    static const char *const cents_left_out[] = {",--", ",-", ".--", ".-"};
    for (size_t at = 0; at < t.n;) {
        size_t which = 0, n = sizeof dressing / sizeof *dressing;
        while (which < n && !starts(t, at, dressing[which][0]))
            which++;
        if (which < n) {
            nvb_buffer_str(out, dressing[which][1]);
            at += strlen(dressing[which][0]);
        } else {
            nvb_buffer_byte(out, t.s[at++]);
        }
    }
    for (size_t i = 0; i < sizeof cents_left_out / sizeof *cents_left_out; i++) {
        size_t n = strlen(cents_left_out[i]);
        if (out->n > n && memcmp(out->s + out->n - n, cents_left_out[i], n) == 0) {
            nvb_buffer_cut(out, out->n - n);
            return;
        }
    }
}

nvb_text nvbi_csv_mended(nvbi_arena *a, nvb_text t, char decimal)
{
    nvb_buffer bare = NVB_BUFFER_INIT, out = NVB_BUFFER_INIT;
    if (t.n > 2 * LONGEST)
        return (nvb_text){0};
    undress(&bare, t);
    nvb_text digits = {bare.s, bare.n};
    nvbi_csv_figure f = bare.n ? nvbi_csv_figure_of(digits) : (nvbi_csv_figure){NVBI_CSV_OTHER, 0};
    bool grouped = f.shape == NVBI_CSV_EITHER && decimal && f.mark != decimal;
    char keep = grouped ? '\0' : f.mark;
    for (size_t i = 0; i < digits.n && f.shape != NVBI_CSV_OTHER; i++) {
        if (!is_mark(digits.s[i]))
            nvb_buffer_byte(&out, digits.s[i]);
        else if (digits.s[i] == keep)
            nvb_buffer_byte(&out, decimal ? decimal : keep);
    }
    nvb_text mended = out.n ? nvbi_arena_text(a, out.s, out.n) : (nvb_text){0};
    a->failed |= bare.failed || out.failed;
    nvb_buffer_release(&bare);
    nvb_buffer_release(&out);
    return mended;
}

nvb_num_syntax nvbi_csv_value(nvb_calc *calc, nvb_num *out, nvb_text t)
{
    char digits[LONGEST + 1];
    *out = nvb_num_int(0);
    if (t.n > LONGEST)
        return NVB_SYNTAX_TOO_LONG;
    for (size_t i = 0; i < t.n; i++)
        digits[i] = t.s[i] == ',' ? '.' : t.s[i];
    digits[t.n] = '\0';
    return nvb_num_parse(calc, out, (nvb_text){digits, t.n});
}
