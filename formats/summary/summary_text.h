/*
 * summary_text.h: what the parts of the text of a summary share: words, sentences, paragraphs,
 * amounts. Internal to formats.
 *
 *     nvbi_summary_count(x, 0, n);
 *     nvbi_summary_say(x, NVBI_SUMMARY_LINES);
 *     nvbi_summary_flush(x);
 */
#ifndef NVB_FORMATS_SUMMARY_SUMMARY_TEXT_H
#define NVB_FORMATS_SUMMARY_SUMMARY_TEXT_H

#include "summary_part.h"

#include "formats/word/table.h"

#define SUMMARY_SENTENCE(name, nl, en) NVBI_SUMMARY_##name,
typedef enum nvbi_summary_sentence {
#include "wording_summary.def"
    NVBI_SUMMARY_SENTENCE_COUNT
} nvbi_summary_sentence;
#undef SUMMARY_SENTENCE

enum { NVBI_SUMMARY_WORDS = 3 };

typedef struct nvbi_summary_text {
    nvb_buffer *out;
    const nvb_summary *s;
    const nvb_summary_about *about;
    nvb_calc *calc;
    nvb_lang lang;
    nvb_buffer word[NVBI_SUMMARY_WORDS]; /* of the next sentence */
    nvb_buffer said;                     /* the paragraph so far */
    nvbi_table table;
    unsigned points; /* given so far in the list of what to do */
} nvbi_summary_text;

const char *nvbi_summary_words(nvbi_summary_sentence s, nvb_lang lang);
/* A word of the next sentence: words are forgotten once it is said. */
void nvbi_summary_word(nvbi_summary_text *x, unsigned k, nvb_text t);
void nvbi_summary_count(nvbi_summary_text *x, unsigned k, uint64_t n);
/* The next sentence, into a cell or onto the paragraph. */
void nvbi_summary_put(nvbi_summary_text *x, nvb_buffer *to, nvbi_summary_sentence s);
void nvbi_summary_say(nvbi_summary_text *x, nvbi_summary_sentence s);
/* Writes the paragraph, if there is one, and a blank line. */
void nvbi_summary_flush(nvbi_summary_text *x);
void nvbi_summary_title(nvbi_summary_text *x, nvbi_summary_sentence s, const char *rule);
/* The table, and a blank line. */
void nvbi_summary_table(nvbi_summary_text *x);
/* A text of a document on one line of at most so many columns: what is too long is cut. */
void nvbi_summary_label(nvb_buffer *to, nvb_text t, unsigned columns);
void nvbi_summary_number(nvbi_summary_text *x, nvb_buffer *to, uint64_t n);
/* An amount in cents; with a sign also when it is above zero. */
void nvbi_summary_euro(nvbi_summary_text *x, nvb_buffer *to, nvb_num v, bool sign);
/* In whole euros, without the euro sign. */
void nvbi_summary_whole(nvbi_summary_text *x, nvb_buffer *to, nvb_num v, bool sign);
/* The change in percent, with its sign; nothing when there is none to give. */
void nvbi_summary_change(nvbi_summary_text *x, nvb_buffer *to, nvb_num from, nvb_num to_value);

/* --- emit_summary_tables.c: the tables of a summary --- */
void nvbi_summary_bands(nvbi_summary_text *x);
void nvbi_summary_top_lists(nvbi_summary_text *x);
void nvbi_summary_checks(nvbi_summary_text *x);
void nvbi_summary_refusals(nvbi_summary_text *x);

#endif
