/*
 * changes.h: what the parts of the overview of changes share. Internal to formats.
 *
 * The overview is a row of parts (emit_changes_text.c); a part is one function that appends to
 * `out`. The letter takes the same parts under one heading of its own (nvbi_changes_letter); a
 * chain of documents has an overview of its own (emit_chain_text.c). Sentences are data
 * (wording_changes.def) and are filled through `word`:
 *
 *     nvbi_changes_amount(x, nvbi_changes_word(x, 0), v);
 *     nvbi_changes_say(x, NVBI_TELL_LINE_TARIFF_SAME);
 *     nvbi_changes_flush(x, 4);                          sets what was said as one paragraph
 *
 * Time and memory are linear in the lines: what is shown at length is the few that weigh most,
 * picked in one pass.
 */
#ifndef NVB_FORMATS_CHANGES_H
#define NVB_FORMATS_CHANGES_H

#include "core/names.h"
#include "formats/word/layout.h"
#include "formats/word/table.h"
#include "formats/word/wording.h"

#define CHANGES_SENTENCE(name, nl, en) NVBI_TELL_##name,
typedef enum nvbi_tell {
#include "wording_changes.def"
    NVBI_TELL_COUNT
} nvbi_tell;
#undef CHANGES_SENTENCE

enum { NVBI_CHANGES_WORDS = 6, NVBI_CHANGES_TOLD = 32 };

/* What the bridge of a line gave both values of: it need not be said again. */
typedef struct nvbi_told {
    nvb_text line; /* its path in the new document */
    nvb_bridge_kind kind;
} nvbi_told;

typedef struct nvbi_changes {
    nvb_buffer *out;
    const nvb_comparison *c;
    const nvb_proposal *old, *new_;
    nvb_calc *calc;
    nvb_lang lang;
    bool letter; /* within the letter, to the provider: who and which document is said there already
                  */
    bool by_id;  /* over the years, a step is called by its id and not by the index of one year */
    bool old_counts, new_counts; /* some line on this side has a volume */
    bool mixed;                  /* a mix was shown: what it is must be said */
    bool starred;                /* an amount carries a cent: the note is due */
    bool noted;                  /* and was given */
    bool of_old;                 /* the place being named stands in the old document */
    bool marks;        /* texts are shown with marks: those that stand in a document are undone */
    bool short_;       /* some of the content was told in short */
    unsigned decimals; /* of the bridge being set */
    unsigned
        limits; /* which limits made a difference, of all lines together: bits of nvbi_limits */
    nvbi_told told[NVBI_CHANGES_TOLD];
    size_t n_told;
    nvbi_arena scratch;
    nvbi_table table;
    nvb_buffer word[NVBI_CHANGES_WORDS];
    nvb_buffer said;
} nvbi_changes;

/* --- changes_text.c: words, sentences, paragraphs, amounts --- */

void nvbi_changes_begin(nvbi_changes *x, nvb_buffer *out, nvb_calc *calc, nvb_lang lang);
/* Tells `out` when memory was out. */
void nvbi_changes_end(nvbi_changes *x);
const char *nvbi_changes_sentence(nvbi_tell s, nvb_lang lang);
/* The buffer of word k of the next sentence, emptied. */
nvb_buffer *nvbi_changes_word(nvbi_changes *x, unsigned k);
void nvbi_changes_word_text(nvbi_changes *x, unsigned k, nvb_text t);
/* The same as a label: cut after about 120 columns. */
void nvbi_changes_word_label(nvbi_changes *x, unsigned k, nvb_text t);
void nvbi_changes_label(nvb_buffer *to, nvb_text t);
/* Cuts what was appended since `from` likewise. */
void nvbi_changes_shorten(nvb_buffer *to, size_t from);
/* Where to cut a text to at most `most` bytes: at a blank, else between characters. */
size_t nvbi_changes_cut(nvb_text t, size_t most);
void nvbi_changes_word_count(nvbi_changes *x, unsigned k, size_t n);
/* Adds a sentence, filled with the words, to the paragraph; the words are then used up. */
void nvbi_changes_say(nvbi_changes *x, nvbi_tell s);
/* Appends a filled sentence elsewhere: in a cell. */
void nvbi_changes_put(nvbi_changes *x, nvb_buffer *to, nvbi_tell s);
/* Sets the paragraph; later lines `hang` columns further in. */
void nvbi_changes_flush_hanging(nvbi_changes *x, unsigned indent, unsigned hang);
/* The same with an empty line below it. */
void nvbi_changes_flush(nvbi_changes *x, unsigned indent);
void nvbi_changes_blank(nvbi_changes *x);
/* A heading and the rule below it: the paragraph said so far. */
void nvbi_changes_heading(nvbi_changes *x, const char *rule);
void nvbi_changes_title(nvbi_changes *x, nvbi_tell s);
/* The table so far, and an empty line; nothing when it has no rows. */
void nvbi_changes_table(nvbi_changes *x);
/* "* …" below the first amounts with a star. */
void nvbi_changes_note(nvbi_changes *x);
/* An amount in euros with all its digits; one that does not end is rounded to 4 decimals, "≈".
 * `sign`: with a plus. */
