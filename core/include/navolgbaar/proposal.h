/*
 * proposal.h: a proposal as plain data: one insurer, one provider, one contract year.
 *
 * A reader fills these structures from a file (formats); the engine computes from them; nobody
 * changes them in between. Everything hangs in the arena of one handle and goes with it. Keys,
 * defaults and rules are those of model sections 2 to 6. What stands here is *after* merging:
 * policy, catalogue, groups and replaced steps have been worked in, so a line lists the very steps
 * it has.
 *
 * Every number that was read is an nvb_input: its exact value and the place in the document it
 * stands at, so that each figure can name what it was computed from. `path.s` is NULL when the
 * document gives none. Percentages and shares are fractions here: "4.75%" is 0.0475.
 *
 * It does not validate (validate.h does) and does not compute.
 */
#ifndef NAVOLGBAAR_PROPOSAL_H
#define NAVOLGBAAR_PROPOSAL_H

#include "base.h"
#include "number.h"

/* Words of the documents. X(enum, key) */
/* clang-format off */
#define NVB_DOCUMENT_KINDS(X)                                                                      \
    X(NVB_PROPOSAL, "contractvoorstel") /* by the insurer */                                       \
    X(NVB_OFFER, "offerte")             /* by the provider */                                      \
    X(NVB_CONTRACT, "contract")         /* agreed, e.g. last year's */
#define NVB_PROCESSES(X)                                                                           \
    X(NVB_DIGITAL, "digitaal")                                                                     \
    X(NVB_FACE_TO_FACE, "face_to_face")
#define NVB_COST_KINDS(X)                                                                          \
    X(NVB_WAGE, "loon")                                                                            \
    X(NVB_PRICE, "prijs")                                                                          \
    X(NVB_CAPITAL, "kapitaal")                                                                     \
    X(NVB_OTHER_COST, "overig")
#define NVB_AFTER_METHODS(X) /* of the nacalculatie */                                             \
    X(NVB_RATIO, "verhouding")                                                                     \
    X(NVB_DIFFERENCE, "verschil")
#define NVB_COMBINATIONS(X)                                                                        \
    X(NVB_MULTIPLIED, "vermenigvuldigen")                                                          \
    X(NVB_ADDED, "optellen")
#define NVB_WEIGHTINGS(X)                                                                          \
    X(NVB_PER_COMPONENT, "per_component")                                                          \
    X(NVB_PER_TERM, "per_term")
#define NVB_STEP_KINDS(X)                                                                          \
    X(NVB_STEP_INDEX, "index")                                                                     \
    X(NVB_STEP_AFTER, "nacalculatie")                                                              \
    X(NVB_STEP_SURCHARGE, "opslag")                                                                \
    X(NVB_STEP_DISCOUNT, "afslag")
#define NVB_CATEGORIES(X)                                                                          \
    X(NVB_QUALITY, "kwaliteit")                                                                    \
    X(NVB_EFFICIENCY, "doelmatigheid")                                                             \
    X(NVB_PRICE_BENCHMARK, "prijsbenchmarking")                                                    \
    X(NVB_PRODUCTIVITY, "productiviteit")                                                          \
    X(NVB_INNOVATION, "innovatie")                                                                 \
    X(NVB_APPROPRIATE_CARE, "passende_zorg")                                                       \
    X(NVB_VOLUME_DEVELOPMENT, "volumeontwikkeling")                                                \
    X(NVB_LOCAL, "lokale_omstandigheden")                                                          \
    X(NVB_PUBLIC_TASK, "maatschappelijke_opgave")                                                  \
    X(NVB_HISTORIC, "historisch_prijsverschil")                                                    \
    X(NVB_OTHER_CATEGORY, "anders")
#define NVB_LASTINGS(X)                                                                            \
    X(NVB_STRUCTURAL, "structureel")                                                               \
    X(NVB_ONE_OFF, "eenmalig")
#define NVB_BASE_KINDS(X)                                                                          \
    X(NVB_LAST_CONTRACT, "vorig_contract")                                                         \
    X(NVB_NZA_TARIFF, "nza_tarief")                                                                \
    X(NVB_NZA_MAXIMUM, "nza_maximumtarief")                                                        \
    X(NVB_BASE_BENCHMARK, "benchmark")                                                             \
    X(NVB_COST_PRICE, "kostprijs")                                                                 \
    X(NVB_OTHER_BASE, "anders")
/* clang-format on */

