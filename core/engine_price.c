/*
 * engine_price.c: one build-up, from its base through its steps and limits to the rounded amount.
 * A line has one, and so may a ceiling; the same way for both. Model sections 4 to 6.
 */
#include "engine.h"

static nvb_figure *
add(nvbi_engine *e, const nvbi_build *s, nvb_figure_kind kind, const char *suffix)
{
    nvb_figure *f = nvbi_figure_add(e, kind, NVB_EUR, s->path, suffix, (nvb_text){0});
    f->line = s->line;
    f->ceiling = s->ceiling;
    return f;
}

/* The amount a base starts from: its own, or what another line came to. False when that line has no
 * tariff (a draft). */
static bool base_amount(nvbi_engine *e, const nvb_basis *b, nvb_num *value, nvb_term *t)
{
    if (!b->line.s) {
        *value = b->amount.value;
        *t = nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_AMOUNT, NVB_EUR, &b->amount);
        return true;
    }
    uint32_t at = nvbi_names_find(&e->line_names, b->line);
    if (at == NVBI_NO_NAME)
        return false;
    const nvb_line_figures *other = &e->b->lines[at];
    bool tariff = b->of_tariff || other->unrounded == NVB_NO_FIGURE;
    uint32_t figure = tariff ? other->tariff : other->unrounded;
    if (figure == NVB_NO_FIGURE)
        return false;
    *value = nvbi_figure_at(e->b, figure)->value;
    *t = nvbi_term_figure(e, NVB_NO_OPERATOR, tariff ? NVB_SYM_TARIFF_OF : NVB_SYM_UNROUNDED_OF,
                          NVB_EUR, *value, figure);
    t->name = b->line;
    return true;
}

static uint8_t base_items(const nvb_basis *b, bool reduced)
{
    unsigned items = 1U << NVB_ITEM_BASIS;
    if (reduced)
        items |= 1U << NVB_ITEM_SURCHARGES;
    if (b->kind == NVB_BASE_BENCHMARK)
        items |= 1U << NVB_ITEM_BENCHMARK;
    return (uint8_t)items;
}

static bool run_basis(nvbi_engine *e, nvbi_build *s)
{
    const nvb_basis *b = &s->plan->basis;
    nvb_num value;
    nvb_term first;
    if (!base_amount(e, b, &value, &first))
        return false;
    nvb_figure *f = add(e, s, NVB_FIG_BASIS, "/basis");
    f->basis = b;
    nvb_term *t = nvbi_terms(e, f, 3);
    if (!t)
        return false;
    t[0] = first;
    f->n_terms = 1;
    bool reduced = nvb_input_given(&b->percentage) &&
                   nvb_num_cmp(e->calc, b->percentage.value, nvb_num_int(1)) != 0;
    if (nvb_input_given(&b->percentage)) {
        value = nvb_num_mul(e->calc, value, b->percentage.value);
        t[f->n_terms++] =
            nvbi_term_input(NVB_TIMES, NVB_SYM_PERCENTAGE, NVB_PERCENT, &b->percentage);
    }
    if (nvb_input_given(&b->factor)) {
        value = nvb_num_mul(e->calc, value, b->factor.value);
        t[f->n_terms++] = nvbi_term_input(NVB_TIMES, NVB_SYM_FACTOR, NVB_UNITS, &b->factor);
    }
    f->value = value;
    f->items = base_items(b, reduced);
    if (reduced && !b->reason.s)
        f->missing |= NVB_MISSING_REASON;
    if (b->kind == NVB_OTHER_BASE && !b->description.s)
        f->missing |= NVB_MISSING_DESCRIPTION;
    s->figures[0] = f->number;
    s->values[0] = value;
    s->n = s->n_indexed = 1;
    s->stand = s->indexed = value;
    return true;
}

/* --- limits --- */

static nvb_num limit_amount(nvbi_engine *e, const nvb_limit *l)
{
    return nvb_input_given(&l->percentage)
               ? nvb_num_mul(e->calc, l->amount.value, l->percentage.value)
               : l->amount.value;
}

static const nvb_limit *limit_that_bites(nvbi_engine *e, const nvbi_build *s)
{
    const nvb_buildup *p = s->plan;
    if (p->maximum.given && nvb_num_cmp(e->calc, s->stand, limit_amount(e, &p->maximum)) > 0)
        return &p->maximum;
    if (p->minimum.given && nvb_num_cmp(e->calc, s->stand, limit_amount(e, &p->minimum)) < 0)
        return &p->minimum;
    return NULL;
}

static uint32_t run_limit(nvbi_engine *e, nvbi_build *s)
{
    const nvb_limit *l = limit_that_bites(e, s);
    if (!l)
        return NVB_NO_FIGURE;
    nvb_figure *f = add(e, s, NVB_FIG_LIMIT, "/begrenzing");
    f->limit = l;
    nvb_num to = limit_amount(e, l);
    f->value = nvb_num_sub(e->calc, to, s->stand);
    nvb_term *t = nvbi_terms(e, f, 3);
    if (!t)
        return f->number;
    size_t n = 0;
    t[n++] =
        nvbi_term_input(NVB_NO_OPERATOR, l == &s->plan->maximum ? NVB_SYM_MAXIMUM : NVB_SYM_MINIMUM,
                        NVB_EUR, &l->amount);
    if (nvb_input_given(&l->percentage))
        t[n++] = nvbi_term_input(NVB_TIMES, NVB_SYM_PERCENTAGE, NVB_PERCENT, &l->percentage);
    t[n] = nvbi_term_constant(NVB_MINUS, NVB_SYM_STAND, NVB_EUR, s->stand);
    t[n].from = s->figures;
    t[n++].n_from = s->n;
    f->n_terms = (uint32_t)n;
    s->stand = to;
    return f->number;
}

