/*
 * audit.h: a received offer held against what follows: which figures do, which do not, what would
 * explain the difference, and what it is worth. Model section 10.
 *
 *     nvb_audit_inputs in = {.breakdown = b, .checks = checks, .reference = figures};
 *     nvb_audit *a = nvb_audit_new(&in, diag);
 *     for (size_t i = 0; i < nvb_audit_findings(a); i++)
 *         show(nvb_audit_finding(a, i));
 *
 * Nothing that is claimed is believed: every claim (`gesteld` of an index, `tarief` beside a base,
 * and of an explanation made by somebody else every figure) is worked out anew by the engine and
 * gets a verdict. Where an input is itself a rounded figure, what follows is an interval.
 *
 * What does not follow is explained by reading the offer differently: the same proposal with one
 * thing changed (a step left out, another convention, a discount nobody mentions), worked out by
 * the same engine. A reading that gives the claimed figures is a candidate; claims that share a
 * reading are one finding. Readings that give the same figures cannot be told apart, and all are
 * named.
 *
 * Ownership: an audit borrows its inputs, which must outlive it; all else is its own. Errors: NULL
 * when memory is out or a figure takes too many digits (E402 in the diag). It does not print and
 * knows no language: sentences are in formats (audit/wording_audit.def).
 */
#ifndef NAVOLGBAAR_AUDIT_H
#define NAVOLGBAAR_AUDIT_H

#include "chain.h"
#include "checks.h"

/* --- what goes in --- */

/* A figure of an explanation that somebody else produced, one of its `knopen`. */
typedef struct nvb_claim {
    nvb_text path;   /* as it calls itself; each once */
    nvb_num value;   /* `breuk` where it gives one, else `waarde`; EUR, units or percent */
    bool is_rounded; /* it says it is not exact and gives no fraction: known to 20 decimals */
} nvb_claim;

typedef struct nvb_audit_inputs {
    nvb_breakdown *breakdown;       /* of the offer, with formulas (not bare) */
    const nvb_checks *checks;       /* of the same, with `previous` */
    const nvb_comparison *previous; /* with last year's contract; NULL: none was given */
    const nvb_reference *reference; /* published figures; NULL: none */
    const nvb_claim *claims;        /* in the order of the file */
    size_t n_claims;
    bool is_list;        /* the offer is a price list: nothing but tariffs is the other party's */
    bool is_explanation; /* the claims are the figures of an explanation: one that is missing is
                            noticed */
    /* what the provider expects (--expect) where the offer says something else: indices of the same
     * id; NULL: nothing expected */
    const nvb_breakdown *expected;
    bool is_expected; /* something was expected, of indices or of anything else */
} nvb_audit_inputs;

/* --- figures --- */

/* X(enum, key) */
/* clang-format off */
#define NVB_VERDICTS(X)                                                                            \
    X(NVB_FOLLOWS, "sluit")                                                                        \
    X(NVB_FOLLOWS_ROUNDED, "sluit_binnen_afronding") /* only because an input is a rounded figure */ \
    X(NVB_FOLLOWS_NOT, "sluit_niet")
#define NVB_GRAVITIES(X) /* ernst, most serious first */                                           \
    X(NVB_FAULT, "fout")                                                                           \
    X(NVB_DOUBT, "waarschuwing")                                                                   \
    X(NVB_NOTE, "info")
#define NVB_FITS(X) /* how a reading fits the claims, best first */                                \
    X(NVB_FIT_EXACT, "exact")               /* gives every one of them */                          \
    X(NVB_FIT_ROUNDED, "binnen_afronding")  /* gives every one within the interval of its inputs */ \
    X(NVB_FIT_NEAR, "benaderd")             /* gives most, or all with a parameter nobody would write */

/* Other ways to read an offer. The order is the order of preference among readings that fit equally
 * well: what a person does wrong before what must be made up. X(enum, key). In brackets which of the
 * fields of nvb_reading say more. */
