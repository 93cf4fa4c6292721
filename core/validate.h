/*
 * validate.h: what validate.c and gaps.c share. Internal to core; the call for users is
 * navolgbaar/validate.h.
 */
#ifndef NVB_CORE_VALIDATE_H
#define NVB_CORE_VALIDATE_H

#include "arena.h"
#include "names.h"
#include "navolgbaar/validate.h"
#include "seen.h"

typedef struct nvbi_registry {
    nvb_text what; /* what is referred to: bron, index, … */
    nvbi_names names;
    nvb_text *ids;
    bool *used;
    size_t n;
} nvbi_registry;

typedef struct nvbi_validation {
    const nvb_proposal *p;
    nvb_diag *diag;
    nvb_calc *calc;
    nvbi_arena arena;
    nvbi_registry sources, facts, indices, groups, lines, benchmarks, agreements;
    nvbi_seen seen; /* steps looked at */
    nvbi_seen told; /* names in `over` that were said not to come before, on whatever line */
    size_t n_told;
    bool failed; /* an error, not a gap */
} nvbi_validation;

/* The digits of value x 10^shift, for the words of a message. */
nvb_text nvbi_validation_digits(nvbi_validation *v, nvb_num value, int shift);

/* --- gaps.c: missing mandatory elements (decisions.md) --- */
void nvbi_gaps_of_step(nvbi_validation *v, const nvb_step *s);
void nvbi_gaps_of_lines(nvbi_validation *v);

/* True when the line is indexed in the sense of model section 7: it (or the line it leans on) has a
 * step of soort index, or rests on an NZa tariff of the contract year. `lines` finds lines by code.
 */
bool nvbi_line_is_indexed(const nvb_proposal *p, const nvbi_names *lines, size_t line);

#endif
