/*
 * sheet_rows.c: the rows of a sheet: read in stretches, so that what is wrong with one is nothing
 * to the next; and the first pass over a file. See sheet.h.
 */
#include "sheet.h"

#include "csv_number.h"

#include "formats/json/json_place.h"

/* Rows that are looked at together: a stretch costs more than a row. */
enum { STRETCH = 512, SHOWN_AGB = 200 };

typedef struct walk {
    const nvbi_sheet_span *spans, *span; /* all of the stretch, and the one being read */
    size_t n, base;
    nvbi_sheet_each each;
    void *of;
    bool enough;
} walk;

/* The span that a byte of the stretch lies in. */
static void move_to(walk *w, size_t offset)
{
    while (w->span + 1 < w->spans + w->n && w->span[1].offset <= w->base + offset)
        w->span++;
}

static bool see(void *of, const nvbi_csv_row *row)
{
    walk *w = of;
    if (row->used == 0)
        return true;
    move_to(w, row->cells[0].offset);
    w->enough = !w->each(w->of, w->span, row, w->base, (nvbi_csv_result){NVBI_CSV_DONE, 0});
    return !w->enough;
}

/* Spans that follow each other in the text, none of them alone. */
static size_t stretch(const nvbi_sheet_span *spans, size_t n)
{
    size_t i = 1;
    if (spans[0].alone)
        return 1;
    while (i < n && !spans[i].alone && spans[i].offset == spans[i - 1].offset + spans[i - 1].length)
        i++;
    return i;
}

bool nvbi_sheet_rows(const nvb_sheet *s,
                     nvb_text text,
                     const nvbi_sheet_span *spans,
                     size_t n,
                     nvbi_sheet_each each,
                     void *of)
{
    for (size_t i = 0; i < n;) {
        walk w = {.spans = spans + i, .span = spans + i, .each = each, .of = of};
        w.n = stretch(spans + i, n - i);
        w.base = spans[i].offset;
        const nvbi_sheet_span *last = &w.spans[w.n - 1];
        nvb_text part = {text.s + w.base, last->offset + last->length - w.base};
        nvbi_csv_result r = nvbi_csv_rows(part, s->separator, see, &w);
        if (r.end == NVBI_CSV_MEMORY || w.enough)
            return false;
        i += w.n;
        if (r.end == NVBI_CSV_DONE)
            continue;
        move_to(&w, r.offset);
        if (!each(of, w.span, NULL, w.base, r))
            return false;
        i = (size_t)(w.span - spans) + 1;
    }
    return true;
}

/* --- is it text --- */

static nvb_code name_byte(nvbi_byte_name *name, const char *before, unsigned char byte, nvb_code c)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t n = strlen(before);
    memcpy(name->s, before, n);
    name->s[n] = hex[byte >> 4U];
    name->s[n + 1] = hex[byte & 15U];
    name->s[n + 2] = '\0';
    return c;
}

nvb_code nvbi_sheet_text(nvb_text t, size_t *at, nvbi_byte_name *name)
{
    name->s[0] = '\0';
    while (*at < t.n) {
        unsigned char c = (unsigned char)t.s[*at];
        nvb_text rest = {t.s + *at, t.n - *at};
        if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F)
            return name_byte(name, "U+00", c, NVB_E132);
        size_t length = c < 0x80 ? 1 : nvbi_utf8_length(rest.s, rest.n);
        if (length == 0)
            return name_byte(name, "0x", c, NVB_E131);
        if (nvbi_bom_length(rest) > 0)
            return NVB_E152;
        *at += length;
    }
    return NVB_OK;
}

/* --- the first pass --- */

typedef struct look {
    nvb_sheet *s;
    nvb_text text;
    uint64_t offset; /* of the text in the file */
    nvb_sheet_see see;
    void *of;
} look;

static bool is_digits(nvb_text t)
{
    size_t i = 0;
    while (i < t.n && t.s[i] >= '0' && t.s[i] <= '9')
        i++;
    return i == t.n && t.n > 0;
}