#define NVB_READINGS(X)                                                                            \
    X(NVB_READ_CONVENTION, "conventie")            /* another method or rounding of the index [index, convention, others] */ \
    X(NVB_READ_CLAIMED_INDEX, "gesteld_percentage") /* tariffs follow from `gesteld`, not from its parts [index, parameter %] */ \
    X(NVB_READ_NO_AFTER, "nacalculatie_weggelaten") /* [index, component: only that one] */       \
    X(NVB_READ_AFTER_TWICE, "nacalculatie_dubbel")  /* [index, component] */                       \
    X(NVB_READ_AFTER_OTHER_YEAR, "nacalculatie_ander_jaar") /* of a year of the reference [index, year] */ \
    X(NVB_READ_YEAR_OLD, "index_jaar_oud")          /* last year's figure for this year's [index, component, stage] */ \
    X(NVB_READ_COMPONENT_OMITTED, "component_weggelaten") /* as the price index [index, component] */ \
    X(NVB_READ_SHARES_SWAPPED, "aandelen_verwisseld") /* [index, component, other_component] */    \
    X(NVB_READ_SHIFTED, "percentage_als_factor")    /* the percentage a power of ten off [index or step, parameter: that power, 10 or 0.1] */ \
    X(NVB_READ_STEP_OMITTED, "stap_weggelaten")     /* [step] */                                   \
    X(NVB_READ_ONE_OFF_KEPT, "eenmalig_blijft_staan") /* a one-off of last year is not taken out [step] */ \
    X(NVB_READ_STEP_TWICE, "stap_dubbel")           /* [step] */                                   \
    X(NVB_READ_STEP_REVERSED, "stap_omgekeerd")     /* surcharge as discount, or the reverse [step] */ \
    X(NVB_READ_CONDITION_IGNORED, "voorwaarde_genegeerd") /* counted, though not met [step] */     \
    X(NVB_READ_STEP_OVER, "stap_over_iets_anders")  /* the percentage taken of something else [step, over, other_step] */ \
    X(NVB_READ_SHARE_IGNORED, "aandeel_genegeerd")  /* [step] */                                   \
    X(NVB_READ_OTHER_TREAD, "andere_trede")         /* [step, number: tread from 1] */             \
    X(NVB_READ_BASE_PERCENTAGE, "basispercentage_genegeerd")                                       \
    X(NVB_READ_BASE_ROUNDED, "eenheid_afgerond")    /* derived lines on the rounded tariff */      \
    X(NVB_READ_ROUNDED_PER_STEP, "afronding_per_stap") /* each step to cents [number: decimals] */ \
    X(NVB_READ_STEP_UNROUNDED, "stapafronding_weggelaten") /* [step] */                            \
    X(NVB_READ_ROUNDED_OTHERWISE, "afronding_anders") /* of the tariff [mode, number: decimals] */ \
    X(NVB_READ_MAXIMUM_IGNORED, "maximum_genegeerd")                                               \
    X(NVB_READ_MINIMUM_IGNORED, "minimum_genegeerd")                                               \
    X(NVB_READ_CEILING_IGNORED, "plafond_genegeerd") /* [ceiling] */                               \
    X(NVB_READ_TIERS_IGNORED, "staffel_genegeerd")                                                 \
    X(NVB_READ_VOLUME_STEP_OMITTED, "volumestap_weggelaten") /* [step] */                          \
    X(NVB_READ_OTHER_LINE, "tarief_andere_regel")   /* the tariff of another line [other_line] */  \
    X(NVB_READ_DIGITS_SWAPPED, "cijfers_omgedraaid") /* two digits in each other's place */        \
    X(NVB_READ_POINT_MOVED, "komma_verschoven")                                                    \
    X(NVB_READ_LAST_TARIFF, "tarief_vorig_jaar")    /* the tariff of last year, unchanged */       \
    X(NVB_READ_DISCOUNT_ON_INDEX, "afslag_over_index") /* a discount nobody mentions, solved for [parameter %] */ \
    X(NVB_READ_DISCOUNT_ON_INDEXED, "afslag_over_geindexeerd") /* [parameter %] */                 \
    X(NVB_READ_DISCOUNT_ON_TARIFF, "afslag_over_tarief") /* over all that stands before it [parameter %] */ \
    X(NVB_READ_INDEX_WRITTEN, "index_afgerond")    /* the index is not what is written, but a number that is written so when rounded [index, parameter %] */ \
    X(NVB_READ_INDEX_LOWER, "index_lager")          /* by so many points of the base; below zero: higher [parameter %] */ \
    X(NVB_READ_PUBLISHED, "gepubliceerd_cijfer")    /* a published figure as the whole index [series, year, stage, parameter %] */ \
    X(NVB_READ_AMOUNT, "vast_bedrag")               /* the same euros off every tariff [parameter EUR] */ \
    X(NVB_READ_DIGIT_WRONG, "cijfer_anders")        /* one digit other than what follows */