#define NVB_ENUM_ITEM(name, key) name,
typedef enum nvb_document_kind {
    NVB_DOCUMENT_KINDS(NVB_ENUM_ITEM) NVB_DOCUMENT_KIND_COUNT
} nvb_document_kind;
/* NVB_PROCESS_COUNT: not stated (a contract). */
typedef enum nvb_process { NVB_PROCESSES(NVB_ENUM_ITEM) NVB_PROCESS_COUNT } nvb_process;
typedef enum nvb_cost_kind { NVB_COST_KINDS(NVB_ENUM_ITEM) NVB_COST_KIND_COUNT } nvb_cost_kind;
typedef enum nvb_after_method {
    NVB_AFTER_METHODS(NVB_ENUM_ITEM) NVB_AFTER_METHOD_COUNT
} nvb_after_method;
typedef enum nvb_combination {
    NVB_COMBINATIONS(NVB_ENUM_ITEM) NVB_COMBINATION_COUNT
} nvb_combination;
typedef enum nvb_weighting { NVB_WEIGHTINGS(NVB_ENUM_ITEM) NVB_WEIGHTING_COUNT } nvb_weighting;
typedef enum nvb_step_kind { NVB_STEP_KINDS(NVB_ENUM_ITEM) NVB_STEP_KIND_COUNT } nvb_step_kind;
/* NVB_CATEGORY_COUNT: none given. */
typedef enum nvb_category { NVB_CATEGORIES(NVB_ENUM_ITEM) NVB_CATEGORY_COUNT } nvb_category;
typedef enum nvb_lasting { NVB_LASTINGS(NVB_ENUM_ITEM) NVB_LASTING_COUNT } nvb_lasting;
typedef enum nvb_base_kind { NVB_BASE_KINDS(NVB_ENUM_ITEM) NVB_BASE_KIND_COUNT } nvb_base_kind;

/* A number as read and where it stands; path.s == NULL: not given. */
typedef struct nvb_input {
    nvb_num value;
    nvb_text path;
} nvb_input;

static inline bool nvb_input_given(const nvb_input *in)
{
    return in->path.s != NULL;
}

/* A declared rounding. `declared` is false where a default applies or nothing is rounded. */
typedef struct nvb_rounding {
    bool declared;
    unsigned decimals;
    nvb_mode mode;
} nvb_rounding;

typedef struct nvb_source { /* bronnen */
    nvb_text id, title, reference, date;
} nvb_source;

typedef struct nvb_fact { /* kenmerken: a fact about the provider, number or text */
    nvb_text id, path;
    bool is_number;
    nvb_num number;
    nvb_text text;   /* as written, for both */
    nvb_text source; /* id */
} nvb_fact;

typedef struct nvb_component {
    nvb_text id, path;
    nvb_cost_kind kind;
    nvb_input share;       /* aandeel; not given: the sole component, 100% */
    nvb_input provisional; /* voorlopig, of this year */
    nvb_input after;       /* nacalculatie given directly */
    int last_year;         /* vorig.jaar, 0 when none */
    nvb_input last_provisional, last_definitive;
    nvb_text source;
} nvb_component;

enum { NVB_UNROUNDED = -1 };

typedef struct nvb_index {
    nvb_text id, path, description;
    int year; /* 0: not stated */
    const nvb_component *components;
    size_t n_components; /* 0: the short form, `percentage` */
    nvb_input percentage;
    nvb_cost_kind kind; /* short form; NVB_COST_KIND_COUNT when not stated */
    nvb_after_method after_method;
    nvb_combination combination;
    nvb_weighting weighting;
    /* decimals of the percentage, or NVB_UNROUNDED */
    int round_after, round_component, round_weighted, round_total;
    bool rest_not_indexed;
    nvb_input claimed; /* gesteld */
    nvb_text source;
    bool expected; /* not in the document: what the reader of an offer expects (--expect) */
} nvb_index;

typedef struct nvb_condition { /* voorwaarde */
    nvb_text description, path;
    bool stated;     /* `voldaan` was given: `met` holds it */
    bool met;        /* the outcome in either form once the reader is done */
    nvb_text fact;   /* kenmerk id, when the outcome leans on a fact */
    nvb_text wanted; /* `is`, as written */
} nvb_condition;

typedef struct nvb_tread { /* one tread of a tabel */
    nvb_input upper;       /* tot: waarde < upper; not given on the last */
    nvb_text word;         /* is; s == NULL when none */
    nvb_input percentage, amount;
} nvb_tread;

typedef struct nvb_table {
    nvb_text fact; /* kenmerk id */
    nvb_text path;
    const nvb_tread *treads;
    size_t n_treads;
} nvb_table;

