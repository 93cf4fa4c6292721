/*
 * json_place.h: from a byte offset in a file to line, column and source line, for many problems in
 * one pass.
 */
#ifndef NVB_FORMATS_JSON_PLACE_H
#define NVB_FORMATS_JSON_PLACE_H

#include "navolgbaar/diag.h"

/* The problem with number `problem` of a diag (as nvb_diag_edit counts, before sorting) lies at
 * `offset`. */
typedef struct nvbi_mark {
    size_t offset, problem;
} nvbi_mark;

/* Fills the places of the marked problems. Sorts the marks; reads the text once, however many there
 * are. */
void nvbi_place_marks(nvb_diag *diag, nvb_text file, nvb_text bytes, nvbi_mark *marks, size_t n);

/* The bytes (1 to 4) of the UTF-8 character at the start of `s`, or 0 when there is no valid one. n
 * > 0. */
size_t nvbi_utf8_length(const char *s, size_t n);
/* The bytes of a byte order mark at the start of a text: 3 or 0. */
size_t nvbi_bom_length(nvb_text bytes);

#endif
