/*
 * breakdown.h: the proposal worked out: every figure, where it comes from and what it is used for.
 *
 *     nvb_breakdown *b = nvb_breakdown_new(proposal, &options, diag);
 *     const nvb_figure *f = nvb_breakdown_find(b, NVB_TEXT("/prestaties/12010/tarief"));
 *
 * Figures stand in calculation order: a figure comes after all it was computed from. Paths, and
 * which figures exist, are those of model section 7 and do not change between versions. A figure
 * carries its formula as a row of terms: operator, symbol, number, and what the number came from.
 * The same row gives the formula in symbols, the formula with numbers and the list of origins, so
 * these cannot disagree.
 *
 * Ownership: a breakdown borrows the proposal, which must outlive it; all else is its own.
 * Everything an accessor gives is const and lives as long as the breakdown.
 *
 * Errors: NULL when memory is out or a figure cannot be computed; the diag then holds an error
 * (E4..). With gaps in the proposal (a draft) a breakdown is made all the same: see
 * nvb_figure.missing.
 *
 * It does not print, and knows no language.
 */
#ifndef NAVOLGBAAR_BREAKDOWN_H
#define NAVOLGBAAR_BREAKDOWN_H

#include "diag.h"
#include "proposal.h"

/* soort of a figure. X(enum, key) */
/* clang-format off */
#define NVB_FIGURE_KINDS(X)                                                                        \
    X(NVB_FIG_INDEX, "index")                                                                      \
    X(NVB_FIG_INDEX_AFTER, "index_nacalculatie")       /* N, per_term */                           \
    X(NVB_FIG_INDEX_PROVISIONAL, "index_voorlopig")    /* V, per_term */                           \
    X(NVB_FIG_COMPONENT, "component")                  /* C(n, v) */                               \
    X(NVB_FIG_COMPONENT_AFTER, "component_nacalculatie") /* n */                                   \
    X(NVB_FIG_COMPONENT_WEIGHTED, "component_gewogen") /* w x C */                                 \
    X(NVB_FIG_BASIS, "basis")                                                                      \
    X(NVB_FIG_STEP, "stap")                                                                        \
    X(NVB_FIG_STEP_INDEX, "stap_index")             /* the index at the line's own shares */       \
    X(NVB_FIG_PART_AFTER, "deel_nacalculatie")      /* a component's nacalculatie in the step */   \
    X(NVB_FIG_PART_PROVISIONAL, "deel_voorlopig")   /* a component's voorlopig in the step */      \
    X(NVB_FIG_PART_REST, "deel_rest")               /* what method or rounding of the index leaves over */ \
    X(NVB_FIG_PART_ROUNDING, "deel_afronding")      /* the step's own rounding */                  \
    X(NVB_FIG_POTENTIAL, "potentieel")                                                             \
    X(NVB_FIG_LIMIT, "begrenzing")                                                                 \
    X(NVB_FIG_UNROUNDED, "onafgerond")                                                             \
    X(NVB_FIG_ROUNDING, "afronding")                                                               \
    X(NVB_FIG_TARIFF, "tarief")                                                                    \
    X(NVB_FIG_VOLUME_BASIS, "volume_basis")                                                        \
    X(NVB_FIG_VOLUME_STEP, "volume_stap")                                                          \
    X(NVB_FIG_VOLUME_ROUNDING, "volume_afronding")                                                 \
    X(NVB_FIG_VOLUME, "volume")                                                                    \
    X(NVB_FIG_TIER, "staffel")                                                                     \
    X(NVB_FIG_TURNOVER, "omzet")                                                                   \
    X(NVB_FIG_EFFECTIVE, "effectief_tarief")                                                       \
    X(NVB_FIG_GROUP_TURNOVER, "groepsomzet")                                                       \
    X(NVB_FIG_CEILING_AMOUNT, "plafondbedrag") /* of a ceiling that is built up */                 \
    X(NVB_FIG_CUT, "plafond")                                                                      \
    X(NVB_FIG_TOTAL_BEFORE, "omzet_voor_plafond")                                                  \
    X(NVB_FIG_TOTAL, "totale_omzet")
/* clang-format on */

typedef enum nvb_figure_kind {
    NVB_FIGURE_KINDS(NVB_ENUM_ITEM) NVB_FIGURE_KIND_COUNT
} nvb_figure_kind;
NVB_API const char *nvb_figure_kind_key(nvb_figure_kind v);

typedef enum nvb_unit { NVB_EUR, NVB_PERCENT, NVB_UNITS, NVB_UNIT_COUNT } nvb_unit;

/* What an operand is called. Words per language are in formats; STEP, LINE, COMPONENT and TREAD go
 * with a `name`. */
