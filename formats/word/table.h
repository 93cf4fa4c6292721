/*
 * table.h: rows put aside, measured, and then set in columns that fit a page.
 *
 *     nvbi_table_begin(t, NVB_NL, 2, "twn");
 *     nvbi_table_title(t, 0, "code");
 *     nvbi_table_row(t);
 *     nvb_buffer_str(nvbi_table_cell(t), "12010");
 *     ...
 *     nvbi_table_write(t, out);
 *
 * A column is of one of three kinds:
 *     t  text: takes the room that is left and wraps
 *     w  word: as wide as its widest word, within reason; wraps beyond that
 *     n  number: aligned on its decimal mark and never broken; one too long for its column stands
 * on a line of its own below the row, so that a long exact value does not break the page A column
 * in which no row says anything is left out. Beside rows there are spans (text over the whole
 * width) and rules.
 *
 * One table is used again and again; it keeps its memory until released. Cells must be safe text
 * (nvbi_word_safe).
 */
#ifndef NVB_FORMATS_TABLE_H
#define NVB_FORMATS_TABLE_H

#include "navolgbaar/buffer.h"

enum { NVBI_TABLE_COLUMNS = 6 };
enum { NVBI_TABLE_ROW, NVBI_TABLE_SPAN, NVBI_TABLE_RULE };

typedef struct nvbi_table_line {
    size_t first_cell;
    unsigned char kind;   /* row, span or rule */
    unsigned char indent; /* of a span, within the table */
} nvbi_table_line;

typedef struct nvbi_table {
    nvb_buffer text; /* all cells, one after the other */
    size_t *starts;  /* where each cell begins in `text` */
    size_t n_cells, cell_room;
    nvbi_table_line *lines;
    size_t n_lines, line_room;
    nvb_lang lang;
    unsigned indent, columns;
    char kind[NVBI_TABLE_COLUMNS];
    const char *title[NVBI_TABLE_COLUMNS];
    bool full; /* the text column takes all room, so that tables below each other share their right
                  edge */
    bool failed; /* memory was out; `out` is told when written */
} nvbi_table;

#define NVBI_TABLE_INIT ((nvbi_table){0})

void nvbi_table_release(nvbi_table *t);
void nvbi_table_begin(nvbi_table *t, nvb_lang lang, unsigned indent, const char *kinds);
/* The title is borrowed until the table is written; a table without titles has no head. */
void nvbi_table_title(nvbi_table *t, unsigned column, const char *title);
void nvbi_table_row(nvbi_table *t);
/* The buffer to append the next cell of the row to; borrowed until the next call. */
nvb_buffer *nvbi_table_cell(nvbi_table *t);
/* The buffer for a text across all columns. */
nvb_buffer *nvbi_table_span(nvbi_table *t, unsigned indent);
void nvbi_table_rule(nvbi_table *t);
/* The cell of a line; empty when the row is shorter. */
nvb_text nvbi_table_at(const nvbi_table *t, size_t line, unsigned column);
bool nvbi_table_empty(const nvbi_table *t);
void nvbi_table_write(nvbi_table *t, nvb_buffer *out);

#endif
