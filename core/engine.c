/*
 * engine.c: walks a proposal in calculation order and lets each part of the engine add its figures.
 * Order: indices, lines (a line it leans on goes first), groups, ceilings, effective tariffs,
 * totals. It rounds nothing and computes nothing itself.
 */
#include "engine.h"
#include "invariants.h"

#include <stdlib.h>

static bool prepare_names(nvbi_engine *e)
{
    const nvb_proposal *p = e->p;
    nvbi_arena *a = &e->b->arena;
    if (!nvbi_names_init(&e->index_names, a, p->n_indices) ||
        !nvbi_names_init(&e->line_names, a, p->n_lines) ||
        !nvbi_names_init(&e->group_names, a, p->n_groups) ||
        !nvbi_names_init(&e->fact_names, a, p->n_facts))
        return false;
    for (size_t i = 0; i < p->n_indices; i++)
        nvbi_names_add(&e->index_names, p->indices[i].id, (uint32_t)i);
    for (size_t i = 0; i < p->n_lines; i++)
        nvbi_names_add(&e->line_names, p->lines[i].code, (uint32_t)i);
    for (size_t i = 0; i < p->n_groups; i++)
        nvbi_names_add(&e->group_names, p->groups[i].id, (uint32_t)i);
    for (size_t i = 0; i < p->n_facts; i++)
        nvbi_names_add(&e->fact_names, p->facts[i].id, (uint32_t)i);
    return true;
}

static uint32_t *no_figures(nvbi_engine *e, size_t n)
{
    uint32_t *list = nvbi_arena_alloc(&e->b->arena, (n + 1) * sizeof *list);
    for (size_t i = 0; list && i < n; i++)
        list[i] = NVB_NO_FIGURE;
    return list;
}

static bool prepare(nvbi_engine *e)
{
    nvb_breakdown *b = e->b;
    const nvb_proposal *p = e->p;
    b->lines = NVBI_NEW(&b->arena, nvb_line_figures, p->n_lines + 1);
    b->cuts = no_figures(e, p->n_ceilings);
    b->ceiling_amounts = no_figures(e, p->n_ceilings);
    b->indices = no_figures(e, p->n_indices);
    b->groups = no_figures(e, p->n_groups);
    e->indices = NVBI_NEW(&b->arena, nvbi_index_work, p->n_indices + 1);
    return !b->arena.failed && e->indices && nvbi_figures_room(b) && prepare_names(e);
}

static void run_line(nvbi_engine *e, size_t i)
{
    const nvb_line *line = &e->p->lines[i];
    nvb_line_figures *out = &e->b->lines[i];
    out->first = e->b->n;
    if (e->b->bare)
        nvbi_arena_clear(&e->b->formulas);
    nvbi_built built = nvbi_price_run(e, &line->price, line, NULL);
    out->basis = built.basis;
    out->limit = built.limit;
    out->unrounded = built.unrounded;
    out->rounding = built.rounding;
    out->tariff = built.amount;
    out->steps = built.steps;
    nvbi_volume_run(e, line, out);
    out->effective = NVB_NO_FIGURE;
    out->end = e->b->n;
    nvbi_engine_watch(e, line->path);
}

/* A line after the lines it leans on. The chain is at most 16 long and has no circle: validated. */
static void run_line_after_its_base(nvbi_engine *e, size_t i)
{
    enum { DEEPEST = 16 };
    size_t chain[DEEPEST + 1];
    size_t n = 0;
    while (n <= DEEPEST && e->b->lines[i].end == 0) {
        chain[n++] = i;
        uint32_t base = nvbi_names_find(&e->line_names, e->p->lines[i].price.basis.line);
        if (base == NVBI_NO_NAME)
            break;
        i = base;
    }
    while (n > 0 && !e->failed)
        run_line(e, chain[--n]);
}

/* What the figures of a bare breakdown still point to is about to go. */
static void forget_formulas(nvb_breakdown *b)
{
    for (uint32_t i = 0; i < b->n; i++) {
        nvbi_figure_at(b, i)->terms = NULL;
        nvbi_figure_at(b, i)->n_terms = 0;
    }
    nvbi_arena_release(&b->formulas);
}

static void run(nvbi_engine *e)
{
    /* Number 0 is taken from the figures of lines, so that `end == 0` means "not yet". */
    for (size_t i = 0; i < e->p->n_indices && !e->failed; i++)
        nvbi_index_run(e, i);
    for (size_t i = 0; i < e->p->n_lines && !e->failed; i++)
        run_line_after_its_base(e, i);
    if (!e->failed)
        nvbi_total_run(e);
    nvbi_engine_watch(e, NVB_TEXT(""));
}

bool nvb_breakdown_renew(nvb_breakdown *b, const nvb_proposal *proposal, nvb_diag *diag)
{
    nvbi_breakdown_clear(b);
    b->proposal = proposal;
    nvbi_engine e = {.p = proposal, .b = b, .calc = b->calc, .diag = diag};
    if (prepare(&e))
        run(&e);
    else
        e.failed = true;
    if (b->bare)
        forget_formulas(b);
    if (e.failed || b->arena.failed) {
        nvbi_breakdown_clear(b);
        return false;
    }
#ifdef NVB_CHECK_INVARIANTS
    nvbi_invariants_check(b);
#endif
    return true;
}

nvb_breakdown *
nvb_breakdown_new(const nvb_proposal *proposal, const nvb_engine_options *options, nvb_diag *diag)
{
    nvb_breakdown *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    nvbi_arena_init(&b->arena);
    nvbi_arena_init(&b->formulas);
    b->bare = options && options->bare;
    b->calc = nvb_calc_new(options && options->mpfr_only ? NVB_CALC_MPFR_ONLY : 0);
    if (b->calc && nvb_breakdown_renew(b, proposal, diag))
        return b;
    nvb_breakdown_free(b);
    return NULL;
}
