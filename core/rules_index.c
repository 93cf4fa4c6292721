/*
 * rules_index.c: is the wage index in it, in full; are all years indexed; is last year's
 * nacalculatie handled; is no index taken twice. Handvatten richtsnoer 7 and 4.7.1. Pass-through is
 * negotiable: what is flagged is what is not explained.
 */
#include "checks.h"

enum { LONGEST_SPAN = 200 }; /* years looked at between a base and the contract year */

/* An index step that counts: one whose condition is not met adds nothing. */
static bool takes_index(const nvb_step *s)
{
    return s->kind == NVB_STEP_INDEX && (!s->condition || s->condition->met);
}

/* The weight a component has on a step: the line's own share, else the index's. */
static const nvb_input *weight_of(const nvb_step *s, const nvb_component *c)
{
    for (size_t i = 0; s && i < s->n_own_shares; i++)
        if (nvb_text_equal(s->own_shares[i].component, c->id))
            return &s->own_shares[i].share;
    return &c->share;
}

/* There is a wage component that weighs something; `s` may be NULL for the index by itself. */
static bool has_wage(const nvb_index *x, const nvb_step *s)
{
    for (size_t i = 0; i < x->n_components; i++) {
        const nvb_input *weight = weight_of(s, &x->components[i]);
        bool weighs = !nvb_input_given(weight) || nvb_num_sign(weight->value) > 0;
        if (x->components[i].kind == NVB_WAGE && weighs)
            return true;
    }
    return x->n_components == 0 && x->kind == NVB_WAGE;
}

static bool is_short(const nvb_index *x)
{
    return !x || x->n_components == 0;
}

/* --- OVA in full, without discount, as the starting point --- */

static const nvb_step *step_of(const nvb_buildup *b, nvb_text id)
{
    for (size_t i = 0; i < b->n_steps; i++)
        if (nvb_text_equal(b->steps[i]->id, id))
            return b->steps[i];
    return NULL;
}

/* A discount taken over index steps and nothing else is a discount on the index; so is a ladder of
 * surcharges that comes out below zero. */
static bool discounts_index(const nvb_buildup *b, const nvb_figure *f)
{
    const nvb_step *s = f->step;
    bool lowers = s->kind == NVB_STEP_DISCOUNT ||
                  (s->kind == NVB_STEP_SURCHARGE && nvb_num_sign(f->value) < 0);
    if (!lowers || s->over.kind != NVB_OVER_FIGURES || s->over.with_base)
        return false;
    for (size_t i = 0; i < s->over.n_steps; i++) {
        const nvb_step *of = step_of(b, s->over.steps[i]);
        if (!of || of->kind != NVB_STEP_INDEX)
            return false;
    }
    return s->over.n_steps > 0;
}

static bool find_discount(nvbi_checking *c, nvb_check *out)
{
    bool found = false;
    for (size_t i = 0; i < c->n_steps; i++) {
        const nvb_figure *f = c->steps[i];
        const nvb_buildup *b = f->line ? &f->line->price : &f->ceiling->buildup;
        if (!discounts_index(b, f))
            continue;
        if (!found)
            nvbi_check_word(out, 0, f->step->id);
        found = true;
        nvbi_check_path(c, out, f->path);
    }
    if (found)
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_OVA_DISCOUNT);
    return found;
}

static bool find_share(nvbi_checking *c, nvb_check *out)
{
    for (size_t i = 0; i < c->n_steps; i++) {
        const nvb_step *s = c->steps[i]->step;
        const nvb_index *x = nvbi_check_index_of(c, s);
        bool partly = nvb_input_given(&s->share) &&
                      nvb_num_cmp(c->b->calc, s->share.value, nvb_num_int(1)) < 0;
        if (!takes_index(s) || !partly || !x || !has_wage(x, s))
            continue;
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_OVA_SHARE);
        nvbi_check_word(out, 0, s->id);
        nvbi_check_number(c, out, 1, nvb_num_shift(c->b->calc, s->share.value, 2));
        nvbi_check_path(c, out, s->share.path);
        return true;
    }
    return false;
}

