/*
 * audit_apply_step.c: a step as a reading has it: left out, turned round, taken of something else;
 * and steps nobody mentions, put after the others. See audit_apply.h.
 *
 * A step that is left out stays in its place, as one whose condition is not met: that adds nothing
 * and rounds nothing, and what is taken of it finds it. Nothing here leans on what validation asks
 * of a proposal but that names lead somewhere: shares below zero and above one are used freely.
 */
#include "audit_apply.h"

static const nvb_condition not_met = {.stated = true, .met = false};

/* What is added has ids no document can have. */
static const char TWIN[] = "\1twice";
static const char ADDED[] = "\1added";
static const char ADDED_PATH[] = "/stappen/\1added";

bool nvbi_step_counts(const nvb_step *s)
{
    return !s->condition || s->condition->met;
}

bool nvbi_step_by_percentage(const nvb_step *s)
{
    if (!s->table)
        return s->index.s || nvb_input_given(&s->percentage);
    for (size_t i = 0; i < s->table->n_treads; i++)
        if (!nvb_input_given(&s->table->treads[i].amount))
            return true;
    return false;
}

/* What the step adds, times a factor. */
static void times(nvbi_reread *w, nvb_step *s, nvb_num factor)
{
    nvb_num share = nvb_input_given(&s->share) ? s->share.value : nvb_num_int(1);
    nvbi_reread_set(&s->share, nvb_num_mul(w->calc, share, factor), s->path);
}

/* --- the rate --- */

/* The index at the step's own shares, as one percentage. */
static bool shift_own_shares(nvbi_reread *w, nvb_step *s)
{
    nvb_num total;
    if (!s->n_own_shares || !nvb_text_equal(s->index, w->r->index) ||
        !nvbi_reread_rate(w, s, &total))
        return false;
    nvbi_reread_set(&s->percentage, nvb_num_mul(w->calc, total, w->r->parameter), s->path);
    s->index = (nvb_text){0};
    s->own_shares = NULL;
    s->n_own_shares = 0;
    return true;
}

bool nvbi_way_shifted(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    if (w->r->index.s)
        return shift_own_shares(w, s);
    if (!nvbi_step_by_percentage(s))
        return false;
    times(w, s, w->r->parameter);
    return true;
}

bool nvbi_way_reversed(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    times(w, s, nvb_num_int(-1));
    return nvbi_step_counts(s);
}

bool nvbi_way_share(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    bool less =
        nvb_input_given(&s->share) && nvb_num_cmp(w->calc, s->share.value, nvb_num_int(1)) != 0;
    s->share = (nvb_input){0};
    return less;
}

bool nvbi_way_tread(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    if (!s->table || w->r->number < 1 || (size_t)w->r->number > s->table->n_treads)
        return false;
    const nvb_tread *t = &s->table->treads[w->r->number - 1];
    s->percentage = t->percentage;
    s->amount = t->amount;
    s->table = NULL;
    return true;
}

/* --- whether it counts --- */

bool nvbi_way_omitted(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)w;
    (void)plan;
    (void)at;
    if (!nvbi_step_counts(s))
        return false;
    s->condition = &not_met;
    if (s->kind == NVB_STEP_INDEX)
        s->kind = NVB_STEP_SURCHARGE; /* "geindexeerd" is not moved by a step that is not there */
    return true;
}

bool nvbi_way_one_off(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    bool lowers = s->kind == NVB_STEP_DISCOUNT || nvb_num_sign(s->amount.value) < 0 ||
                  nvb_num_sign(s->percentage.value) < 0;
    return s->lasting == NVB_ONE_OFF && lowers && nvbi_way_omitted(w, plan, at, s);
}

bool nvbi_way_condition(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)w;
    (void)plan;
    (void)at;
    if (nvbi_step_counts(s))
        return false;
    s->condition = NULL;
    return true;
}

bool nvbi_way_twice(nvbi_reread *w, nvb_buildup *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n_steps; i++)
        n += plan->steps[i] && nvbi_reread_named(w, plan->steps[i]) &&
             nvbi_step_counts(plan->steps[i]);
    const nvb_step **steps = n ? NVBI_NEW(w->arena, const nvb_step *, plan->n_steps + n) : NULL;
    if (!steps)
        return false;
    n = 0;
    for (size_t i = 0; i < plan->n_steps; i++) {
        const nvb_step *s = steps[n++] = plan->steps[i];
        if (!s || !nvbi_reread_named(w, s) || !nvbi_step_counts(s))
            continue;
        if (!nvbi_reread_known(w, s)) {
            nvb_step *twin = nvbi_reread_copy(w, s, 1, sizeof *twin);
            if (!twin)
                return false;
            twin->id = (nvb_text){TWIN, sizeof TWIN - 1};
            nvbi_reread_learn(w, s, twin);
        }
        steps[n++] = nvbi_reread_known(w, s);
    }
    plan->steps = steps;
    plan->n_steps = n;
    return true;
}

