/*
 * compare_content.h: what the parts of the comparison of content share. Internal to core.
 *
 * What a document says is a handful of structures; each has a table with one row per key, and one
 * function compares two structures by such a table (compare_fields.c). What differs becomes a row
 * (compare_fields_rows.c), which knows where it stands and whose it is. compare_fields_index.c,
 * compare_fields_step(s).c, compare_fields_line.c and compare_fields_volume.c do what is more than
 * a table: what takes the place of what, and what lines share. compare_content.c says in which
 * order.
 *
 * A step that many lines share is one structure, looked at once; a text in it does not say which
 * layer wrote it. So a difference in a step is first noted at the place where the step was
 * introduced, with the lines it shows on. In the end it stays there when it shows on all lines that
 * have the step; else it belongs to the group, or the line, it shows on. Numbers, tables and
 * conditions know where they were written, and that decides.
 */
#ifndef NVB_CORE_COMPARE_CONTENT_H
#define NVB_CORE_COMPARE_CONTENT_H

#include "compare.h"
#include "navolgbaar/buffer.h"

/* In the order of the document (model section 2). */
typedef enum nvbi_part {
    NVBI_PART_PARTIES,
    NVBI_PART_SOURCES,
    NVBI_PART_FACTS,
    NVBI_PART_INDICES,
    NVBI_PART_ROUNDING,
    NVBI_PART_STEPS,
    NVBI_PART_STEPS_LAPSED,
    NVBI_PART_GROUPS,
    NVBI_PART_LINES,
    NVBI_PART_CEILINGS,
    NVBI_PART_BENCHMARKS,
    NVBI_PART_AGREEMENTS,
    NVBI_PART_TERMS,
    NVBI_PART_REPLY,
    NVBI_PART_ARRANGEMENTS,
    NVBI_PART_STATEMENTS,
    NVBI_PART_COUNT
} nvbi_part;

/* One difference, on its way to becoming an nvb_change. */
typedef struct nvbi_found {
    nvb_change change;
    nvbi_part part;
    uint32_t pair;  /* whose own it is; NVBI_NO_NAME: nobody's */
    uint32_t visit; /* of a step that may be shared: which two; NVBI_NO_NAME: the path is certain */
    size_t tail;    /* of such a path: where "/stappen/..." begins */
} nvbi_found;

/* Two structures looked at together, and the lines on which they meet; of a step that is new, or
 * has lapsed, there is one. */
typedef struct nvbi_visit {
    const void *before, *after;
    nvb_text path; /* of the step in the new document, of a lapsed one in the old */
    size_t lines;
    nvb_text group; /* of those lines */
    bool one_group;
} nvbi_visit;

typedef struct nvbi_content {
    nvb_comparison *c;
    nvbi_arena scratch; /* goes when the work is done */
    nvb_buffer text;    /* the value being written */
    nvbi_found *found;
    size_t n_found, room_found;
    nvbi_visit *visits;
    size_t n_visits, room_visits;
    uint32_t *slots; /* of `visits`, by their two addresses */
    size_t n_slots;
    size_t lines; /* on which two build-ups were compared */
    uint32_t
        *old_of; /* of the line under way: per new step the old one with its id, or NVBI_NO_NAME */
    bool *gone;  /* per old step: a new one has its id */
    size_t room_steps;
    nvbi_names ids; /* of one list, and then of the next */
    size_t room_ids;
    nvbi_names steps[2]; /* [0] old, [1] new: by the place where they were introduced */
    nvbi_names indices[2];
    uint32_t *index_before; /* per new index: the old one it takes the place of, or NVBI_NO_NAME */
    bool *index_gone;       /* per old index: another one took its place */
} nvbi_content;

/* The lines, or the ceiling, whose step is compared: paths on both sides. */
typedef struct nvbi_owner {
    nvb_text before, after;
    uint32_t visit;
    nvb_text step_before; /* where the old step was introduced */
} nvbi_owner;