/* clang-format on */
typedef enum nvb_verdict { NVB_VERDICTS(NVB_ENUM_ITEM) NVB_VERDICT_COUNT } nvb_verdict;
typedef enum nvb_gravity { NVB_GRAVITIES(NVB_ENUM_ITEM) NVB_GRAVITY_COUNT } nvb_gravity;
typedef enum nvb_fit { NVB_FITS(NVB_ENUM_ITEM) NVB_FIT_COUNT } nvb_fit;
typedef enum nvb_reading_kind {
    NVB_READINGS(NVB_ENUM_ITEM) NVB_READING_KIND_COUNT
} nvb_reading_kind;
NVB_API const char *nvb_verdict_key(nvb_verdict v);
NVB_API const char *nvb_gravity_key(nvb_gravity v);
NVB_API const char *nvb_fit_key(nvb_fit v);
NVB_API const char *nvb_reading_kind_key(nvb_reading_kind v);

/* A claim worked out. */
typedef struct nvb_audited {
    nvb_text path;            /* of the figure */
    nvb_text place;           /* where the claim stands in the offer */
    const nvb_figure *figure; /* what follows; NULL: no such figure follows from the offer */
    nvb_unit unit;
    nvb_num claimed, computed, difference; /* difference = claimed - computed */
    nvb_verdict verdict;
    bool has_interval; /* what follows lies between these two, both included, as an input is a
                          rounded figure: exact bounds, of the figure as it would be rounded */
    nvb_num low, high;
    bool enters; /* the fault enters here: it does not follow from the claims it was made of either
                  */
    const nvb_line *line; /* whose tariff it is, or belongs to; NULL */
} nvb_audited;

/* --- readings --- */

typedef struct nvb_convention {
    nvb_after_method after;
    nvb_combination combination;
    nvb_weighting weighting;
    int round_after, round_component, round_weighted, round_total; /* or NVB_UNROUNDED */
} nvb_convention;

typedef struct nvb_reading {
    nvb_reading_kind kind;
    /* ids, as far as the kind has them; s == NULL where not */
    nvb_text index, component, other_component, step, other_step, ceiling, other_line, series;
    nvb_text step_path; /* of `step` where it is about one place that has it; s == NULL: all */
    nvb_num parameter; /* a fraction (0.01) or EUR */
    nvb_over_kind over;
    int number, year;
    nvb_stage stage;
    nvb_mode mode;
    nvb_convention convention;
    size_t others; /* further conventions that give the same */
    nvb_fit fit;
    size_t lines;   /* how many of the figures of the finding it gives */
    size_t breaks;  /* how many that do follow it would change */
    bool has_range; /* a solved parameter: all values from low to high fit */
    nvb_num low, high;
} nvb_reading;

/* --- findings --- */

/* What a finding says; title, explanation and question have a template each in formats.
 * X(enum, key, rule): the rule it falls under. {n}: nvb_finding.number, {w}: nvb_finding.word. */
