/*
 * letter.h: what the sections of the letter share. Internal to formats.
 *
 * The letter is a row of sections (emit_letter.c); a section is one function that appends to `out`.
 * Sentences are data (wording_letter.def) and are filled through `word`:
 *
 *     nvb_buffer_uint(nvbi_letter_word(l, 0), 3);
 *     nvbi_letter_say(l, NVBI_SAY_HEAD_LINES);        "Het gaat over 3 prestaties."
 *     nvbi_letter_flush(l, 0);                        sets what was said as one paragraph
 *
 * Steps are grouped once (letter_uses.c): uses of a step with the same words share one explanation,
 * so that the length of the letter and the time it takes grow with the number of figures and no
 * faster.
 */
#ifndef NVB_FORMATS_LETTER_H
#define NVB_FORMATS_LETTER_H

#include "formats/word/layout.h"
#include "letter_lookup.h"
#include "formats/word/table.h"
#include "formats/word/wording.h"

#define NVBI_SENTENCE(name, nl, en) NVBI_SAY_##name,
typedef enum nvbi_sentence {
#include "wording_letter.def"
    NVBI_SAY_COUNT
} nvbi_sentence;
#undef NVBI_SENTENCE

const char *nvbi_letter_sentence(nvbi_sentence s, nvb_lang lang);

enum { NVBI_LETTER_WORDS = 5 };

/* One step of one line or ceiling, and its figure (NVB_NO_FIGURE when a draft has none). */
typedef struct nvbi_use {
    const nvb_step *step;
    const nvb_line *line; /* one of these two */
    const nvb_ceiling *ceiling;
    uint32_t order; /* where it came: lines first, in document order */
    uint32_t figure;
} nvbi_use;

/* Uses that one explanation covers: first <= i < end of `uses`. */
typedef struct nvbi_group {
    uint32_t first, end;
} nvbi_group;

typedef struct nvbi_letter {
    nvb_buffer *out;
    const nvb_breakdown *b;
    const nvb_proposal *p;
    nvb_calc *calc;
    const nvb_checks *checks;
    const nvb_diag *diag;
    const nvb_comparison *changes; /* NULL: no previous contract was given */
    nvb_lang lang;
    bool draft;
    bool owes;    /* a toelichting is owed: no contract */
    bool no_room; /* memory was out */
    nvbi_table table;
    nvb_buffer word[NVBI_LETTER_WORDS];
    nvb_buffer said; /* the paragraph being put together */
    nvb_buffer scrap;
    nvbi_use *uses;
    size_t n_uses;
    nvbi_group *groups;
    size_t n_groups;
    nvbi_lookup sources, lines, facts;
    nvbi_lookup of_id;                                /* groups by the id of their step */
    nvbi_lookup of_index, of_benchmark, of_agreement; /* groups by what their step names */
    nvbi_lookup not_indexed;                          /* codes of lines with gap E508 */
    uint32_t *index_figures;                          /* figures of indices, by index, in order */
    size_t *index_start;                              /* n_indices + 1 offsets into it */
    uint32_t *ceiling_figures;
    size_t *ceiling_start;
} nvbi_letter;

/* --- sections --- */
void nvbi_letter_head(nvbi_letter *l);       /* letter_head.c */
void nvbi_letter_basis(nvbi_letter *l);      /* letter_basis.c */
void nvbi_letter_limits(nvbi_letter *l);     /* letter_basis.c */
void nvbi_letter_indexation(nvbi_letter *l); /* letter_index.c */
void nvbi_letter_surcharges(nvbi_letter *l); /* letter_steps.c */
void nvbi_letter_volume(nvbi_letter *l);     /* letter_volume.c */
void nvbi_letter_benchmark(nvbi_letter *l);  /* letter_policy.c */
void nvbi_letter_agreements(nvbi_letter *l);
void nvbi_letter_tariffs(nvbi_letter *l);         /* letter_head.c */
bool nvbi_letter_has_bases(const nvbi_letter *l); /* some line has a build-up */
bool nvbi_letter_many(const nvbi_letter *l);      /* too many lines for the head */
void nvbi_letter_sheets(nvbi_letter *l);          /* letter_sheet.c */
void nvbi_letter_totals(nvbi_letter *l);          /* letter_total.c */
void nvbi_letter_terms(nvbi_letter *l);           /* letter_end.c */
void nvbi_letter_sources(nvbi_letter *l);
void nvbi_letter_checks(nvbi_letter *l);
void nvbi_letter_reply(nvbi_letter *l);

/* --- letter_text.c: words, paragraphs, headings --- */

/* The buffer of word k of the next sentence, emptied. */
nvb_buffer *nvbi_letter_word(nvbi_letter *l, unsigned k);
void nvbi_letter_word_text(nvbi_letter *l, unsigned k, nvb_text t);
void nvbi_letter_word_count(nvbi_letter *l, unsigned k, size_t n);
void nvbi_letter_word_number(nvbi_letter *l, unsigned k, nvb_num v, nvb_unit unit);
/* A number as the document gives it, with all its digits; percentages and shares are fractions. */
void nvbi_letter_word_input(nvbi_letter *l, unsigned k, const nvb_input *in, nvb_unit unit);
/* Adds a sentence, filled with the words, to the paragraph; the words are then used up. */
void nvbi_letter_say(nvbi_letter *l, nvbi_sentence s);
/* Appends a filled sentence elsewhere: in a cell. */
void nvbi_letter_put(nvbi_letter *l, nvb_buffer *to, nvbi_sentence s);
/* A text of the document, or one made with the wording functions, as part of the paragraph. */
void nvbi_letter_say_text(nvbi_letter *l, nvb_text t);
/* Ends the paragraph so far with a full stop, unless it brought one. */
void nvbi_letter_full_stop(nvbi_letter *l);
/* Sets the paragraph and an empty line below it. */
void nvbi_letter_flush(nvbi_letter *l, unsigned indent);
/* The same without the empty line, later lines `hang` columns further in. */
void nvbi_letter_flush_hanging(nvbi_letter *l, unsigned indent, unsigned hang);
/* "Waarom      tekst", hanging. The text is the paragraph said so far; nothing when that is empty.
 */
