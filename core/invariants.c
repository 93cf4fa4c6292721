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

/* --- comparisons and chains: every bridge adds up, exactly and as printed --- */

static void must_equal(nvb_calc *calc, nvb_num a, nvb_num b, const char *law, nvb_text where)
{
    const nvb_figure at = {.path = where};
    must_be(NULL, nvb_num_cmp(calc, a, b) == 0, law, &at);
}

/* `printed`: what the items are together as printed. */
static void check_bridge(nvb_calc *calc, const nvb_bridge *bridge, nvb_num printed, nvb_text where)
{
    nvb_num exact = bridge->from, cents = nvb_num_int(0);
    for (size_t i = 0; i < bridge->n; i++) {
        exact = nvb_num_add(calc, exact, bridge->items[i].amount);
        cents = nvb_num_add(calc, cents, bridge->items[i].printed);
    }
    must_equal(calc, exact, bridge->to, "a bridge adds up", where);
    must_equal(calc, cents, printed, "a bridge adds up as printed", where);
}

static nvb_num rounded(nvb_calc *calc, const nvb_bridge *b)
{
    return nvb_num_round(calc, b->difference, 2, NVB_ARITHMETIC);
}

/* A total, and the causes that stand below its price effect. */
static void check_totals(nvb_calc *calc, const nvb_bridge *total, const nvb_bridge *causes)
{
    nvb_num exact = nvb_num_int(0), printed = nvb_num_int(0);
    for (size_t i = 0; i < total->n; i++)
        if (total->items[i].kind == NVB_BRIDGE_PRICE) {
            exact = total->items[i].amount;
            printed = total->items[i].printed;
        }
    check_bridge(calc, total, rounded(calc, total), NVB_TEXT("/totaal"));
    must_equal(calc, causes->to, exact, "causes make up the price effect", NVB_TEXT("/totaal"));
    check_bridge(calc, causes, printed, NVB_TEXT("/totaal/oorzaken"));
}

static void check_pair(nvb_calc *calc, const nvb_pair *p, nvb_num *shares)
{
    nvb_num weight = nvb_num_int(0), effect = p->price;
    for (size_t k = 0; k < p->n_old; k++) {
        nvb_num *share = &shares[p->old[k].number];
        weight = nvb_num_add(calc, weight, p->old[k].weight);
        *share = nvb_num_add(calc, *share, p->old[k].share);
    }
    effect = nvb_num_add(calc, nvb_num_add(calc, effect, p->volume),
                         nvb_num_add(calc, p->tiers, p->rounding));
    if (p->n_old)
        must_equal(calc, weight, nvb_num_int(1), "weights add up to one", p->code);
    if (p->n_old && p->new_line)
        must_equal(calc, effect, p->effect, "price + volume + tiers + rounding = effect", p->code);
    check_bridge(calc, &p->tariff, rounded(calc, &p->tariff), p->code);
}

void nvbi_invariants_compare(const nvb_comparison *c)
{
    nvb_num *shares = calloc(c->old->n_lines + 1, sizeof *shares);
    if (!shares)
        return; /* nothing was checked, nothing is wrong */
    for (size_t i = 0; i < c->n_pairs; i++)
        check_pair(c->calc, &c->pairs[i], shares);
    for (size_t i = 0; i < c->old->n_lines; i++)
        must_equal(c->calc, shares[i], nvb_num_int(1), "shares add up to one",
                   c->old->lines[i].code);
    for (size_t i = 0; i < c->n_mixes; i++)
        must_equal(c->calc, nvb_num_add(c->calc, c->mixes[i].quantity, c->mixes[i].mix),
                   c->mixes[i].volume, "quantity + mix = volume", c->mixes[i].group);
    check_totals(c->calc, &c->total, &c->causes);
    free(shares);
}

void nvbi_invariants_chain(const nvb_chain *c)
{
    nvb_calc *calc = nvb_chain_calc(c);
    for (size_t i = 0; i < nvb_chain_traces(c); i++) {
        const nvb_trace *t = nvb_chain_trace(c, i);
        check_bridge(calc, &t->bridge, rounded(calc, &t->bridge), t->code);
    }
    check_totals(calc, nvb_chain_total(c), nvb_chain_causes(c));
}

void nvbi_invariants_check(const nvb_breakdown *b)
{
    check_lines(b);
    check_parts(b);
    check_total(b);
    check_order(b);
}
