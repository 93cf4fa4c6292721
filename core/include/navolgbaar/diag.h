/*
 * diag.h: everything that was wrong with a document, collected before anything is said.
 *
 * A problem has a code, the JSON Pointer of the place (array items by id or code), up to three
 * words that fill its message, and, once a reader located it, file, line and column. The table
 * codes.def is the one source of codes, severities, messages and hints in Dutch and English.
 *
 * Three severities: an error refuses the document; a gap (model: a missing mandatory element, or a
 * claim that does not follow) refuses an explanation unless a draft is asked for; a warning refuses
 * nothing.
 *
 * Ownership: a diag owns copies of all it was given. At most NVB_MAX_PROBLEMS are kept, the rest is
 * counted. It does not print (formats does) and never ends the program.
 */
#ifndef NAVOLGBAAR_DIAG_H
#define NAVOLGBAAR_DIAG_H

#include "base.h"

typedef enum nvb_severity { NVB_ERROR, NVB_GAP, NVB_WARNING } nvb_severity;

#define NVB_CODE_ENUM(code, severity, nl, en, hint_nl, hint_en) NVB_##code,
typedef enum nvb_code {
    NVB_OK,
#include "codes.def"
    NVB_CODE_COUNT
} nvb_code;
#undef NVB_CODE_ENUM

enum { NVB_MAX_PROBLEMS = 1000, NVB_PROBLEM_WORDS = 3 };

/* Where in a file; line 0: not located. Columns count characters (code points), from 1. */
typedef struct nvb_place {
    nvb_text file;
    size_t line, column;
    nvb_text excerpt; /* the source line, or of a very long one the part around the column */
    size_t skipped; /* characters of the line that come before the excerpt; 0 when it begins at the
                       start */
} nvb_place;

typedef struct nvb_problem {
    nvb_code code;
    bool at_key;   /* the place is the key of the path's last part, not its value */
    nvb_text path; /* JSON Pointer; "" is the whole document; s == NULL: no place in a document */
    nvb_text word[NVB_PROBLEM_WORDS];
    nvb_place place;
    size_t order; /* as it was added */
} nvb_problem;

typedef struct nvb_diag nvb_diag;

NVB_API nvb_diag *nvb_diag_new(void);
NVB_API void nvb_diag_free(nvb_diag *d);
NVB_API void nvb_diag_clear(nvb_diag *d);

/* Adds a problem; the words fill {1} {2} {3} of its message and may be absent. Never fails: out of
 * memory counts it. */
NVB_API nvb_problem *
nvb_diag_add(nvb_diag *d, nvb_code code, nvb_text path, nvb_text w1, nvb_text w2, nvb_text w3);
/* The problems of one severity, or of all: counts include those beyond NVB_MAX_PROBLEMS. */
NVB_API size_t nvb_diag_count(const nvb_diag *d, nvb_severity s);
NVB_API size_t nvb_diag_kept(const nvb_diag *d);
NVB_API const nvb_problem *nvb_diag_at(const nvb_diag *d, size_t i);
NVB_API nvb_problem *nvb_diag_edit(nvb_diag *d, size_t i);
/* Sorts by file, line, column, then by order of adding. Problems without a place come last. */
NVB_API void nvb_diag_sort(nvb_diag *d);
/* Keeps a copy of `t` as long as the diag lives. */
NVB_API nvb_text nvb_diag_keep(nvb_diag *d, nvb_text t);

/* "E312"; severity; the message with words filled in is made by formats from these templates. */
NVB_API const char *nvb_code_name(nvb_code c);
NVB_API nvb_severity nvb_code_severity(nvb_code c);
NVB_API const char *nvb_code_message(nvb_code c, nvb_lang lang);
/* What to write instead; "" when there is nothing to advise. */
NVB_API const char *nvb_code_hint(nvb_code c, nvb_lang lang);
/* NVB_OK when no code has that name. */
NVB_API nvb_code nvb_code_find(nvb_text name);

#endif
