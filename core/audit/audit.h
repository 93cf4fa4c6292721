/*
 * audit.h: what the parts of the audit share while it is being made. Internal to core.
 *
 * The way: audit.c holds the handle and the order of it all; audit_figures.c works out every claim
 * and where a fault enters (with audit_interval.c, what follows from rounded inputs, and
 * audit_terms.c, a formula worked out with other values); audit_index.c searches the conventions of
 * an index; audit_explain.c finds for the tariffs that do not follow the readings that give them,
 * with audit_readings.c (which readings there are), audit_apply.c (the proposal as a reading has
 * it), audit_try.c (what follows from one), audit_cover.c (which claims each gives), audit_solve.c
 * (the parameter of one) and audit_digits.c (slips of the pen), and audit_tell.c makes findings of
 * them; audit_rules.c turns rules and comparison into findings; audit_published.c
 * holds index figures against the reference; audit_effective.c does the price in effect.
 */
#ifndef NVB_CORE_AUDIT_H
#define NVB_CORE_AUDIT_H

#include "../engine.h"
#include "navolgbaar/audit.h"

/* What a trial works in, kept for the next (audit_try.c): so few are under way at a time. */
enum { NVBI_ROOMS = 2 };
typedef struct nvbi_room {
    nvbi_arena arena;    /* of the trial itself */
    nvbi_arena scratch;  /* of one reading at a time */
    nvb_breakdown *work; /* bare, used again for each reading */
    nvb_diag *diag;      /* of the work; thrown away */
    bool taken;
} nvbi_room;

struct nvb_audit {
    nvbi_arena arena;
    nvb_calc *calc;
    nvb_audit_inputs in;
    nvb_diag *diag;
    nvb_breakdown *b; /* of the offer */
    const nvb_proposal *p;
    nvb_audited *figures;
    size_t n_figures;
    uint32_t *told;     /* of each: 1 + the number of the FIGURE finding that says where its fault
                           came in; 0: none; while findings stand in the order made */
    nvbi_names by_path; /* of figures */
    size_t verdicts[NVB_VERDICT_COUNT];
    nvb_finding *findings;
    size_t n_findings, room_findings;
    nvb_finding scrap; /* for findings that found no memory */
    nvb_effective *effectives;
    size_t n_effectives;
    nvb_bite *bites;
    size_t n_bites;
    struct nvbi_bounds *bounds;        /* of audit_interval.c; NULL until first asked for */
    nvb_finding_kind *tariff_kinds;    /* of audit_tell.c: per line, when first needed */
    struct nvbi_same_tariffs *tariffs; /* of audit_digits.c: lines by tariff, when first needed */
    nvbi_room rooms[NVBI_ROOMS];
    uint64_t spent, searched; /* work so far: on trying explanations; of that, on indices */
    bool exhausted;           /* there was more to try than its budget allowed */
    bool failed;              /* memory is out, or an error was added to diag */
};

/* --- audit.c --- */

/* Adds an empty finding of a kind, at a path (copied); never NULL (a failed audit gives a scrap of
 * its own). The pointer is good until the next. */
nvb_finding *nvbi_found(nvb_audit *a, nvb_finding_kind kind, nvb_gravity gravity, nvb_text path);
void nvbi_found_number(nvb_finding *f, int i, nvb_num value, nvb_unit unit);
void nvbi_found_count(nvb_finding *f, int i, size_t n);
/* `paths` of a finding (copied), and their first as its path. */
void nvbi_found_paths(nvb_audit *a, nvb_finding *f, const nvb_text *paths, size_t n);
/* A list that grows: readings, best first or not yet sorted. */
typedef struct nvbi_readings {
    nvb_reading *items;
    size_t n, room;
} nvbi_readings;
/* Adds a copy; lives in the arena of the audit. */
void nvbi_readings_add(nvb_audit *a, nvbi_readings *list, const nvb_reading *r);
/* Gives a finding its readings (copied). */
void nvbi_found_readings(nvb_audit *a, nvb_finding *f, const nvbi_readings *list);
/* The audited claim on the figure with that path; NULL when it is not claimed. */
const nvb_audited *nvbi_audited_at(const nvb_audit *a, nvb_text path);
/* Notes an arithmetic error of the calc, if any, as a problem at `path`. */
void nvbi_audit_watch(nvb_audit *a, nvb_text path);