/* What a percentage is taken of. */
typedef enum nvb_over_kind {
    NVB_OVER_NONE,
    NVB_OVER_BASE,
    NVB_OVER_STAND,
    NVB_OVER_INDEXED,
    NVB_OVER_FIGURES
} nvb_over_kind;

typedef struct nvb_over {
    nvb_over_kind kind;
    bool with_base;        /* NVB_OVER_FIGURES: "basis" stands in the list */
    bool in_words;         /* the document says so; false where the default of an index applies */
    const nvb_text *steps; /* NVB_OVER_FIGURES: ids of earlier steps, in the order written */
    size_t n_steps;
} nvb_over;

typedef struct nvb_own_share { /* aandelen: one component's share for this line */
    nvb_text component;
    nvb_input share;
} nvb_own_share;

typedef struct nvb_step {
    nvb_text id;
    nvb_text path; /* of the layer that introduced it: "/stappen/x", "/groepen/g/stappen/x",
                      "/prestaties/c/stappen/x" */
    nvb_step_kind kind;
    nvb_text index; /* id; s == NULL when none */
    nvb_input percentage, amount;
    const nvb_table *table; /* NULL when none */
    nvb_over over;
    nvb_input share; /* aandeel of what the step adds */
    const nvb_own_share *own_shares;
    size_t n_own_shares;
    nvb_rounding rounding; /* afronden */
    bool rounds_amount;    /* afronden.wat is "bedrag"; otherwise the stand */
    nvb_category category;
    nvb_text reason, source;
    bool group_reason;              /* groepsmotivering */
    nvb_text benchmark, agreement;  /* ids in benchmark / akkoorden */
    const nvb_condition *condition; /* NULL when none */
    nvb_lasting lasting;
    int year;
    bool expected; /* not in the document: what the reader of an offer expects (--expect) */
} nvb_step;

typedef struct nvb_basis {
    bool given;
    bool assumed; /* not in the document: last year's tariff, put there to audit an offer that names
                     no base */
    bool expected; /* not in the document: what the reader of an offer expects (--expect) */
    nvb_text path;
    nvb_base_kind kind;
    nvb_text description;
    nvb_input amount; /* bedrag; not given when `line` is */
    nvb_text line;    /* prestatie: the code it leans on; s == NULL when none */
    bool of_tariff;   /* van: "tarief" instead of "onafgerond" */
    nvb_input percentage, factor;
    nvb_text reason; /* for a percentage other than 100% */
    int year;
    nvb_text source;
    nvb_text last; /* basis.vorig: which figure of last year's build-up; s == NULL: the default,
                      tarief */
} nvb_basis;

typedef struct nvb_limit { /* maximum, minimum */
    bool given;
    nvb_text path;
    nvb_input amount, percentage;
    nvb_text source;
} nvb_limit;

/* The way from a base to an amount: a line has one, and so may a ceiling. */
typedef struct nvb_buildup {
    nvb_basis basis;
    const nvb_step *const *steps; /* in the order they are taken; NULL where one could not be read
                                     (a document with errors) */
    size_t n_steps;
    nvb_limit maximum, minimum;
    nvb_rounding rounding; /* tariefafronding, default 2 rekenkundig */
} nvb_buildup;

typedef struct nvb_volume_step {
    nvb_text id, path;
    nvb_input count, percentage;
    bool over_stand, over_given;
    nvb_category category;
    nvb_text reason;
} nvb_volume_step;

typedef struct nvb_volume {
    bool given;
    nvb_text path;
    nvb_input count; /* aantal of the short form, or of the basis */
    bool built_up;   /* it has a basis and steps */
    nvb_text description, source;
    const nvb_volume_step *steps;
    size_t n_steps;
    nvb_rounding rounding;
} nvb_volume;

typedef struct nvb_tier { /* one tread of staffels */
    nvb_input upper;      /* not given on the last */
    nvb_input share;
    nvb_text path;
} nvb_tier;

typedef struct nvb_line { /* one of prestaties */
    nvb_text code, path, description, unit, group;
    const nvb_text *was;
    size_t n_was;
    nvb_buildup price;
    nvb_input tariff; /* tarief: with a basis a claim, without one the agreed tariff */
    nvb_volume volume;
    const nvb_tier *tiers;
    size_t n_tiers;
} nvb_line;

typedef struct nvb_group {
    nvb_text id, path, description;
} nvb_group;

typedef struct nvb_ceiling { /* plafonds */
    nvb_text id, path, description;
    nvb_input amount; /* bedrag; not given: `buildup` */
    nvb_buildup buildup;
    bool all; /* prestaties: "alle" */
    nvb_text group;
    const nvb_text *lines; /* codes */
    size_t n_lines;
    nvb_input beyond; /* boven; not given: 0% */
    nvb_text reason;
} nvb_ceiling;

