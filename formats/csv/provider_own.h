/*
 * provider_own.h: a provider being written: provider.c (the document), provider_cell.c (one cell),
 * provider_place.c (where values stand in the files).
 */
#ifndef NVB_FORMATS_PROVIDER_OWN_H
#define NVB_FORMATS_PROVIDER_OWN_H

#include "sheet.h"

#include "formats/json/json_write.h"

/* A cell, or with column NVBI_NO_CELL a row as a whole, in the rows of the provider. */
typedef struct nvbi_cell_place {
    nvb_sheet_kind sheet;
    uint64_t line;      /* of the row, in the file */
    size_t row, length; /* of the row, in the text */
    size_t cell;        /* where the cell begins, in the text */
} nvbi_cell_place;

/* Place number i is that of all that stands on line i + 1 of the document. */
struct nvb_provider_places {
    nvbi_cell_place *items;
    size_t n, room;
    nvb_text names[NVB_SHEET_KINDS]; /* of the files; the places own a copy */
    char *text;
    bool failed;
};

typedef struct nvbi_provider {
    const nvb_provider *in;
    nvb_diag *diag;
    nvbi_json json;
    nvb_provider_places *places;
    nvbi_arena arena; /* words of messages, of one row */
    /* the row being read */
    const nvb_sheet *sheet;
    const nvbi_sheet_span *span;
    const nvbi_csv_row *row;
    size_t base;
    char decimal;
    size_t lines;     /* rows of lines so far */
    nvb_buffer group; /* what its own row says of the group of its lines, and where */
    nvbi_cell_place group_place;
} nvbi_provider;

static inline size_t nvbi_provider_offset(const nvbi_provider *p, const nvbi_csv_cell *cell)
{
    return p->base + cell->offset;
}

/* The cell of a column; NULL when the sheet has no such column or the cell is empty. */
const nvbi_csv_cell *nvbi_provider_cell(const nvbi_provider *p, size_t column);
/* Adds a problem at a byte of the text. */
void nvbi_provider_fault(
    nvbi_provider *p, nvb_code code, size_t offset, nvb_text w1, nvb_text w2, nvb_text w3);
/* From here on the document says what stands at a byte of the text. */
void nvbi_provider_mark(nvbi_provider *p, size_t offset);
void nvbi_provider_mark_at(nvbi_provider *p, nvbi_cell_place place);
nvbi_cell_place nvbi_provider_here(const nvbi_provider *p, size_t offset);

/* key: value, as text on one line, of a column; nothing when it is empty. */
void nvbi_provider_text(nvbi_provider *p, const char *key, nvbi_sheet_column c);
void nvbi_provider_number(nvbi_provider *p, const char *key, nvbi_sheet_column c);
void nvbi_provider_year(nvbi_provider *p, const char *key, nvbi_sheet_column c);
void nvbi_provider_fact(nvbi_provider *p, const nvbi_sheet_fact *f);
/* Says what is wrong with the AGB code of the row. */
void nvbi_provider_check_agb(nvbi_provider *p);

#endif