void nvbi_changes_amount(nvbi_changes *x, nvb_buffer *to, nvb_num v, bool sign);
/* The same rounded to cents. */
void nvbi_changes_cents(nvbi_changes *x, nvb_buffer *to, nvb_num v, bool sign);
/* Without the euro sign, in exactly `decimals`, with a plus: for columns. */
void nvbi_changes_plain(nvbi_changes *x, nvb_buffer *to, nvb_num v, unsigned decimals, bool sign);
/* The difference as a percentage of `from`, 2 decimals; nothing when `from` is zero or below, or
 * when there is a difference that such a percentage does not show. */
void nvbi_changes_percent(nvbi_changes *x, nvb_buffer *to, nvb_num from, nvb_num difference);
/* Decimals that show a tariff in full, 2 to 10; `otherwise` when there is no end to them. */
unsigned nvbi_changes_decimals(nvbi_changes *x, nvb_num v, unsigned otherwise);
nvb_num nvbi_changes_size(nvbi_changes *x, nvb_num v);
/* A difference there is, of which cents show nothing. */
bool nvbi_changes_hardly(nvbi_changes *x, nvb_num v);

/* --- changes_names.c: what documents and items of a bridge are called --- */

/* "contract DB-2024-017"; with `full` its year and round too. */
void nvbi_changes_called(
    nvbi_changes *x, nvb_buffer *to, const nvb_comparison *c, bool old_side, bool full);
/* The same, with what it takes to tell it from the other document. */
void nvbi_changes_document(
    nvbi_changes *x, nvb_buffer *to, const nvb_comparison *c, bool old_side, bool full);
bool nvbi_changes_listed(const nvb_comparison *c); /* a price list is one of the two */
/* "Afslag reistijd (vervalt)". `pair` is NULL where items of more lines or years are taken
 * together; `of_tariff` tells the rounding of tariffs from that of turnovers. */
void nvbi_changes_item(nvbi_changes *x,
                       nvb_buffer *to,
                       const nvb_bridge_item *item,
                       const nvb_pair *pair,
                       bool of_tariff);
/* Which limits made a difference to the tariff of a line, and to any tariff. */
enum { NVBI_LIMIT_MAXIMUM = 1, NVBI_LIMIT_MINIMUM = 2 };
unsigned nvbi_changes_limits_of(const nvb_comparison *c, const nvb_pair *p);
unsigned nvbi_changes_limits(const nvb_comparison *c);
/* The printed amount of an item, with its star. */
void nvbi_changes_item_cell(nvbi_changes *x, const nvb_bridge_item *item, unsigned decimals);
/* A copy of a bridge whose items add up as printed to `difference` in `decimals`; `items` of the
 * result are the copy. False when memory is out. */
bool nvbi_changes_apportion(
    nvbi_changes *x, nvb_bridge *copy, const nvb_bridge *of, nvb_num difference, unsigned decimals);

/* --- the parts --- */
void nvbi_changes_head(nvbi_changes *x);    /* changes_head.c: who and which documents */
void nvbi_changes_lead(nvbi_changes *x);    /* changes_head.c: what it comes to */
void nvbi_changes_total(nvbi_changes *x);   /* changes_total.c */
void nvbi_changes_lines(nvbi_changes *x);   /* changes_lines.c */
void nvbi_changes_pairs(nvbi_changes *x);   /* changes_pairs.c */
void nvbi_changes_content(nvbi_changes *x); /* changes_content.c */
void nvbi_changes_same(nvbi_changes *x);    /* changes_head.c: what is not changed */

/* What the turnover was and is, as a sentence. */
void nvbi_changes_turnover(nvbi_changes *x, const nvb_bridge *total);
/* From one amount to another as a waterfall. `causes` and `c` (for the mix) may be NULL. */
void nvbi_changes_waterfall(nvbi_changes *x,
                            const nvb_bridge *total,
                            const nvb_bridge *causes,
                            const nvb_comparison *c);
/* The items of a bridge of a tariff, indented. */
void nvbi_changes_bridge(nvbi_changes *x,
                         const nvb_bridge *b,
                         const nvb_pair *pair,
                         unsigned indent);

