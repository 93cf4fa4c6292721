/*
 * rules_index.c: is the wage index in it, in full; are all years indexed; is last year's
 * nacalculatie handled; is no index taken twice. Handvatten richtsnoer 7 and 4.7.1. Pass-through is
 * negotiable: what is flagged is what is not explained.
 */
#include "checks.h"

enum { LONGEST_SPAN = 200 }; /* years looked at between a base and the contract year */

static bool has_wage(const nvb_index *x)
{
    for (size_t i = 0; i < x->n_components; i++)
        if (x->components[i].kind == NVB_WAGE)
            return true;
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

/* A discount taken over index steps and nothing else is a discount on the index. */
static bool discounts_index(const nvb_buildup *b, const nvb_step *s)
{
    if (s->kind != NVB_STEP_DISCOUNT || s->over.kind != NVB_OVER_FIGURES || s->over.with_base)
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
        if (!discounts_index(b, f->step))
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
        if (s->kind != NVB_STEP_INDEX || !partly || !x || !has_wage(x))
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
            if (b->steps[i]->kind != NVB_STEP_INDEX)
                continue;
            if (x && has_wage(x) && !is_short(x))
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

void nvbi_rule_ova(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out) || find_discount(c, out) || find_share(c, out) ||
        find_claim(c, out))
        return;
    bool any = false;
    nvb_text unclear = {0};
    for (size_t i = 0; i < c->p->n_lines; i++) {
        wage_found found = wage_of(c, i, &unclear);
        any |= found != NO_WAGE;
        if (found != NO_WAGE || !is_older(c, i))
            continue;
        if (!out->n_paths) {
            nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_OVA_NO_WAGE_INDEX);
            nvbi_check_word(out, 0, c->p->lines[i].code);
            nvbi_check_count(c, out, 1, (size_t)nvbi_check_base_year(c, i));
        }
        nvbi_check_path(c, out, c->p->lines[i].path);
    }
    if (out->n_paths)
        return;
    if (unclear.s) {
        nvbi_check_set(out, NVB_UNKNOWN, NVB_WHY_OVA_SHORT_FORM);
        nvbi_check_word(out, 0, unclear);
        nvbi_check_path(c, out, unclear);
    } else
        nvbi_check_set(out, any ? NVB_MET : NVB_NOT_APPLICABLE,
                       any ? NVB_WHY_OVA_FULL : NVB_WHY_OVA_NOTHING_INDEXED);
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
            if (b->steps[i]->kind == NVB_STEP_INDEX && year_of(c, b->steps[i]) == year)
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

/* Every component says what the year before was corrected by; a correction of another year does not count. */
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
            bool of_year = s->kind == NVB_STEP_INDEX && year_of(c, s) == c->p->year;
            bool corrects = s->kind == NVB_STEP_AFTER && s->year == c->p->year - 1;
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

/* The line below `line` that already takes index `id`, or NVBI_NO_NAME. */
static uint32_t taken_below(const nvbi_checking *c, size_t line, nvb_text id)
{
    for (uint32_t at = nvbi_check_leans_on(c, line); at != NVBI_NO_NAME;
         at = nvbi_check_leans_on(c, at)) {
        const nvb_buildup *b = &c->p->lines[at].price;
        for (size_t i = 0; i < b->n_steps; i++)
            if (b->steps[i]->index.s && nvb_text_equal(b->steps[i]->index, id))
                return at;
    }
    return NVBI_NO_NAME;
}

void nvbi_rule_index_once(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    nvbi_check_set(out, NVB_MET, NVB_WHY_INDEX_ONCE);
    for (size_t i = 0; i < c->p->n_lines; i++) {
        const nvb_buildup *b = &c->p->lines[i].price;
        for (size_t k = 0; k < b->n_steps && b->basis.line.s; k++) {
            uint32_t below =
                b->steps[k]->index.s ? taken_below(c, i, b->steps[k]->index) : NVBI_NO_NAME;
            if (below == NVBI_NO_NAME)
                continue;
            if (!out->n_paths) {
                nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_INDEX_TWICE);
                nvbi_check_word(out, 0, c->p->lines[i].code);
                nvbi_check_word(out, 1, b->steps[k]->index);
                nvbi_check_word(out, 2, c->p->lines[below].code);
            }
            nvbi_check_path(c, out, c->p->lines[i].path);
        }
    }
}
