/*
 * engine_index.c: an index from its components: nacalculatie, combination, weighting, each with its
 * declared rounding. Model section 3. Values are fractions inside (0.063) and percent in figures
 * (6.3).
 */
#include "engine.h"

static nvb_num percent(nvbi_engine *e, nvb_num fraction)
{
    return nvb_num_shift(e->calc, fraction, 2);
}

/* Rounds the percentage to `decimals` when the document says so; notes it on the figure, if there
 * is one. */
static nvb_num round_percentage(nvbi_engine *e, nvb_figure *f, nvb_num fraction, int decimals)
{
    if (decimals == NVB_UNROUNDED)
        return fraction;
    nvb_num p = percent(e, fraction);
    p = f ? nvbi_figure_round(e, f, p, (unsigned)decimals, NVB_ARITHMETIC, NVB_ROUNDED_FIGURE)
          : nvb_num_round(e->calc, p, (unsigned)decimals, NVB_ARITHMETIC);
    return nvb_num_shift(e->calc, p, -2);
}

/* C(n, v) of the method. */
static nvb_num combine(nvbi_engine *e, nvb_combination how, nvb_num n, nvb_num v)
{
    nvb_num sum = nvb_num_add(e->calc, n, v);
    if (how == NVB_ADDED)
        return sum;
    return nvb_num_add(e->calc, sum, nvb_num_mul(e->calc, n, v));
}

/* The terms of C(n, v), where n and v are given as terms without operator. */
static void
combine_terms(nvbi_engine *e, nvb_figure *f, nvb_combination how, nvb_term n, nvb_term v)
{
    nvb_num one = nvb_num_int(1);
    if (how == NVB_ADDED) {
        nvb_term *t = nvbi_terms(e, f, 2);
        if (!t)
            return;
        t[0] = n;
        t[1] = v;
        t[1].op = NVB_PLUS;
        return;
    }
    nvb_term *t = nvbi_terms(e, f, 5);
    if (!t)
        return;
    t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_NUMBER, NVB_UNITS, one);
    t[0].open = 1;
    t[1] = n;
    t[1].op = NVB_PLUS;
    t[1].close = 1;
    t[2] = nvbi_term_constant(NVB_TIMES, NVB_SYM_NUMBER, NVB_UNITS, one);
    t[2].open = 1;
    t[3] = v;
    t[3].op = NVB_PLUS;
    t[3].close = 1;
    t[4] = nvbi_term_constant(NVB_MINUS, NVB_SYM_NUMBER, NVB_UNITS, one);
}

static nvb_term named(nvb_term t, nvb_text name)
{
    t.name = name;
    return t;
}

/* n by ratio: (1 + d) / (1 + p) - 1. A p of -100% was refused by validation. */
static nvb_num ratio(nvbi_engine *e, nvb_figure *f, const nvb_component *c)
{
    nvb_num one = nvb_num_int(1);
    nvb_num up = nvb_num_add(e->calc, one, c->last_definitive.value);
    nvb_num down = nvb_num_add(e->calc, one, c->last_provisional.value);
    nvb_term *t = nvbi_terms(e, f, 5);
    if (t) {
        t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_NUMBER, NVB_UNITS, one);
        t[0].open = 1;
        t[1] = nvbi_term_input(NVB_PLUS, NVB_SYM_LAST_DEFINITIVE, NVB_PERCENT, &c->last_definitive);
        t[1].close = 1;
        t[2] = nvbi_term_constant(NVB_DIVIDED, NVB_SYM_NUMBER, NVB_UNITS, one);
        t[2].open = 1;
        t[3] =
            nvbi_term_input(NVB_PLUS, NVB_SYM_LAST_PROVISIONAL, NVB_PERCENT, &c->last_provisional);
        t[3].close = 1;
        t[4] = nvbi_term_constant(NVB_MINUS, NVB_SYM_NUMBER, NVB_UNITS, one);
    }
    return nvb_num_sub(e->calc, nvb_num_div(e->calc, up, down), one);
}

static nvb_num difference(nvbi_engine *e, nvb_figure *f, const nvb_component *c)
{
    nvb_term *t = nvbi_terms(e, f, 2);
    if (t) {
        t[0] = nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_LAST_DEFINITIVE, NVB_PERCENT,
                               &c->last_definitive);
        t[1] =
            nvbi_term_input(NVB_MINUS, NVB_SYM_LAST_PROVISIONAL, NVB_PERCENT, &c->last_provisional);
    }
    return nvb_num_sub(e->calc, c->last_definitive.value, c->last_provisional.value);
}