/* --- changes_path.c: where something changed, and values, in words --- */

typedef enum nvbi_topic {
    NVBI_TOPIC_INDICES,
    NVBI_TOPIC_STEPS,
    NVBI_TOPIC_LINES,
    NVBI_TOPIC_VOLUME,
    NVBI_TOPIC_CEILINGS,
    NVBI_TOPIC_BENCHMARK,
    NVBI_TOPIC_AGREEMENTS,
    NVBI_TOPIC_TERMS,
    NVBI_TOPIC_REPLY,
    NVBI_TOPIC_OTHER,
    NVBI_TOPIC_SOURCES,
    NVBI_TOPIC_TEXTS,
    NVBI_TOPIC_COUNT
} nvbi_topic;

nvbi_topic nvbi_changes_topic(nvb_text path);
/* Where in a path its line's code stands ("/prestaties/<code>/…"): the code as it is escaped there,
 * and what follows; false for other paths. */
bool nvbi_changes_line_of(nvb_text path, nvb_text *code, nvb_text *rest);
/* "index lpo-2026, weging". Begins at `path`; `within` says that it is the rest of the path of a
 * line. */
void nvbi_changes_where(nvbi_changes *x, nvb_buffer *to, nvb_text path, bool within);
/* The value of a key as people write it: dates, percentages, amounts, words. */
void nvbi_changes_value(nvbi_changes *x, nvb_buffer *to, nvb_text path, nvb_text value);
/* One segment of a path, its escapes undone, as a safe text. */
void nvbi_changes_name(nvb_buffer *to, nvb_text segment);

/* Takes the next segment off the front of a path; false at its end. */
bool nvbi_changes_segment(nvb_text *path, nvb_text *segment);
/* The part of a path that says what the change is in: "/stappen/index", "/reactie"; empty for a key
 * of the document itself. */
nvb_text nvbi_changes_subject(nvb_text path);
/* The path is that of an item with a name of its own: "/stappen/index". */
bool nvbi_changes_is_item(nvb_text path);

/* --- changes_digest.c: changes of which many are told in one sentence --- */

enum { NVBI_DIGEST_NAMES = 3 };

typedef struct nvbi_digest {
    nvbi_names replaced; /* indices that took the place of another: the number of the change */
    size_t other_sources;
    size_t new_sources, lapsed_sources;
    nvb_text titles[NVBI_DIGEST_NAMES];
    size_t years;       /* bases that are one year later */
    size_t later_texts; /* texts that differ in such a year alone */
    size_t told;        /* that a bridge above shows: nothing is left to say */
    size_t blank_texts; /* and in blanks alone */
    size_t bases;       /* amounts of bases that no bridge above shows */
    nvb_text codes[NVBI_DIGEST_NAMES];
    nvb_buffer statements; /* items whose text is new */
} nvbi_digest;

/* False when memory is out. */
bool nvbi_digest_init(nvbi_changes *x, nvbi_digest *d);
void nvbi_digest_release(nvbi_changes *x, nvbi_digest *d);
/* Takes the change in, or leaves it (false) to be a row of its own. */
bool nvbi_digest_take(nvbi_changes *x, nvbi_digest *d, const nvb_change *c);
bool nvbi_digest_holds(const nvbi_digest *d, nvbi_topic t);
/* Its sentences about a topic. */
void nvbi_digest_say(nvbi_changes *x, const nvbi_digest *d, nvbi_topic t);
/* "A, B, C, …" of segments of paths. */
void nvbi_changes_names(nvb_buffer *to, const nvb_text *names, size_t kept, size_t n);

/* --- changes_index.c: an index in a few lines --- */

/* The change is within an index, or says which one it replaces. */
bool nvbi_changes_in_index(const nvb_change *c);
/* All of them; nothing when there are none. */
void nvbi_changes_indices(nvbi_changes *x);

/* --- changes_prose.c: word by word --- */
/* "was [-wat vervalt-] {+wat erbij komt+}", long stretches that stayed the same cut short; of a
 * long text just what changed and a few words around it. Uses the words of sentences. */
void nvbi_changes_prose(nvbi_changes *x, nvb_buffer *to, nvb_text before, nvb_text after);
/* The words of both are the same: there is nothing to mark. */
bool nvbi_changes_same_words(nvb_text a, nvb_text b);
/* Where marks are used: what was appended since `from` gets a blank in what looks like one. */
void nvbi_changes_unmark(nvbi_changes *x, nvb_buffer *to, size_t from);

/* --- for the letter --- */
/* The same overview below a heading that is there already, for a letter to the provider. */
void nvbi_changes_letter(nvb_buffer *out, const nvb_comparison *c, nvb_lang lang);

#endif
