/*
 * sheet.h: one of the two files of providers.h: its columns, its notation and its rows. Shared by
 * sheet.c (header), sheet_facts.c (the policy), sheet_rows.c (rows) and provider_*.c (a provider).
 */
#ifndef NVB_FORMATS_SHEET_H
#define NVB_FORMATS_SHEET_H

#include "csv_split.h"

#include "core/arena.h"
#include "navolgbaar/providers.h"

/* The columns, and the names by which a header may call them. X(enum, may be in PROVIDERS and in
 * LINES, must be there, is a number, names; the first is ours) */
#define NVBI_SHEET_COLUMNS(X)                                                                      \
    X(NVBI_AGB, true, true, true, false, "agb, agb-code, agbcode")                                 \
    X(NVBI_NAME, true, false, true, false, "naam, name")                                           \
    X(NVBI_REFERENCE, true, false, false, false, "kenmerk, reference")                             \
    X(NVBI_POLICY, true, false, false, false, "beleid, policy")                                    \
    X(NVBI_CODE, false, true, true, false, "code, prestatiecode")                                  \
    X(NVBI_DESCRIPTION, false, true, false, false, "omschrijving, description")                    \
    X(NVBI_UNIT, false, true, false, false, "eenheid, unit")                                       \
    X(NVBI_GROUP, true, true, false, false, "groep, group")                                        \
    X(NVBI_BASE, false, true, false, true, "basis, base")                                          \
    X(NVBI_BASE_YEAR, false, true, false, false, "basisjaar, base-year")                           \
    X(NVBI_TARIFF, false, true, false, true, "tarief, prijs, tariff, price")                       \
    X(NVBI_VOLUME, false, true, false, true, "volume, aantal")

#define NVBI_SHEET_ENUM(name, providers, lines, needed, number, words) name,
typedef enum nvbi_sheet_column {
    NVBI_SHEET_COLUMNS(NVBI_SHEET_ENUM) NVBI_SHEET_COLUMN_COUNT
} nvbi_sheet_column;
#undef NVBI_SHEET_ENUM

#define NVBI_NO_CELL SIZE_MAX
enum { NVBI_AGB_DIGITS = 8 };

/* A fact about the provider: column `kenmerk.<name>`, and `kenmerk.<name>.bron`. */
typedef struct nvbi_sheet_fact {
    nvb_text name;
    size_t value, source; /* columns; NVBI_NO_CELL: none */
    size_t offset;        /* of the first of them, in the file */
} nvbi_sheet_fact;

struct nvb_sheet {
    nvb_sheet_kind kind;
    nvbi_arena arena;
    nvb_text name; /* of the file */
    nvb_csv notation;
    char separator;
    nvb_text header;
    size_t begin;        /* of the first row below it */
    uint64_t first_line; /* and its line */
    size_t at[NVBI_SHEET_COLUMN_COUNT];
    nvbi_sheet_fact *facts;
    size_t n_facts;
    size_t width, needed;    /* cells a row can have, and must */
    size_t cells;            /* of the header, with those at its end that say nothing */
    uint64_t offset, line;   /* of the next row */
    uint64_t commas, points; /* numbers that show a decimal comma or point */
    bool settled;            /* all have been counted */
};

/* The names a header may use, and the first of them. */
nvb_text nvbi_sheet_column_names(nvbi_sheet_column c);
nvb_text nvbi_sheet_column_name(nvbi_sheet_column c);
/* The decimal mark of the file; 0 when no number shows which it is. */
char nvbi_sheet_decimal(const nvb_sheet *s);
nvb_code nvbi_csv_end_code(nvbi_csv_end end);
/* The first byte from *at on that no text holds: what is wrong with it (E131, E132, E152) and how a
 * message names it; NVB_OK when there is none. Line ends and tabs are text. */
typedef struct nvbi_byte_name {
    char s[8];
} nvbi_byte_name;
nvb_code nvbi_sheet_text(nvb_text t, size_t *at, nvbi_byte_name *name);

/* A row in a text that holds many. */
typedef struct nvbi_sheet_span {
    size_t offset, length;
    uint64_t line; /* in the file */
    bool alone;    /* see csv_split.h */
} nvbi_sheet_span;

/* Sees each row that is not blank: its cells, with offsets from `base` on; or NULL and what is
 * wrong with it. False: enough. */
typedef bool (*nvbi_sheet_each)(void *of,
                                const nvbi_sheet_span *span,
                                const nvbi_csv_row *row,
                                size_t base,
                                nvbi_csv_result fault);
/* False when memory is out or `each` said so. */
bool nvbi_sheet_rows(const nvb_sheet *s,
                     nvb_text text,
                     const nvbi_sheet_span *spans,
                     size_t n,
                     nvbi_sheet_each each,
                     void *of);

#endif
