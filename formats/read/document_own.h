/*
 * document_own.h: what a document holds, for the files that make it: document.c, document_set.c,
 * document_locate.c, read_*.c.
 */
#ifndef NVB_FORMATS_DOCUMENT_OWN_H
#define NVB_FORMATS_DOCUMENT_OWN_H

#include "core/names.h"
#include "document.h"
#include "formats/json/json_tree.h"

/* A text that values came from: the proposal, the policy, or the value of one --set. */
typedef struct nvbi_origin {
    nvb_text name, bytes;
    cJSON *tree;    /* as parsed; NULL for plain text */
    int first, end; /* its ordinals: first <= i < end */
} nvbi_origin;

/* Where a problem lies, for those whose node was at hand: problem number `order` of the diag, with
 * that code. */
typedef struct nvbi_pending {
    size_t order;
    nvb_code code;
    int ordinal;
} nvbi_pending;

/* Scans and parses a text; `tree` is NULL when that cannot be. Values are numbered from *ordinal,
 * which is moved on. */
void nvbi_origin_read(nvbi_origin *o, const nvb_source_file *file, int *ordinal, nvb_diag *diag);

struct nvb_policies {
    nvbi_origin *items;
    size_t n;
};

struct nvb_document {
    nvbi_arena arena;
    nvb_calc *calc;
    nvbi_origin *origins; /* of its own: those of policies are in `policies` */
    size_t n_origins;
    int ordinals;       /* given out so far */
    int expected_first; /* those of what the reader expects: first <= i < end */
    int expected_end;
    const nvb_policies *policies; /* those there are */
    nvb_policies *own_policies;   /* the same, when they were read for this document alone */
    cJSON *root;                  /* after merging and setting */
    nvb_proposal *proposal;
    size_t policy;         /* the number of the policy it was merged onto, from 1; 0: none */
    nvbi_pending *pending; /* room for NVB_MAX_PROBLEMS from the first on; NULL before that */
    size_t n_pending;
    bool audited; /* an offer to be audited: see nvb_read_options */
    bool indices_only;
    const nvb_breakdown *previous; /* last year's, borrowed; NULL: none */
    nvbi_names previous_lines;     /* its lines by code */
    bool is_explanation;           /* `claims` are the figures of an explanation */
    const nvb_claim *claims;
    size_t n_claims;
    bool is_list;               /* read from a price list (formats/csv): there is no tree, but */
    nvb_source_file list;       /* its file, */
    const size_t *list_offsets; /* where in it each line begins, */
    void (*locate)(const nvb_document *d, nvb_diag *diag); /* and what finds places in it */
};

/* Adds a problem that lies at `node` (NULL: to be found by its path), at its key or its value. */
void nvbi_document_problem(nvb_document *d,
                           nvb_diag *diag,
                           nvb_code code,
                           const cJSON *node,
                           bool at_key,
                           nvb_text path,
                           nvb_text w1,
                           nvb_text w2,
                           nvb_text w3);
/* The ordinal of the value that a problem lies at; false when it has a place already or none. */
bool nvbi_document_ordinal(const nvb_document *d, const nvb_problem *p, int *ordinal);
/* Applies one --set to d->root. `name` is what messages call it. */
void nvbi_document_set(nvb_document *d, const nvb_setting *setting, nvb_diag *diag);

#define NVBI_PROPOSAL_FORMAT    "navolgbaar/voorstel/1"
#define NVBI_EXPLANATION_FORMAT "navolgbaar/toelichting/1"
/* Whether a text is an object of one of two formats; otherwise a problem. */
bool nvbi_document_format(
    nvb_document *d, const cJSON *root, const char *wanted, const char *or_wanted, nvb_diag *diag);
/* Notes what the document is audited with (read_previous.c). False when memory is out. */
bool nvbi_previous_open(nvb_document *d, const nvb_read_options *o);
/* Fills in from the tree of `expected` what the document leaves open. False when it cannot be used
 * or memory is out. */
bool nvbi_document_expect(nvb_document *d, const cJSON *expected, nvb_diag *diag);
/* Whether an index, base or step takes a figure, or itself as a whole, from what is expected. */
bool nvbi_is_expected(const nvb_document *d, const cJSON *node);
/* Leaves nothing of a file of expectations but the indices and what they name. False when memory is
 * out. */
bool nvbi_document_keep_indices(nvb_document *d);
/* Reads `knopen` of an explanation as claims. */
void nvbi_document_claims(nvb_document *d, const cJSON *explanation, nvb_diag *diag);
/* Adds what validation finds in the proposal as far as it was read, leaving out what may follow
 * from the errors that are there from number `first` on. */
void nvbi_document_more(nvb_document *d, size_t first, nvb_diag *diag);

/* The text of a buffer, in the arena; releases the buffer. Absent when it is empty. A buffer that
 * failed counts as a failure of the arena, so that nothing cut short passes for whole. */
nvb_text nvbi_take_buffer(nvbi_arena *a, nvb_buffer *b);
/* A value as a message shows it: "text" cut short, 12.50, true, null, {…} or […]. Lives in the
 * arena. */
nvb_text nvbi_shown(nvbi_arena *a, const cJSON *node);
/* Names for a message: "a, b, c, …". The result lives in the arena; absent when there are none.
 */
typedef nvb_text (*nvbi_nth_name)(const void *of, size_t i);
nvb_text nvbi_list_names(nvbi_arena *a, nvbi_nth_name name, const void *of, size_t n);
/* The same for what a container holds: keys, or ids and codes of items. */
nvb_text nvbi_list_children(nvbi_arena *a, const cJSON *container);

#endif