/* --- audit_figures.c: fills `figures` and `verdicts`; adds the findings of explanations (FIGURE,
 * UNKNOWN, MISSING), WITHIN and NOTHING --- */
void nvbi_audit_figures(nvb_audit *a);

/* --- audit_terms.c --- */

/* The value of the operand term `t` of figure `f` in another world: in the term's own unit (a
 * percentage as a fraction). */
typedef nvb_num (*nvbi_operand)(void *world, const nvb_figure *f, const nvb_term *t);
/* The formula of a figure worked out with other operands, before the figure's own rounding, in the
 * unit of the figure. False when the figure's formula does not by itself give its value (its own
 * operands worked out do not give what the engine found). */
bool nvbi_terms_value(
    nvb_calc *calc, const nvb_figure *f, nvbi_operand operand, void *world, nvb_num *out);

/* What a figure comes to with other operands, its own rounding and limits applied, in its unit.
 * False as above. */
bool nvbi_figure_again(const nvb_breakdown *b,
                       nvb_calc *calc,
                       const nvb_figure *f,
                       nvbi_operand operand,
                       void *world,
                       nvb_num *out);

/* --- audit_world.c --- */

/* Marks where a fault enters (`enters` of every claim): what does not follow from the claims it was
 * made of either. `after[i]` gets, for claim i, how many claims go wrong because of it; `cause[i]`
 * 1 + the claim where its own fault came in, 0 when it came in there or that is not known. */
void nvbi_audit_enters(nvb_audit *a, size_t *after, uint32_t *cause);

/* --- audit_interval.c --- */

typedef struct nvbi_bounds nvbi_bounds;
void nvbi_bounds_free(nvbi_bounds *k);

/* What a tariff or other figure of a line may come to when the base the line starts from is a
 * rounded figure: the lowest and highest outcome. False when no input of it is rounded. */
bool nvbi_audit_interval(nvb_audit *a, const nvb_figure *f, nvb_num *low, nvb_num *high);
/* The bounds of the base itself; false when it is exact. A base from last year's contract
 * (`vorig_contract`) in whole cents, without `vorig` "onafgerond", is half a cent either way; when
 * last year's build-up is at hand, between its tariff and that tariff unrounded. */
bool nvbi_audit_base_bounds(nvb_audit *a, size_t line, nvb_num *low, nvb_num *high);

/* --- audit_index.c: findings INDEX with the conventions that give the claim --- */
void nvbi_audit_indices(nvb_audit *a);
/* The conventions under which index `x` comes to `claimed` (a fraction), fewest roundings first,
 * then nearest to the document's own; `others` of the first counts the rest. Also other readings of
 * an index (no nacalculatie, year old, …) that give it. */
void nvbi_index_readings(nvb_audit *a, const nvb_index *x, nvb_num claimed, nvbi_readings *out);

/* --- audit_convention.c --- */

/* The convention the document declares for an index. */
nvb_convention nvbi_convention_of(const nvb_index *x);
/* n of a component under a convention, rounded as that says: a fraction. */
nvb_num nvbi_after_under(nvb_calc *calc, const nvb_component *c, const nvb_convention *how);
/* What an index comes to (a fraction) under a convention; in the short form its percentage. */
nvb_num nvbi_index_under(nvb_calc *calc, const nvb_index *x, const nvb_convention *how);

/* --- audit_readings.c --- */

/* Every reading of the offer worth trying that has no parameter to solve for; conventions too, one
 * for each different outcome of the index. At most NVBI_MOST_READINGS (audit_readings.h), whatever
 * the document: of steps, those most lines have come first. */
void nvbi_readings_list(nvb_audit *a, nvbi_readings *out);

/* --- audit_apply.c --- */

/* The proposal as reading `r` has it: a copy of what changes, the rest shared with `p`, all in
 * `scratch`; it borrows `r` too. False when the reading changes nothing there, or memory is out
 * (scratch->failed). */
bool nvbi_reading_apply(const nvb_audit *a,
                        const nvb_reading *r,
                        const nvb_proposal *p,
                        nvb_calc *calc,
                        nvbi_arena *scratch,
                        nvb_proposal *out);

/* Whether a step adds a percentage of something, in a tread of its table at least; and whether it
 * counts: no condition, or one that is met. */
bool nvbi_step_by_percentage(const nvb_step *s);
bool nvbi_step_counts(const nvb_step *s);