static nvb_num
after_value(nvbi_engine *e, nvb_figure *f, const nvb_index *x, const nvb_component *c)
{
    if (nvb_input_given(&c->last_definitive))
        return x->after_method == NVB_RATIO ? ratio(e, f, c) : difference(e, f, c);
    nvb_term *t = nvbi_terms(e, f, 1);
    nvb_num given = nvb_input_given(&c->after) ? c->after.value : nvb_num_int(0);
    if (t)
        t[0] = nvb_input_given(&c->after)
                   ? named(nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_AFTER, NVB_PERCENT, &c->after),
                           c->id)
                   : nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_NUMBER, NVB_PERCENT, given);
    return given;
}

static nvb_figure *component_figure(nvbi_engine *e,
                                    const nvb_index *x,
                                    const nvb_component *c,
                                    nvb_figure_kind kind,
                                    const char *suffix)
{
    nvb_figure *f = nvbi_figure_add(e, kind, NVB_PERCENT, x->path, "", nvbi_path_last(c->path));
    if (*suffix)
        f->path = nvbi_arena_join(&e->b->arena, f->path, suffix);
    f->index = x;
    f->component = c;
    f->items = 1U << NVB_ITEM_INDEXATION;
    return f;
}

static nvb_term term_after(nvbi_engine *e, const nvb_component *c, const nvbi_index_part *p)
{
    return named(
        nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_AFTER, NVB_PERCENT, p->after, p->after_figure),
        c->id);
}

static nvb_term term_provisional(const nvb_component *c)
{
    return named(
        nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_PROVISIONAL, NVB_PERCENT, &c->provisional), c->id);
}

static nvb_term term_weight(nvb_operator op, const nvb_component *c, nvb_num weight)
{
    nvb_term t = named(nvbi_term_constant(op, NVB_SYM_WEIGHT, NVB_PERCENT, weight), c->id);
    t.path = c->share.path;
    return t;
}

static void
run_component(nvbi_engine *e, const nvb_index *x, const nvb_component *c, nvbi_index_part *p)
{
    nvb_figure *n = component_figure(e, x, c, NVB_FIG_COMPONENT_AFTER, "/nacalculatie");
    p->after = round_percentage(e, n, after_value(e, n, x, c), x->round_after);
    p->after_figure = n->number;
    n->value = percent(e, p->after);
    p->provisional = c->provisional.value;
    p->weight = nvb_input_given(&c->share) ? c->share.value : nvb_num_int(1);
    p->combined_figure = p->weighted_figure = NVB_NO_FIGURE;
    if (x->weighting == NVB_PER_TERM)
        return;

    nvb_figure *f = component_figure(e, x, c, NVB_FIG_COMPONENT, "");
    p->combined = round_percentage(e, f, combine(e, x->combination, p->after, p->provisional),
                                   x->round_component);
    p->combined_figure = f->number;
    f->value = percent(e, p->combined);
    n->parent = f->number;
    combine_terms(e, f, x->combination, term_after(e, c, p), term_provisional(c));

    nvb_figure *w = component_figure(e, x, c, NVB_FIG_COMPONENT_WEIGHTED, "/gewogen");
    p->weighted =
        round_percentage(e, w, nvb_num_mul(e->calc, p->weight, p->combined), x->round_weighted);
    p->weighted_figure = w->number;
    w->value = percent(e, p->weighted);
    w->parent = f->number;
    nvb_term *t = nvbi_terms(e, w, 2);
    if (!t)
        return;
    t[0] = term_weight(NVB_NO_OPERATOR, c, p->weight);
    t[1] = named(
        nvbi_term_figure(e, NVB_TIMES, NVB_SYM_COMPONENT, NVB_PERCENT, p->combined, f->number),
        c->id);
}

/* N or V: the sum over components of weight x term. */
static nvb_num
run_term(nvbi_engine *e, const nvb_index *x, const nvbi_index_work *w, bool after, uint32_t *figure)
{
    nvb_figure *f =
        nvbi_figure_add(e, after ? NVB_FIG_INDEX_AFTER : NVB_FIG_INDEX_PROVISIONAL, NVB_PERCENT,
                        x->path, after ? "/nacalculatie" : "/voorlopig", (nvb_text){0});
    f->index = x;
    f->items = 1U << NVB_ITEM_INDEXATION;
    nvb_term *t = nvbi_terms(e, f, x->n_components * 2);
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; t && i < x->n_components; i++) {
        const nvbi_index_part *p = &w->parts[i];
        t[2 * i] = term_weight(i ? NVB_PLUS : NVB_NO_OPERATOR, &x->components[i], p->weight);
        t[2 * i + 1] =
            after ? term_after(e, &x->components[i], p) : term_provisional(&x->components[i]);
        t[2 * i + 1].op = NVB_TIMES;
        sum = nvb_num_add(e->calc, sum,
                          nvb_num_mul(e->calc, p->weight, after ? p->after : p->provisional));
    }
    sum = round_percentage(e, f, sum, x->round_weighted);
    f->value = percent(e, sum);
    *figure = f->number;
    return sum;
}

