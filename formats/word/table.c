/* table.c: see table.h. Gathering is here; measuring and setting are in
 * table_set.c. */
#include "table.h"

#include <stdlib.h>

enum { ROOM = 64 };

void nvbi_table_release(nvbi_table *t)
{
    nvb_buffer_release(&t->text);
    free(t->starts);
    free(t->lines);
    *t = NVBI_TABLE_INIT;
}

void nvbi_table_begin(nvbi_table *t, nvb_lang lang, unsigned indent, const char *kinds)
{
    nvb_buffer_cut(&t->text, 0);
    t->n_cells = t->n_lines = 0;
    t->lang = lang;
    t->indent = indent;
    t->full = false;
    t->columns = (unsigned)strlen(kinds);
    for (unsigned i = 0; i < t->columns; i++) {
        t->kind[i] = kinds[i];
        t->title[i] = NULL;
    }
}

void nvbi_table_title(nvbi_table *t, unsigned column, const char *title)
{
    t->title[column] = title;
}

/* Room for one more; false when memory is out, and the table then stays as it is. */
static bool grow(void **items, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return true;
    size_t more = *room ? *room * 2 : ROOM;
    void *bigger = more > SIZE_MAX / size ? NULL : realloc(*items, more * size);
    if (!bigger)
        return false;
    *items = bigger;
    *room = more;
    return true;
}

static void add_line(nvbi_table *t, unsigned char kind, unsigned indent)
{
    void *lines = t->lines;
    if (!grow(&lines, t->n_lines, &t->line_room, sizeof *t->lines)) {
        t->failed = true;
        return;
    }
    t->lines = lines;
    t->lines[t->n_lines++] = (nvbi_table_line){t->n_cells, kind, (unsigned char)indent};
}

void nvbi_table_row(nvbi_table *t)
{
    add_line(t, NVBI_TABLE_ROW, 0);
}

nvb_buffer *nvbi_table_cell(nvbi_table *t)
{
    void *starts = t->starts;
    if (!grow(&starts, t->n_cells, &t->cell_room, sizeof *t->starts)) {
        t->failed = true;
        return &t->text;
    }
    t->starts = starts;
    t->starts[t->n_cells++] = t->text.n;
    return &t->text;
}

nvb_buffer *nvbi_table_span(nvbi_table *t, unsigned indent)
{
    add_line(t, NVBI_TABLE_SPAN, indent);
    return nvbi_table_cell(t);
}

void nvbi_table_rule(nvbi_table *t)
{
    add_line(t, NVBI_TABLE_RULE, 0);
}

bool nvbi_table_empty(const nvbi_table *t)
{
    return t->n_lines == 0;
}

nvb_text nvbi_table_at(const nvbi_table *t, size_t line, unsigned column)
{
    size_t at = t->lines[line].first_cell + column;
    size_t next = line + 1 < t->n_lines ? t->lines[line + 1].first_cell : t->n_cells;
    if (at >= next || !t->text.s)
        return (nvb_text){"", 0};
    size_t end = at + 1 < t->n_cells ? t->starts[at + 1] : t->text.n;
    return (nvb_text){t->text.s + t->starts[at], end - t->starts[at]};
}
