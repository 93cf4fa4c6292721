/*
 * engine_parts.c: what a step on an index with components is made of: per component its
 * nacalculatie and its voorlopig, then what method or rounding of the index leaves over, then the
 * step's own rounding. Model section 4. The parts add up to the step exactly.
 */
#include "engine.h"

static const char OF_STEPS[] = "/stappen";

nvb_figure *nvbi_step_figure(nvbi_engine *e,
                             const nvbi_step_work *w,
                             nvb_figure_kind kind,
                             nvb_unit unit,
                             const char *suffix)
{
    nvb_figure *f =
        nvbi_figure_add(e, kind, unit, w->s->path, OF_STEPS, nvbi_path_last(w->step->path));
    if (*suffix)
        f->path = nvbi_arena_join(&e->b->arena, f->path, suffix);
    f->line = w->s->line;
    f->ceiling = w->s->ceiling;
    f->step = w->step;
    f->index = w->index ? w->index->index : NULL;
    return f;
}

static nvb_figure *add_part(nvbi_engine *e,
                            const nvbi_step_work *w,
                            nvb_figure_kind kind,
                            const nvb_component *c,
                            const nvb_figure *of)
{
    nvb_figure *f = nvbi_step_figure(e, w, kind, NVB_EUR, "");
    nvbi_arena *a = &e->b->arena;
    if (c) {
        nvb_text last = nvbi_path_last(c->path);
        f->path = nvbi_arena_join(a, nvbi_arena_join(a, f->path, "/"), last.s);
    }
    static const char *const suffix[] = {"/nacalculatie", "/voorlopig", "/rest", "/afronding"};
    f->path = nvbi_arena_join(a, f->path, suffix[kind - NVB_FIG_PART_AFTER]);
    f->component = c;
    f->parent = of->number;
    f->items = of->items;
    return f;
}

/* g x w [x share] x term, as terms: the base of the step first. */
static size_t part_terms(
    nvbi_engine *e, const nvbi_step_work *w, const nvb_figure *of, nvb_figure *f, size_t more)
{
    size_t shared = nvb_input_given(&w->step->share) ? 1 : 0;
    size_t n_over = of->n_terms;
    for (size_t i = 0; i < of->n_terms; i++)
        if (of->terms[i].symbol == w->rate_term.symbol && of->terms[i].op == NVB_TIMES) {
            n_over = i;
            break;
        }
    nvb_term *t = nvbi_terms(e, f, n_over + shared + more);
    if (!t)
        return 0;
    memcpy(t, of->terms, n_over * sizeof *t);
    if (shared)
        t[n_over] = nvbi_term_input(NVB_TIMES, NVB_SYM_SHARE, NVB_PERCENT, &w->step->share);
    return n_over + shared;
}

static nvb_term weight_term(const nvbi_step_work *w, size_t i)
{
    const nvb_component *c = &w->index->index->components[i];
    nvb_term t = nvbi_term_constant(NVB_TIMES, NVB_SYM_WEIGHT, NVB_PERCENT, w->weights[i]);
    t.name = c->id;
    t.path = c->share.path;
    for (size_t k = 0; k < w->step->n_own_shares; k++)
        if (nvb_text_equal(w->step->own_shares[k].component, c->id))
            t.path = w->step->own_shares[k].share.path;
    return t;
}

static nvb_num
component_parts(nvbi_engine *e, const nvbi_step_work *w, const nvb_figure *of, size_t i, nvb_num g)
{
    const nvb_component *c = &w->index->index->components[i];
    const nvbi_index_part *p = &w->index->parts[i];
    nvb_num gw = nvb_num_mul(e->calc, g, w->weights[i]);
    nvb_term n =
        nvbi_term_figure(e, NVB_TIMES, NVB_SYM_AFTER, NVB_PERCENT, p->after, p->after_figure);
    n.name = c->id;

    nvb_figure *after = add_part(e, w, NVB_FIG_PART_AFTER, c, of);
    after->is_part = true;
    after->value = nvb_num_mul(e->calc, gw, p->after);
    size_t k = part_terms(e, w, of, after, 2);
    if (after->n_terms) {
        nvb_term *t = after->terms;
        t[k] = weight_term(w, i);
        t[k + 1] = n;
    }
    nvb_figure *now = add_part(e, w, NVB_FIG_PART_PROVISIONAL, c, of);
    now->is_part = true;
    bool times = w->index->index->combination == NVB_MULTIPLIED;
    nvb_num grown = times ? nvb_num_add(e->calc, nvb_num_int(1), p->after) : nvb_num_int(1);
    now->value = nvb_num_mul(e->calc, nvb_num_mul(e->calc, gw, p->provisional), grown);
    k = part_terms(e, w, of, now, times ? 4 : 2);
    if (now->n_terms) {
        nvb_term *t = now->terms;
        t[k] = weight_term(w, i);
        t[k + 1] = nvbi_term_input(NVB_TIMES, NVB_SYM_PROVISIONAL, NVB_PERCENT, &c->provisional);
        t[k + 1].name = c->id;
        if (times) {
            t[k + 2] = nvbi_term_constant(NVB_TIMES, NVB_SYM_NUMBER, NVB_UNITS, nvb_num_int(1));
            t[k + 2].open = 1;
            t[k + 3] = n;
            t[k + 3].op = NVB_PLUS;
            t[k + 3].close = 1;
        }
    }
    return nvb_num_add(e->calc, after->value, now->value);
}

