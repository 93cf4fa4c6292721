/*
 * shared_text.h: which figures write the same words, so that those are worked out and escaped once
 * per document. Internal to formats.
 *
 * The lines of a proposal share their steps, indices and groups, so label, formula and grounds of
 * their figures are mostly the same bytes. A row remembers a figure and where in the output its
 * words stand; a later figure that cannot but write the same copies them from there. What a row
 * says of the output is right as long as nothing before it changes.
 *
 *     nvbi_shared_row *row = nvbi_shared_find(shared, figure);
 *     if (!nvbi_shared_again(row, NVBI_SHARED_NAME, j)) {
 *         size_t from = j->out->n;
 *         write_name(j, figure);
 *         nvbi_shared_keep(row, NVBI_SHARED_NAME, j, from);
 *     }
 *
 * A piece begins in an object between two keys, and ends there or within a string. It allocates
 * nothing; a table is cleared before use and serves one document in one language.
 */
#ifndef NVB_FORMATS_SHARED_TEXT_H
#define NVB_FORMATS_SHARED_TEXT_H

#include "formats/json/json_write.h"
#include "formats/word/wording_operands.h"
#include "navolgbaar/breakdown.h"

typedef enum nvbi_shared_part {
    NVBI_SHARED_NAME,    /* soort and label */
    NVBI_SHARED_FORMULA, /* eenheid and formule of a figure with all its digits */
    NVBI_SHARED_GROUNDS, /* reden to ontbreekt */
    NVBI_SHARED_PARTS
} nvbi_shared_part;

typedef struct nvbi_shared_row {
    const nvb_figure *of; /* NULL: free */
    nvb_text reason, source;
    size_t from[NVBI_SHARED_PARTS], n[NVBI_SHARED_PARTS];
    bool known[NVBI_SHARED_PARTS];
} nvbi_shared_row;

enum { NVBI_SHARED_ROWS = 64 }; /* a power of two */

typedef struct nvbi_shared {
    nvbi_shared_row rows[NVBI_SHARED_ROWS];
    nvbi_operands operands; /* the same for numbers in formulas */
} nvbi_shared;

/* The row of a figure with the same words, or one that is from now on `f`'s and knows nothing. */
nvbi_shared_row *nvbi_shared_find(nvbi_shared *s, const nvb_figure *f);

/* Writes the piece again; false when it is not known. */
bool nvbi_shared_again(const nvbi_shared_row *row, nvbi_shared_part part, nvbi_json *j);
/* The piece is what was written since offset `from`. */
void nvbi_shared_keep(nvbi_shared_row *row, nvbi_shared_part part, const nvbi_json *j, size_t from);

#endif
