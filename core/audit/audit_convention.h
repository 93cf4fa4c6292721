/*
 * audit_convention.h: an index under the conventions in use: what it comes to under one, and each
 * that differs from the others, in turn. Internal to the audit.
 *
 * It is engine_index.c without figures, for trying many; a test proves that under the document's
 * own convention both give the same.
 */
#ifndef NVB_CORE_AUDIT_CONVENTION_H
#define NVB_CORE_AUDIT_CONVENTION_H

#include "audit.h"

/* An index of more components than anybody publishes is not searched: their fractions grow long. */
enum { NVBI_MOST_COMPONENTS = 100, NVBI_USUAL_DECIMALS = 2 };

/* Stages whose rounding changed a value, and whether the combination mattered (an n x v other than
 * zero). */
enum {
    NVBI_MOVED_AFTER = 1,
    NVBI_MOVED_COMPONENT = 2,
    NVBI_MOVED_WEIGHTED = 4,
    NVBI_MOVED_TOTAL = 8,
    NVBI_HAS_PRODUCT = 16
};

/* nvbi_index_under (audit.h), and in *moved the bits above. */
nvb_num
nvbi_index_moved(nvb_calc *calc, const nvb_index *x, const nvb_convention *how, unsigned *moved);
/* The fraction at so many decimals of its percentage, or as it is when NVB_UNROUNDED. */
nvb_num nvbi_percentage_round(nvb_calc *calc, nvb_num fraction, int decimals);
/* How many decimals the percentage has; -1 when more than 20. */
int nvbi_percentage_decimals(nvb_calc *calc, nvb_num fraction);
/* Below zero when `a` is plainer than `b`: fewer roundings, then fewer that are not those of `own`,
 * then nearer to it. */
int nvbi_convention_order(const nvb_convention *own,
                          const nvb_convention *a,
                          const nvb_convention *b);

/* Every convention that is arithmetic of its own for this index; see audit_convention.c. */
enum { NVBI_MOST_OPTIONS = 8 };
typedef struct nvbi_conventions {
    nvb_calc *calc;
    const nvb_index *x;
    nvb_convention own;
    bool same_after; /* both methods give the same n for every component */
    bool sole;       /* one component that is the whole index */
    bool even;       /* none that rounds one stage finer than another, unless at both as
                        the document does */
    int option[NVBI_MOST_OPTIONS]; /* decimals to try: none, the usual, the document's own */
    size_t n_options;
    uint64_t until; /* the calc works no further than this; 0: no bound */
    void (*see)(void *with, const nvb_convention *how, nvb_num total);
    void *with;
} nvbi_conventions;
void nvbi_conventions_init(nvbi_conventions *s, nvb_calc *calc, const nvb_index *x);
/* Decimals to try as well. */
void nvbi_conventions_option(nvbi_conventions *s, int decimals);
/* Shows each to `see`, with what the index comes to. */
void nvbi_conventions_each(nvbi_conventions *s);
/* With the roundings the document declares and that change nothing here. */
nvb_convention nvbi_convention_kept(const nvbi_conventions *s, nvb_convention how);

/* The conventions that give `claimed` (a fraction), put together into one reading: the plainest of
 * them, the rest counted in `others`. False when there is none, or the calc came to `until`. */
bool nvbi_convention_search(
    nvb_calc *calc, const nvb_index *x, nvb_num claimed, uint64_t until, nvb_reading *out);

#endif
