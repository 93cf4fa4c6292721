/*
 * csv_rows.h: the rows of a CSV text (RFC 4180), one at a time, each cell with the place it has in
 * the file.
 *
 *     nvbi_csv_result r = nvbi_csv_rows(bytes, ';', see, &mine);
 *     if (r.end != NVBI_CSV_DONE) ... r.offset is where it went wrong
 *
 * What a quote means is libcsv's to say; this only feeds it so that every cell's offset is known.
 * Cells are trimmed of blanks. Rows without any cell are passed over. Linear in the text; at most
 * NVBI_CSV_MAX_CELLS cells of at most NVBI_CSV_MAX_CELL bytes are held at a time.
 */
#ifndef NVB_FORMATS_CSV_ROWS_H
#define NVB_FORMATS_CSV_ROWS_H

#include "navolgbaar/base.h"

enum { NVBI_CSV_MAX_CELLS = 1000, NVBI_CSV_MAX_CELL = 1 << 17 };

typedef struct nvbi_csv_cell {
    nvb_text text; /* not followed by a NUL */
    size_t offset; /* of its first character, or of the quote it begins with */
} nvbi_csv_cell;

typedef struct nvbi_csv_row {
    const nvbi_csv_cell *cells;
    size_t n;
    size_t used; /* without the cells at the end that say nothing; 0: a blank row */
    size_t line; /* in the file, from 1 */
} nvbi_csv_row;

/* False: enough has been seen. The row lives during the call. */
typedef bool (*nvbi_csv_see)(void *of, const nvbi_csv_row *row);

typedef enum nvbi_csv_end {
    NVBI_CSV_DONE, /* or enough was seen */
    NVBI_CSV_MEMORY,
    NVBI_CSV_OPEN_QUOTE,
    NVBI_CSV_STRAY_QUOTE,
    NVBI_CSV_LONG_CELL,
    NVBI_CSV_WIDE_ROW
} nvbi_csv_end;

typedef struct nvbi_csv_result {
    nvbi_csv_end end;
    size_t offset;
} nvbi_csv_result;

/* The character that a first line `sep=;` says stands between the cells, as a spreadsheet writes
 * it; 0 when there is no such line. */
char nvbi_csv_told_separator(nvb_text bytes);

/* `bytes` is UTF-8, with or without a byte order mark. A first line `sep=;` is no row. */
nvbi_csv_result nvbi_csv_rows(nvb_text bytes, char separator, nvbi_csv_see see, void *of);

#endif
