/*
 * csv_rows.c: see csv_rows.h. libcsv is fed up to and including the next separator, quote or line
 * end, so that what it reports in between always ends at the last byte it was given.
 */
#include "csv_rows.h"

#include "formats/json/json_place.h"
#include "navolgbaar/buffer.h"

#include <stdlib.h>

#include <csv.h>

enum { BLOCK = 4096 }; /* bytes by which libcsv lets its cell grow */

/* A cell while its row is being read: its text is in the buffer, which may move. */
typedef struct span {
    size_t from, n, offset;
} span;

typedef struct walk {
    nvb_text bytes;
    size_t end;        /* of what libcsv has been given */
    size_t cell_start; /* after the last separator or line end */
    size_t line, row_line;
    bool row_ended, stop;
    nvb_buffer text;
    size_t n;
    nvbi_csv_result result;
    nvbi_csv_see see;
    void *of;
    span spans[NVBI_CSV_MAX_CELLS];
    nvbi_csv_cell cells[NVBI_CSV_MAX_CELLS];
} walk;

/* The bytes of the blank at the start of `s`: a space, tab, line end or no-break space; 0 when
 * there is none. */
static size_t blank_at(const char *s, size_t n)
{
    if (n && (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n'))
        return 1;
    return n > 1 && (unsigned char)s[0] == 0xC2 && (unsigned char)s[1] == 0xA0 ? 2 : 0;
}

static nvb_text trimmed(const char *s, size_t n)
{
    for (size_t blank; (blank = blank_at(s, n)) > 0; n -= blank)
        s += blank;
    for (;;) {
        if (n && blank_at(s + n - 1, 1))
            n--;
        else if (n > 1 && blank_at(s + n - 2, 2) == 2)
            n -= 2;
        else
            return (nvb_text){s, n};
    }
}

static void fail(walk *w, nvbi_csv_end end, size_t offset)
{
    if (w->result.end == NVBI_CSV_DONE)
        w->result = (nvbi_csv_result){end, offset};
    w->stop = true;
}

static size_t cell_offset(const walk *w)
{
    size_t at = w->cell_start;
    while (at < w->bytes.n && (w->bytes.s[at] == ' ' || w->bytes.s[at] == '\t'))
        at++;
    return at;
}

static void on_cell(void *cell, size_t n, void *of)
{
    walk *w = of;
    size_t offset = cell_offset(w);
    w->cell_start = w->end;
    if (w->n == NVBI_CSV_MAX_CELLS) {
        fail(w, NVBI_CSV_WIDE_ROW, offset);
        return;
    }
    nvb_text text = trimmed(cell, n);
    w->spans[w->n++] = (span){w->text.n, text.n, offset};
    nvb_buffer_bytes(&w->text, text.s, text.n);
    if (w->text.failed)
        fail(w, NVBI_CSV_MEMORY, 0);
}

/* A row of separators is blank, whichever of the two they are. */
static bool says_something(nvb_text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.s[i] != ';' && t.s[i] != ',')
            return true;
    return false;
}

static void on_row(int line_end, void *of)
{
    walk *w = of;
    (void)line_end;
    nvbi_csv_row row = {w->cells, w->n, 0, w->row_line};
    w->cell_start = w->end;
    w->row_ended = true;
    if (w->stop)
        return;
    for (size_t i = 0; i < w->n; i++) {
        const char *s = w->spans[i].n ? w->text.s + w->spans[i].from : "";
        w->cells[i] = (nvbi_csv_cell){
            {s, w->spans[i].n},
            w->spans[i].offset
        };
        if (says_something(w->cells[i].text))
            row.used = i + 1;
    }
    if (row.n && !w->see(w->of, &row))
        w->stop = true;
    w->n = 0;
    nvb_buffer_cut(&w->text, 0);
}

/* Past the next byte that can end a cell. */
static size_t next_end(nvb_text t, size_t at, char separator)
{
    while (at < t.n && t.s[at] != separator && t.s[at] != '"' && t.s[at] != '\n' && t.s[at] != '\r')
        at++;
    return at < t.n ? at + 1 : t.n;
}

/* What was given may have ended a line of the file, and a row with it. */
static void count_line(walk *w)
{
    char last = w->bytes.s[w->end - 1];
    bool pair = last == '\r' && w->end < w->bytes.n && w->bytes.s[w->end] == '\n';
    if (last == '\n' || (last == '\r' && !pair))
        w->line++;
    if (w->row_ended)
        w->row_line = w->line;
    w->row_ended = false;
}

static void feed(walk *w, struct csv_parser *parser, char separator)
{
    size_t at = w->end;
    while (at < w->bytes.n && !w->stop) {
        w->end = next_end(w->bytes, at, separator);
        if (w->end - w->cell_start > NVBI_CSV_MAX_CELL) {
            fail(w, NVBI_CSV_LONG_CELL, cell_offset(w));
            return;
        }
        size_t taken = csv_parse(parser, w->bytes.s + at, w->end - at, on_cell, on_row, w);
        if (taken < w->end - at) {
            bool strict = csv_error(parser) == CSV_EPARSE;
            fail(w, strict ? NVBI_CSV_STRAY_QUOTE : NVBI_CSV_MEMORY, at + taken);
            return;
        }
        count_line(w);
        at = w->end;
    }
    if (!w->stop && csv_fini(parser, on_cell, on_row, w) != 0)
        fail(w, NVBI_CSV_OPEN_QUOTE, cell_offset(w));
}

/* The bytes of a first line `sep=;` without its end, after a byte order mark; 0 when there is none.
 */
static size_t told_length(nvb_text t, size_t from)
{
    static const char word[] = "sep=";
    size_t at = from, end;
    for (size_t i = 0; word[i]; i++, at++)
        if (at >= t.n || (t.s[at] != word[i] && (word[i] == '=' || t.s[at] != word[i] - 'a' + 'A')))
            return 0;
    if (at >= t.n || t.s[at] == '\r' || t.s[at] == '\n' || (unsigned char)t.s[at] >= 0x80)
        return 0;
    for (end = at + 1; end < t.n && (t.s[end] == ' ' || t.s[end] == t.s[at]);)
        end++;
    return end == t.n || t.s[end] == '\r' || t.s[end] == '\n' ? end - from : 0;
}

char nvbi_csv_told_separator(nvb_text bytes)
{
    size_t from = nvbi_bom_length(bytes);
    return told_length(bytes, from) ? bytes.s[from + 4] : '\0';
}

/* Past the first line, when that only tells the separator. */
static void skip_told(walk *w)
{
    size_t n = told_length(w->bytes, w->end);
    if (n == 0)
        return;
    w->end += n;
    w->end += w->end < w->bytes.n && w->bytes.s[w->end] == '\r';
    w->end += w->end < w->bytes.n && w->bytes.s[w->end] == '\n';
    w->cell_start = w->end;
    w->line = w->row_line = 2;
}

nvbi_csv_result nvbi_csv_rows(nvb_text bytes, char separator, nvbi_csv_see see, void *of)
{
    struct csv_parser parser;
    walk *w = calloc(1, sizeof *w);
    if (!w || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        free(w);
        return (nvbi_csv_result){NVBI_CSV_MEMORY, 0};
    }
    csv_set_delim(&parser, (unsigned char)separator);
    csv_set_blk_size(&parser, BLOCK);
    w->bytes = bytes;
    w->end = w->cell_start = nvbi_bom_length(bytes);
    w->line = w->row_line = 1;
    skip_told(w);
    w->see = see;
    w->of = of;
    feed(w, &parser, separator);
    nvbi_csv_result result = w->result;
    csv_free(&parser);
    nvb_buffer_release(&w->text);
    free(w);
    return result;
}
