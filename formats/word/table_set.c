/* table_set.c: measures the columns of a table and sets its rows; see table.h. */
#include "formats/word/layout.h"
#include "table.h"
#include "formats/word/wording.h"

enum { GAP = 2, TEXT_MIN = 24, HANG = 2 };
/* Where columns are as narrow as this, the text makes do with less, so that codes stay whole. */
enum { NARROW = 18, NARROW_MIN = 14 };

/* A number in two halves that meet at its decimal mark. */
typedef struct halves {
    unsigned left, right;
} halves;

typedef struct measure {
    unsigned limit; /* a number or word wider than this does not count */
    bool shown;
    halves number;
    unsigned width;
} measure;

/* "1.234,50" meets at the comma; "6,3%" too, and "100%" at the percent sign, so that both align. A
 * star that points at a note below the table hangs behind the number. */
static size_t mark_of(nvb_text t, nvb_lang lang)
{
    size_t end = t.n > 0 && strchr("%*", t.s[t.n - 1]) ? t.n - 1 : t.n;
    size_t at = end;
    while (at > 0 && t.s[at - 1] >= '0' && t.s[at - 1] <= '9')
        at--;
    if (at > 0 && at < end && t.s[at - 1] == (lang == NVB_NL ? ',' : '.'))
        return at - 1;
    return end;
}

static halves halve(nvb_text t, nvb_lang lang)
{
    size_t mark = mark_of(t, lang);
    return (halves){(unsigned)nvbi_word_width(t.s, mark),
                    (unsigned)nvbi_word_width(t.s + mark, t.n - mark)};
}

static unsigned max(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* The longest word of a title or cell: it may wrap, but not within a word. */
static unsigned longest_word(const char *s, size_t n)
{
    unsigned longest = 0;
    for (size_t at = 0, end; at < n; at = end + 1) {
        for (end = at; end < n && s[end] != ' '; end++) {
        }
        longest = max(longest, (unsigned)nvbi_word_width(s + at, end - at));
    }
    return longest;
}

static void
measure_column(const nvbi_table *t, unsigned column, unsigned limit, bool whole, measure *m)
{
    *m = (measure){.limit = limit};
    for (size_t i = 0; i < t->n_lines; i++) {
        nvb_text cell = nvbi_table_at(t, i, column);
        if (t->lines[i].kind != NVBI_TABLE_ROW || cell.n == 0)
            continue;
        m->shown = true;
        unsigned wide = (unsigned)nvbi_word_width(cell.s, cell.n);
        if (t->kind[column] == 'n') {
            halves h = halve(cell, t->lang);
            unsigned left = max(m->number.left, h.left), right = max(m->number.right, h.right);
            if (left + right <= limit)
                m->number = (halves){left, right};
        } else if (wide <= limit || t->kind[column] == 't') {
            m->width = max(m->width, wide);
        } else {
            /* A code is not broken: the text beside it wraps instead. */
            m->width = max(m->width, max(limit, whole ? longest_word(cell.s, cell.n) : 0));
        }
    }
    if (t->kind[column] == 'n')
        m->width = m->number.left + m->number.right;
    const char *title = t->title[column] ? t->title[column] : "";
    m->width = max(m->width, longest_word(title, strlen(title)));
    if (!m->shown)
        m->width = 0;
}

/* Tries narrower and narrower columns until the page holds them; the text column gets what is left.
 * False when it never does. */
static bool try_widths(const nvbi_table *t, bool whole, measure *m)
{
    static const unsigned limits[] = {26, 22, 18, 14, 11, 8};
    for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
        unsigned used = t->indent, text = NVBI_TABLE_COLUMNS;
        for (unsigned c = 0; c < t->columns; c++) {
            measure_column(t, c, limits[k], whole, &m[c]);
            if (t->kind[c] == 't')
                text = c;
            else
                used += m[c].width;
            used += m[c].shown && c > 0 ? GAP : 0;
        }
        if (text == NVBI_TABLE_COLUMNS || !m[text].shown) {
            if (used <= NVBI_PAGE)
                return true;
            continue;
        }
        unsigned left = used < NVBI_PAGE ? NVBI_PAGE - used : 0;
        unsigned wanted = m[text].width;
        m[text].width = t->full || wanted > left ? left : wanted;
        if (left >= wanted || left >= (whole && limits[k] <= NARROW ? NARROW_MIN : TEXT_MIN))
            return true;
        m[text].width = max(left, 8);
    }
    return false;
}

