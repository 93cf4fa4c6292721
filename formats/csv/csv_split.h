/*
 * csv_split.h: where the rows of a CSV text end, for a text that comes in pieces.
 *
 *     nvbi_csv_span span = nvbi_csv_split(text, ';', ended);
 *     if (span.length == 0) ... more is needed
 *
 * A row ends at a line end outside quotes. A quote that is not closed within NVBI_CSV_MAX_CELL
 * bytes or before the end of the file, or on a later line but in the middle of a cell, is taken to
 * be a slip: the row then ends at its first line end, so that a slip spoils one row and not all
 * that follow. What is wrong with the row is for csv_rows.h to say. Linear in the text as long as
 * it is taken off row by row.
 */
#ifndef NVB_FORMATS_CSV_SPLIT_H
#define NVB_FORMATS_CSV_SPLIT_H

#include "csv_rows.h"

typedef struct nvbi_csv_span {
    size_t length; /* with its line end; 0: the row is not whole yet */
    size_t lines;  /* line ends in it */
    bool alone;    /* its quotes do not fit: not to be read together with other rows */
} nvbi_csv_span;

/* The first row of a text that is not empty. `ended`: nothing comes after the text. */
nvbi_csv_span nvbi_csv_split(nvb_text t, char separator, bool ended);

#endif