/* --- what it is taken of --- */

static bool indexed_before(const nvb_buildup *plan, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (plan->steps[i] && plan->steps[i]->kind == NVB_STEP_INDEX)
            return true;
    return false;
}

/* The figure of one earlier step. */
static bool over_step(const nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_over *over)
{
    for (size_t i = 0; i < at; i++)
        if (plan->steps[i] && nvb_text_equal(plan->steps[i]->id, w->r->other_step)) {
            over->steps = &w->r->other_step;
            over->n_steps = 1;
            return true;
        }
    return false;
}

static bool same_over(const nvb_over *a, const nvb_over *b)
{
    if (a->kind != b->kind || a->with_base != b->with_base || a->n_steps != b->n_steps)
        return false;
    for (size_t i = 0; i < a->n_steps; i++)
        if (!nvb_text_equal(a->steps[i], b->steps[i]))
            return false;
    return true;
}

bool nvbi_way_over(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    nvb_over over = {.kind = w->r->over, .in_words = true};
    if (!nvbi_step_by_percentage(s) || s->over.kind == NVB_OVER_NONE)
        return false;
    if (over.kind == NVB_OVER_INDEXED && !indexed_before(plan, at))
        return false;
    if (over.kind == NVB_OVER_FIGURES && w->r->other_step.s && !over_step(w, plan, at, &over))
        return false;
    if (over.kind == NVB_OVER_FIGURES && !w->r->other_step.s) {
        over.steps = nvbi_reread_indexing(w, plan, at, &over.n_steps);
        if (!over.n_steps)
            return false;
    }
    if (same_over(&s->over, &over))
        return false;
    s->over = over;
    return true;
}

/* --- rounding --- */

/* A step that says how it is rounded keeps that. */
bool nvbi_way_per_step(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    if (s->rounding.declared)
        return false;
    s->rounding = (nvb_rounding){true, (unsigned)w->r->number, NVB_ARITHMETIC};
    s->rounds_amount = false;
    return true;
}

bool nvbi_way_unrounded(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)w;
    (void)plan;
    (void)at;
    bool declared = s->rounding.declared;
    s->rounding = (nvb_rounding){0};
    return declared;
}

/* --- steps nobody mentions --- */

/* The step itself; false when the plan is none to add it to. */
static bool added_step(nvbi_reread *w, const nvb_buildup *plan, nvb_step *s)
{
    size_t n = 0;
    const nvb_text *list = nvbi_reread_indexing(w, plan, plan->n_steps, &n);
    *s = (nvb_step){
        .id = {ADDED,                 sizeof ADDED - 1     },
        .path = {ADDED_PATH,            sizeof ADDED_PATH - 1},
        .kind = NVB_STEP_DISCOUNT,
        .over = {.kind = NVB_OVER_BASE, .in_words = true     },
        .category = NVB_CATEGORY_COUNT
    };
    nvbi_reread_set(&s->percentage, w->r->parameter, s->path);
    if (w->r->kind == NVB_READ_DISCOUNT_ON_INDEX || w->r->kind == NVB_READ_DISCOUNT_ON_INDEXED) {
        bool on_index = w->r->kind == NVB_READ_DISCOUNT_ON_INDEX;
        s->over.kind = on_index ? NVB_OVER_FIGURES : NVB_OVER_INDEXED;
        s->over.steps = on_index ? list : NULL;
        s->over.n_steps = on_index ? n : 0;
        return n > 0;
    }
    if (plan->basis.line.s)
        return false; /* it follows its unit */
    if (w->r->kind == NVB_READ_DISCOUNT_ON_TARIFF) {
        s->over.kind = NVB_OVER_STAND;
    } else if (w->r->kind == NVB_READ_AMOUNT) {
        s->amount = s->percentage;
        s->percentage = (nvb_input){0};
        s->over.kind = NVB_OVER_NONE;
    } else if (w->r->kind == NVB_READ_PUBLISHED) {
        s->kind = NVB_STEP_INDEX;
        return n == 0;
    }
    if (w->r->kind == NVB_READ_INDEX_LOWER && w->r->over != NVB_OVER_BASE)
        /* Else its index steps are lower (audit_apply_lower.c). */
        return n == 0 && !w->r->index.s && !w->r->step.s;
    return true;
}

bool nvbi_way_added(nvbi_reread *w, nvb_buildup *plan)
{
    nvb_step s;
    if (!plan->basis.given || !added_step(w, plan, &s))
        return false;
    if (!w->added || w->added->over.steps != s.over.steps)
        w->added = nvbi_reread_copy(w, &s, 1, sizeof s);
    const nvb_step **steps = NVBI_NEW(w->arena, const nvb_step *, plan->n_steps + 1);
    if (!w->added || !steps)
        return false;
    for (size_t i = 0; i < plan->n_steps; i++)
        steps[i] = plan->steps[i];
    steps[plan->n_steps] = w->added;
    plan->steps = steps;
    plan->n_steps++;
    return true;
}