static void measure_table(const nvbi_table *t, measure *m)
{
    if (!try_widths(t, true, m))
        try_widths(t, false, m);
}

/* The bytes of `t` that go on one line of `width`: whole words where there is one that fits. */
static size_t line_of(nvb_text t, unsigned width)
{
    size_t n = nvbi_layout_fit(t.s, t.n, width);
    if (n == t.n || t.s[n] == ' ')
        return n;
    for (size_t at = n; at > 0; at--)
        if (t.s[at - 1] == ' ')
            return at - 1;
    return n > 0 ? n : nvbi_layout_fit(t.s, t.n, 1);
}

static nvb_text rest_of(nvb_text t, size_t taken)
{
    while (taken < t.n && t.s[taken] == ' ')
        taken++;
    return (nvb_text){t.s + taken, t.n - taken};
}

/* What of a row is still to be set. */
typedef struct row_left {
    nvb_text cell[NVBI_TABLE_COLUMNS];
    unsigned blanks[NVBI_TABLE_COLUMNS]; /* that the cell began with */
    unsigned hang[NVBI_TABLE_COLUMNS];   /* before its next line: 0 on the first */
} row_left;

static bool too_long(const nvbi_table *t, const measure *m, nvb_text cell)
{
    halves h = halve(cell, t->lang);
    return h.left > m->width || h.left + max(h.right, m->number.right) > m->width;
}

static void put_number(nvb_buffer *out, const nvbi_table *t, const measure *m, nvb_text cell)
{
    halves h = halve(cell, t->lang);
    unsigned tail = m->number.right > h.right ? m->number.right - h.right : 0;
    nvb_buffer_repeat(out, ' ', m->width - tail - h.left - h.right);
    nvb_buffer_text(out, cell);
    nvb_buffer_repeat(out, ' ', tail);
}

static void trim(nvb_buffer *out, size_t from)
{
    size_t n = out->n;
    while (n > from && out->s[n - 1] == ' ')
        n--;
    nvb_buffer_cut(out, n);
}

/* The blanks a cell begins with: its later lines begin there too. */
static unsigned blanks_of(nvb_text t)
{
    unsigned n = 0;
    while (n < t.n && t.s[n] == ' ')
        n++;
    return n;
}

/* One printed line of a row: what is left of each cell; false when nothing was left. */
static bool
put_line(nvb_buffer *out, const nvbi_table *t, const measure *m, row_left *left, bool title)
{
    size_t from = out->n;
    bool any = false;
    for (unsigned c = 0; c < t->columns; c++)
        any = any || (m[c].shown && left->cell[c].n > 0);
    if (!any)
        return false;
    nvb_buffer_repeat(out, ' ', t->indent);
    for (unsigned c = 0, before = 0; c < t->columns; c++) {
        nvb_text *cell = &left->cell[c];
        if (!m[c].shown)
            continue;
        if (before++)
            nvb_buffer_repeat(out, ' ', GAP);
        if (t->kind[c] == 'n' && !title) {
            put_number(out, t, &m[c], *cell);
            cell->n = 0;
            continue;
        }
        size_t at = out->n;
        if (cell->n)
            nvb_buffer_repeat(out, ' ', left->hang[c]);
        size_t n = line_of(*cell, m[c].width - left->hang[c]);
        if (t->kind[c] == 'n')
            nvbi_layout_right(out, cell->s, n, m[c].width);
        else
            nvb_buffer_bytes(out, cell->s, n);
        nvbi_layout_pad(out, at, m[c].width);
        left->hang[c] = left->blanks[c];
        *cell = rest_of(*cell, n);
    }
    trim(out, from);
    nvb_buffer_byte(out, '\n');
    return true;
}