/* --- audit_try.c --- */

/* Some of the figures that do not follow, with the lines they need, to try readings on. */
typedef struct nvbi_trial {
    nvb_audit *a;
    nvb_proposal part;           /* the lines needed, ceilings only when a target needs them */
    nvb_proposal read;           /* the part under the reading being tried */
    nvb_line *lines;             /* of the part */
    uint32_t *numbers;           /* of those lines in the offer */
    const uint32_t *places;      /* of a line of the offer among them */
    const nvb_audited **targets; /* what a reading must give */
    size_t n_targets;
    uint64_t share; /* of the budget, for this trial: no run starts once it is spent */
    uint64_t spent;
    nvbi_room room;    /* its own until it is released */
    nvb_num *value[3]; /* for who works a reading out: as many as targets */
    bool *has[3];
} nvbi_trial;
bool nvbi_trial_init(nvbi_trial *t, nvb_audit *a, const nvb_audited *const *targets, size_t n);
/* A failure of its memory is one of the audit. */
void nvbi_trial_release(nvbi_trial *t);
void nvbi_rooms_free(nvb_audit *a);
/* What the targets come to under a reading: values[i] for targets[i] (has[i] false: no such
 * figure). `unrounded`: of a tariff the figure before its last rounding. False when the reading
 * does not apply or cannot be worked out. NULL as reading: the offer as it is. */
bool nvbi_trial_run(
    nvbi_trial *t, const nvb_reading *r, bool unrounded, nvb_num *values, bool *has);
/* Takes the bases that are rounded figures at their lowest (-1), as given (0) or at their highest
 * (1). False when no base is one. */
bool nvbi_trial_bases(nvbi_trial *t, int end);

/* --- audit_budget.c: how much is tried, the same on every machine --- */

/* What is left of the budget. */
uint64_t nvbi_budget_left(const nvb_audit *a);
/* Whether a trial may make another run; if not, the audit is exhausted. */
bool nvbi_budget_allows(const nvbi_trial *t);
/* The work of its calcs so far; after a run, what came to it since `from` is spent. */
uint64_t nvbi_budget_mark(const nvbi_trial *t);
void nvbi_budget_spend(nvbi_trial *t, uint64_t from);
/* Up to where the calc of the audit may work on a search of indices; afterwards what it did since
 * `from` is spent. False when it had to stop there. */
uint64_t nvbi_budget_of_search(const nvb_audit *a);
bool nvbi_budget_searched(nvb_audit *a, uint64_t from, uint64_t until);

/* --- audit_solve.c --- */

/* Readings with a parameter (discount over the index, over the indexed tariff, index lower, fixed
 * amount), the parameter solved for over the targets of a trial: the roundest number among those
 * that give every target, or else the mean of what the targets ask, as NVB_FIT_NEAR, when they ask
 * nearly the same. */
void nvbi_solve(nvbi_trial *t, nvbi_readings *out);
/* The number with the fewest decimals from low to high (both included), and of those the one
 * nearest to zero. */
nvb_num nvbi_roundest(nvb_calc *calc, nvb_num low, nvb_num high);

/* --- audit_digits.c --- */

/* Readings of one claim that are slips: digits swapped, point moved, one digit other, the tariff of
 * another line, last year's tariff. */
void nvbi_digit_readings(nvb_audit *a, const nvb_audited *f, nvbi_readings *out);
/* Slips of the digits alone, against what the other lines of a list would have it be: `low` and
 * `high` of such a reading are that tariff. */
void nvbi_pattern_slips(nvb_audit *a, const nvb_audited *f, nvb_num pattern, nvbi_readings *out);
/* Whether the claim is last year's tariff of the line it is paired with. */
bool nvbi_is_last_tariff(const nvb_audit *a, const nvb_audited *f);

/* --- audit_cover.c: which reading gives which figures --- */

enum { NVBI_SAMPLE = 64, NVBI_TRIED = 80 }; /* failing figures, and all figures, of one table */

typedef struct nvbi_cover_row {
    nvb_reading r;
    uint64_t hits; /* bit i: gives failing figure i of the table */
    size_t n_hits, breaks;
    size_t missed; /* failing figures it changes and does not give */
    size_t digits; /* of a parameter that was solved for, as written; 0: none */
} nvbi_cover_row;