/* Unrounded figure of the step minus the parts of its components. */
static void rest_part(
    nvbi_engine *e, const nvbi_step_work *w, const nvb_figure *of, uint32_t first, nvb_num parts)
{
    nvb_num rest = nvb_num_sub(e->calc, w->raw, parts);
    if (nvb_num_sign(rest) == 0)
        return;
    const nvb_index *x = w->index->index;
    uint32_t end = e->b->n;
    nvb_figure *f = add_part(e, w, NVB_FIG_PART_REST, NULL, of);
    f->is_part = true;
    f->value = rest;
    if (x->round_component != NVB_UNROUNDED || x->round_weighted != NVB_UNROUNDED ||
        x->round_total != NVB_UNROUNDED)
        f->cause |= NVB_CAUSE_ROUNDING;
    if (x->weighting == NVB_PER_TERM && x->combination == NVB_MULTIPLIED)
        f->cause |= NVB_CAUSE_METHOD;
    nvb_term *t = nvbi_terms(e, f, 1 + (end - first));
    if (!t)
        return;
    t[0] =
        nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_STEP_UNROUNDED, NVB_EUR, w->raw, of->number);
    t[0].name = w->step->id;
    for (uint32_t k = first; k < end; k++) {
        const nvb_figure *part = nvbi_figure_at(e->b, k);
        nvb_symbol symbol =
            part->kind == NVB_FIG_PART_AFTER ? NVB_SYM_PART_AFTER : NVB_SYM_PART_PROVISIONAL;
        t[1 + k - first] = nvbi_term_figure(e, NVB_MINUS, symbol, NVB_EUR, part->value, k);
        t[1 + k - first].name = part->component->id;
    }
}

static void rounding_part(nvbi_engine *e, const nvbi_step_work *w, const nvb_figure *of)
{
    nvb_num moved = nvb_num_sub(e->calc, w->figure, w->raw);
    if (!of->rounded || nvb_num_sign(moved) == 0)
        return;
    nvb_figure *f = add_part(e, w, NVB_FIG_PART_ROUNDING, NULL, of);
    f->is_part = w->index && w->index->index->n_components;
    f->value = moved;
    bool of_stand = of->rounded->what == NVB_ROUNDED_STAND;
    nvb_term *t = nvbi_terms(e, f, 2);
    if (!t)
        return;
    t[0] = nvbi_term_figure(e, NVB_NO_OPERATOR, of_stand ? NVB_SYM_STAND_ROUNDED : NVB_SYM_ROUNDED,
                            NVB_EUR, of->rounded->after, of->number);
    t[1] = nvbi_term_constant(NVB_MINUS, of_stand ? NVB_SYM_STAND : NVB_SYM_STEP_UNROUNDED, NVB_EUR,
                              of->rounded->before);
    t[1].name = of_stand ? (nvb_text){0} : w->step->id;
}

void nvbi_step_parts(nvbi_engine *e, const nvbi_step_work *w, const nvb_figure *of)
{
    if (w->index && w->index->index->n_components) {
        nvb_num g = w->over, parts = nvb_num_int(0);
        if (nvb_input_given(&w->step->share))
            g = nvb_num_mul(e->calc, g, w->step->share.value);
        uint32_t first = e->b->n;
        for (size_t i = 0; i < w->index->index->n_components; i++)
            parts = nvb_num_add(e->calc, parts, component_parts(e, w, of, i, g));
        rest_part(e, w, of, first, parts);
    }
    rounding_part(e, w, of);
}