/* clang-format off */
#define NVB_FINDINGS(X)                                                                            \
    X(NVB_FOUND_RULE, "regel", NVB_RULE_COUNT)      /* a rule of checks.h came out not met or unknown: `check` says why */ \
    X(NVB_FOUND_INDEX, "index", NVB_RULE_CLAIMS)    /* w0 index; n0 claimed, n1 computed (%) */    \
    X(NVB_FOUND_TARIFFS, "tarieven", NVB_RULE_CLAIMS) /* lines with one cause: w0 code of the first; n0 how many, n1 of how many claimed; n2, n3 claimed and computed of the first (EUR) */ \
    X(NVB_FOUND_EXPECTATION, "tarieven-verwacht", NVB_RULE_CLAIMS) /* the same, where a base, index or step they are held against is not the offer's but the reader's (expected), with steps: not what the reader expects */ \
    X(NVB_FOUND_CHANGED, "tarieven-anders", NVB_RULE_CLAIMS) /* the same, where there is nothing but last year's tariffs: other than last year, and it is not said why */ \
    X(NVB_FOUND_UNCHANGED, "tarieven-gelijk", NVB_RULE_INDEXATION) /* n0 tariffs that are last year's without any step, of n1; w0 code of the first */ \
    X(NVB_FOUND_GONE, "vervallen-prestatie", NVB_RULE_CHANGES) /* n0 codes of last year's contract that are not in the offer; w0 the first */ \
    X(NVB_FOUND_NO_EXPLANATION, "geen-toelichting", NVB_RULE_EXPLAINED) /* the offer is a bare price list: n0 tariffs without any explanation */ \
    X(NVB_FOUND_FIGURE, "cijfer", NVB_RULE_CLAIMS)  /* another figure of an explanation: w0 its path; n0 claimed, n1 computed in its unit; n2 how many figures go wrong after it; n3 of how many (the same figure of other lines) the first is shown */ \
    X(NVB_FOUND_WITHIN, "binnen-afronding", NVB_RULE_CLAIMS) /* n0 figures, but for remainders of rounding; w0 path of the first; of tariffs: n1 lie below what follows, n2 above */ \
    X(NVB_FOUND_UNKNOWN, "onbekend-cijfer", NVB_RULE_CLAIMS) /* n0 figures that do not follow from the offer at all; w0 path of the first */ \
    X(NVB_FOUND_MISSING, "ontbrekend-cijfer", NVB_RULE_CLAIMS) /* n0 figures the explanation leaves out; w0 path of the first */ \
    X(NVB_FOUND_NOTHING, "niets-te-toetsen", NVB_RULE_CLAIMS) /* n0 lines with a tariff and nothing it follows from; w0 code of the first */ \
    X(NVB_FOUND_BASE, "basis", NVB_RULE_BASIS)      /* n0 lines; w0 code of the first; n1 its base, n2 the figure of last year (EUR) */ \
    X(NVB_FOUND_BASE_RAISED, "basis-hoger", NVB_RULE_BASIS) /* the same where bases are above last year's */ \
    X(NVB_FOUND_PUBLISHED, "gepubliceerd", NVB_RULE_PUBLISHED) /* w0 place, w1 series, w2 stage; n0 offered, n1 published (%), n2 year */ \
    X(NVB_FOUND_PUBLISHED_OTHER, "gepubliceerd-ander", NVB_RULE_PUBLISHED) /* the same, and it is the figure of year n3, stage w3 */ \
    X(NVB_FOUND_OUTDATED, "gepubliceerd-later", NVB_RULE_PUBLISHED) /* a later provisional figure was published: as above */ \
    X(NVB_FOUND_EXPECTED, "verwacht", NVB_RULE_EXPECTED) /* w0 index; n0 offered, n1 expected (%) */ \
    X(NVB_FOUND_CEILING, "plafond", NVB_RULE_CEILING) /* w0 ceiling; n0 turnover under it, n1 its amount (EUR); n2 the share of the expected volume at which it bites (%) */