static bool find_claim(nvbi_checking *c, nvb_check *out)
{
    for (size_t i = 0; i < c->p->n_indices; i++) {
        const nvb_index *x = &c->p->indices[i];
        const nvb_figure *f = nvbi_figure_at(c->b, c->b->indices[i]);
        nvb_num claimed = nvb_num_shift(c->b->calc, x->claimed.value, 2);
        if (!nvb_input_given(&x->claimed) || nvb_num_cmp(c->b->calc, claimed, f->value) >= 0)
            continue;
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_OVA_CLAIM);
        nvbi_check_word(out, 0, x->id);
        nvbi_check_number(c, out, 1, claimed);
        nvbi_check_number(c, out, 2, f->value);
        nvbi_check_path(c, out, x->claimed.path);
        return true;
    }
    return false;
}

/* What a line and the lines below it take: a wage index, an index that does not tell, or none. */
typedef enum wage_found { NO_WAGE, MAYBE_WAGE, WAGE } wage_found;

static wage_found wage_of(const nvbi_checking *c, size_t line, nvb_text *unclear)
{
    wage_found found = NO_WAGE;
    for (uint32_t at = (uint32_t)line; at != NVBI_NO_NAME; at = nvbi_check_leans_on(c, at)) {
        const nvb_buildup *b = &c->p->lines[at].price;
        for (size_t i = 0; i < b->n_steps; i++) {
            const nvb_index *x = nvbi_check_index_of(c, b->steps[i]);
            if (!takes_index(b->steps[i]))
                continue;
            if (x && has_wage(x, b->steps[i]) && !is_short(x))
                return WAGE;
            if (!is_short(x) || (x && x->kind != NVB_COST_KIND_COUNT && x->kind != NVB_WAGE))
                continue;
            found = MAYBE_WAGE;
            *unclear = x ? x->path : b->steps[i]->path;
        }
    }
    return found;
}

static bool is_older(const nvbi_checking *c, size_t line)
{
    int year = nvbi_check_base_year(c, line);
    return year != 0 && year < c->p->year;
}

/* The first line of an older base without a wage index, and the first of which the year of the base
 * cannot be told. */
static void
find_lines(nvbi_checking *c, nvb_check *out, bool *any, size_t *no_year, nvb_text *unclear)
{
    for (size_t i = 0; i < c->p->n_lines; i++) {
        wage_found found = wage_of(c, i, unclear);
        *any |= found != NO_WAGE;
        if (found != NO_WAGE)
            continue;
        bool built_up = c->p->lines[nvbi_check_bottom(c, i)].price.basis.given;
        if (built_up && nvbi_check_base_year(c, i) == 0 && *no_year == c->p->n_lines)
            *no_year = i;
        if (!is_older(c, i))
            continue;
        if (!out->n_paths) {
            nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_OVA_NO_WAGE_INDEX);
            nvbi_check_word(out, 0, c->p->lines[i].code);
            nvbi_check_count(c, out, 1, (size_t)nvbi_check_base_year(c, i));
        }
        nvbi_check_path(c, out, c->p->lines[i].path);
    }
}

void nvbi_rule_ova(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out) || find_discount(c, out) || find_share(c, out) ||
        find_claim(c, out))
        return;
    bool any = false;
    size_t no_year = c->p->n_lines;
    nvb_text unclear = {0};
    find_lines(c, out, &any, &no_year, &unclear);
    if (out->n_paths)
        return;
    if (unclear.s) {
        nvbi_check_set(out, NVB_UNKNOWN, NVB_WHY_OVA_SHORT_FORM);
        nvbi_check_word(out, 0, unclear);
        nvbi_check_path(c, out, unclear);
    } else if (no_year < c->p->n_lines) {
        nvbi_check_set(out, NVB_UNKNOWN, NVB_WHY_YEARS_NOT_STATED);
        nvbi_check_word(out, 0, c->p->lines[no_year].code);
        nvbi_check_path(c, out, c->p->lines[no_year].path);
    } else {
        nvbi_check_set(out, any ? NVB_MET : NVB_NOT_APPLICABLE,
                       any ? NVB_WHY_OVA_FULL : NVB_WHY_OVA_NOTHING_INDEXED);
        for (size_t i = 0; any && i < c->p->n_indices; i++)
            nvbi_check_path(c, out, c->p->indices[i].path);
    }
}

