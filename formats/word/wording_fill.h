/*
 * wording_fill.h: sentences with places to fill in, for the letter and the checks.
 *
 *     nvbi_word_fill(&out, "{1} {1#prestatie|prestaties}", words, 1, NVB_NL);   "3 prestaties"
 *
 * A template is data of the product; its words come from documents and from the engine, and pass
 * nvbi_word_safe.
 *
 *     {1}          the word as it is
 *     {1#one|more} the first form when the word is "1", else the second
 *     {1#one|two|more}  likewise, with a form for "2": "beide", "both"
 *     {1=28?a|b}   the first form when the word is "28", else the second
 *     {1?a|b}      the first form when there is such a word ("-" is none), else the second
 *     {1:eur}      digits with a point become an amount of the language: 1234.5 is € 1.234,50
 *     {1:pct}      likewise a percentage: 6.3 is 6,30%
 *     {1:num}      likewise a plain number: 1200 is 1.200
 *     {1:date}     2025-10-01 is 1 oktober 2025
 *
 * A word that does not have the form asked for is written as it is. Forms may hold places, but no
 * further forms.
 */
#ifndef NVB_FORMATS_WORDING_FILL_H
#define NVB_FORMATS_WORDING_FILL_H

#include "navolgbaar/buffer.h"

void nvbi_word_fill(
    nvb_buffer *out, const char *sentence, const nvb_text *words, size_t n_words, nvb_lang lang);

/* The words a template cannot do without: those it uses outside the forms of {1?...|...}. */
unsigned nvbi_word_needed(const char *sentence);
/* For tests: which of the words {1} to {8} a template uses; bit 0 is {1}. */
unsigned nvbi_word_places(const char *sentence);

#endif
