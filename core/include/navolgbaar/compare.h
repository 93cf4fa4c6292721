/*
 * compare.h: two documents of the same parties side by side: which lines belong together, why each
 * tariff and the turnover changed, and what else was changed. Model section 8; core/decisions.md,
 * "Comparison".
 *
 *     nvb_comparison *c = nvb_comparison_new(old, new, NULL, diag);
 *     for (size_t i = 0; i < nvb_comparison_pairs(c); i++) {
 *         const nvb_pair *pair = nvb_comparison_pair(c, i);
 *         ... pair->tariff.items add up exactly to pair->tariff.difference
 *     }
 *
 * Every bridge adds up twice: its amounts exactly, as fractions, and its printed amounts in whole
 * cents. All amounts are EUR, signed, new minus old.
 *
 * Ownership: a comparison borrows both breakdowns (and their proposals), which must outlive it. All
 * it gives is const and lives as long as it does.
 *
 * Errors: NULL when memory is out, or when the documents cannot be compared; of the latter `diag`
 * holds the errors.
 *
 * It does not print, knows no language, and holds nothing against a rule (checks.h does).
 */
#ifndef NAVOLGBAAR_COMPARE_H
#define NAVOLGBAAR_COMPARE_H

#include "breakdown.h"

/* How a change of turnover is split in price and volume (attributie). X(enum, key) */
/* clang-format off */
#define NVB_ATTRIBUTIONS(X)                                                                        \
    X(NVB_IN_ORDER, "volgorde") /* first volume at the old tariff, then price at the new volume */ \
    X(NVB_MIDDLE, "midden")     /* both at the mean of old and new: the same either way */
/* status of a line */
#define NVB_PAIR_STATES(X)                                                                         \
    X(NVB_PAIR_NEW, "nieuw")                                                                       \
    X(NVB_PAIR_LAPSED, "vervallen")                                                                \
    X(NVB_PAIR_CHANGED, "gewijzigd") /* in figures, or in its own keys */                          \
    X(NVB_PAIR_SAME, "ongewijzigd")
/* clang-format on */
/* soort of an item of a bridge: those up to `tarief` explain a tariff, those after it (and again
 * `afronding`) a turnover. Their order is that of a bridge: what starts a tariff, its steps, what
 * ends it. An item is known by its id and its soort together, since a step may be called what a
 * soort is called. */
/* clang-format off */
#define NVB_BRIDGE_KINDS(X)                                                                        \
    X(NVB_BRIDGE_GAP, "basis_sluit_niet_aan") /* the base against the figure it claims to come from */ \
    X(NVB_BRIDGE_BASIS, "basis")              /* its bedrag, or the line it leans on */            \
    X(NVB_BRIDGE_BASIS_PERCENTAGE, "basis_percentage")                                             \
    X(NVB_BRIDGE_BASIS_FACTOR, "basis_factor")                                                     \
    X(NVB_BRIDGE_STEP_LAPSED, "stap_vervallen")                                                    \
    X(NVB_BRIDGE_STEP_NEW, "stap_nieuw")                                                           \
    X(NVB_BRIDGE_STEP_CHANGED, "stap_gewijzigd")                                                   \
    X(NVB_BRIDGE_LIMIT, "begrenzing")                                                              \
    X(NVB_BRIDGE_ROUNDING, "afronding")  /* of the tariff; in a total: of turnovers to cents */    \
    X(NVB_BRIDGE_TARIFF, "tarief")       /* a flat tariff: nothing is known but the two figures */ \
    X(NVB_BRIDGE_PRICE, "prijs")                                                                   \
    X(NVB_BRIDGE_VOLUME, "volume")                                                                 \
    X(NVB_BRIDGE_NEW, "nieuw")                                                                     \
    X(NVB_BRIDGE_LAPSED, "vervallen")                                                              \
    X(NVB_BRIDGE_TIERS, "staffels")                                                                \
    X(NVB_BRIDGE_CEILINGS, "plafonds")
/* soort of a change of content */
#define NVB_CHANGE_KINDS(X)                                                                        \
    X(NVB_CHANGE_ADDED, "toegevoegd")                                                              \
    X(NVB_CHANGE_LAPSED, "vervallen")                                                              \
    X(NVB_CHANGE_CHANGED, "gewijzigd")
/* clang-format on */

