/*
 * checks.h: the rules of Regeling TH/NR-038 and the Handvatten, one row each, held against a
 * breakdown.
 *
 * Three kinds are told apart: legal duties (Regeling TH/NR-038, enforceable), guidance (Handvatten,
 * not enforceable) and our own norms. A rule is one row in the table of checks.c and one function.
 * Sentences are templates in formats; an outcome names which of its reasons applies and the words
 * that fill it, so the core knows no language.
 */
#ifndef NAVOLGBAAR_CHECKS_H
#define NAVOLGBAAR_CHECKS_H

#include "breakdown.h"
#include "compare.h"

/* Every rule: X(enum, id, article, kind, where). The id never changes. What can only be looked at
 * with a claim, a reference or an expectation beside the proposal is in `audit` alone. */
/* clang-format off */
#define NVB_RULES(X)                                                                               \
    X(NVB_RULE_BASIS, "toelichting-basis", "TH/NR-038 art. 6 lid 4, onderdeel 1", NVB_LEGAL, NVB_IN_CHECK)        \
    X(NVB_RULE_INDEXATION, "toelichting-indexatie", "TH/NR-038 art. 6 lid 4, onderdeel 2", NVB_LEGAL, NVB_IN_CHECK) \
    X(NVB_RULE_SURCHARGES, "toelichting-op-en-afslagen", "TH/NR-038 art. 6 lid 4, onderdeel 3", NVB_LEGAL, NVB_IN_CHECK) \
    X(NVB_RULE_VOLUME, "toelichting-volume", "TH/NR-038 art. 6 lid 4, onderdeel 4", NVB_LEGAL, NVB_IN_CHECK)      \
    X(NVB_RULE_BENCHMARK, "toelichting-benchmark", "TH/NR-038 art. 6 lid 4, onderdeel 5", NVB_LEGAL, NVB_IN_CHECK) \
    X(NVB_RULE_AGREEMENTS, "toelichting-akkoorden", "TH/NR-038 art. 6 lid 4, onderdeel 6", NVB_LEGAL, NVB_IN_CHECK) \
    X(NVB_RULE_EXPLAINED, "op-en-afslag-navolgbaar", "TH/NR-038 art. 6 lid 4", NVB_LEGAL, NVB_IN_CHECK)           \
    X(NVB_RULE_CLAIMS, "gesteld-volgt", "TH/NR-038 art. 6 lid 4", NVB_LEGAL, NVB_IN_CHECK)                        \
    X(NVB_RULE_OFFERED, "aangeboden-1-oktober", "TH/NR-038 art. 6 lid 1-2", NVB_LEGAL, NVB_IN_CHECK)              \
    X(NVB_RULE_REACTION, "reactietermijn", "TH/NR-038 art. 7", NVB_LEGAL, NVB_IN_CHECK)                           \
    X(NVB_RULE_QUESTIONS, "vragen-beantwoord", "TH/NR-038 art. 5", NVB_LEGAL, NVB_IN_CHECK)                       \
    X(NVB_RULE_MAXIMUM, "tarief-onder-maximum", "Wmg art. 35", NVB_LEGAL, NVB_IN_CHECK)                           \
    X(NVB_RULE_CHANGES, "wijzigingenoverzicht", "Handvatten richtsnoer 6", NVB_GUIDANCE, NVB_IN_CHECK)            \
    X(NVB_RULE_OVA, "ova-volledig", "Handvatten richtsnoer 7", NVB_GUIDANCE, NVB_IN_CHECK)                        \
    X(NVB_RULE_YEARS, "alle-jaren-geindexeerd", "Handvatten 4.7.1, onderdeel 2", NVB_GUIDANCE, NVB_IN_CHECK)      \
    X(NVB_RULE_AFTER, "nacalculatie-verwerkt", "Handvatten 4.7.1, onderdeel 2", NVB_GUIDANCE, NVB_IN_CHECK)       \
    X(NVB_RULE_SOURCES, "bron-bij-elk-cijfer", "eigen norm", NVB_OWN, NVB_IN_CHECK)                               \
    X(NVB_RULE_INDEX_ONCE, "index-niet-dubbel", "eigen norm", NVB_OWN, NVB_IN_CHECK)                              \
    X(NVB_RULE_POSITIVE, "tarief-niet-negatief", "eigen norm", NVB_OWN, NVB_IN_CHECK) \
    X(NVB_RULE_PUBLISHED, "cijfer-zoals-gepubliceerd", "eigen norm", NVB_OWN, NVB_IN_AUDIT)         \
    X(NVB_RULE_EXPECTED, "index-zoals-verwacht", "eigen norm", NVB_OWN, NVB_IN_AUDIT)               \
    X(NVB_RULE_CEILING, "plafond-bij-verwacht-volume", "eigen norm", NVB_OWN, NVB_IN_AUDIT)
