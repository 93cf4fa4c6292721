/* audit_own.h: what audit_words.c and audit_reading.c share; see audit_words.h. */
#ifndef NVB_FORMATS_AUDIT_OWN_H
#define NVB_FORMATS_AUDIT_OWN_H

#include "audit_words.h"

enum { NVBI_AUDIT_WORDS = 8 };

/* The words of one sentence; cleared to begin with. */
typedef struct nvbi_audit_words {
    nvb_buffer word[NVBI_AUDIT_WORDS];
} nvbi_audit_words;

/* Appends the sentence filled with the words, which are then released. */
void nvbi_audit_fill(nvb_buffer *out, const char *sentence, nvbi_audit_words *w, nvb_lang lang);
/* As nvbi_word_number, but what takes more than 4 decimals is rounded to those, with "≈". */
void nvbi_audit_number(
    nvb_buffer *out, nvb_calc *calc, nvb_num value, nvb_unit unit, nvb_lang lang);
/* A series by its id, as people write it. */
void nvbi_audit_series(nvb_buffer *out, nvb_text id);
const char *nvbi_audit_stage(nvb_stage stage, nvb_lang lang);
/* The line a figure belongs to; NULL when there is none. */
const nvb_line *nvbi_audit_line(const nvb_audit *a, nvb_text path);

/* --- audit_facts.c --- */

/* Of findings about tariffs: how many lie below what follows, and how many above it. */
typedef struct nvbi_audit_sides {
    size_t lower, higher;
    nvb_text first_lower, first_higher; /* paths; s == NULL: none, or not known */
} nvbi_audit_sides;

bool nvbi_audit_of_tariffs(nvb_finding_kind kind);
/* Whoever asks is the provider; else it is the insurer, who received an offerte. */
bool nvbi_audit_by_provider(const nvb_audit *a);
nvbi_audit_sides nvbi_audit_sides_of(const nvb_audit *a, const nvb_finding *f);
/* A place of a finding is not in favour of whoever asks. */
bool nvbi_audit_against_asker(const nvb_audit *a, const nvb_finding *f, nvb_text path);
/* The finding as it is asked about: only tariffs that are not in favour of whoever asks. Its paths
 * are those of the whole. */
nvb_finding nvbi_audit_as_asked(const nvb_audit *a, const nvb_finding *f);
/* How many of its places are asked about. */
size_t nvbi_audit_asked_places(const nvb_audit *a, const nvb_finding *f);
/* Indices that come from what the reader expects. */
size_t nvbi_audit_expected_indices(const nvb_audit *a);
/* Steps other than indexation do. */
bool nvbi_audit_expects_steps(const nvb_audit *a);
/* A reading names a step or index that only the reader has. */
bool nvbi_audit_names_own(const nvb_finding *f, const nvb_reading *r);

/* "Uw cijfers passen bij … Klopt dat?", of the best reading; there is one. */
void nvbi_audit_ask_best(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang);

#endif