/* --- the end of the way --- */

static uint32_t run_unrounded(nvbi_engine *e, const nvbi_build *s, uint32_t limit)
{
    nvb_figure *f = add(e, s, NVB_FIG_UNROUNDED, "/onafgerond");
    f->value = s->stand;
    nvb_term *t = nvbi_terms(e, f, s->n + (limit != NVB_NO_FIGURE ? 1U : 0U));
    if (!t)
        return f->number;
    for (uint32_t k = 0; k < s->n; k++) {
        t[k] = nvbi_term_constant(k ? NVB_PLUS : NVB_NO_OPERATOR, k ? NVB_SYM_STEP : NVB_SYM_BASIS,
                                  NVB_EUR, s->values[k]);
        t[k].name = k ? s->plan->steps[k - 1]->id : (nvb_text){0};
        t[k].from = &s->figures[k];
        t[k].n_from = 1;
    }
    if (limit != NVB_NO_FIGURE)
        t[s->n] = nvbi_term_figure(e, NVB_PLUS, NVB_SYM_LIMIT, NVB_EUR,
                                   nvbi_figure_at(e->b, limit)->value, limit);
    return f->number;
}

static uint32_t
run_rounding(nvbi_engine *e, const nvbi_build *s, nvb_num before, nvb_num after, uint32_t unrounded)
{
    nvb_num moved = nvb_num_sub(e->calc, after, before);
    if (nvb_num_sign(moved) == 0)
        return NVB_NO_FIGURE;
    nvb_figure *f = add(e, s, NVB_FIG_ROUNDING, "/afronding");
    f->value = moved;
    nvb_term *t = nvbi_terms(e, f, 2);
    if (!t)
        return f->number;
    t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_ROUNDED, NVB_EUR, after);
    t[1] = nvbi_term_figure(e, NVB_MINUS, NVB_SYM_UNROUNDED, NVB_EUR, before, unrounded);
    return f->number;
}

static void run_amount(nvbi_engine *e, const nvbi_build *s, nvbi_built *out)
{
    const nvb_rounding *r = &s->plan->rounding;
    nvb_num before = s->stand;
    nvb_num after = nvb_num_round(e->calc, before, r->decimals, r->mode);
    out->rounding = run_rounding(e, s, before, after, out->unrounded);
    nvb_figure *f = s->ceiling ? add(e, s, NVB_FIG_CEILING_AMOUNT, "/bedrag")
                               : add(e, s, NVB_FIG_TARIFF, "/tarief");
    f->value = nvbi_figure_round(e, f, before, r->decimals, r->mode, NVB_ROUNDED_FIGURE);
    nvb_term *t = nvbi_terms(e, f, out->rounding == NVB_NO_FIGURE ? 1 : 2);
    if (t)
        t[0] = nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_UNROUNDED, NVB_EUR, before,
                                out->unrounded);
    if (t && out->rounding != NVB_NO_FIGURE)
        t[1] = nvbi_term_figure(e, NVB_PLUS, NVB_SYM_ROUNDING, NVB_EUR,
                                nvbi_figure_at(e->b, out->rounding)->value, out->rounding);
    out->amount = f->number;
}

/* A line with a tariff and no base: the agreed tariff as it stands. */
static void run_flat(nvbi_engine *e, const nvbi_build *s, nvbi_built *out)
{
    nvb_figure *f = add(e, s, NVB_FIG_TARIFF, "/tarief");
    f->value = s->line->tariff.value;
    nvb_term *t = nvbi_terms(e, f, 1);
    if (t)
        t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_TARIFF, NVB_EUR, f->value);
    out->amount = f->number;
}

static bool prepare(nvbi_engine *e, nvbi_build *s)
{
    size_t n = s->plan->n_steps + 1;
    s->figures = nvbi_arena_alloc(&e->b->arena, n * sizeof *s->figures);
    s->values = nvbi_arena_alloc(&e->b->arena, n * sizeof *s->values);
    bool many = false;
    for (size_t i = 0; i < s->plan->n_steps; i++)
        many |= s->plan->steps[i]->over.n_steps > NVBI_FEW_NAMES;
    if (!s->figures || !s->values || (many && !nvbi_names_init(&s->ids, &e->b->arena, n)))
        e->failed = true;
    return !e->failed;
}

nvbi_built nvbi_price_run(nvbi_engine *e,
                          const nvb_buildup *plan,
                          const nvb_line *line,
                          const nvb_ceiling *ceiling)
{
    nvbi_built out = {NVB_NO_FIGURE, NVB_NO_FIGURE, NVB_NO_FIGURE,
                      NVB_NO_FIGURE, NVB_NO_FIGURE, NULL};
    nvbi_build s = {
        .plan = plan, .line = line, .ceiling = ceiling, .path = line ? line->path : ceiling->path};
    if (!plan->basis.given) {
        if (line && nvb_input_given(&line->tariff))
            run_flat(e, &s, &out);
        return out;
    }
    if (!prepare(e, &s) || !run_basis(e, &s))
        return out;
    for (size_t i = 0; i < plan->n_steps && !e->failed; i++)
        nvbi_step_run(e, &s, plan->steps[i]);
    out.basis = s.figures[0];
    out.steps = s.figures + 1;
    out.limit = run_limit(e, &s);
    out.unrounded = run_unrounded(e, &s, out.limit);
    run_amount(e, &s, &out);
    if (line)
        nvbi_claim(e, &line->tariff, nvbi_figure_at(e->b, out.amount)->value, NVB_EUR);
    return out;
}
