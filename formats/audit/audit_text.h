/*
 * audit_text.h: what the parts of the report and the letter of an audit share: words, sentences,
 * paragraphs, lists of places. Internal to this folder.
 *
 *     nvbi_report_cents(x, nvbi_report_word(x, 0), amount);
 *     nvbi_report_say(x, NVBI_AUDIT_AT_STAKE);
 *     nvbi_report_flush(x, 0, 0);                    sets what was said as one paragraph
 */
#ifndef NVB_FORMATS_AUDIT_TEXT_H
#define NVB_FORMATS_AUDIT_TEXT_H

#include "audit_own.h"

#include "formats/word/layout.h"
#include "formats/word/table.h"

/* Rows of a table and findings that are shown; the JSON has all. */
enum { NVBI_REPORT_ROWS = 40, NVBI_REPORT_FINDINGS = 60 };

typedef struct nvbi_report {
    nvb_buffer *out;
    const nvb_audit *a;
    const nvb_audit_inputs *in;
    const nvb_proposal *p;
    nvb_calc *calc;
    nvb_lang lang;
    nvbi_audit_words words; /* of the next sentence */
    nvb_buffer said;        /* the paragraph so far */
    nvbi_table table;
    bool letter;    /* only what is asked of the other party */
    unsigned field; /* column in which the text of a field begins */
} nvbi_report;

void nvbi_report_begin(nvbi_report *x, nvb_buffer *out, const nvb_audit *a, nvb_lang lang);
/* Tells `out` when memory was out. */
void nvbi_report_end(nvbi_report *x);
/* The buffer of word k of the next sentence, emptied. */
nvb_buffer *nvbi_report_word(nvbi_report *x, unsigned k);
void nvbi_report_word_text(nvbi_report *x, unsigned k, nvb_text t);
void nvbi_report_word_count(nvbi_report *x, unsigned k, size_t n);
/* Euros rounded to cents, without sign. */
void nvbi_report_cents(nvbi_report *x, nvb_buffer *to, nvb_num v);
/* Adds a sentence, filled with the words, to the paragraph; the words are then used up. */
void nvbi_report_say(nvbi_report *x, nvbi_audit_say s);
/* The same right after what was said. */
void nvbi_report_go_on(nvbi_report *x, nvbi_audit_say s);
/* Sets the paragraph; later lines `hang` columns further in. */
void nvbi_report_flush(nvbi_report *x, unsigned indent, unsigned hang);
void nvbi_report_blank(nvbi_report *x);
/* What was said as a heading with a rule below it. */
void nvbi_report_heading(nvbi_report *x, const char *rule);
void nvbi_report_title(nvbi_report *x, nvbi_audit_say s);
/* What was said beside a label; nothing when nothing was. */
void nvbi_report_flush_field(nvbi_report *x, nvbi_audit_say label);
void nvbi_report_party(nvbi_report *x, nvbi_audit_say label, bool insurer);
/* "12010, 12011 … en nog 12": the codes of lines, other places in words. */
void nvbi_report_places(nvbi_report *x, nvb_buffer *to, const nvb_finding *f, size_t most);
/* A tariff by the code of its line (`by_line`: whatever is of a line), anything else as
 * nvbi_audit_place. */
void nvbi_report_place(nvbi_report *x, nvb_buffer *to, nvb_text path, bool by_line);
/* What last year's contract is called. */
void nvbi_report_previous(nvbi_report *x, nvb_buffer *to);
/* Of a price list beside last year's: how much the tariffs rise, beside what was published
 * (audit_rise.c). */
void nvbi_report_rise(nvbi_report *x);
/* Lines whose base the offer does not state: last year's tariff was put there. */
size_t nvbi_report_assumed(const nvbi_report *x);
nvb_num nvbi_report_size(nvbi_report *x, nvb_num v);

/* --- parts --- */
void nvbi_report_head(nvbi_report *x);     /* audit_head.c: what, whose, the essence */
void nvbi_report_findings(nvbi_report *x); /* audit_findings.c */
void nvbi_report_wrong(nvbi_report *x);    /* audit_tables.c: figures that do not follow */
void nvbi_report_rounded(nvbi_report *x);  /* audit_tables.c: figures with an interval */
void nvbi_report_effect(nvbi_report *x);   /* audit_tables.c: the price in effect */
void nvbi_report_checked(nvbi_report *x);  /* audit_head.c: what was checked and what was not */

/* The figures of a verdict as a table below a title; nothing when there are none. */
void nvbi_report_figures(nvbi_report *x, nvb_verdict verdict, nvbi_audit_say title);
/* How many rows that has, when all are shown. */
size_t nvbi_report_count(const nvbi_report *x, nvb_verdict verdict);

#endif