/* Where what is being compared stands. */
typedef struct nvbi_place {
    nvb_text path; /* in the new document */
    nvbi_part part;
    uint32_t pair;
    const nvbi_owner *owner; /* of a step; else NULL */
} nvbi_place;

/* --- compare_fields_rows.c --- */

/* Notes a difference at place + key. A value that is not there has no characters. */
void nvbi_found_add(nvbi_content *w,
                    const nvbi_place *at,
                    const char *key,
                    nvb_text before,
                    nvb_text after,
                    bool prose);
/* The same for what knows where it stands: paths of both values in their documents, absent when not
 * there. */
void nvbi_found_placed(nvbi_content *w,
                       const nvbi_place *at,
                       const char *key,
                       nvb_text before,
                       nvb_text after,
                       nvb_text path_before,
                       nvb_text path_after);
/* Where the part `key` of a step stands that knows its own path on both sides. */
nvbi_place nvbi_place_within(
    nvbi_content *w, const nvbi_place *at, const char *key, nvb_text before, nvb_text after);
/* The path lies below that of the owner. */
bool nvbi_is_under(nvb_text path, nvb_text owner);
/* base + prefix + an id, escaped as in a JSON Pointer. */
nvb_text nvbi_content_path(nvbi_content *w, nvb_text base, const char *prefix, nvb_text id);
/* The visit of two structures; *first: not looked at before. NVBI_NO_NAME when memory is out. */
uint32_t nvbi_visit_of(nvbi_content *w, const void *before, const void *after, bool *first);
/* Makes `changes` and `own_keys` of what was found. */
void nvbi_found_finish(nvbi_content *w);

/* --- compare_fields.c --- */

typedef enum nvbi_field_kind {
    NVBI_F_TEXT,     /* nvb_text */
    NVBI_F_PROSE,    /* the same, for people to read */
    NVBI_F_TEXTS,    /* nvb_texts, for people to read */
    NVBI_F_NUMBER,   /* nvb_input */
    NVBI_F_PERCENT,  /* nvb_input, shown in percent */
    NVBI_F_FLAG,     /* bool */
    NVBI_F_WORD,     /* an enumeration; `none`: not given */
    NVBI_F_YEAR,     /* int; 0: not given */
    NVBI_F_PLACES,   /* int: decimals, or NVB_UNROUNDED */
    NVBI_F_DECIMALS, /* unsigned */
    NVBI_F_DATE,     /* nvb_date */
    NVBI_F_SHOWN     /* whatever `shown` makes of the structure */
} nvbi_field_kind;

typedef enum nvbi_standard { NVBI_NO_STANDARD, NVBI_STANDARD_0, NVBI_STANDARD_1 } nvbi_standard;

/* A key: what it holds and where in its structure. */
typedef struct nvbi_field {
    const char *key; /* with its slash */
    nvbi_field_kind kind;
    size_t at;
    nvbi_standard standard; /* numbers: what holds when nothing is given */
    const char *(*word)(unsigned);
    unsigned none;
    nvb_text (*shown)(nvbi_content *w, const void *of);
    bool (*alike)(nvbi_content *w, const void *a, const void *b); /* NULL: when shown the same */
} nvbi_field;

typedef struct nvbi_fields {
    const nvbi_field *row;
    size_t n;
} nvbi_fields;
#define NVBI_FIELDS(rows)                                                                          \
    {                                                                                              \
        (rows), sizeof(rows) / sizeof *(rows)                                                      \
    }

/* Notes every key of the table in which two structures differ. */
void nvbi_compare_fields(
    nvbi_content *w, const nvbi_place *at, nvbi_fields f, const void *before, const void *after);

/* Whether they differ in none. */
bool nvbi_fields_equal(nvbi_content *w, nvbi_fields f, const void *before, const void *after);

