/*
 * emit_rows.h: a list of figures and inputs for people: name, path and value of each. Internal to
 * formats.
 *
 * Each takes one line of at most 80 columns, with names cut where they must; where paths leave too
 * little room for names each takes two: name and value, and the path beneath.
 *
 *     nvbi_rows_begin(&rows);
 *     nvb_buffer_str(nvbi_rows_cell(&rows), "Basis");
 *     nvb_buffer_str(nvbi_rows_cell(&rows), "/prestaties/12010/basis");
 *     nvb_buffer_str(nvbi_rows_cell(&rows), "€ 10,99");
 *     nvbi_rows_put(&rows, out);
 */
#ifndef NVB_FORMATS_EMIT_ROWS_H
#define NVB_FORMATS_EMIT_ROWS_H

#include "navolgbaar/buffer.h"

typedef struct nvbi_rows {
    nvb_buffer text;
    size_t *ends; /* of each cell begun, except the last */
    size_t n, room;
} nvbi_rows;

/* Empties the list; a cleared struct is an empty list. */
void nvbi_rows_begin(nvbi_rows *r);
/* Begins the next cell and returns where it is written. Three make a row. */
nvb_buffer *nvbi_rows_cell(nvbi_rows *r);
/* Writes the list, indented by two. */
void nvbi_rows_put(nvbi_rows *r, nvb_buffer *out);
void nvbi_rows_release(nvbi_rows *r);

#endif