typedef enum nvb_attribution {
    NVB_ATTRIBUTIONS(NVB_ENUM_ITEM) NVB_ATTRIBUTION_COUNT
} nvb_attribution;
typedef enum nvb_pair_state { NVB_PAIR_STATES(NVB_ENUM_ITEM) NVB_PAIR_STATE_COUNT } nvb_pair_state;
typedef enum nvb_bridge_kind {
    NVB_BRIDGE_KINDS(NVB_ENUM_ITEM) NVB_BRIDGE_KIND_COUNT
} nvb_bridge_kind;
typedef enum nvb_change_kind {
    NVB_CHANGE_KINDS(NVB_ENUM_ITEM) NVB_CHANGE_KIND_COUNT
} nvb_change_kind;
NVB_API const char *nvb_attribution_key(nvb_attribution v);
NVB_API const char *nvb_pair_state_key(nvb_pair_state v);
NVB_API const char *nvb_bridge_kind_key(nvb_bridge_kind v);
NVB_API const char *nvb_change_kind_key(nvb_change_kind v);

static inline bool nvb_bridge_kind_is_step(nvb_bridge_kind v)
{
    return v == NVB_BRIDGE_STEP_LAPSED || v == NVB_BRIDGE_STEP_NEW || v == NVB_BRIDGE_STEP_CHANGED;
}

typedef struct nvb_compare_options {
    nvb_attribution attribution;
    bool any_party;     /* documents of other parties may be compared */
    bool must_be_older; /* as last year's contract: refused (E324) when it says a year that is not
                           earlier; warned of (E609) when it is no contract */
    /* where the old document is a price list: the last one before it that says its parties and its
     * year, which then go for the list too; NULL: none */
    const nvb_proposal *earlier;
    /* a price list: of its content only description and unit are compared */
    bool old_is_list, new_is_list;
} nvb_compare_options;

/* One reason why an amount changed. Items that are exactly zero are left out. */
typedef struct nvb_bridge_item {
    nvb_text id; /* of the step, else the key of the kind */
    nvb_bridge_kind kind;
    nvb_num amount;                      /* exact */
    nvb_num printed;                     /* whole cents, by largest remainder */
    bool carries_cent;                   /* printed is not the amount rounded on its own */
    const nvb_step *old_step, *new_step; /* of a step; NULL where there is none */
} nvb_bridge_item;

/* From one amount to another: from + Σ amount = to, exactly; Σ printed = printed. */
typedef struct nvb_bridge {
    nvb_num from, to;
    nvb_num difference;
    nvb_num printed; /* the difference rounded (rekenkundig) to cents; of causes, the item `prijs`
                        as printed above them */
    const nvb_bridge_item *items;
    size_t n;
} nvb_bridge;

/* What a line came to on one side. A value that is not there is zero and marked so. */
typedef struct nvb_side {
    bool has_tariff, has_count, has_turnover;
    nvb_num tariff;   /* EUR; of several old lines together: their mean by volume */
    nvb_num count;    /* units; of an old line that was split: this line's share */
    nvb_num turnover; /* EUR, likewise */
} nvb_side;

/* An old line that (part of) a line comes from. */
typedef struct nvb_old_line {
    const nvb_line *line;
    uint32_t number; /* in the old proposal */
    nvb_num weight;  /* its part in the old tariff of the pair; the weights of a pair add up to 1 */
    nvb_num share; /* this pair's part of its volume and turnover; the shares of an old line add up
                      to 1 */
} nvb_old_line;

typedef struct nvb_pair {
    nvb_pair_state state;
    nvb_text code;            /* of the new line, of a lapsed one its own */
    const nvb_line *new_line; /* NULL: lapsed */
    uint32_t new_number;
    const nvb_old_line *old; /* none: new */
    size_t n_old;
    bool renamed;     /* the old code or codes are not this code */
    bool split;       /* an old line of it went on in more than one line */
    bool simple_mean; /* several old lines without volumes: all weigh the same */
    bool other_unit;  /* eenheid is not that of the old line: amounts per unit cannot be compared
                         just so */
    bool claims_last; /* the base says it comes from last year's contract, and that is the old
                         document */
    bool gap;         /* … and it is not the figure it names */
    nvb_num claimed, named; /* of such a base: its bedrag, and the figure it names */
    nvb_side before, after;
    nvb_bridge tariff; /* empty unless both sides have a tariff */
    /* The difference in turnover of a line on both sides, exact: price + volume + tiers + rounding.
     * Zero for new and lapsed lines. A side without a volume counts 0 units. */
    nvb_num price, volume, tiers, rounding;
    nvb_num effect; /* what the line changes in turnover, new and lapsed ones too */
} nvb_pair;

