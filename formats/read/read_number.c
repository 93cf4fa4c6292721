/*
 * read_number.c: quantities, and what is wrong with those that are none. See read.h and model
 * section 1.
 *
 * The number module says why a text is not a number; here that becomes advice, where possible the
 * very text to write.
 */
#include "read.h"

#define NONE ((nvb_text){0})

/* Which notations a kind of quantity knows. */
static bool takes_percent(nvbi_value kind)
{
    return kind == NVBI_V_PERCENT || kind == NVBI_V_SHARE;
}

static bool takes_fraction(nvbi_value kind)
{
    return kind == NVBI_V_FACTOR || kind == NVBI_V_SHARE;
}

static nvb_num_syntax parse(nvbi_reader *r, nvbi_value kind, nvb_text t, nvb_num *out)
{
    if (takes_fraction(kind) && t.n && memchr(t.s, '/', t.n))
        return nvb_num_parse_fraction(r->calc, out, t);
    return takes_percent(kind) ? nvb_num_parse_percent(r->calc, out, t)
                               : nvb_num_parse(r->calc, out, t);
}

/* The text without `drop`, a comma made a point; absent unless that makes a number of it. With a
 * comma, points before it can only have parted thousands and go too. */
static nvb_text
mended(nvbi_reader *r, const nvbi_row *row, nvb_text t, bool quoted, const char *drop)
{
    const char *comma = memchr(t.s, ',', t.n);
    size_t at = comma ? (size_t)(comma - t.s) : t.n;
    nvb_buffer out = NVB_BUFFER_INIT;
    for (size_t i = 0; i < t.n; i++) {
        if (strchr(drop, t.s[i]) || (comma && t.s[i] == '.' && i < at))
            continue;
        nvb_buffer_byte(&out, i == at ? '.' : t.s[i]);
    }
    nvb_num ignored;
    bool good = out.n && !out.failed &&
                parse(r, row->value, (nvb_text){out.s, out.n}, &ignored) == NVB_SYNTAX_OK;
    if (!good) {
        nvb_buffer_release(&out);
        return NONE;
    }
    nvb_buffer shown = NVB_BUFFER_INIT;
    nvb_buffer_str(&shown, quoted ? "\"" : "");
    nvb_buffer_bytes(&shown, out.s, out.n);
    nvb_buffer_str(&shown, quoted ? "\"" : "");
    nvb_buffer_release(&out);
    return nvbi_take_buffer(r->arena, &shown);
}

/* "1,200" may be twelve hundred or one and a fifth: the comma parts the last three digits from one
 * to three others, of which the first is no zero. The text without its comma; absent when there is
 * nothing to doubt. */
static nvb_text joined(nvbi_reader *r, const nvbi_row *row, nvb_text t, bool quoted)
{
    const char *comma = memchr(t.s, ',', t.n);
    size_t before = 0, after = 0;
    for (const char *at = t.s; at < t.s + t.n; at++) {
        if (*at == '.' || (*at == ',' && at != comma))
            return NONE;
        if (*at >= '0' && *at <= '9')
            *(at < comma ? &before : &after) += 1;
    }
    const char *first = t.s + (*t.s == '-');
    if (after != 3 || before < 1 || before > 3 || *first == '0')
        return NONE;
    return mended(r, row, t, quoted, " ,");
}

static void
comma_fault(nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, bool quoted)
{
    nvb_text t = nvbi_node_text(value), name = nvbi_str(row->name);
    nvb_text point = mended(r, row, t, quoted, " "), whole = joined(r, row, t, quoted);
    if (point.s && whole.s)
        nvbi_fault_value(r, NVB_E248, of, value, name, whole, point);
    else
        nvbi_fault_value(r, NVB_E211, of, value, name, nvbi_shown(r->arena, value), point);
}

static nvb_text example_of(const nvbi_row *row)
{
    if (row->example)
        return nvbi_str(row->example);
    return takes_percent(row->value) ? NVB_TEXT("\"4.75%\"") : NVB_TEXT("\"104.35\"");
}

/* Ends in a percent sign or holds a slash where neither belongs: more to the point than "not a
 * number". */
static nvb_code special_fault(nvbi_value kind, nvb_text t)
{
    if (!takes_percent(kind) && t.n && t.s[t.n - 1] == '%')
        return NVB_E219;
    if (!takes_fraction(kind) && t.n && memchr(t.s, '/', t.n))
        return NVB_E218;
    return NVB_E217;
}

static void syntax_fault(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, nvb_num_syntax why)
{
    nvb_text t = nvbi_node_text(value), name = nvbi_str(row->name),
             shown = nvbi_shown(r->arena, value);
    nvb_text example = example_of(row);
    bool quoted = nvbi_kind_of(value) == NVBI_STRING;
    switch (why) {
    case NVB_SYNTAX_EMPTY:
        nvbi_fault_value(r, NVB_E210, of, value, name, NONE, example);
        return;
    case NVB_SYNTAX_COMMA:
        comma_fault(r, row, of, value, quoted);
        return;
    case NVB_SYNTAX_EXPONENT:
        nvbi_fault_value(r, NVB_E212, of, value, name, shown, example);
        return;
    case NVB_SYNTAX_PLUS:
        nvbi_fault_value(r, NVB_E213, of, value, name, shown, mended(r, row, t, quoted, "+"));
        return;
    case NVB_SYNTAX_SPACE:
        nvbi_fault_value(r, NVB_E214, of, value, name, shown, mended(r, row, t, quoted, " \t\r\n"));
        return;
    case NVB_SYNTAX_TOO_LONG:
        nvbi_fault_value(r, NVB_E215, of, value, name, shown, NONE);
        return;
    case NVB_SYNTAX_ZERO_DENOMINATOR:
        nvbi_fault_value(r, NVB_E216, of, value, name, shown, NONE);
        return;
    case NVB_SYNTAX_OK:
    case NVB_SYNTAX_OTHER:
        nvbi_fault_value(r, special_fault(row->value, t), of, value, name, shown, example);
        return;
    }
}

static void check_range(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, nvb_num number)
{
    bool below = nvb_num_sign(number) < 0;
    if (row->flags & NVBI_UP_TO_1) {
        if (below || nvb_num_cmp(r->calc, number, nvb_num_int(1)) > 0)
            nvbi_fault_value(r, NVB_E227, of, value, nvbi_str(row->name),
                             nvbi_shown(r->arena, value), NVB_TEXT("0 \u2013 100%"));
    } else if ((row->flags & NVBI_POSITIVE) && below) {
        nvbi_fault_value(r, NVB_E226, of, value, nvbi_str(row->name), nvbi_shown(r->arena, value),
                         NONE);
    }
}

void nvbi_read_number(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, nvb_input *out)
{
    nvbi_kind kind = nvbi_kind_of(value);
    if (kind != NVBI_NUMBER && kind != NVBI_STRING) {
        nvbi_fault_value(r, NVB_E205, of, value, nvbi_str(row->name), nvbi_shown(r->arena, value),
                         example_of(row));
        return;
    }
    nvb_num number;
    nvb_num_syntax why = parse(r, row->value, nvbi_node_text(value), &number);
    if (why != NVB_SYNTAX_OK) {
        syntax_fault(r, row, of, value, why);
        return;
    }
    check_range(r, row, of, value, number);
    out->value = number;
    out->path = nvbi_path_below(r, of, value, nvbi_node_key(value));
}