static void total_per_term(nvbi_engine *e, const nvb_index *x, nvbi_index_work *w)
{
    uint32_t n_figure, v_figure;
    nvb_num n = run_term(e, x, w, true, &n_figure);
    nvb_num v = run_term(e, x, w, false, &v_figure);
    nvb_figure *f = nvbi_figure_add(e, NVB_FIG_INDEX, NVB_PERCENT, x->path, "", (nvb_text){0});
    combine_terms(
        e, f, x->combination,
        nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_TOTAL_AFTER, NVB_PERCENT, n, n_figure),
        nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_TOTAL_PROVISIONAL, NVB_PERCENT, v, v_figure));
    w->total = round_percentage(e, f, combine(e, x->combination, n, v), x->round_total);
    w->figure = f->number;
    nvbi_figure_at(e->b, n_figure)->parent = nvbi_figure_at(e->b, v_figure)->parent = f->number;
}

static void total_per_component(nvbi_engine *e, const nvb_index *x, nvbi_index_work *w)
{
    nvb_figure *f = nvbi_figure_add(e, NVB_FIG_INDEX, NVB_PERCENT, x->path, "", (nvb_text){0});
    nvb_term *t = nvbi_terms(e, f, x->n_components);
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; t && i < x->n_components; i++) {
        const nvbi_index_part *p = &w->parts[i];
        t[i] = named(nvbi_term_figure(e, i ? NVB_PLUS : NVB_NO_OPERATOR, NVB_SYM_WEIGHTED,
                                      NVB_PERCENT, p->weighted, p->weighted_figure),
                     x->components[i].id);
        sum = nvb_num_add(e->calc, sum, p->weighted);
    }
    w->total = round_percentage(e, f, sum, x->round_total);
    w->figure = f->number;
}

static void total_short(nvbi_engine *e, const nvb_index *x, nvbi_index_work *w)
{
    nvb_figure *f = nvbi_figure_add(e, NVB_FIG_INDEX, NVB_PERCENT, x->path, "", (nvb_text){0});
    nvb_term *t = nvbi_terms(e, f, 1);
    if (t)
        t[0] = nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_PERCENTAGE, NVB_PERCENT, &x->percentage);
    w->total = x->percentage.value;
    w->figure = f->number;
}

void nvbi_index_run(nvbi_engine *e, size_t i)
{
    const nvb_index *x = &e->p->indices[i];
    nvbi_index_work *w = &e->indices[i];
    w->index = x;
    w->parts = NVBI_NEW(&e->b->arena, nvbi_index_part, x->n_components + 1);
    if (!w->parts) {
        e->failed = true;
        return;
    }
    for (size_t c = 0; c < x->n_components; c++)
        run_component(e, x, &x->components[c], &w->parts[c]);
    if (x->n_components == 0)
        total_short(e, x, w);
    else if (x->weighting == NVB_PER_TERM)
        total_per_term(e, x, w);
    else
        total_per_component(e, x, w);
    nvb_figure *f = nvbi_figure_at(e->b, w->figure);
    f->value = percent(e, w->total);
    f->index = x;
    f->items = 1U << NVB_ITEM_INDEXATION;
    e->b->indices[i] = w->figure;
    nvbi_engine_watch(e, x->path);
    nvbi_claim(e, &x->claimed, w->total, NVB_PERCENT);
}

/* --- at a line's own shares --- */

static const nvb_input *own_share(const nvb_step *step, const nvb_component *c)
{
    for (size_t i = 0; i < step->n_own_shares; i++)
        if (nvb_text_equal(step->own_shares[i].component, c->id))
            return &step->own_shares[i].share;
    return &c->share; /* not reached: validated */
}

static nvb_term term_own_weight(nvb_operator op, const nvb_component *c, const nvb_input *share)
{
    return named(nvbi_term_input(op, NVB_SYM_WEIGHT, NVB_PERCENT, share), c->id);
}

/* Where each w x C is rounded, the operand is that rounded figure: a formula must come out as it is
 * written. */
