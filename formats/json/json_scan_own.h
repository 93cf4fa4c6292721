/*
 * json_scan_own.h: what the two files of the scan share: json_scan.c (grammar) and json_scan_text.c
 * (strings, keys, numbers).
 */
#ifndef NVB_FORMATS_JSON_SCAN_OWN_H
#define NVB_FORMATS_JSON_SCAN_OWN_H

#include "core/arena.h"
#include "json_keys.h"
#include "json_place.h"
#include "json_scan.h"

/* An object or array that is open. */
typedef struct frame {
    bool is_object;
    size_t line;      /* where it was opened */
    size_t first_key; /* its first entry in `keys` */
    size_t position;  /* array: of the item being read */
} frame;

typedef struct spot {
    size_t offset, line;
} spot;

typedef struct scan {
    const char *s;
    size_t n, at, line;
    nvb_text file;
    nvb_buffer *out;
    size_t copied; /* bytes of the text that are in `out` */
    nvb_diag *diag;
    nvbi_mark marks[NVB_MAX_PROBLEMS];
    size_t n_marks;
    frame frames[NVBI_MAX_DEPTH];
    size_t depth;
    nvbi_key_entry *keys; /* of all open objects, inner ones last; `number` points into `spots` */
    spot *spots;
    size_t n_keys, room;
    nvbi_arena arena; /* keys that were written with escapes */
    size_t values;
    size_t comma;                    /* offset of the last comma between values */
    size_t number_start, number_end; /* the last number token */
    bool stopped;
} scan;

/* Adds a problem at a byte offset. Absent words are (nvb_text){0}. */
void nvbi_scan_problem(
    scan *sc, nvb_code code, size_t offset, nvb_text path, nvb_text w1, nvb_text w2, nvb_text w3);
/* The same, where nothing sensible can follow. */
void nvbi_scan_stop(scan *sc, nvb_code code, size_t offset, nvb_text w1, nvb_text w2, nvb_text w3);
void nvbi_scan_no_memory(scan *sc);

/* The character at `at` as a message names it: 'x', U+000A or 0xFF. `room` holds what it points to.
 */
typedef struct found {
    char s[16];
} found;
nvb_text nvbi_scan_found(const scan *sc, found *room);

/* A string at `at`, quotes included; moves past it. `escaped` tells whether it holds a backslash.
 */
void nvbi_scan_string(scan *sc, bool *escaped);
/* A string that is a key: the same, and kept for the search for doubles. */
void nvbi_scan_key(scan *sc);
/* A token that begins as a number does: checked, and rewritten. */
void nvbi_scan_number(scan *sc);
/* Digits after a comma where a key belongs, right behind a number: a decimal comma. False when it
 * is not that. */
bool nvbi_scan_decimal_comma(scan *sc);
/* Reports the keys that occur twice in the innermost open object, and lets go of its keys. */
void nvbi_scan_doubles(scan *sc);

#endif
