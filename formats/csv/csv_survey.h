/*
 * csv_survey.h: a first look at a price list: what separates its cells, whether it has a header and
 * what that names, and which mark is the decimal one. Each is settled once, for the whole file.
 *
 * It reports nothing; price_list.c says what is not settled.
 */
#ifndef NVB_FORMATS_CSV_SURVEY_H
#define NVB_FORMATS_CSV_SURVEY_H

#include "csv_rows.h"

#include "navolgbaar/formats.h"

/* The columns a price list can have, and the names by which a header may call them. X(enum, names;
 * the first is ours) */
#define NVBI_CSV_COLUMNS(X)                                                                        \
    X(NVBI_CSV_CODE, "code, prestatiecode")                                                        \
    X(NVBI_CSV_DESCRIPTION, "omschrijving, description")                                           \
    X(NVBI_CSV_UNIT, "eenheid, unit")                                                              \
    X(NVBI_CSV_TARIFF, "tarief, prijs, tariff, price")                                             \
    X(NVBI_CSV_VOLUME, "volume, aantal")

#define NVBI_CSV_ENUM_ITEM(name, words) name,
typedef enum nvbi_csv_column {
    NVBI_CSV_COLUMNS(NVBI_CSV_ENUM_ITEM) NVBI_CSV_COLUMN_COUNT
} nvbi_csv_column;
#undef NVBI_CSV_ENUM_ITEM

#define NVBI_CSV_NOWHERE SIZE_MAX
enum { NVBI_CSV_MAX_ROWS = 2000000 };

/* The names a header may use, "tarief, prijs, tariff, price", and the first of them. */
nvb_text nvbi_csv_column_names(nvbi_csv_column c);
nvb_text nvbi_csv_column_name(nvbi_csv_column c);
/* The column a cell of a header names; NVBI_CSV_COLUMN_COUNT when it is none of ours. */
nvbi_csv_column nvbi_csv_column_of(nvb_text cell);

typedef struct nvbi_csv_survey {
    char separator;
    bool header;    /* the first row names a code and a tarief */
    bool no_header; /* the first row is no header that will do, and no line either */
    size_t named;   /* columns the first row names */
    size_t at[NVBI_CSV_COLUMN_COUNT]; /* where each column stands, or NVBI_CSV_NOWHERE */
    size_t needed;                    /* cells a row must have */
    size_t width;                     /* cells a row can have */
    size_t first;                     /* offset of the first cell of the first row */
    size_t rows;   /* below the header; blank ones not counted, and none beyond NVBI_CSV_MAX_ROWS */
    size_t beyond; /* offset of the first row that is one too many; 0 when none is */
    size_t fitting; /* of these, with the right number of cells and a tariff with digits */
    size_t widest;
    size_t halves; /* rows whose tariff and volume may be one amount cut in two: 12,50 */
    size_t commas, points,
        either; /* numbers that show a decimal comma or point, or a mark that can be both */
    size_t first_either; /* offset of the first of these */
    bool memory_out;
} nvbi_csv_survey;

nvbi_csv_survey nvbi_csv_look(nvb_text bytes, char separator);

typedef enum nvbi_csv_choice { NVBI_CSV_CHOSEN, NVBI_CSV_BOTH, NVBI_CSV_NEITHER } nvbi_csv_choice;

/* Which of two looks at one file is right. BOTH: it can be read both ways. NEITHER: `*out` is the
 * one that says most. */
nvbi_csv_choice nvbi_csv_choose(const nvbi_csv_survey *semicolon,
                                const nvbi_csv_survey *comma,
                                nvb_csv notation,
                                const nvbi_csv_survey **out);

/* Whether `tab`, a look at a file that the chosen one makes no sense of, says more of it. */
bool nvbi_csv_is_tabbed(const nvbi_csv_survey *tab, const nvbi_csv_survey *chosen);

/* The decimal mark of the file; 0 when no number shows which it is. */
char nvbi_csv_decimal(const nvbi_csv_survey *s, nvb_csv notation);

#endif