/* The volume effect of a group of lines in the same unit, taken apart: more or fewer units at the
 * mean tariff, and other units than before (mix). quantity + mix = volume, exactly. */
typedef struct nvb_mix {
    nvb_text group; /* id in the new document */
    nvb_text unit;
    size_t lines;
    nvb_num before, after;                /* units */
    nvb_num price, volume, quantity, mix; /* EUR */
} nvb_mix;

/* A key of a document that is not what it was. Values as in the document: numbers as decimals
 * without trailing zeros, percentages with their sign, enumerated words, texts. */
typedef struct nvb_change {
    nvb_change_kind kind;
    nvb_text path;          /* in the new document; of what lapsed, in the old */
    nvb_text before, after; /* s == NULL: not there */
    bool prose;             /* a text for people: worth comparing word by word */
} nvb_change;

typedef struct nvb_comparison nvb_comparison;

/* `options` may be NULL: in order, the same parties. Problems of the pair go to `diag`, with paths
 * in the new document. */
NVB_API nvb_comparison *nvb_comparison_new(const nvb_breakdown *old,
                                           const nvb_breakdown *new_,
                                           const nvb_compare_options *options,
                                           nvb_diag *diag);
NVB_API void nvb_comparison_free(nvb_comparison *c);

NVB_API const nvb_breakdown *nvb_comparison_old(const nvb_comparison *c);
NVB_API const nvb_breakdown *nvb_comparison_new_side(const nvb_comparison *c);
NVB_API const nvb_compare_options *nvb_comparison_options(const nvb_comparison *c);
/* The workspace its numbers live in. */
NVB_API nvb_calc *nvb_comparison_calc(const nvb_comparison *c);
/* Lines of the new document in its order, then lapsed ones in the order of the old. */
NVB_API size_t nvb_comparison_pairs(const nvb_comparison *c);
NVB_API const nvb_pair *nvb_comparison_pair(const nvb_comparison *c, size_t i);
NVB_API size_t nvb_comparison_count(const nvb_comparison *c, nvb_pair_state state);
/* The turnover of the whole document: from /totaal/omzet to /totaal/omzet. */
NVB_API const nvb_bridge *nvb_comparison_total(const nvb_comparison *c);
/* The price effect of the total by cause: the items of all tariff bridges, each times the volume of
 * its line, gathered by id and, apart from steps, by kind. They add up to the item `prijs`. A step
 * is one cause, whether lapsed, new or changed. */
NVB_API const nvb_bridge *nvb_comparison_causes(const nvb_comparison *c);
NVB_API size_t nvb_comparison_mixes(const nvb_comparison *c);
NVB_API const nvb_mix *nvb_comparison_mix(const nvb_comparison *c, size_t i);
NVB_API size_t nvb_comparison_changes(const nvb_comparison *c);
NVB_API const nvb_change *nvb_comparison_change(const nvb_comparison *c, size_t i);
/* Lines that are paired but have no volume on this side, while the other has one. */
NVB_API size_t nvb_comparison_without_volume(const nvb_comparison *c, bool old_side);
/* True when anything differs: a line, the total, or content. */
NVB_API bool nvb_comparison_differs(const nvb_comparison *c);

/* Two texts word by word. Runs in reading order; a run's text is borrowed from the text it stands
 * in (old for what lapsed, new otherwise) and holds the blanks that follow its words. Texts that
 * have too little in common come back as one lapsed and one added run. */
typedef enum nvb_run_kind { NVB_RUN_SAME, NVB_RUN_LAPSED, NVB_RUN_ADDED } nvb_run_kind;
typedef struct nvb_run {
    nvb_run_kind kind;
    nvb_text text;
} nvb_run;
typedef struct nvb_runs nvb_runs;
/* NULL when memory is out. */
NVB_API nvb_runs *nvb_runs_new(nvb_text before, nvb_text after);
NVB_API void nvb_runs_free(nvb_runs *r);
NVB_API size_t nvb_runs_count(const nvb_runs *r);
NVB_API nvb_run nvb_runs_at(const nvb_runs *r, size_t i);

#endif
