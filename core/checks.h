/*
 * checks.h: what the rules share while they are being held against a breakdown. Internal to core.
 * A rule is one row of NVB_RULES and one function of type nvbi_rule_run; checks.c holds the table.
 */
#ifndef NVB_CORE_CHECKS_H
#define NVB_CORE_CHECKS_H

#include "engine.h"
#include "navolgbaar/checks.h"
#include "seen.h"

enum { NVBI_PATHS_SHOWN = 20 }; /* of the failing places at most so many are listed */

typedef struct nvbi_checking {
    const nvb_proposal *p;
    nvb_breakdown *b;
    const nvb_comparison *previous; /* with the previous contract; NULL: none given */
    const nvb_diag *diag;
    nvbi_arena *arena;
    nvbi_names lines, indices;
    const nvb_figure **steps; /* figures of distinct steps, the first of each */
    size_t n_steps;
} nvbi_checking;

typedef void (*nvbi_rule_run)(nvbi_checking *c, nvb_check *out);

/* The outcome with its reason; words and paths come after. */
void nvbi_check_set(nvb_check *out, nvb_outcome outcome, nvb_because because);
void nvbi_check_word(nvb_check *out, int i, nvb_text word);
void nvbi_check_count(nvbi_checking *c, nvb_check *out, int i, size_t n);
void nvbi_check_number(nvbi_checking *c, nvb_check *out, int i, nvb_num value);
/* Adds a place that was looked at; past NVBI_PATHS_SHOWN it is left out. */
void nvbi_check_path(nvbi_checking *c, nvb_check *out, nvb_text path);
/* True (and the outcome is set) for a contract, to which no rule applies. */
bool nvbi_check_contract(nvbi_checking *c, nvb_check *out);

/* The line that `line` leans on in the end, itself when it leans on none. */
size_t nvbi_check_bottom(const nvbi_checking *c, size_t line);
/* The year its base is of: 0 when it cannot be told; a base from last year's contract without a
 * year is of the year before. */
int nvbi_check_base_year(const nvbi_checking *c, size_t line);
/* The index a step takes; NULL for a step with a percentage of its own. */
const nvb_index *nvbi_check_index_of(const nvbi_checking *c, const nvb_step *s);
/* The next line on the way down, or NVBI_NO_NAME. */
uint32_t nvbi_check_leans_on(const nvbi_checking *c, size_t line);

/* rules_items.c: the six items and what is explained */
void nvbi_rule_basis(nvbi_checking *c, nvb_check *out);
void nvbi_rule_indexation(nvbi_checking *c, nvb_check *out);
void nvbi_rule_surcharges(nvbi_checking *c, nvb_check *out);
void nvbi_rule_volume(nvbi_checking *c, nvb_check *out);
void nvbi_rule_benchmark(nvbi_checking *c, nvb_check *out);
void nvbi_rule_agreements(nvbi_checking *c, nvb_check *out);
void nvbi_rule_explained(nvbi_checking *c, nvb_check *out);
void nvbi_rule_claims(nvbi_checking *c, nvb_check *out);
void nvbi_rule_sources(nvbi_checking *c, nvb_check *out);
/* rules_terms.c: dates, terms, overview of changes */
void nvbi_rule_offered(nvbi_checking *c, nvb_check *out);
void nvbi_rule_reaction(nvbi_checking *c, nvb_check *out);
void nvbi_rule_questions(nvbi_checking *c, nvb_check *out);
void nvbi_rule_changes(nvbi_checking *c, nvb_check *out);
/* rules_index.c: OVA, years, nacalculatie, an index twice */
void nvbi_rule_ova(nvbi_checking *c, nvb_check *out);
void nvbi_rule_years(nvbi_checking *c, nvb_check *out);
void nvbi_rule_after(nvbi_checking *c, nvb_check *out);
void nvbi_rule_index_once(nvbi_checking *c, nvb_check *out);
/* rules_tariff.c: what a tariff may come to */
void nvbi_rule_maximum(nvbi_checking *c, nvb_check *out);
void nvbi_rule_positive(nvbi_checking *c, nvb_check *out);

#endif