/* --- every year from the base to the contract year --- */

/* The year an index step is for: of its index, else of the step, else the contract year. */
static int year_of(const nvbi_checking *c, const nvb_step *s)
{
    const nvb_index *x = nvbi_check_index_of(c, s);
    if (x && x->year)
        return x->year;
    return s->year ? s->year : c->p->year;
}

static bool year_is_indexed(const nvbi_checking *c, size_t line, int year)
{
    for (uint32_t at = (uint32_t)line; at != NVBI_NO_NAME; at = nvbi_check_leans_on(c, at)) {
        const nvb_buildup *b = &c->p->lines[at].price;
        for (size_t i = 0; i < b->n_steps; i++)
            if (takes_index(b->steps[i]) && year_of(c, b->steps[i]) == year)
                return true;
    }
    return false;
}

/* The first year after the base that is not indexed; 0 when there is none. */
static int first_gap(const nvbi_checking *c, size_t line)
{
    int from = nvbi_check_base_year(c, line) + 1;
    if (from < c->p->year - LONGEST_SPAN)
        from = c->p->year - LONGEST_SPAN;
    for (int year = from; year <= c->p->year; year++)
        if (!year_is_indexed(c, line, year))
            return year;
    return 0;
}

void nvbi_rule_years(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    bool stated = c->p->statement[NVB_ITEM_INDEXATION].s != NULL, gap = false;
    nvbi_check_set(out, NVB_MET, NVB_WHY_YEARS_ALL);
    for (size_t i = 0; i < c->p->n_lines; i++) {
        const nvb_line *l = &c->p->lines[i];
        bool known = nvbi_check_base_year(c, i) != 0;
        int year = known ? first_gap(c, i) : 0;
        if (known && year == 0)
            continue;
        if (stated) {
            nvbi_check_set(out, NVB_MET, NVB_WHY_YEARS_IN_WORDS);
            continue;
        }
        nvbi_check_path(c, out, l->path);
        if (gap || (!known && out->outcome == NVB_UNKNOWN))
            continue;
        gap = known;
        nvbi_check_set(out, known ? NVB_NOT_MET : NVB_UNKNOWN,
                       known ? NVB_WHY_YEARS_GAP : NVB_WHY_YEARS_NOT_STATED);
        nvbi_check_word(out, 0, l->code);
        if (!known)
            continue;
        nvbi_check_count(c, out, 1, (size_t)nvbi_check_base_year(c, i));
        nvbi_check_count(c, out, 2, (size_t)year);
    }
    if (!out->n_paths)
        nvbi_check_path(c, out,
                        stated ? NVB_TEXT("/toelichting/indexatie") : NVB_TEXT("/prestaties"));
}

/* --- nacalculatie over the year before --- */

/* Every component says what the year before was corrected by; a correction of another year does not
 * count. */
static bool after_is_stated(const nvbi_checking *c, const nvb_index *x)
{
    for (size_t i = 0; i < x->n_components; i++) {
        const nvb_component *part = &x->components[i];
        bool corrected = nvb_input_given(&part->last_definitive);
        bool other_year = corrected && part->last_year && part->last_year != c->p->year - 1;
        if (other_year || (!corrected && !nvb_input_given(&part->after)))
            return false;
    }
    return x->n_components > 0;
}

/* What a line and the lines below it say about the correction of the year before. */
typedef struct after_found {
    const nvb_step *handled; /* an index with it, or a step of soort nacalculatie over that year */
    const nvb_step *bare;    /* an index of the contract year that does not say */
} after_found;

static after_found after_of(const nvbi_checking *c, size_t line)
{
    after_found found = {NULL, NULL};
    for (uint32_t at = (uint32_t)line; at != NVBI_NO_NAME; at = nvbi_check_leans_on(c, at)) {
        const nvb_buildup *b = &c->p->lines[at].price;
        for (size_t i = 0; i < b->n_steps; i++) {
            const nvb_step *s = b->steps[i];
            const nvb_index *x = nvbi_check_index_of(c, s);
            bool of_year = takes_index(s) && year_of(c, s) == c->p->year;
            bool counts = !s->condition || s->condition->met;
            bool corrects = s->kind == NVB_STEP_AFTER && counts && s->year == c->p->year - 1;
            if (corrects || (of_year && x && after_is_stated(c, x)))
                found.handled = s;
            else if (of_year && !found.bare)
                found.bare = s;
        }
    }
    return found;
}