typedef enum nvb_symbol {
    NVB_SYM_NUMBER, /* no name: a constant of the formula, as the 1 in (1 + d) */
    NVB_SYM_AMOUNT, /* bedrag */
    NVB_SYM_PERCENTAGE,
    NVB_SYM_FACTOR,
    NVB_SYM_SHARE,       /* aandeel of a step */
    NVB_SYM_WEIGHT,      /* w, of component `name` */
    NVB_SYM_AFTER,       /* n, of component `name` */
    NVB_SYM_PROVISIONAL, /* v, of component `name` */
    NVB_SYM_LAST_PROVISIONAL,
    NVB_SYM_LAST_DEFINITIVE,
    NVB_SYM_COMPONENT,         /* C, of component `name` */
    NVB_SYM_WEIGHTED,          /* w x C, of component `name` */
    NVB_SYM_TOTAL_AFTER,       /* N */
    NVB_SYM_TOTAL_PROVISIONAL, /* V */
    NVB_SYM_INDEX,             /* index `name` */
    NVB_SYM_OWN_INDEX,         /* index `name` at the line's own shares */
    NVB_SYM_BASIS,
    NVB_SYM_STAND,
    NVB_SYM_INDEXED,        /* geindexeerd */
    NVB_SYM_STEP,           /* the figure of step `name` */
    NVB_SYM_STEP_UNROUNDED, /* what the step `name` adds before its rounding */
    NVB_SYM_PART_AFTER,     /* part of component `name` */
    NVB_SYM_PART_PROVISIONAL,
    NVB_SYM_STAND_ROUNDED,
    NVB_SYM_LIMIT, /* begrenzing */
    NVB_SYM_MAXIMUM,
    NVB_SYM_MINIMUM,
    NVB_SYM_UNROUNDED,
    NVB_SYM_UNROUNDED_OF, /* of line `name` */
    NVB_SYM_TARIFF_OF,    /* of line `name` */
    NVB_SYM_ROUNDED,      /* the figure rounded */
    NVB_SYM_ROUNDING,
    NVB_SYM_TARIFF,
    NVB_SYM_COUNT_INPUT, /* aantal, as given */
    NVB_SYM_VOLUME_BASIS,
    NVB_SYM_VOLUME_STAND,
    NVB_SYM_VOLUME_STEP, /* `name` */
    NVB_SYM_VOLUME,
    NVB_SYM_TIER_UNITS, /* units that fall in this tread */
    NVB_SYM_TIER_BOUND, /* tot of a tread: units up to here */
    NVB_SYM_TIER_SHARE,
    NVB_SYM_TIER, /* turnover of tread `name` */
    NVB_SYM_TURNOVER,
    NVB_SYM_TURNOVER_OF,   /* of line `name` */
    NVB_SYM_CUT_PART,      /* this line's part of the cut of ceiling `name` */
    NVB_SYM_CUT,           /* of ceiling `name` */
    NVB_SYM_EXCESS,        /* turnover under the ceiling above its amount */
    NVB_SYM_EXCESS_PAID,   /* what of the excess is paid */
    NVB_SYM_BEYOND,        /* boven */
    NVB_SYM_CEILING,       /* amount of the ceiling */
    NVB_SYM_UNDER_CEILING, /* turnover under the ceiling */
    NVB_SYM_BEFORE_CEILINGS,
    NVB_SYM_COUNT
} nvb_symbol;

typedef enum nvb_operator {
    NVB_NO_OPERATOR,
    NVB_PLUS,
    NVB_MINUS,
    NVB_TIMES,
    NVB_DIVIDED
} nvb_operator;

/* One operand of a formula, with the operator before it. */
typedef struct nvb_term {
    nvb_operator op;
    nvb_symbol symbol;
    nvb_unit unit; /* how its number is written; a share or percentage is NVB_PERCENT and `value` a
                      fraction (0.05) */
    uint8_t open, close; /* brackets opening before and closing after it */
    nvb_text name;       /* own name of the operand; s == NULL when it has none */
    nvb_num value;
    nvb_text path; /* the place of an input; s == NULL when there is none. An operand may have both
                      this and figures */
    const uint32_t *from; /* the figures it stands for; several for a sum as the stand */
    uint32_t n_from;
} nvb_term;

/* What was rounded: the figure itself; the stand after a step (the step's figure then is the
 * difference it makes); or the payment above a ceiling (the figure is the cut). */
typedef enum nvb_rounded_what {
    NVB_ROUNDED_FIGURE,
    NVB_ROUNDED_STAND,
    NVB_ROUNDED_PAYMENT
} nvb_rounded_what;

/* A rounding that took place on a figure. */
typedef struct nvb_rounded {
    nvb_rounded_what what;
    unsigned decimals;
    nvb_mode mode;
    nvb_num before, after; /* in the unit of the figure (a percent figure: 6.3 for 6.3%) */
} nvb_rounded;