/* Readings tried on a sample of the figures that do not follow, and of those that do. */
typedef struct nvbi_cover {
    nvbi_trial t;
    nvbi_trial few; /* a few of the failing figures: where runs are costly, a reading that gives
                       none of these goes no further */
    bool sparing;
    size_t n_fails; /* the first targets of the trial; the others follow */
    nvbi_cover_row *rows;
    size_t n;
} nvbi_cover;

/* Tries every reading of the list, and what can be solved for; samples are spread evenly. `each`:
 * failing figure i of the table is fails[i], as far as there is room, whatever it costs. */
bool nvbi_cover_init(nvbi_cover *table,
                     nvb_audit *a,
                     const nvb_audited *const *fails,
                     size_t n_fails,
                     const nvb_audited *const *follows,
                     size_t n_follows,
                     const nvbi_readings *list,
                     bool each);
void nvbi_cover_release(nvbi_cover *table);
/* Which targets of a trial a reading gives, and how far off it is from those that fail. */
typedef struct nvbi_given {
    bool *gives;   /* room for every target */
    bool closest;  /* every failing target it does not give is at most two cents off */
    size_t missed; /* failing targets it changes and does not give */
} nvbi_given;
/* False when it cannot be worked out. */
bool nvbi_gives(nvbi_trial *t, const nvb_reading *r, nvbi_given *out);
bool nvbi_is_solved(nvb_reading_kind kind);
/* Below zero when row `x` explains better than `y`: gives more, breaks less, fits better, has the
 * plainer parameter, comes first in NVB_READINGS. */
int nvbi_cover_order(const nvbi_cover_row *x, const nvbi_cover_row *y);
/* What is not worth telling beside a reading that fits, and what was told already: what must be
 * made up and fits less well, or takes a number nobody would write where nothing need be made up;
 * a way to round that is the same for tariffs above zero. */
bool nvbi_cover_idle(const nvb_reading *best, const nvbi_cover_row *row, const nvbi_readings *list);
/* That the index was written rounded stands right after a discount over it. */
void nvbi_cover_place(nvbi_cover_row **order, size_t n);

/* --- audit_join.c --- */

/* 1 + the number of the finding on an earlier figure that says where the fault of a tariff came in;
 * 0 when none does. */
uint32_t nvbi_told_by(const nvb_audit *a, const nvb_audited *f);
/* Gives tariffs whose fault came in earlier to the findings that say so, with their readings. False
 * when there is one that no finding says. */
bool nvbi_join_causes(nvb_audit *a,
                      const nvb_audited *const *set,
                      size_t n,
                      const nvbi_readings *list);

/* --- audit_tell.c --- */

/* What the tariff of a line is held against: TARIFFS, EXPECTATION or CHANGED. */
nvb_finding_kind nvbi_tariff_kind(nvb_audit *a, const nvb_line *line);
/* The amount of a finding on tariffs and its two sides, added to what is there. */
void nvbi_found_worth(nvb_audit *a, nvb_finding *f, const nvb_audited *const *set, size_t n);
/* A finding on tariffs of one kind, out of `n_claims`. */
void nvbi_tell_tariffs(nvb_audit *a,
                       const nvb_audited *const *set,
                       size_t n,
                       size_t n_claims,
                       const nvbi_readings *list);
/* Tariffs that follow from the percentage claimed for an index go with the finding on it. */
void nvbi_tell_one_cause(nvb_audit *a);
/* Findings UNCHANGED, NO_EXPLANATION and GONE. */
void nvbi_tell_whole(nvb_audit *a);

/* --- audit_explain.c: findings TARIFFS, EXPECTATION, CHANGED --- */
void nvbi_audit_explain(nvb_audit *a);

/* --- audit_rules.c: findings RULE, BASE, BASE_RAISED, EXPECTED --- */
void nvbi_audit_rules(nvb_audit *a);

/* --- audit_published.c: findings PUBLISHED, PUBLISHED_OTHER, OUTDATED --- */
/* The published series of a component: the one that bears its id, else the only one of its kind;
 * NULL when none or several could be meant, or there is no reference. */
const nvb_series *nvbi_series_of(const nvb_audit *a, const nvb_component *c);
void nvbi_audit_published(nvb_audit *a);

/* --- audit_effective.c: `effectives`, `bites`, findings CEILING --- */
void nvbi_audit_effective(nvb_audit *a);

#endif