/* clang-format on */

typedef enum nvb_rule_kind { NVB_LEGAL, NVB_GUIDANCE, NVB_OWN } nvb_rule_kind;
typedef enum nvb_rule_place { NVB_IN_CHECK, NVB_IN_AUDIT } nvb_rule_place;
#define NVB_RULE_ENUM(name, id, article, kind, where) name,
typedef enum nvb_rule { NVB_RULES(NVB_RULE_ENUM) NVB_RULE_COUNT } nvb_rule;
#undef NVB_RULE_ENUM

typedef enum nvb_outcome { NVB_MET, NVB_NOT_MET, NVB_NOT_APPLICABLE, NVB_UNKNOWN } nvb_outcome;

/* Why a rule came out as it did. Each has one sentence per language in formats
 * (wording_checks.def). */
typedef enum nvb_because {
    NVB_WHY_CONTRACT,       /* a contract owes no toelichting */
    NVB_WHY_BASIS_ALL,      /* {1} lines, each with base and origin */
    NVB_WHY_BASIS_MISSING,  /* {1} of {2} lines without a base */
    NVB_WHY_BASIS_IN_WORDS, /* flat tariffs, origin stated in toelichting.basis */
    NVB_WHY_BASIS_CONNECTS, /* {1} bases come from last year's contract, and are its figures; {2}
                               other lines, if any */
    NVB_WHY_BASIS_DIFFERS, /* {1} of {2} bases are not the figure of last year's contract they name;
                              first: {3} */
    NVB_WHY_INDEX_ALL,     /* {1} lines indexed or on an NZa tariff of the year */
    NVB_WHY_INDEX_IN_WORDS,    /* toelichting.indexatie says why not, for {1} lines */
    NVB_WHY_INDEX_MISSING,     /* {1} of {2} lines */
    NVB_WHY_STEPS_NONE,        /* no surcharges or discounts */
    NVB_WHY_STEPS_EXPLAINED,   /* {1} steps, each with base, reason and source */
    NVB_WHY_STEPS_UNEXPLAINED, /* {1} of {2} */
    NVB_WHY_VOLUME_BUILT_UP,   /* {1} lines with a built-up volume or volume step */
    NVB_WHY_VOLUME_PLAIN,      /* {1} lines with a volume that is not built up */
    NVB_WHY_VOLUME_NONE,       /* no volume agreed */
    NVB_WHY_BENCHMARK_GIVEN,   /* {1} benchmarks with population, measure and outcome */
    NVB_WHY_BENCHMARK_THIN,    /* benchmark {1} lacks {2} */
    NVB_WHY_BENCHMARK_MISSING, /* step or base {1} leans on a benchmark that is not described */
    NVB_WHY_BENCHMARK_NONE,
    NVB_WHY_AGREEMENTS_GIVEN, /* {1} agreements */
    NVB_WHY_AGREEMENTS_THIN,  /* agreement {1}: neither contribution nor reference */
    NVB_WHY_AGREEMENTS_NONE,
    NVB_WHY_CLAIMS_FOLLOW, /* {1} claims, all exact */
    NVB_WHY_CLAIMS_DIFFER, /* {1} of {2} */
    NVB_WHY_CLAIMS_NONE,
    NVB_WHY_OFFERED_IN_TIME, /* {1} date, {2} deadline */
    NVB_WHY_OFFERED_LATE,
    NVB_WHY_NO_DATE,
    NVB_WHY_LATER_ROUND, /* round {1} */
    NVB_WHY_ADDITIONAL,
    NVB_WHY_ARRANGED,        /* the parties agreed otherwise: {1} */
    NVB_WHY_REACTION_ENOUGH, /* {1} days, {2} asked */
    NVB_WHY_REACTION_SHORT,
    NVB_WHY_REACTION_LONG,
    NVB_WHY_REACTION_BEFORE, /* the last day to react lies before the date of the document */
    NVB_WHY_REACTION_NOT_STATED,
    NVB_WHY_QUESTIONS_CONTACT, /* term of two weeks; questions to {1} */
    NVB_WHY_QUESTIONS_NO_CONTACT,
    NVB_WHY_MAXIMUM_KEPT,     /* {1} lines with a maximum */
    NVB_WHY_MAXIMUM_EXCEEDED, /* line {1}: {2} above {3} */
    NVB_WHY_MAXIMUM_NONE,
    NVB_WHY_CHANGES_GIVEN, /* compared with {1} */
    NVB_WHY_CHANGES_OTHER, /* compared with {1}, which is no contract */
    NVB_WHY_CHANGES_MISSING,
    NVB_WHY_CHANGES_NOT_DIGITAL,
    NVB_WHY_OVA_FULL,
    NVB_WHY_OVA_SHORT_FORM,      /* index {1} gives one percentage, no parts */
    NVB_WHY_OVA_DISCOUNT,        /* discount {1} is taken over index steps only */
    NVB_WHY_OVA_SHARE,           /* step {1} passes on {2} of an index with a wage component */
    NVB_WHY_OVA_CLAIM,           /* index {1}: claimed {2}, follows {3} */
    NVB_WHY_OVA_NO_WAGE_INDEX,   /* line {1}: base of {2}, no wage index */
    NVB_WHY_OVA_NOTHING_INDEXED, /* all bases are tariffs of the year itself */
    NVB_WHY_YEARS_ALL,
    NVB_WHY_YEARS_IN_WORDS,
    NVB_WHY_YEARS_GAP,        /* line {1}: base of {2}, year {3} not indexed */
    NVB_WHY_YEARS_NOT_STATED, /* line {1}: the year of its base is not stated */
    NVB_WHY_AFTER_HANDLED,    /* nacalculatie over {1} */
    NVB_WHY_AFTER_NOT_STATED, /* index {1} does not state the nacalculatie over {2} */
    NVB_WHY_AFTER_IN_WORDS,
    NVB_WHY_AFTER_NONE,      /* nothing is indexed */
    NVB_WHY_SOURCES_ALL,     /* {1} figures */
    NVB_WHY_SOURCES_MISSING, /* {1} inputs without source, first: {2} */
    NVB_WHY_INDEX_ONCE,
    NVB_WHY_INDEX_TWICE,   /* line {1} takes index {2} that {3} holds already */
    NVB_WHY_INDEX_IN_BASE, /* line {1} takes index {2} over an NZa tariff of the year itself */
    NVB_WHY_POSITIVE,
    NVB_WHY_NEGATIVE, /* line {1}: {2} */
    NVB_WHY_COUNT
} nvb_because;

