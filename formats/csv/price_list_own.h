/*
 * price_list_own.h: what the files that read a price list share: the document being made, and how
 * they say what is wrong.
 */
#ifndef NVB_FORMATS_PRICE_LIST_OWN_H
#define NVB_FORMATS_PRICE_LIST_OWN_H

#include "csv_survey.h"

#include "formats/json/json_place.h"
#include "formats/read/document_own.h"

typedef struct nvbi_price_list {
    nvb_document *d;
    nvb_diag *diag;
    nvb_csv notation;
    const nvbi_csv_survey *survey;
    char decimal; /* mark; 0: not settled */
    nvb_line *lines;
    size_t n, room;
    size_t *line_of, *offset_of; /* where the code of each line stands */
    size_t rows;                 /* seen so far, the header too */
    size_t errors;               /* in the diag before */
    nvbi_mark marks[NVB_MAX_PROBLEMS];
    size_t n_marks;
} nvbi_price_list;

/* Adds a problem at a byte of the file. */
void nvbi_list_fault(
    nvbi_price_list *l, nvb_code code, size_t offset, nvb_text w1, nvb_text w2, nvb_text w3);
/* A number as words of a message; in the arena. */
nvb_text nvbi_list_count(nvbi_price_list *l, size_t n);

/* Reads a row below the header into a line. */
void nvbi_list_row(nvbi_price_list *l, const nvbi_csv_row *row);
/* Gives the marked problems their places in the file. */
void nvbi_list_place(nvb_diag *diag, const nvb_source_file *file, nvbi_mark *marks, size_t n);
/* The same for problems that later turned out to lie at the path of a line; those at no line lie at
 * the top. */
void nvbi_list_locate(const nvb_document *d, nvb_diag *diag);
/* Says what is wrong with the header, and which of its columns do not count. */
void nvbi_list_header(nvbi_price_list *l, const nvbi_csv_row *row);

#endif
