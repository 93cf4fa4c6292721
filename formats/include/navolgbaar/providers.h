/*
 * providers.h: providers and their lines as two CSV files, joined on AGB code: every provider with
 * its lines becomes a document, as `explain` reads it.
 *
 *     agb;naam;kenmerk;kenmerk.kwaliteit            agb;code;volume;basis
 *     01234567;Praktijk A;A-2026;8,4                01234567;1000;250;30,15
 *
 * The first row names the columns, in any order. Cells are separated by ; or by , and numbers have
 * a decimal comma or point: both are settled once for each file. An empty cell says nothing, so
 * that what the policy says stands. Whatever stands in a cell is data, never a formula.
 *
 * The files may be larger than memory. Nothing here opens one: the caller looks through each file
 * once (nvb_sheet_look), notes where the rows of each AGB code are, and then hands over the rows of
 * one provider at a time (nvb_provider_write).
 *
 * It does not judge the document: whether a code is known to the policy shows when that is read.
 */
#ifndef NAVOLGBAAR_PROVIDERS_H
#define NAVOLGBAAR_PROVIDERS_H

#include "navolgbaar/formats.h"

typedef enum nvb_sheet_kind {
    NVB_SHEET_PROVIDERS,
    NVB_SHEET_LINES,
    NVB_SHEET_KINDS
} nvb_sheet_kind;

/* What is known of one of the files: its columns and its notation. */
typedef struct nvb_sheet nvb_sheet;

/* `start` is the first MiB of the file, or all of it when that is less. NULL, and problems, when
 * its header will not do. */
NVB_API nvb_sheet *
nvb_sheet_open(nvb_sheet_kind kind, const nvb_source_file *start, nvb_csv notation, nvb_diag *diag);
/* Holds its columns `kenmerk.<name>` against the policy that all documents lean on: a name that is
 * not among the `kenmerken` of it, when it has those, nor in a condition or table is a problem.
 * False when there is one. `start` as it was. A policy that cannot be read is left to its reader.
 */
NVB_API bool nvb_sheet_hold(nvb_sheet *s,
                            const nvb_source_file *start,
                            const nvb_source_file *policy,
                            nvb_diag *diag);
NVB_API void nvb_sheet_free(nvb_sheet *s);
/* Bytes of the file before the first row below the header. */
NVB_API size_t nvb_sheet_begin(const nvb_sheet *s);
/* The header as it stood, with its line end. */
NVB_API nvb_text nvb_sheet_header(const nvb_sheet *s);

/* A row below the header. */
typedef struct nvb_sheet_row {
    nvb_text agb; /* zeros that were lost in front of it put back; empty when it cannot be read */
    uint64_t offset, line; /* in the file */
    size_t length;
} nvb_sheet_row;

/* Whole rows, at most `most`, at the start of `ahead`, which is what follows on what was taken
 * before; blank ones are passed over. Returns the bytes taken: 0 when more is needed to see a row,
 * and at the end; SIZE_MAX when memory is out or `see` said so. `ended`: nothing comes after
 * `ahead`. */
typedef bool (*nvb_sheet_see)(void *of, const nvb_sheet_row *row);
NVB_API size_t
nvb_sheet_look(nvb_sheet *s, nvb_text ahead, bool ended, size_t most, nvb_sheet_see see, void *of);
/* Back to the first row, for looking again: what numbers look like is then known. */
NVB_API void nvb_sheet_again(nvb_sheet *s);

/* Rows that follow each other in a file, in the text `raw` of a provider. */
typedef struct nvb_sheet_piece {
    nvb_sheet_kind sheet;
    size_t offset, length; /* in the text */
    uint64_t line;         /* in the file */
} nvb_sheet_piece;

typedef struct nvb_provider {
    const nvb_sheet *sheet[NVB_SHEET_KINDS]; /* both looked through */
    nvb_text raw;                  /* headers and rows as they stood, each with its line end */
    const nvb_sheet_piece *pieces; /* its own row, if it has one, and those of its lines */
    size_t n_pieces;
    nvb_text policy; /* kenmerk of the policy it leans on; absent: none */
} nvb_provider;

/* Where each value of the document that was made of a provider stands in the files. */
typedef struct nvb_provider_places nvb_provider_places;

/* Appends the document that the rows say. Rows that make no sense are problems in `diag`, with
 * their place; lines without a provider too. NULL when memory is out. */
NVB_API nvb_provider_places *
nvb_provider_write(nvb_buffer *out, const nvb_provider *p, nvb_diag *diag);
NVB_API void nvb_provider_places_free(nvb_provider_places *p);
/* Problems of that document, read under `name` and located, get their places in the files. `raw` as
 * it was then. */
NVB_API void nvb_provider_places_apply(const nvb_provider_places *p,
                                       nvb_text raw,
                                       nvb_text name,
                                       nvb_diag *diag);

#endif