void nvbi_rule_after(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    const nvb_step *handled = NULL, *bare = NULL;
    for (size_t i = 0; i < c->p->n_lines; i++) {
        after_found found = after_of(c, i);
        if (found.handled)
            handled = found.handled;
        else if (found.bare && !bare)
            bare = found.bare;
    }
    nvbi_check_count(c, out, 1, (size_t)(c->p->year - 1));
    if (!handled && !bare)
        nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_AFTER_NONE);
    else if (!bare) {
        nvbi_check_set(out, NVB_MET, NVB_WHY_AFTER_HANDLED);
        nvbi_check_count(c, out, 0, (size_t)(c->p->year - 1));
        nvbi_check_path(c, out, handled->path);
    } else if (c->p->statement[NVB_ITEM_INDEXATION].s) {
        nvbi_check_set(out, NVB_MET, NVB_WHY_AFTER_IN_WORDS);
        nvbi_check_path(c, out, NVB_TEXT("/toelichting/indexatie"));
    } else {
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_AFTER_NOT_STATED);
        nvbi_check_word(out, 0, bare->index.s ? bare->index : bare->id);
        nvbi_check_path(c, out, bare->path);
    }
}

/* --- our own norm: no index twice over one base --- */

/* The line, from this one down, that took index `id` before step `k` of `line` does; NVBI_NO_NAME
 * when none did. */
static uint32_t taken_before(const nvbi_checking *c, size_t line, size_t k, nvb_text id)
{
    size_t end = k;
    for (uint32_t at = (uint32_t)line; at != NVBI_NO_NAME; at = nvbi_check_leans_on(c, at)) {
        const nvb_buildup *b = &c->p->lines[at].price;
        if (at != line)
            end = b->n_steps;
        for (size_t i = 0; i < end; i++)
            if (takes_index(b->steps[i]) && b->steps[i]->index.s &&
                nvb_text_equal(b->steps[i]->index, id))
                return at;
    }
    return NVBI_NO_NAME;
}

/* The base of a line is an NZa tariff of the contract year: the index of that year is in it (model
 * section 7). */
static bool index_is_in_base(const nvbi_checking *c, size_t line)
{
    const nvb_basis *b = &c->p->lines[nvbi_check_bottom(c, line)].price.basis;
    return b->given && (b->kind == NVB_NZA_TARIFF || b->kind == NVB_NZA_MAXIMUM) &&
           b->year == c->p->year;
}

static void check_once(nvbi_checking *c, nvb_check *out, size_t line, size_t k)
{
    const nvb_step *s = c->p->lines[line].price.steps[k];
    if (!takes_index(s))
        return;
    uint32_t before = s->index.s ? taken_before(c, line, k, s->index) : NVBI_NO_NAME;
    bool in_base = year_of(c, s) == c->p->year && index_is_in_base(c, line);
    if (before == NVBI_NO_NAME && !in_base)
        return;
    if (!out->n_paths) {
        nvbi_check_set(out, NVB_NOT_MET,
                       before != NVBI_NO_NAME ? NVB_WHY_INDEX_TWICE : NVB_WHY_INDEX_IN_BASE);
        nvbi_check_word(out, 0, c->p->lines[line].code);
        nvbi_check_word(out, 1, s->index.s ? s->index : s->id);
        if (before != NVBI_NO_NAME)
            nvbi_check_word(out, 2, c->p->lines[before].code);
    }
    nvbi_check_path(c, out, c->p->lines[line].path);
}

void nvbi_rule_index_once(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    nvbi_check_set(out, NVB_MET, NVB_WHY_INDEX_ONCE);
    for (size_t i = 0; i < c->p->n_lines; i++)
        for (size_t k = 0; k < c->p->lines[i].price.n_steps; k++)
            check_once(c, out, i, k);
    if (!out->n_paths)
        nvbi_check_path(c, out, NVB_TEXT("/prestaties"));
}
