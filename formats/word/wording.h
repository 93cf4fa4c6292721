/*
 * wording.h: figures, numbers, problems and checks in words of a language. One way for every
 * output: the letter, the tree, one figure and the JSON all take their labels, formulas and amounts
 * from here, so they cannot differ.
 *
 * Words live as data in wording_*.def; nothing outside these files holds a sentence for users.
 * Every text that came from a document passes nvbi_word_safe (people) or the JSON writer (machines)
 * on its way out.
 */
#ifndef NVB_FORMATS_WORDING_H
#define NVB_FORMATS_WORDING_H

#include "navolgbaar/formats.h"

/* --- numbers for people (wording_number.c) --- nl: 1.234,56  en: 1,234.56; a real minus sign
 * U+2212 */

/* EUR: "€ 1.234,56" with all digits the value has, at least 2 decimals, and "−€ 0,40" below zero;
 * percent (6.3): "6,30%", but a whole one of 10 or more "90%"; units: "1.200". A value that does
 * not end within 10 decimals is rounded to 10 with "≈ " before it: people read amounts, not
 * fractions. Returns true when exact. */
bool nvbi_word_number(nvb_buffer *out, nvb_calc *calc, nvb_num value, nvb_unit unit, nvb_lang lang);
/* The same without the euro sign: for columns. `decimals`: pads to at least so many. */
bool nvbi_word_plain(
    nvb_buffer *out, nvb_calc *calc, nvb_num value, unsigned decimals, nvb_lang lang);
/* An operand of a formula: its value in its unit, with all its digits; a percent operand is a
 * fraction (0.05 is written 5%). A value that does not end within 20 decimals is written as a
 * fraction ("2/3", of a percent operand without the sign) when numerator and denominator have at
 * most 9 digits each and 12 together, else rounded to 10 decimals with "≈ " before it. Returns true
 * when exact. */
bool nvbi_word_operand(nvb_buffer *out, nvb_calc *calc, const nvb_term *term, nvb_lang lang);
/* "24 september 2025" / "24 September 2025". */
void nvbi_word_date(nvb_buffer *out, nvb_date date, nvb_lang lang);

/* --- texts of documents (wording_safe.c) --- */

/* On one line, control characters, bidirectional overrides and line breaks made harmless and
 * visible (a line break becomes a space). */
void nvbi_word_safe(nvb_buffer *out, nvb_text t);
/* The number of columns a safe UTF-8 text takes: code points that are not combining marks. */
size_t nvbi_word_width(const char *s, size_t n);
/* The same n bytes but for capitals of ASCII: no locale has a say. */
bool nvbi_word_same(const char *a, const char *b, size_t n);
/* "Index index-2025", written since `from`, says its kind twice: it becomes "Index-2025". */
void nvbi_word_unrepeat(nvb_buffer *out, size_t from);

/* --- figures (wording_figure.c, wording_figure.def) --- */

/* A short name: "Afslag doelmatigheid", "Index lpo-2024: nacalculatie ova", "Tarief". Without the
 * line it belongs to. */
void nvbi_word_label(nvb_buffer *out, const nvb_figure *f, nvb_lang lang);
/* The same, as it reads beneath the index it belongs to: "Nacalculatie ova". */
void nvbi_word_label_within(nvb_buffer *out, const nvb_figure *f, nvb_lang lang);
/* What an operand is called: "voorlopig ova", "basis". */
void nvbi_word_symbol(nvb_buffer *out, const nvb_term *term, nvb_lang lang);
/* The formula in symbols: "basis × lpo-2024", and with numbers: "€ 100,00 × 6,3%". Both come from
 * f->terms. Negative numbers and fractions stand in brackets where an operator before them could be
 * misread. */
void nvbi_word_formula(nvb_buffer *out, nvb_calc *calc, const nvb_figure *f, nvb_lang lang);
void nvbi_word_filled(nvb_buffer *out, nvb_calc *calc, const nvb_figure *f, nvb_lang lang);
/* What a formula comes to as it is written: not the figure itself where that was rounded after it.
 */
nvb_num nvbi_word_formula_value(const nvb_figure *f);
/* The legal item(s) a figure fills: "TH/NR-038 art. 6 lid 4, onderdeel 3"; nothing when none. */
void nvbi_word_article(nvb_buffer *out, const nvb_figure *f, nvb_lang lang);
/* "afgerond op 2 decimalen, rekenkundig: 104,3512 → 104,35" */
void nvbi_word_rounding(nvb_buffer *out, nvb_calc *calc, const nvb_figure *f, nvb_lang lang);
/* Gaps of a figure, one at a time: bit is one of NVB_MISSING_*: "reden", "bron", "waarover",
 * "omschrijving". */
const char *nvbi_word_missing(unsigned bit, nvb_lang lang);

/* --- words of the documents, as people say them (wording_key.c, wording_key.def) --- */
const char *nvbi_word_mode(nvb_mode m, nvb_lang lang);
const char *nvbi_word_step_kind(nvb_step_kind k, nvb_lang lang);
const char *nvbi_word_category(nvb_category c, nvb_lang lang);
const char *nvbi_word_base_kind(nvb_base_kind k, nvb_lang lang);
const char *nvbi_word_cost_kind(nvb_cost_kind k, nvb_lang lang);
const char *nvbi_word_item(nvb_item i, nvb_lang lang); /* title of the legal item */
const char *nvbi_word_item_key(nvb_item i);            /* "basis", "indexatie", … */

/* --- problems and checks (wording_problem.c, wording_check.c, wording_check.def) --- */

/* The message with its words filled in, safe for a terminal; likewise the hint (may be empty). */
void nvbi_word_problem(nvb_buffer *out, const nvb_problem *p, nvb_lang lang);
void nvbi_word_hint(nvb_buffer *out, const nvb_problem *p, nvb_lang lang);
/* The article of a rule; nvb_rule_article in Dutch, and the same in English: "TH/NR-038 art. 6(4),
 * item 1". */
const char *nvbi_word_rule_article(nvb_rule r, nvb_lang lang);
/* One sentence: why the rule came out as it did. */
void nvbi_word_check(nvb_buffer *out, const nvb_check *c, nvb_lang lang);
const char *nvbi_word_rule_title(nvb_rule r, nvb_lang lang);
const char *nvbi_word_outcome(nvb_outcome o, nvb_lang lang); /* for people */
const char *nvbi_outcome_key(nvb_outcome o);     /* voldaan, niet_voldaan, nvt, onbekend */
const char *nvbi_rule_kind_key(nvb_rule_kind k); /* wettelijk, richtsnoer, eigen */

#endif