/* The cell with the AGB code of a row that cannot be read as a whole, when it is plainly there. */
static nvb_text plain_agb(const nvb_sheet *s, nvb_text row)
{
    size_t from = 0, column = 0, at = 0;
    for (; at < row.n && row.s[at] != '\n' && row.s[at] != '\r'; at++) {
        if (row.s[at] != s->separator)
            continue;
        if (column++ == s->at[NVBI_AGB])
            break;
        from = at + 1;
    }
    nvb_text t = {row.s + from, at - from};
    bool found = column >= s->at[NVBI_AGB] && is_digits(t) && t.n <= NVBI_AGB_DIGITS;
    return found ? t : (nvb_text){"", 0};
}

static void vote_cell(nvb_sheet *s, const nvbi_csv_row *row, size_t at)
{
    if (at >= row->n)
        return;
    nvbi_csv_figure f = nvbi_csv_figure_of(row->cells[at].text);
    if (f.shape != NVBI_CSV_EITHER && f.mark)
        *(f.mark == ',' ? &s->commas : &s->points) += 1;
}

static void vote(nvb_sheet *s, const nvbi_csv_row *row)
{
#define NUMBER_ITEM(name, providers, lines, needed, number, words) number,
    static const bool is_number[] = {NVBI_SHEET_COLUMNS(NUMBER_ITEM)};
#undef NUMBER_ITEM
    for (unsigned c = 0; c < NVBI_SHEET_COLUMN_COUNT; c++)
        if (is_number[c])
            vote_cell(s, row, s->at[c]);
    for (size_t i = 0; i < s->n_facts; i++)
        vote_cell(s, row, s->facts[i].value);
}

static bool look_at(void *of,
                    const nvbi_sheet_span *span,
                    const nvbi_csv_row *row,
                    size_t base,
                    nvbi_csv_result fault)
{
    look *l = of;
    char padded[NVBI_AGB_DIGITS + 1] = "00000000";
    (void)base;
    (void)fault;
    nvb_text agb = {"", 0};
    if (row && !l->s->settled)
        vote(l->s, row);
    if (!row)
        agb = plain_agb(l->s, (nvb_text){l->text.s + span->offset, span->length});
    else if (l->s->at[NVBI_AGB] < row->n)
        agb = row->cells[l->s->at[NVBI_AGB]].text;
    if (is_digits(agb) && agb.n < NVBI_AGB_DIGITS) {
        memcpy(padded + NVBI_AGB_DIGITS - agb.n, agb.s, agb.n);
        agb = (nvb_text){padded, NVBI_AGB_DIGITS};
    }
    agb.n = agb.n > SHOWN_AGB ? SHOWN_AGB : agb.n;
    nvb_sheet_row seen = {agb, l->offset + span->offset, span->line, span->length};
    return l->see(l->of, &seen);
}

size_t nvb_sheet_look(
    nvb_sheet *s, nvb_text ahead, bool ended, size_t most, nvb_sheet_see see_row, void *of)
{
    nvbi_sheet_span spans[STRETCH];
    size_t n = 0, at = 0;
    uint64_t line = s->line;
    while (n < STRETCH && n < most && at < ahead.n) {
        nvbi_csv_span one =
            nvbi_csv_split((nvb_text){ahead.s + at, ahead.n - at}, s->separator, ended);
        if (one.length == 0)
            break;
        spans[n++] = (nvbi_sheet_span){at, one.length, line, one.alone};
        at += one.length;
        line += one.lines;
    }
    look l = {s, ahead, s->offset, see_row, of};
    if (n > 0 && !nvbi_sheet_rows(s, ahead, spans, n, look_at, &l))
        return SIZE_MAX;
    s->offset += at;
    s->line = line;
    return at;
}

void nvb_sheet_again(nvb_sheet *s)
{
    s->offset = s->begin;
    s->line = s->first_line;
    s->settled = true;
}
