/*
 * read.h: from a tree of JSON to the structures of proposal.h, driven by tables.
 *
 * A shape is the table of one kind of object: a row per key says what the value must be and where
 * in the structure it goes. The rows also give the advice on unknown keys, so a new key is one row.
 * What a row cannot say (two keys that exclude each other) is in the shape's `after`. Nothing stops
 * at the first problem.
 *
 * Texts are borrowed from the tree, which lives as long as the document. Everything else is in the
 * document's arena.
 */
#ifndef NVB_FORMATS_READ_H
#define NVB_FORMATS_READ_H

#include "document_own.h"
#include "formats/json/json_keys.h"

enum {
    NVBI_MAX_STEPS = 1000,   /* of one line */
    NVBI_MAX_WORK = 5000000, /* steps and treads of all lines together */
    NVBI_MAX_NAME = 200      /* characters of an id or code */
};

/* An object or list being read, and its place: the path of the layer that wrote it, and the way
 * from there. */
typedef struct nvbi_at {
    const cJSON *json;
    const nvb_text *base; /* one for each layer */
    nvb_text within;      /* "" or "/tabel/treden/0" */
    unsigned layer;
} nvbi_at;

/* A step as far as the layers have come. */
typedef struct nvbi_layered {
    nvb_text id;
    const cJSON *json;
    nvb_text base[NVBI_LAYERS]; /* [0]: of the layer that introduced it */
    const nvb_step *step;
} nvbi_layered;

typedef struct nvbi_steps {
    nvbi_layered *item;
    size_t n;
    const nvb_step **steps; /* the same, as a line lists them */
    nvbi_key_entry *sorted; /* ids */
} nvbi_steps;

typedef struct nvbi_reader {
    nvb_document *doc;
    nvbi_arena *arena;
    nvb_calc *calc;
    nvb_diag *diag;
    nvb_proposal *p;
    nvb_rounding rounding; /* tariefafronding of the document */
    nvbi_steps shared;
    nvbi_steps *groups;                   /* as p->groups */
    nvbi_key_entry *group_ids, *fact_ids; /* sorted */
    size_t groups_read;
    bool too_much;           /* said already */
    unsigned patching;       /* the layer whose patch is being read; 0: none */
    const nvb_step *earlier; /* and the step it changes */
    size_t work;
    nvb_figures_file *figures; /* what is read instead of a proposal (read_figures.c) */
} nvbi_reader;

typedef struct nvbi_words {
    const char *const *item;
    size_t n;
} nvbi_words;

typedef enum nvbi_value {
    NVBI_V_KEPT,    /* read elsewhere */
    NVBI_V_TEXT,    /* nvb_text, not blank */
    NVBI_V_WORDS,   /* nvb_text; a blank one counts as absent */
    NVBI_V_NAME,    /* nvb_text: an id or code */
    NVBI_V_WHOLE,   /* int, from `low` to `high` */
    NVBI_V_BOOL,    /* bool */
    NVBI_V_DAY,     /* nvb_date */
    NVBI_V_DATE,    /* nvb_text that is a date */
    NVBI_V_ENUM,    /* one of `words`: its number */
    NVBI_V_AMOUNT,  /* nvb_input */
    NVBI_V_PERCENT, /* nvb_input, a fraction */
    NVBI_V_SHARE,   /* the same, or written as a fraction */
    NVBI_V_FACTOR,  /* nvb_input, or written as a fraction */
    NVBI_V_OBJECT,  /* `shape`, at the offset */
    NVBI_V_LIST,    /* of `shape`: a pointer at the offset, the number at `count` */
    NVBI_V_MAP,     /* likewise, an object whose keys are ids */
    NVBI_V_TEXTS,   /* nvb_texts */
    NVBI_V_CALL     /* `call` */
} nvbi_value;

enum {
    NVBI_REQUIRED = 1,
    NVBI_POSITIVE = 2,  /* zero or more */
    NVBI_UP_TO_1 = 4,   /* 0 to 100% */
    NVBI_NOT_EMPTY = 8, /* a list or map holds something */
    NVBI_LATER = 16,    /* after all rows without this, in the order of the table */
    NVBI_OFFER = 32     /* required, but an offer that is audited may leave it out */
};

typedef struct nvbi_shape nvbi_shape;
typedef void (*nvbi_call)(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target);