/* Items with an id. */
typedef struct nvbi_list {
    const char *prefix; /* "/bronnen/" */
    nvbi_part part;
    size_t size, id;
    nvbi_fields fields;
    nvb_text (*summary)(nvbi_content *w,
                        const void *item); /* what one that is new or gone is shown as */
    void (*more)(nvbi_content *w,
                 const nvbi_place *at,
                 const void *before,
                 const void *after); /* NULL: no more */
} nvbi_list;

typedef struct nvbi_items {
    const void *item;
    size_t n;
} nvbi_items;

/* `base`, `base_old`: what the list stands in. `pair` as in a place. `before_of`: per new item the
 * old one it takes the place of, NULL: the one with its id. */
void nvbi_compare_list(nvbi_content *w,
                       const nvbi_list *list,
                       const nvbi_place *in,
                       nvb_text base_old,
                       nvbi_items before,
                       nvbi_items after,
                       const uint32_t *before_of);

/* Values as in the document, in the arena of the comparison. */
nvb_text nvbi_show_number(nvbi_content *w, nvb_num v);
nvb_text nvbi_show_percent(nvbi_content *w, nvb_num v);
/* The words with a blank between them; those without characters are left out. */
nvb_text nvbi_show_words(nvbi_content *w, const nvb_text *word, size_t n);
/* Texts with `between` them. */
nvb_text nvbi_show_texts(nvbi_content *w, const nvb_text *item, size_t n, const char *between);
/* What was put in `w->text`. */
nvb_text nvbi_show_taken(nvbi_content *w);
nvb_text nvbi_key_text(const char *key);
/* Both hold the same texts, each once, in whatever order. */
bool nvbi_same_set(nvbi_content *w, const nvb_text *a, size_t na, const nvb_text *b, size_t nb);
/* Room in `w->ids` for n ids, emptied. */
bool nvbi_ids_clear(nvbi_content *w, size_t n);

/* Keys of enumerations, in the one form a table can hold. */
#define NVBI_WORD_FUNCTION(type)                                                                   \
    static const char *type##_word(unsigned v)                                                     \
    {                                                                                              \
        return nvb_##type##_key((nvb_##type)v);                                                    \
    }

/* --- compare_fields_index.c --- */
/* Before the steps: which indices have the same id. */
void nvbi_indices_begin(nvbi_content *w);
/* The same step took the one index, and takes the other now. */
void nvbi_index_replaced(nvbi_content *w, nvb_text before, nvb_text after);
/* After the steps. */
void nvbi_compare_indices(nvbi_content *w);

/* --- compare_fields_step.c --- */
/* "afslag 1% over geindexeerd" */
nvb_text nvbi_step_summary(nvbi_content *w, const nvb_step *s);
void nvbi_compare_step(nvbi_content *w, const nvbi_place *at, const nvb_step *a, const nvb_step *b);

/* --- compare_fields_steps.c --- */
/* Before the lines: where the steps of both documents were introduced. */
void nvbi_steps_begin(nvbi_content *w);
/* The steps of two build-ups. `in`: the line or ceiling; `group`: of the line; `in_order`: that in
 * which the old ones stand says something. */
void nvbi_compare_steps(nvbi_content *w,
                        const nvbi_place *in,
                        nvb_text path_before,
                        nvb_text group,
                        const nvb_buildup *before,
                        const nvb_buildup *after,
                        bool in_order);

/* --- compare_fields_volume.c --- */
void nvbi_compare_volume(nvbi_content *w,
                         const nvbi_place *line,
                         nvb_text path_before,
                         const nvb_volume *x,
                         const nvb_volume *y);
void nvbi_compare_tiers(nvbi_content *w,
                        const nvbi_place *line,
                        const nvb_line *a,
                        const nvb_line *b);
/* A number, when it is there. */
nvb_text nvbi_show_given(nvbi_content *w, const nvb_input *in);
/* "2 naar_beneden" */
nvb_text nvbi_show_rounding(nvbi_content *w, const nvb_rounding *r);

/* --- compare_fields_line.c --- */
void nvbi_compare_lines(nvbi_content *w);
void nvbi_compare_ceilings(nvbi_content *w);

#endif