/* A number that its column cannot hold, on a line of its own with the name of its column. */
static void put_apart(nvb_buffer *out, const nvbi_table *t, unsigned column, nvb_text cell)
{
    const char *title = t->title[column] ? t->title[column] : "";
    size_t wide = nvbi_word_width(title, strlen(title)) + (title[0] ? 2 : 0) +
                  nvbi_word_width(cell.s, cell.n);
    unsigned indent = t->indent + HANG * 2;
    if (indent + wide <= NVBI_PAGE)
        indent = NVBI_PAGE - (unsigned)wide;
    nvb_buffer_repeat(out, ' ', indent);
    nvb_buffer_str(out, title);
    nvb_buffer_str(out, title[0] ? ": " : "");
    nvbi_layout_wrap_after(out, cell, indent + (unsigned)(wide - nvbi_word_width(cell.s, cell.n)),
                           indent, NVBI_PAGE);
}

static void put_row(nvb_buffer *out, const nvbi_table *t, const measure *m, size_t line)
{
    row_left left = {.hang = {0}};
    nvb_text apart[NVBI_TABLE_COLUMNS];
    for (unsigned c = 0; c < t->columns; c++) {
        nvb_text cell = nvbi_table_at(t, line, c);
        bool out_of_line = t->kind[c] == 'n' && cell.n && too_long(t, &m[c], cell);
        unsigned blanks = t->kind[c] == 'n' ? 0 : blanks_of(cell);
        apart[c] = out_of_line ? cell : (nvb_text){"", 0};
        left.cell[c] = out_of_line ? (nvb_text){"", 0} : cell;
        left.blanks[c] = blanks * 2 < m[c].width ? blanks : 0;
    }
    while (put_line(out, t, m, &left, false)) {
    }
    for (unsigned c = 0; c < t->columns; c++)
        if (apart[c].n)
            put_apart(out, t, c, apart[c]);
}

static unsigned table_width(const nvbi_table *t, const measure *m)
{
    unsigned width = 0;
    for (unsigned c = 0; c < t->columns; c++)
        width += m[c].shown ? m[c].width + (width ? GAP : 0) : 0;
    return width;
}

static void put_titles(nvb_buffer *out, const nvbi_table *t, const measure *m)
{
    row_left left = {.hang = {0}};
    bool any = false;
    for (unsigned c = 0; c < t->columns; c++) {
        const char *title = t->title[c] ? t->title[c] : "";
        left.cell[c] = (nvb_text){title, strlen(title)};
        any = any || (m[c].shown && left.cell[c].n);
    }
    if (!any)
        return;
    while (put_line(out, t, m, &left, true)) {
    }
    nvb_buffer_repeat(out, ' ', t->indent);
    nvbi_layout_rule(out, "─", table_width(t, m));
}

void nvbi_table_write(nvbi_table *t, nvb_buffer *out)
{
    measure m[NVBI_TABLE_COLUMNS] = {{0}};
    measure_table(t, m);
    put_titles(out, t, m);
    for (size_t i = 0; i < t->n_lines; i++) {
        unsigned indent = t->indent + t->lines[i].indent;
        switch (t->lines[i].kind) {
        case NVBI_TABLE_SPAN:
            nvbi_layout_wrap(out, nvbi_table_at(t, i, 0), indent, indent + HANG, NVBI_PAGE);
            break;
        case NVBI_TABLE_RULE:
            nvb_buffer_repeat(out, ' ', t->indent);
            nvbi_layout_rule(out, "─", table_width(t, m));
            break;
        default:
            put_row(out, t, m, i);
        }
    }
    if (t->failed || t->text.failed)
        out->failed = true;
}
