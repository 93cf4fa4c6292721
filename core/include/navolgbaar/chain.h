/*
 * chain.h: several documents in a row, over years or rounds of a negotiation: each step, and all
 * steps together.
 *
 *     nvb_chain *chain = nvb_chain_new(comparisons, n, &reference, diag);
 *
 * What changed over the whole is the sum of what changed in each step, so it adds up exactly; the
 * same cause keeps its name through the years. A yearly growth rate is the one figure here that is
 * not a fraction: it comes with an enclosure, and its last digit is certain.
 *
 * Ownership: borrows the comparisons and the reference, which must outlive it. It does not print.
 */
#ifndef NAVOLGBAAR_CHAIN_H
#define NAVOLGBAAR_CHAIN_H

#include "compare.h"

/* (to / from)^(1 / years) - 1, in percent. */
/* clang-format off */
#define NVB_GROWTH_KINDS(X)                                                                        \
    X(NVB_GROWTH_NONE, "nvt")            /* an amount is zero or below, or no years lie between */ \
    X(NVB_GROWTH_EXACT, "exact")         /* a fraction: low == high, of as many digits as it takes */ \
    X(NVB_GROWTH_ENCLOSED, "ingesloten") /* low <= root <= high */
/* clang-format on */
typedef enum nvb_growth_kind {
    NVB_GROWTH_KINDS(NVB_ENUM_ITEM) NVB_GROWTH_KIND_COUNT
} nvb_growth_kind;
NVB_API const char *nvb_growth_kind_key(nvb_growth_kind v);

typedef struct nvb_growth {
    nvb_growth_kind kind;
    unsigned years, decimals;
    nvb_num value; /* percent, rounded (rekenkundig) to `decimals`; certain */
    /* percent; both round to `value`. Enclosed: decimals of 20 places, or of more where fewer
     * cannot tell on which side of a rounding boundary the root lies. */
    nvb_num low, high;
} nvb_growth;

enum { NVB_GROWTH_DECIMALS = 2 };

/* The yearly growth over `years`. Whether the root lies on a rounding boundary is tested first,
 * exactly, in powers of whole numbers; otherwise MPFR encloses it by directed rounding, refined
 * until the last digit is certain. */
NVB_API nvb_growth
nvb_growth_of(nvb_calc *calc, nvb_num from, nvb_num to, unsigned years, unsigned decimals);

/* Published index figures, "navolgbaar/cijfers/1": series of yearly percentages. */
/* clang-format off */
#define NVB_STAGES(X)                                                                              \
    X(NVB_STAGE_PROVISIONAL, "voorlopig")                                                          \
    X(NVB_STAGE_DEFINITIVE, "definitief")
/* clang-format on */
typedef enum nvb_stage { NVB_STAGES(NVB_ENUM_ITEM) NVB_STAGE_COUNT } nvb_stage;
NVB_API const char *nvb_stage_key(nvb_stage v);
typedef struct nvb_published {
    int year;
    nvb_stage stage;
    nvb_input percentage;     /* fraction */
    const nvb_source *source; /* where it was published */
    nvb_text date;
} nvb_published;
typedef struct nvb_series {
    nvb_text id, description;
    nvb_cost_kind kind;           /* NVB_COST_KIND_COUNT: not stated */
    const nvb_published *figures; /* as in the file */
    size_t n;
} nvb_series;
typedef struct nvb_reference {
    nvb_text title;
    const nvb_series *series;
    size_t n;
} nvb_reference;
/* The figure of a year: definitive, else the last provisional one of the file; NULL when there is
 * none. */
NVB_API const nvb_published *nvb_series_of_year(const nvb_series *s, int year);

/* A line followed back from the last document: one point per document it was in. It stops where it
 * was put together from several lines, or did not exist. */
typedef struct nvb_point {
    size_t document; /* from 0, oldest first */
    nvb_text code;
    nvb_num tariff;
} nvb_point;

/* Where tariffs went against a series of index figures, from the first to the last point. */
typedef struct nvb_against {
    const nvb_series *series;
    int missing_year; /* 0: all years are there; otherwise the first that is not, and no figures */
    nvb_num indexed;  /* EUR: the first tariff times the figures of all years since; exact */
    nvb_num gap;      /* EUR: last tariff - indexed */
} nvb_against;

typedef struct nvb_trace {
    const nvb_line *line; /* in the last document */
    nvb_text code;
    const nvb_point *points; /* oldest first; at least one */
    size_t n;
    bool merged;       /* it stops because lines were put together there */
    nvb_bridge bridge; /* cumulated: from the first tariff to the last, items of all steps gathered
                          by id and kind */
    nvb_growth growth;
    /* one per series of the reference; none when no years lie between */
    const nvb_against *against;
    size_t n_against;
} nvb_trace;

typedef struct nvb_chain nvb_chain;

/* `steps`: n >= 1 comparisons, of which each new side is the old side of the next. `reference` may
 * be NULL. NULL when memory is out, or when a figure takes too many digits: `diag` then holds E402.
 */
NVB_API nvb_chain *nvb_chain_new(nvb_comparison *const *steps,
                                 size_t n,
                                 const nvb_reference *reference,
                                 nvb_diag *diag);
NVB_API void nvb_chain_free(nvb_chain *c);
NVB_API size_t nvb_chain_steps(const nvb_chain *c);
NVB_API const nvb_comparison *nvb_chain_step(const nvb_chain *c, size_t i);
NVB_API const nvb_reference *nvb_chain_reference(const nvb_chain *c);
NVB_API nvb_calc *nvb_chain_calc(const nvb_chain *c);
/* The figures of series i of the reference that count here: one a year, from the year after the
 * earliest document to that of the last, as far as there are. */
NVB_API const nvb_published *const *nvb_chain_published(const nvb_chain *c, size_t i, size_t *n);
/* The lines of the last document that have a tariff, in its order. */
NVB_API size_t nvb_chain_traces(const nvb_chain *c);
NVB_API const nvb_trace *nvb_chain_trace(const nvb_chain *c, size_t i);
/* Turnover from the first document to the last: the items of all steps by id. */
NVB_API const nvb_bridge *nvb_chain_total(const nvb_chain *c);
/* Its item `prijs` by cause: the causes of all steps gathered. */
NVB_API const nvb_bridge *nvb_chain_causes(const nvb_chain *c);
NVB_API bool nvb_chain_differs(const nvb_chain *c);

#endif