typedef struct nvb_texts {
    const nvb_text *items;
    size_t n;
} nvb_texts;

typedef struct nvb_benchmark {
    nvb_text id, path, description, population, reference_year, measure, outcome, elaboration;
    nvb_texts assumptions, corrections;
} nvb_benchmark;

typedef struct nvb_agreement { /* akkoorden */
    nvb_text id, path, agreement, goal, contribution, reference;
} nvb_agreement;

typedef struct nvb_term_text { /* voorwaarden: terms other than price */
    nvb_text id, title, text;
} nvb_term_text;

typedef struct nvb_arrangement { /* afspraken: replaces a default deadline */
    int article;                 /* 5, 6 or 7 */
    nvb_text text, path;
} nvb_arrangement;

/* toelichting: free text per legal item, in their order. */
enum { NVB_ITEM_COUNT = 6 };
typedef enum nvb_item {
    NVB_ITEM_BASIS,
    NVB_ITEM_INDEXATION,
    NVB_ITEM_SURCHARGES,
    NVB_ITEM_VOLUME,
    NVB_ITEM_BENCHMARK,
    NVB_ITEM_AGREEMENTS
} nvb_item;

typedef struct nvb_party {
    nvb_text name, code; /* UZOVI, 4 digits, or AGB, 8 digits: text, leading zeros count */
} nvb_party;

/* A calendar day; year 0 when not given. */
typedef struct nvb_date {
    int year, month, day;
} nvb_date;

typedef struct nvb_proposal {
    nvb_document_kind kind;
    nvb_process process;
    nvb_text reference; /* kenmerk */
    int round;          /* ronde, from 1 */
    nvb_date date;      /* datum */
    int year;           /* contractjaar */
    nvb_party insurer, provider;
    nvb_text sector;
    bool additional; /* aanvullend */
    nvb_text policy; /* kenmerk of the policy that was merged in; s == NULL when none */
    const nvb_source *sources;
    size_t n_sources;
    const nvb_fact *facts;
    size_t n_facts;
    const nvb_index *indices;
    size_t n_indices;
    const nvb_group *groups;
    size_t n_groups;
    const nvb_line *lines;
    size_t n_lines;
    const nvb_ceiling *ceilings;
    size_t n_ceilings;
    const nvb_benchmark *benchmarks;
    size_t n_benchmarks;
    const nvb_agreement *agreements;
    size_t n_agreements;
    const nvb_term_text *terms;
    size_t n_terms;
    nvb_date reply_by; /* reactie.uiterlijk */
    nvb_text contact;  /* reactie.contact */
    const nvb_arrangement *arrangements;
    size_t n_arrangements;
    nvb_text statement[NVB_ITEM_COUNT]; /* toelichting */
} nvb_proposal;

/* The key of an enumerated word ("afslag"), for output; "" outside the range. */
NVB_API const char *nvb_document_kind_key(nvb_document_kind v);
NVB_API const char *nvb_process_key(nvb_process v);
NVB_API const char *nvb_cost_kind_key(nvb_cost_kind v);
NVB_API const char *nvb_after_method_key(nvb_after_method v);
NVB_API const char *nvb_combination_key(nvb_combination v);
NVB_API const char *nvb_weighting_key(nvb_weighting v);
NVB_API const char *nvb_step_kind_key(nvb_step_kind v);
NVB_API const char *nvb_category_key(nvb_category v);
NVB_API const char *nvb_lasting_key(nvb_lasting v);
NVB_API const char *nvb_base_kind_key(nvb_base_kind v);
NVB_API const char *nvb_mode_key(nvb_mode v);

/* Look-ups by id or code; NULL when there is none. Linear: for the few; the engine keeps its own
 * tables. */
NVB_API const nvb_index *nvb_proposal_index(const nvb_proposal *p, nvb_text id);
NVB_API const nvb_source *nvb_proposal_source(const nvb_proposal *p, nvb_text id);
NVB_API const nvb_fact *nvb_proposal_fact(const nvb_proposal *p, nvb_text id);
NVB_API const nvb_group *nvb_proposal_group(const nvb_proposal *p, nvb_text id);
NVB_API const nvb_line *nvb_proposal_line(const nvb_proposal *p, nvb_text code);
NVB_API const nvb_benchmark *nvb_proposal_benchmark(const nvb_proposal *p, nvb_text id);
NVB_API const nvb_agreement *nvb_proposal_agreement(const nvb_proposal *p, nvb_text id);

#endif
