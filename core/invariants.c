/*
 * invariants.c: see invariants.h. Three laws, each exactly: base + steps + limit + rounding =
 * tariff; parts of a step add up to the step; turnovers + cuts = total. Written apart from the
 * engine's own sums, so that a slip there shows.
 */
#include "invariants.h"

#include <stdio.h>
#include <stdlib.h>

static void must_be(const nvb_breakdown *b, bool holds, const char *law, const nvb_figure *at)
{
    if (holds)
        return;
    fprintf(stderr, "navolgbaar: invariant broken: %s at %.*s\n", law, (int)at->path.n, at->path.s);
    (void)b;
    abort();
}

static nvb_num value_or_zero(const nvb_breakdown *b, uint32_t figure)
{
    return figure == NVB_NO_FIGURE ? nvb_num_int(0) : nvbi_figure_at(b, figure)->value;
}

static void check_lines(const nvb_breakdown *b)
{
    for (size_t i = 0; i < b->proposal->n_lines; i++) {
        const nvb_line_figures *l = &b->lines[i];
        if (l->tariff == NVB_NO_FIGURE || l->basis == NVB_NO_FIGURE)
            continue;
        nvb_num sum = value_or_zero(b, l->basis);
        for (size_t k = 0; k < b->proposal->lines[i].price.n_steps; k++)
            sum = nvb_num_add(b->calc, sum, value_or_zero(b, l->steps[k]));
        sum = nvb_num_add(b->calc, sum, value_or_zero(b, l->limit));
        sum = nvb_num_add(b->calc, sum, value_or_zero(b, l->rounding));
        const nvb_figure *tariff = nvbi_figure_at(b, l->tariff);
        must_be(b, nvb_num_cmp(b->calc, sum, tariff->value) == 0,
                "base + steps + limit + rounding = tariff", tariff);
    }
}

static void check_parts(const nvb_breakdown *b)
{
    for (uint32_t i = 0; i < b->n; i++) {
        const nvb_figure *step = nvbi_figure_at(b, i);
        if (step->kind != NVB_FIG_STEP)
            continue;
        nvb_num sum = nvb_num_int(0);
        bool any = false;
        for (uint32_t k = i + 1; k < b->n && nvbi_figure_at(b, k)->parent == i; k++) {
            const nvb_figure *part = nvbi_figure_at(b, k);
            any |= part->is_part;
            if (part->is_part)
                sum = nvb_num_add(b->calc, sum, part->value);
        }
        must_be(b, !any || nvb_num_cmp(b->calc, sum, step->value) == 0, "parts = step", step);
    }
}

static void check_total(const nvb_breakdown *b)
{
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; i < b->proposal->n_lines; i++)
        sum = nvb_num_add(b->calc, sum, value_or_zero(b, b->lines[i].turnover));
    for (size_t i = 0; i < b->proposal->n_ceilings; i++)
        sum = nvb_num_add(b->calc, sum, value_or_zero(b, b->cuts[i]));
    const nvb_figure *total = nvbi_figure_at(b, b->total);
    must_be(b, nvb_num_cmp(b->calc, sum, total->value) == 0, "turnovers + cuts = total", total);
}

/* A figure never comes before what it was computed from. */
static void check_order(const nvb_breakdown *b)
{
    for (uint32_t i = 0; i < b->n; i++) {
        const nvb_figure *f = nvbi_figure_at(b, i);
        for (uint32_t t = 0; t < f->n_terms; t++)
            for (uint32_t k = 0; k < f->terms[t].n_from; k++)
                must_be(b, f->terms[t].from[k] < i, "origins come first", f);
    }
}

void nvbi_invariants_check(const nvb_breakdown *b)
{
    check_lines(b);
    check_parts(b);
    check_total(b);
    check_order(b);
}