typedef struct nvbi_row {
    const char *name;
    nvbi_value value;
    unsigned flags;
    size_t offset, count;
    const char *example; /* as it is written in JSON */
    const nvbi_words *words;
    const nvbi_shape *shape;
    nvbi_call call;
    int low, high;
} nvbi_row;

/* A row that needs no more than this. */
#define NVBI_PLAIN(key, kind, bits, at)                                                            \
    {                                                                                              \
        .name = key, .value = kind, .flags = bits, .offset = at                                    \
    }
#define NVBI_NO_OFFSET SIZE_MAX

struct nvbi_shape {
    const nvbi_row *rows;
    size_t n;
    size_t size;                /* of the structure */
    const char *id_key;         /* "id" or "code"; NULL in maps and where items have none */
    size_t id, path;            /* offsets of nvb_text, or NVBI_NO_OFFSET */
    void (*init)(void *target); /* defaults that are not zero; may be NULL */
    /* Once all rows are read; `seen` has a bit per row. May be NULL. */
    void (*after)(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target);
};

/* Tables that are too wide for one line a row are laid out by hand. */
#define NVBI_ROWS(table) (table), sizeof(table) / sizeof *(table)
#define NVBI_WORDS_OF(name, LIST)                                                                  \
    static const char *const name##_items[] = {LIST(NVBI_WORD_ITEM)};                              \
    static const nvbi_words name = {name##_items, sizeof name##_items / sizeof *name##_items}
#define NVBI_WORD_ITEM(name, key) key,

static inline bool nvbi_saw(uint64_t seen, unsigned row)
{
    return seen >> row & 1U;
}

/* --- read_object.c --- */
uint64_t nvbi_read_object(nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, void *target);
void nvbi_read_list(
    nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, const void **items, size_t *n);
void nvbi_read_map(
    nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, const void **items, size_t *n);
/* The child of a container, as a place of its own. `token` is what the path calls it. */
nvbi_at nvbi_at_child(nvbi_reader *r, const nvbi_at *of, const cJSON *child, nvb_text token);
/* The row of a key, or NULL. */
const nvbi_row *nvbi_row_find(const nvbi_shape *shape, nvb_text name);
void nvbi_unknown_key(nvbi_reader *r,
                      const nvbi_shape *shape,
                      const nvbi_at *of,
                      const cJSON *child);
/* The name of item i in a path: its id or code if it has one, else its position. */
nvb_text nvbi_item_token(nvbi_reader *r, const cJSON *item, const char *id_key, size_t i);

/* --- read_problem.c --- */
nvb_text nvbi_path_of(nvbi_reader *r, const nvbi_at *at);
nvb_text nvbi_path_below(nvbi_reader *r, const nvbi_at *at, const cJSON *child, nvb_text token);
unsigned nvbi_child_layer(const nvbi_at *of, const cJSON *child);
/* A problem with a container as a whole, with the value or with the key of a child. Words may be
 * (nvb_text){0}. */
void nvbi_fault(
    nvbi_reader *r, nvb_code code, const nvbi_at *at, nvb_text w1, nvb_text w2, nvb_text w3);
void nvbi_fault_value(nvbi_reader *r,
                      nvb_code code,
                      const nvbi_at *of,
                      const cJSON *child,
                      nvb_text w1,
                      nvb_text w2,
                      nvb_text w3);
void nvbi_fault_key(nvbi_reader *r,
                    nvb_code code,
                    const nvbi_at *of,
                    const cJSON *child,
                    nvb_text w1,
                    nvb_text w2,
                    nvb_text w3);
/* The same for item `token` of a list. */
void nvbi_fault_item(nvbi_reader *r,
                     nvb_code code,
                     const nvbi_at *list,
                     const cJSON *item,
                     nvb_text token,
                     nvb_text w1,
                     nvb_text w2,
                     nvb_text w3);
/* The word of `words` nearest to `text`, or NULL when none is near. */
const char *nvbi_nearest(const nvbi_words *words, nvb_text text);
static inline nvb_text nvbi_str(const char *s)
{
    return (nvb_text){s, strlen(s)};
}
/* `"key": example`, in the arena. */
nvb_text nvbi_pair(nvbi_reader *r, const char *key, const char *example);
/* An object of a shape with the keys it must have, or else one that it may have. */
nvb_text nvbi_form_of(nvbi_reader *r, const nvbi_shape *shape);

/* --- read_rules.c: rules that more than one shape has --- */
/* False, and a problem, when the value is no object. Without a shape its keys are names. */
bool nvbi_need_object(nvbi_reader *r,
                      const nvbi_at *of,
                      const cJSON *value,
                      const nvbi_shape *shape);
/* Of these rows there is exactly one, or there is a problem. */
bool nvbi_one_of(nvbi_reader *r,
                 const nvbi_at *at,
                 uint64_t seen,
                 const nvbi_row *rows,
                 const unsigned *which,
                 size_t n);
/* A key that cannot stand beside what else is there; when an earlier layer wrote it, the step that
 * made it so is to blame. */
void nvbi_fault_beside(
    nvbi_reader *r, nvb_code code, const nvbi_at *at, const cJSON *child, nvb_text w1, nvb_text w2);
/* Two rows that exclude each other; the later one of the two is pointed at. */
void nvbi_refuse_both(
    nvbi_reader *r, const nvbi_at *at, uint64_t seen, const nvbi_row *rows, unsigned a, unsigned b);
/* An id that has a meaning of its own. */
void nvbi_refuse_name(nvbi_reader *r, const nvbi_at *at, nvb_text id, const nvbi_words *reserved);
/* A list of names, each once. False when one of them is no name (the problem is there then);
 * doubles are kept. */
bool nvbi_read_names(nvbi_reader *r, const nvbi_at *list, const char *name, nvb_texts *out);
/* The treads of a ladder, one after the other: `tot` must ascend. */
typedef struct nvbi_ascending {
    const nvbi_at *list;
    const cJSON *node; /* of the last `tot` */
    nvb_num value;
} nvbi_ascending;
void nvbi_check_ascending(
    nvbi_reader *r, nvbi_ascending *last, const cJSON *item, size_t i, const nvb_input *upper);

/* --- read_value.c, read_number.c --- */
void nvbi_read_value(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, void *target);
void nvbi_read_number(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, nvb_input *out);
/* False, and a problem, when the value is not text or (unless `blank` allows it) has nothing in it.
 */
bool nvbi_read_text(nvbi_reader *r,
                    const nvbi_at *of,
                    const cJSON *value,
                    const char *name,
                    bool blank,
                    nvb_text *out);
bool nvbi_is_blank(nvb_text t);
bool nvbi_name_fits(nvb_text t);
bool nvbi_read_date(nvb_text t, nvb_date *out, bool *exists);

/* --- read_previous.c: last year's contract, where the offer is audited and silent --- */
/* Gives a line without a base last year's tariff; false when there is none. */
bool nvbi_previous_basis(nvbi_reader *r, nvb_line *l);
/* Parties and year, where the document names none. */
void nvbi_previous_header(nvbi_reader *r);

/* --- the subjects --- */
extern const nvbi_shape nvbi_shape_proposal, nvbi_shape_source; /* read_proposal.c */
extern const nvbi_shape nvbi_shape_index;                       /* read_index.c */
extern const nvbi_shape nvbi_shape_step;                        /* read_price.c */
extern const nvbi_shape nvbi_shape_rounding, nvbi_shape_tariff_rounding;
extern const nvbi_shape nvbi_shape_basis, nvbi_shape_limit;   /* read_basis.c */
extern const nvbi_shape nvbi_shape_line, nvbi_shape_ceiling;  /* read_line.c */
extern const nvbi_words nvbi_words_category, nvbi_words_mode; /* read_price.c */

/* --- read_steps.c: the layers of steps --- */
void nvbi_read_shared_steps(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target);
void nvbi_read_groups(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target);
/* The steps of a line: those of its layers, without what it drops, with what it adds or changes. */
void nvbi_line_steps(nvbi_reader *r, const nvbi_at *line, nvb_text group, nvb_buildup *out);
/* The steps of a ceiling: its own only. */
void nvbi_own_steps(nvbi_reader *r, const nvbi_at *at, nvb_buildup *out);
const nvb_fact *nvbi_fact_find(nvbi_reader *r, nvb_text id);

/* Builds the proposal from the merged tree. False when memory is out. */
bool nvbi_read_proposal(nvb_document *d, nvb_diag *diag);

#endif