typedef struct nvb_check {
    nvb_rule rule;
    nvb_outcome outcome;
    nvb_because because;
    nvb_text word[3];
    const nvb_text *paths; /* what was looked at (a failing place first); may be empty */
    size_t n_paths;
} nvb_check;

typedef struct nvb_checks nvb_checks;

/* Runs all rules of NVB_IN_CHECK, in the order of the table. `previous` compares with last year's
 * contract; NULL: none was given. `diag` holds the gaps found while validating and computing (const
 * here). NULL when memory is out. Borrows the breakdown and the comparison, which must outlive it.
 */
NVB_API nvb_checks *
nvb_checks_new(nvb_breakdown *b, const nvb_comparison *previous, const nvb_diag *diag);
NVB_API void nvb_checks_free(nvb_checks *c);
NVB_API const nvb_check *nvb_checks_at(const nvb_checks *c, nvb_rule rule);
NVB_API const char *nvb_rule_id(nvb_rule r);
NVB_API const char *nvb_rule_article(nvb_rule r);
/* NVB_RULE_COUNT when no rule has that id. */
NVB_API nvb_rule nvb_rule_find(nvb_text id);
NVB_API nvb_rule_kind nvb_rule_kind_of(nvb_rule r);
/* Where the rule is looked at; one of the audit alone has no outcome among the checks. */
NVB_API nvb_rule_place nvb_rule_place_of(nvb_rule r);
/* True when an enforceable rule came out not met: the exit code of `check`. */
NVB_API bool nvb_checks_failed(const nvb_checks *c);

#endif