static nvb_num
own_per_component(nvbi_engine *e, const nvbi_index_work *w, const nvb_step *step, nvb_figure *f)
{
    const nvb_index *x = w->index;
    bool rounded = x->round_weighted != NVB_UNROUNDED;
    nvb_num sum = nvb_num_int(0);
    nvb_term *t = nvbi_terms(e, f, rounded ? x->n_components : x->n_components * 2);
    for (size_t i = 0; t && i < x->n_components; i++) {
        const nvb_component *c = &x->components[i];
        const nvbi_index_part *p = &w->parts[i];
        const nvb_input *share = own_share(step, c);
        nvb_operator op = i ? NVB_PLUS : NVB_NO_OPERATOR;
        nvb_num weighted = nvb_num_mul(e->calc, share->value, p->combined);
        weighted = round_percentage(e, NULL, weighted, x->round_weighted);
        sum = nvb_num_add(e->calc, sum, weighted);
        nvb_term *last = rounded ? &t[i] : &t[2 * i + 1];
        if (!rounded)
            t[2 * i] = term_own_weight(op, c, share);
        *last = named(nvbi_term_figure(e, rounded ? op : NVB_TIMES,
                                       rounded ? NVB_SYM_WEIGHTED : NVB_SYM_COMPONENT, NVB_PERCENT,
                                       rounded ? weighted : p->combined, p->combined_figure),
                      c->id);
        if (rounded)
            last->path = share->path;
    }
    return sum;
}

/* Writes the terms of a weighted sum at own shares, w x n or w x v per component, and its rounding
 * when that moved it; returns the number of terms. */
static size_t own_sum(nvbi_engine *e,
                      const nvbi_index_work *w,
                      const nvb_step *step,
                      bool after,
                      nvb_term *t,
                      nvb_num *sum)
{
    const nvb_index *x = w->index;
    nvb_num exact = nvb_num_int(0);
    size_t n = 0;
    for (size_t i = 0; i < x->n_components; i++) {
        const nvb_component *c = &x->components[i];
        const nvbi_index_part *p = &w->parts[i];
        const nvb_input *share = own_share(step, c);
        exact = nvb_num_add(e->calc, exact,
                            nvb_num_mul(e->calc, share->value, after ? p->after : p->provisional));
        t[n++] = term_own_weight(i ? NVB_PLUS : NVB_NO_OPERATOR, c, share);
        t[n] = after ? term_after(e, c, p) : term_provisional(c);
        t[n++].op = NVB_TIMES;
    }
    *sum = round_percentage(e, NULL, exact, x->round_weighted);
    nvb_num moved = nvb_num_sub(e->calc, *sum, exact);
    if (nvb_num_sign(moved) != 0)
        t[n++] = nvbi_term_constant(NVB_PLUS, NVB_SYM_ROUNDING, NVB_PERCENT, moved);
    return n;
}

/* "(1 +" before the terms from `first` on, and ")" after the last. */
static void grow_by(nvb_term *t, size_t first, size_t end, nvb_operator op)
{
    t[first] = nvbi_term_constant(op, NVB_SYM_NUMBER, NVB_UNITS, nvb_num_int(1));
    t[first].open = 1;
    t[first + 1].op = NVB_PLUS;
    t[end - 1].close = 1;
}

/* C(N, V), with N and V written out in shares so that each can be followed. */
static nvb_num
own_per_term(nvbi_engine *e, const nvbi_index_work *w, const nvb_step *step, nvb_figure *f)
{
    const nvb_index *x = w->index;
    nvb_num n, v;
    nvb_term *t = nvbi_terms(e, f, x->n_components * 4 + 5);
    if (!t)
        return nvb_num_int(0);
    size_t lead = x->combination == NVB_MULTIPLIED ? 1 : 0;
    size_t half = lead + own_sum(e, w, step, true, t + lead, &n);
    size_t end = half + lead + own_sum(e, w, step, false, t + half + lead, &v);
    if (lead) {
        grow_by(t, 0, half, NVB_NO_OPERATOR);
        grow_by(t, half, end, NVB_TIMES);
        t[end++] = nvbi_term_constant(NVB_MINUS, NVB_SYM_NUMBER, NVB_UNITS, nvb_num_int(1));
    } else
        t[half].op = NVB_PLUS;
    f->n_terms = (uint32_t)end;
    return combine(e, x->combination, n, v);
}

nvb_num nvbi_index_own(
    nvbi_engine *e, const nvbi_index_work *w, const nvb_step *step, nvb_num *weights, nvb_figure *f)
{
    const nvb_index *x = w->index;
    for (size_t i = 0; i < x->n_components; i++)
        weights[i] = own_share(step, &x->components[i])->value;
    nvb_num total = x->weighting == NVB_PER_TERM ? own_per_term(e, w, step, f)
                                                 : own_per_component(e, w, step, f);
    total = round_percentage(e, f, total, x->round_total);
    f->value = percent(e, total);
    return total;
}
