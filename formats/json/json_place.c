/*
 * json_place.c: see json_place.h. Lines end at a line feed; columns count code points, and a byte
 * that is not UTF-8 counts as one. A source line longer than the window is cut around the column.
 */
#include "json_place.h"

#include "navolgbaar/buffer.h"

#include <stdlib.h>

/* Characters of a source line that are shown, and those left of the column. */
enum { WINDOW = 160, BEFORE = 80 };

static bool is_next(const unsigned char *u, size_t at, unsigned low, unsigned high)
{
    return u[at] >= low && u[at] <= high;
}

size_t nvbi_utf8_length(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;
    if (u[0] < 0x80)
        return 1;
    if (u[0] >= 0xC2 && u[0] <= 0xDF)
        return n > 1 && is_next(u, 1, 0x80, 0xBF) ? 2 : 0;
    if (u[0] >= 0xE0 && u[0] <= 0xEF) {
        unsigned low = u[0] == 0xE0 ? 0xA0 : 0x80, high = u[0] == 0xED ? 0x9F : 0xBF;
        return n > 2 && is_next(u, 1, low, high) && is_next(u, 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (u[0] >= 0xF0 && u[0] <= 0xF4) {
        unsigned low = u[0] == 0xF0 ? 0x90 : 0x80, high = u[0] == 0xF4 ? 0x8F : 0xBF;
        bool good = n > 3 && is_next(u, 1, low, high) && is_next(u, 2, 0x80, 0xBF) &&
                    is_next(u, 3, 0x80, 0xBF);
        return good ? 4 : 0;
    }
    return 0;
}

size_t nvbi_bom_length(nvb_text bytes)
{
    return bytes.n >= 3 && memcmp(bytes.s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static size_t step(const char *s, size_t n)
{
    size_t length = nvbi_utf8_length(s, n);
    return length ? length : 1;
}

/* Walks through the text once, from mark to mark. */
typedef struct walk {
    nvb_text bytes;
    size_t at, line, line_start, column;
} walk;

static void walk_to(walk *w, size_t offset)
{
    while (w->at < offset) {
        if (w->bytes.s[w->at] == '\n') {
            w->line++;
            w->column = 1;
            w->line_start = ++w->at;
            continue;
        }
        w->at += step(w->bytes.s + w->at, w->bytes.n - w->at);
        w->column++;
    }
}

/* The start of the character `count` characters before `at`, within the line. */
static size_t back(const walk *w, size_t at, size_t count)
{
    while (count-- && at > w->line_start) {
        at--;
        for (int more = 0;
             more < 3 && at > w->line_start && ((unsigned char)w->bytes.s[at] & 0xC0U) == 0x80;
             more++)
            at--;
    }
    return at;
}

static void put_character(nvb_buffer *out, const char *s, size_t n, size_t *taken)
{
    size_t length = nvbi_utf8_length(s, n);
    if (length)
        nvb_buffer_bytes(out, s, length);
    else
        nvb_buffer_str(out, "\xEF\xBF\xBD"); /* U+FFFD */
    *taken = length ? length : 1;
}

/* The source line, or the part of it around the column: an ellipsis takes the place of the first or
 * last character shown. */
static void make_excerpt(nvb_buffer *out, const walk *w, size_t *skipped)
{
    size_t from = w->line_start, shown = 0;
    *skipped = 0;
    if (w->column > WINDOW - BEFORE / 2) {
        from = back(w, w->at, BEFORE);
        *skipped = w->column - 1 - BEFORE;
    }
    while (from < w->bytes.n && w->bytes.s[from] != '\n') {
        size_t taken, before = out->n;
        put_character(out, w->bytes.s + from, w->bytes.n - from, &taken);
        from += taken;
        bool first = shown++ == 0 && *skipped > 0,
             last = shown == WINDOW && from < w->bytes.n && w->bytes.s[from] != '\n';
        if (first || last) {
            nvb_buffer_cut(out, before);
            nvb_buffer_str(out, "\xE2\x80\xA6"); /* an ellipsis */
        }
        if (shown == WINDOW)
            break;
    }
    if (out->n > 0 && out->s[out->n - 1] == '\r')
        nvb_buffer_cut(out, out->n - 1);
}

static int compare(const void *left, const void *right)
{
    const nvbi_mark *a = left, *b = right;
    if (a->offset != b->offset)
        return a->offset > b->offset ? 1 : -1;
    return (a->problem > b->problem) - (a->problem < b->problem);
}

void nvbi_place_marks(nvb_diag *diag, nvb_text file, nvb_text bytes, nvbi_mark *marks, size_t n)
{
    if (n > 1)
        qsort(marks, n, sizeof *marks, compare);
    size_t bom = nvbi_bom_length(bytes);
    walk w = {.bytes = bytes, .at = bom, .line = 1, .line_start = bom, .column = 1};
    nvb_buffer excerpt = NVB_BUFFER_INIT;
    for (size_t i = 0; i < n; i++) {
        nvb_problem *p = nvb_diag_edit(diag, marks[i].problem);
        if (!p)
            continue;
        walk_to(&w, marks[i].offset < bytes.n ? marks[i].offset : bytes.n);
        nvb_buffer_cut(&excerpt, 0);
        make_excerpt(&excerpt, &w, &p->place.skipped);
        p->place.file = nvb_diag_keep(diag, file);
        p->place.line = w.line;
        p->place.column = w.column;
        p->place.excerpt = nvb_diag_keep(diag, (nvb_text){excerpt.s ? excerpt.s : "", excerpt.n});
    }
    nvb_buffer_release(&excerpt);
}