/* Why a remainder exists; bits of nvb_figure.cause. */
enum { NVB_CAUSE_ROUNDING = 1, NVB_CAUSE_METHOD = 2 };

/* What a draft could not say about a figure; bits of nvb_figure.missing. */
enum {
    NVB_MISSING_REASON = 1,
    NVB_MISSING_SOURCE = 2,
    NVB_MISSING_OVER = 4,
    NVB_MISSING_DESCRIPTION = 8
};

typedef struct nvb_figure {
    nvb_text path;
    nvb_figure_kind kind;
    nvb_unit unit;
    nvb_num value; /* as shown: EUR, units, or percent (6.3 for 6.3%) */
    nvb_term *terms;
    uint32_t n_terms;
    uint32_t number; /* its place in calculation order */
    /* the figure this one is a part of or belongs under; its own number at the top */
    uint32_t parent;
    const nvb_rounded *rounded; /* NULL when the figure was not rounded */
    /* What it belongs to; NULL where that does not apply. */
    const nvb_line *line;
    const nvb_step *step;
    const nvb_volume_step *volume_step;
    const nvb_tier *tier;
    const nvb_index *index;
    const nvb_component *component;
    const nvb_basis *basis;
    const nvb_ceiling *ceiling;
    const nvb_group *group;
    const nvb_limit *limit; /* the limit that bit */
    const nvb_tread *tread; /* the tread of the table that applied */
    uint8_t items;          /* bit i: the figure fills legal item nvb_item i */
    uint8_t cause, missing;
    bool is_part; /* counts in the sum of its parent's parts */
} nvb_figure;

typedef struct nvb_breakdown nvb_breakdown;

typedef struct nvb_engine_options {
    bool mpfr_only; /* no machine integers: to prove that both paths give the same bytes */
    bool bare; /* values alone: figures have no terms, and steps no parts. A third of the memory,
                  for what is only compared */
} nvb_engine_options;

/* Computes everything. `options` may be NULL. The proposal has been validated without errors
 * (validate.h); gaps are allowed and show in `missing`. Claims that do not follow are added to
 * `diag` as gaps (E509). */
NVB_API nvb_breakdown *
nvb_breakdown_new(const nvb_proposal *proposal, const nvb_engine_options *options, nvb_diag *diag);
/* The same for another proposal in the memory of this breakdown, whose figures are gone: for a run
 * over many documents. False on the errors that make nvb_breakdown_new return NULL; the breakdown
 * then has no figures and may be used again. */
NVB_API bool nvb_breakdown_renew(nvb_breakdown *b, const nvb_proposal *proposal, nvb_diag *diag);
NVB_API void nvb_breakdown_free(nvb_breakdown *b);

NVB_API const nvb_proposal *nvb_breakdown_proposal(const nvb_breakdown *b);
/* The workspace its numbers live in, for comparing and printing them. */
NVB_API nvb_calc *nvb_breakdown_calc(const nvb_breakdown *b);
NVB_API size_t nvb_breakdown_count(const nvb_breakdown *b);
/* i < nvb_breakdown_count. */
NVB_API const nvb_figure *nvb_breakdown_at(const nvb_breakdown *b, size_t i);
/* NULL when no figure has that path. The first call builds an index. */
NVB_API const nvb_figure *nvb_breakdown_find(nvb_breakdown *b, nvb_text path);
/* The figures that were computed from figure `i`, in order. The first call builds the table. */
NVB_API const uint32_t *nvb_breakdown_uses(nvb_breakdown *b, uint32_t i, size_t *n);

/* Figures of one line, by their number; NVB_NO_FIGURE when the line has none. */
#define NVB_NO_FIGURE UINT32_MAX
typedef struct nvb_line_figures {
    /* all figures of the line up to its turnover: first <= i < end; empty when equal */
    uint32_t first, end;
    uint32_t basis, limit, unrounded, rounding, tariff, volume, turnover, effective;
    const uint32_t *steps; /* one per step of the line, in their order */
} nvb_line_figures;
/* i: the number of the line in the proposal. */
NVB_API const nvb_line_figures *nvb_breakdown_line(const nvb_breakdown *b, size_t i);
/* i: the number of the ceiling in the proposal: the figure of its cut, and of its built-up amount
 * if it has one. */
NVB_API uint32_t nvb_breakdown_cut(const nvb_breakdown *b, size_t i);
NVB_API uint32_t nvb_breakdown_ceiling_amount(const nvb_breakdown *b, size_t i);
/* The figure of index i of the proposal. */
NVB_API uint32_t nvb_breakdown_index(const nvb_breakdown *b, size_t i);
NVB_API uint32_t nvb_breakdown_group(const nvb_breakdown *b, size_t i);
NVB_API uint32_t nvb_breakdown_total_before(const nvb_breakdown *b);
NVB_API uint32_t nvb_breakdown_total(const nvb_breakdown *b);

#endif