/* clang-format on */
#define NVB_FINDING_ENUM(name, key, rule) name,
typedef enum nvb_finding_kind {
    NVB_FINDINGS(NVB_FINDING_ENUM) NVB_FINDING_KIND_COUNT
} nvb_finding_kind;
#undef NVB_FINDING_ENUM
NVB_API const char *nvb_finding_kind_key(nvb_finding_kind v);

enum { NVB_FINDING_NUMBERS = 4, NVB_FINDING_WORDS = 4 };

typedef struct nvb_finding {
    nvb_text id; /* "gesteld-volgt-1": the rule, and its place among those of that rule */
    nvb_finding_kind kind;
    nvb_rule rule;
    nvb_gravity gravity;
    nvb_text path;         /* where to look first */
    const nvb_text *paths; /* all places, that one too, in the order of the offer */
    size_t n_paths;
    nvb_num number[NVB_FINDING_NUMBERS];
    nvb_unit unit[NVB_FINDING_NUMBERS];
    nvb_text word[NVB_FINDING_WORDS];
    const nvb_check *check; /* of NVB_FOUND_RULE */
    bool has_amount;
    /* EUR a year at the expected volume: what follows minus what is claimed, so above zero when the
     * provider gets less than follows */
    nvb_num amount;
    /* the two sides of it, both above zero: amount = less - more; with how many figures each.
     * Figures of lines without a volume count in neither. Of TARIFFS, EXPECTATION and CHANGED. */
    nvb_num less, more;
    size_t n_less, n_more, without_volume;
    const nvb_reading *readings; /* best first */
    size_t n_readings;
} nvb_finding;

/* --- the price in effect --- */

/* A line with treads or under a cut. */
typedef struct nvb_effective {
    const nvb_line *line;
    nvb_num tariff, effective, count;
} nvb_effective;

/* A ceiling against the expected turnover under it. */
typedef struct nvb_bite {
    const nvb_ceiling *ceiling;
    nvb_num amount, turnover, cut;
    bool bites;
    bool has_share; /* there is turnover under it */
    nvb_num share;  /* amount / turnover: the part of the expected volume at which it bites when all
                       volumes move alike and no treads shift */
    const nvb_line *line; /* the only line under it, when that has a tariff above zero; else NULL */
    nvb_num units; /* of that line: the first whole number of units whose turnover, treads included,
                      is above the amount */
} nvb_bite;

/* --- the audit --- */

typedef struct nvb_audit nvb_audit;

NVB_API nvb_audit *nvb_audit_new(const nvb_audit_inputs *in, nvb_diag *diag);
NVB_API void nvb_audit_free(nvb_audit *a);
NVB_API const nvb_audit_inputs *nvb_audit_inputs_of(const nvb_audit *a);
/* The workspace its numbers live in. */
NVB_API nvb_calc *nvb_audit_calc(const nvb_audit *a);
/* The worst of the figures; NVB_FOLLOWS when nothing is claimed. */
NVB_API nvb_verdict nvb_audit_verdict(const nvb_audit *a);
/* Every claim, in calculation order; those that follow from nothing last. */
NVB_API size_t nvb_audit_figures(const nvb_audit *a);
NVB_API const nvb_audited *nvb_audit_figure(const nvb_audit *a, size_t i);
NVB_API size_t nvb_audit_count(const nvb_audit *a, nvb_verdict v);
/* Most serious first; within that the most euros first, then the order of the rules. */
NVB_API size_t nvb_audit_findings(const nvb_audit *a);
NVB_API const nvb_finding *nvb_audit_finding(const nvb_audit *a, size_t i);
NVB_API size_t nvb_audit_count_of(const nvb_audit *a, nvb_gravity g);
/* Not every explanation was tried: the offer is too large for that. */
NVB_API bool nvb_audit_exhausted(const nvb_audit *a);
NVB_API size_t nvb_audit_effectives(const nvb_audit *a);
NVB_API const nvb_effective *nvb_audit_effective(const nvb_audit *a, size_t i);
NVB_API size_t nvb_audit_bites(const nvb_audit *a);
NVB_API const nvb_bite *nvb_audit_bite(const nvb_audit *a, size_t i);

#endif
