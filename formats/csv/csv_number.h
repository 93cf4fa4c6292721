/*
 * csv_number.h: a number as a spreadsheet writes it: which mark is the decimal one, and what to
 * write instead when it is not a number of the model (section 1).
 *
 * It knows no cells and reports nothing itself. Nothing is guessed: a figure that can mean two
 * things is said to be so.
 */
#ifndef NVB_FORMATS_CSV_NUMBER_H
#define NVB_FORMATS_CSV_NUMBER_H

#include "core/arena.h"
#include "navolgbaar/diag.h"
#include "navolgbaar/number.h"

typedef enum nvbi_csv_shape {
    NVBI_CSV_WHOLE,   /* no mark: 1234 */
    NVBI_CSV_DECIMAL, /* one mark, which can only be the decimal one: 12,50 */
    NVBI_CSV_EITHER,  /* one mark, three digits after it: 1.234 */
    NVBI_CSV_GROUPED, /* thousands are set apart: 1.234,50 */
    NVBI_CSV_OTHER    /* no number */
} nvbi_csv_shape;

typedef struct nvbi_csv_figure {
    nvbi_csv_shape shape;
    char mark; /* DECIMAL, EITHER: the mark; GROUPED: the decimal mark it shows; 0 when it shows
                  none */
} nvbi_csv_figure;

nvbi_csv_figure nvbi_csv_figure_of(nvb_text t);

/* What stops a figure from being read where `decimal` (0: not settled) is the decimal mark: NVB_OK
 * when nothing does. */
nvb_code nvbi_csv_fault(nvbi_csv_figure f, char decimal);

/* What `t` should be written as when `decimal` (0: not settled) is the decimal mark of the file,
 * without euro signs, blanks and thousands separators. Absent when nothing can be made of it. In
 * the arena. */
nvb_text nvbi_csv_mended(nvbi_arena *a, nvb_text t, char decimal);

/* The value of a figure of shape WHOLE, DECIMAL or EITHER; its mark is taken for the decimal one.
 */
nvb_num_syntax nvbi_csv_value(nvb_calc *calc, nvb_num *out, nvb_text t);

#endif