void nvbi_letter_flush_field(nvbi_letter *l, nvbi_sentence label);
/* The column in which the text of a field begins. */
unsigned nvbi_letter_field_column(const nvbi_letter *l);
void nvbi_letter_field(nvbi_letter *l, nvbi_sentence label, nvb_text t);
void nvbi_letter_heading(nvbi_letter *l, const char *title);
/* A smaller heading: the paragraph said so far. */
void nvbi_letter_subheading(nvbi_letter *l);
void nvbi_letter_blank(nvbi_letter *l);
/* A text of the document with its line breaks as paragraphs, indented. */
void nvbi_letter_free_text(nvbi_letter *l, nvb_text t, unsigned indent);
/* The document's own words on a legal item, when there are any. */
void nvbi_letter_statement(nvbi_letter *l, nvb_item item);
/* "[ONTBREEKT: reden]" for each bit, in the paragraph. */
void nvbi_letter_missing(nvbi_letter *l, unsigned bits);
void nvbi_letter_missing_word(nvbi_letter *l, nvbi_sentence what);
/* Title and id of a source in the paragraph; nothing for s == NULL. */
void nvbi_letter_say_source(nvbi_letter *l, nvb_text id);
/* Sets the table and an empty line. */
void nvbi_letter_table(nvbi_letter *l);
/* Keeps operator and operand, or euro sign and amount, on one line: their space becomes a no-break
 * space until the end. */
void nvbi_letter_glue(nvb_buffer *out, nvb_text t);

/* --- letter_figure.c: figures as cells and rows --- */

const nvb_figure *nvbi_letter_figure(const nvbi_letter *l,
                                     uint32_t number); /* NULL for NVB_NO_FIGURE */
/* An amount without euro sign, at least 2 decimals, in the next cell. `sign`: with a plus when
 * positive. */
void nvbi_letter_amount_cell(nvbi_letter *l, nvb_num v, bool sign);
void nvbi_letter_number_cell(nvbi_letter *l, nvb_num v, nvb_unit unit);
/* As the document gives it, with all its digits; percentages and shares are fractions. */
void nvbi_letter_input_cell(nvbi_letter *l, nvb_num v, nvb_unit unit);
/* A short name, as nvbi_word_label, but shorter where an id repeats its kind. */
void nvbi_letter_label(nvbi_letter *l, nvb_buffer *to, const nvb_figure *f);
/* A sentence with a name in it, likewise. */
void nvbi_letter_named(nvbi_letter *l, nvb_buffer *to, nvbi_sentence s, nvb_text name);
void nvbi_letter_text_cell(nvbi_letter *l, nvb_text t);
/* The end of an equation: "= € 3,92", or "≈ € 3,9186…" where digits were dropped. */
void nvbi_letter_put_outcome(nvbi_letter *l, nvb_buffer *to, nvb_num v, nvb_unit unit);
/* "formule = getallen = uitkomst" across the table, on one line when it fits. */
void nvbi_letter_calculation(nvbi_letter *l, const nvb_figure *f, unsigned indent);
/* A label and value row, with the calculation as a span below it. */
void nvbi_letter_figure_row(nvbi_letter *l, const nvb_figure *f);
/* The figure of what a step with an unmet condition would have been; NULL when there is none. */
const nvb_figure *nvbi_letter_potential(const nvbi_letter *l, const nvbi_use *use);
/* A table of the uses of a group: code, numbers, outcome. */
void nvbi_letter_uses_table(nvbi_letter *l, const nvbi_group *g);
/* A table with only code and outcome, for items that refer to a step explained elsewhere. */
void nvbi_letter_outcome_table(nvbi_letter *l, const nvbi_group *g);

/* Numbers of figures: a list, or (list NULL) a row from `first`. */
typedef struct nvbi_numbers {
    const uint32_t *list;
    uint32_t first;
    size_t n;
} nvbi_numbers;

/* --- letter_sheet.c --- */
/* The table from base to amount, of a line or a ceiling: figures of other kinds are passed over. */
void nvbi_letter_build_up(nvbi_letter *l, nvbi_numbers figures);

/* --- letter_uses.c: grouping --- */
void nvbi_letter_gather(nvbi_letter *l);
void nvbi_letter_release(nvbi_letter *l);
static inline const nvb_step *nvbi_group_step(const nvbi_letter *l, const nvbi_group *g)
{
    return l->uses[g->first].step;
}

/* --- letter_steps.c: the explanation of one group of uses, as items 2 and 3 give it --- */
void nvbi_letter_explain(nvbi_letter *l, const nvbi_group *g, bool with_heading);

#endif
