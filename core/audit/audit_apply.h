/*
 * audit_apply.h: what the parts of audit_apply share: a reading under way, and the ways to read
 * each thing of a proposal otherwise. Internal to audit_apply*.c.
 */
#ifndef NVB_CORE_AUDIT_APPLY_H
#define NVB_CORE_AUDIT_APPLY_H

#include "audit.h"

typedef struct nvbi_reread_pair {
    const nvb_step *from, *to;
} nvbi_reread_pair;

/* A proposal being read otherwise. Steps are shared by many lines, so each is copied once. */
typedef struct nvbi_reread {
    const nvb_audit *a;
    const nvb_reading *r;
    const nvb_proposal *p;
    nvb_calc *calc;
    nvbi_arena *arena;
    nvbi_reread_pair *pairs; /* by the address of the step: a table of a power of two */
    size_t n_pairs, room;
    const nvb_text *list; /* ids of the index steps of the plan before; shared while the same */
    size_t n_list;
    const nvb_step *added; /* the step last put at the end of a plan */
} nvbi_reread;

/* What a reading does to each thing: NULL where nothing. Each is given a copy to change, and says
 * whether it did. */
typedef struct nvbi_way {
    bool (*index)(nvbi_reread *w, nvb_index *x);
    bool (*step)(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
    bool (*plan)(nvbi_reread *w, nvb_buildup *plan);
    bool (*line)(nvbi_reread *w, nvb_line *line);
    bool (*ceiling)(nvbi_reread *w, nvb_ceiling *c);
    bool placed;   /* what a step becomes depends on the steps before it */
    bool of_lines; /* build-ups of lines alone, not those of ceilings */
} nvbi_way;

/* The step of the reading, or any when it names none. */
bool nvbi_reread_named(const nvbi_reread *w, const nvb_step *s);
/* Ids of the steps of kind index among the first `end` of a plan. */
const nvb_text *
nvbi_reread_indexing(nvbi_reread *w, const nvb_buildup *plan, size_t end, size_t *n);
/* The copy made of a step earlier; NULL when there is none. */
const nvb_step *nvbi_reread_known(const nvbi_reread *w, const nvb_step *from);
void nvbi_reread_learn(nvbi_reread *w, const nvb_step *from, const nvb_step *to);
/* Copies `n` items of `size`, which may be changed then; NULL when memory is out. */
void *nvbi_reread_copy(nvbi_reread *w, const void *items, size_t n, size_t size);
/* Puts a value where there may have been none: `place` is then where it stands. */
void nvbi_reread_set(nvb_input *in, nvb_num value, nvb_text place);

/* --- audit_apply_index.c --- */
bool nvbi_way_convention(nvbi_reread *w, nvb_index *x);
bool nvbi_way_claimed(nvbi_reread *w, nvb_index *x);
bool nvbi_way_no_after(nvbi_reread *w, nvb_index *x);
bool nvbi_way_after_twice(nvbi_reread *w, nvb_index *x);
bool nvbi_way_after_other_year(nvbi_reread *w, nvb_index *x);
bool nvbi_way_year_old(nvbi_reread *w, nvb_index *x);
bool nvbi_way_component_omitted(nvbi_reread *w, nvb_index *x);
bool nvbi_way_shares_swapped(nvbi_reread *w, nvb_index *x);
bool nvbi_way_index_shifted(nvbi_reread *w, nvb_index *x);
/* And the steps that take the index at shares of their own. */
bool nvbi_way_step_claimed(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_step_component(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_step_swapped(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);

/* --- audit_apply_lower.c --- */

/* The rate of a step that takes an index or a percentage, at its own shares: a fraction. False when
 * it takes neither. */
bool nvbi_reread_rate(nvbi_reread *w, const nvb_step *s, nvb_num *rate);
bool nvbi_way_lower(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_written(nvbi_reread *w, nvb_index *x);
bool nvbi_way_step_written(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);

/* --- audit_apply_step.c --- */
bool nvbi_way_shifted(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_omitted(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_one_off(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_reversed(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_condition(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_over(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_share(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_tread(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_per_step(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_unrounded(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s);
bool nvbi_way_twice(nvbi_reread *w, nvb_buildup *plan);
bool nvbi_way_added(nvbi_reread *w, nvb_buildup *plan);

#endif
