/*
 * audit_words.h: findings and readings of an audit in sentences. Internal to formats: the report,
 * the letter with questions and the JSON (emit) say the same with the same words.
 *
 * Each function appends one plain line, without a line break at its end. Texts of documents in it
 * have passed nvbi_word_safe. Sentences are data: wording_audit.def.
 *
 *     nvbi_audit_title(&out, a, f, NVB_NL);     "12 tarieven volgen niet uit het aanbod"
 *     nvbi_audit_reading(&out, a, f, r, NVB_NL); "past bij een afslag van 1,00% over de index"
 */
#ifndef NVB_FORMATS_AUDIT_WORDS_H
#define NVB_FORMATS_AUDIT_WORDS_H

#include "formats/word/wording.h"

#define AUDIT_WORD(name, nl, en) NVBI_AUDIT_##name,
typedef enum nvbi_audit_say {
#include "wording_audit.def"
    NVBI_AUDIT_SAY_COUNT
} nvbi_audit_say;
#undef AUDIT_WORD

/* What a finding says, what lies behind it, and what to ask the other party about it: the question
 * can be sent as it is. Whoever asks is "wij", whoever made the offer is "u". */
void nvbi_audit_title(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang);
void nvbi_audit_explanation(nvb_buffer *out,
                            const nvb_audit *a,
                            const nvb_finding *f,
                            nvb_lang lang);
void nvbi_audit_question(nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, nvb_lang lang);
/* About what the reader expects, so for the reader alone: there is no question. */
bool nvbi_audit_for_reader(const nvb_audit *a, const nvb_finding *f);
/* Whether the letter asks about it: not about what is only rounding, what is in favour of whoever
 * asks, or what is about the expectations of the reader. */
bool nvbi_audit_is_asked(const nvb_audit *a, const nvb_finding *f);
/* A reading as a sentence without a capital or full stop: "past bij …", of one that is near
 * "past bijna bij …", and of a convention "4,91% volgt bij …". */
void nvbi_audit_reading(
    nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, const nvb_reading *r, nvb_lang lang);
/* "index lpo-2026, deel ova": a path of a document or of a figure. */
void nvbi_audit_place(nvb_buffer *out, const nvb_audit *a, nvb_text path, nvb_lang lang);

/* The figure a path names, in an explanation too; NULL when there is none. */
const nvb_figure *nvbi_audit_figure_at(const nvb_audit *a, nvb_text path);
/* What follows after "past bij" in nvbi_audit_reading. */
void nvbi_audit_phrase(
    nvb_buffer *out, const nvb_audit *a, const nvb_finding *f, const nvb_reading *r, nvb_lang lang);
/* It says something the offer says nowhere: a discount, an index, an amount. */
bool nvbi_audit_hidden(const nvb_reading *r);

const char *nvbi_audit_fit(nvb_fit fit, nvb_lang lang);
const char *nvbi_audit_mark(nvb_gravity gravity); /* one column wide: ✗ ! i */
const char *nvbi_audit_sentence(nvbi_audit_say s, nvb_lang lang);

/* The best two readings give the same figures: those cannot tell them apart. */
bool nvbi_audit_alike(const nvb_audit *a, const nvb_finding *f);

/* --- templates, for tests: NULL where there is none --- */
typedef enum nvbi_audit_family {
    NVBI_AUDIT_TITLES,         /* by nvb_finding_kind */
    NVBI_AUDIT_EXPLANATIONS,   /* by nvb_finding_kind */
    NVBI_AUDIT_QUESTIONS,      /* by nvb_finding_kind */
    NVBI_AUDIT_RULE_QUESTIONS, /* by nvb_rule */
    NVBI_AUDIT_WHY_QUESTIONS,  /* by nvb_because; some */
    NVBI_AUDIT_READINGS,       /* by nvb_reading_kind */
    NVBI_AUDIT_READINGS_BELOW  /* by nvb_reading_kind; some: for a parameter below zero */
} nvbi_audit_family;
const char *nvbi_audit_template(nvbi_audit_family family, unsigned item, nvb_lang lang);

#endif
