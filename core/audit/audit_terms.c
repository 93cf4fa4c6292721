/*
 * audit_terms.c: a formula worked out again with other operands. The terms of a figure are the
 * formula it shows; here they are followed to the letter, so what is shown is what is reckoned.
 * Brackets nest two deep at most; deeper than DEEPEST is not worked out.
 */
#include "audit.h"

enum { DEEPEST = 8 };

/* A sum under way inside brackets: `sum` + `product`, the latter still open to x and /. */
typedef struct level {
    nvb_num sum, product;
    nvb_operator op; /* before the bracket that opened it */
} level;

typedef struct sums {
    nvb_calc *calc;
    level levels[DEEPEST];
    int at;
    bool failed;
} sums;

static void open_level(sums *s, nvb_operator op)
{
    if (++s->at == DEEPEST) {
        s->failed = true;
        s->at--;
        return;
    }
    s->levels[s->at] = (level){nvb_num_int(0), nvb_num_int(0), op};
}

static void take(sums *s, nvb_operator op, nvb_num value)
{
    level *l = &s->levels[s->at];
    switch (op) {
    case NVB_TIMES:
        l->product = nvb_num_mul(s->calc, l->product, value);
        break;
    case NVB_DIVIDED:
        if (nvb_num_sign(value) == 0)
            s->failed = true;
        else
            l->product = nvb_num_div(s->calc, l->product, value);
        break;
    case NVB_NO_OPERATOR:
    case NVB_PLUS:
    case NVB_MINUS:
        l->sum = nvb_num_add(s->calc, l->sum, l->product);
        l->product = op == NVB_MINUS ? nvb_num_neg(s->calc, value) : value;
        break;
    }
}

static nvb_num total_of(sums *s)
{
    const level *l = &s->levels[s->at];
    return nvb_num_add(s->calc, l->sum, l->product);
}

static void close_level(sums *s)
{
    if (s->at == 0) {
        s->failed = true;
        return;
    }
    nvb_num value = total_of(s);
    nvb_operator op = s->levels[s->at--].op;
    take(s, op, value);
}

/* The rounding that the terms of these end with is the figure's own. */
static uint32_t terms_before_rounding(const nvb_figure *f)
{
    bool own = f->kind == NVB_FIG_TARIFF || f->kind == NVB_FIG_CEILING_AMOUNT ||
               f->kind == NVB_FIG_VOLUME || f->kind == NVB_FIG_STEP || f->kind == NVB_FIG_POTENTIAL;
    uint32_t n = f->n_terms;
    return own && n > 1 && f->terms[n - 1].symbol == NVB_SYM_ROUNDING ? n - 1 : n;
}

/* The formula as it stands; a NULL `operand`: with its own operands. */
static bool
work_out(nvb_calc *calc, const nvb_figure *f, nvbi_operand operand, void *world, nvb_num *out)
{
    sums s = {.calc = calc};
    s.levels[0] = (level){nvb_num_int(0), nvb_num_int(0), NVB_NO_OPERATOR};
    uint32_t n = terms_before_rounding(f);
    for (uint32_t i = 0; i < n && !s.failed; i++) {
        const nvb_term *t = &f->terms[i];
        nvb_operator op = t->op;
        for (unsigned k = 0; k < t->open && !s.failed; k++) {
            open_level(&s, op);
            op = NVB_NO_OPERATOR;
        }
        take(&s, op, operand ? operand(world, f, t) : t->value);
        for (unsigned k = 0; k < t->close && !s.failed; k++)
            close_level(&s);
    }
    *out = total_of(&s);
    if (f->unit == NVB_PERCENT)
        *out = nvb_num_shift(calc, *out, 2);
    return !s.failed && s.at == 0;
}

/* What the engine had before the figure's own rounding. */
static nvb_num found_before_rounding(nvb_calc *calc, const nvb_figure *f)
{
    const nvb_rounded *r = f->rounded;
    if (!r || r->what == NVB_ROUNDED_PAYMENT)
        return f->value;
    if (r->what == NVB_ROUNDED_FIGURE)
        return r->before;
    return nvb_num_sub(calc, f->value, nvb_num_sub(calc, r->after, r->before));
}

bool nvbi_terms_value(
    nvb_calc *calc, const nvb_figure *f, nvbi_operand operand, void *world, nvb_num *out)
{
    nvb_num own;
    *out = f->value;
    return f->n_terms && work_out(calc, f, NULL, NULL, &own) &&
           nvb_num_cmp(calc, own, found_before_rounding(calc, f)) == 0 &&
           work_out(calc, f, operand, world, out);
}

/* --- with what comes after the formula --- */

/* The figures a build-up starts from, base and steps, as far as they come before figure `f`; in the
 * world of another operand each is asked for as a term. */
static nvb_num stand_before(
    const nvb_breakdown *b, nvb_calc *calc, const nvb_figure *f, nvbi_operand operand, void *world)
{
    nvb_num sum = nvb_num_int(0);
    size_t line = (size_t)(f->line - b->proposal->lines);
    const nvb_line_figures *l = &b->lines[line];
    for (size_t k = 0; k <= f->line->price.n_steps; k++) {
        uint32_t at = k ? l->steps[k - 1] : l->basis;
        if (at >= f->number)
            break;
        const nvb_term t = {
            .unit = NVB_EUR, .value = nvbi_figure_at(b, at)->value, .from = &at, .n_from = 1};
        sum = nvb_num_add(calc, sum, operand(world, f, &t));
    }
    return sum;
}

static nvb_num limit_of(nvb_calc *calc, const nvb_limit *l)
{
    return nvb_input_given(&l->percentage) ? nvb_num_mul(calc, l->amount.value, l->percentage.value)
                                           : l->amount.value;
}

/* A stand kept within the limits of its line. */
static nvb_num within_limits(nvb_calc *calc, const nvb_buildup *p, nvb_num stand)
{
    if (p->maximum.given) {
        nvb_num most = limit_of(calc, &p->maximum);
        if (nvb_num_cmp(calc, stand, most) > 0)
            return most;
    }
    if (p->minimum.given) {
        nvb_num least = limit_of(calc, &p->minimum);
        if (nvb_num_cmp(calc, stand, least) < 0)
            return least;
    }
    return stand;
}

/* The rounding difference of an amount: what is rounded is the operand that is taken off. */
static nvb_num moved_by_rounding(
    nvb_calc *calc, const nvb_figure *f, const nvb_rounding *r, nvbi_operand operand, void *world)
{
    nvb_num before = operand(world, f, &f->terms[f->n_terms - 1]);
    nvb_num after = nvb_num_round(calc, before, r->decimals, r->mode);
    return nvb_num_sub(calc, after, before);
}

static nvb_num round_again(const nvb_breakdown *b,
                           nvb_calc *calc,
                           const nvb_figure *f,
                           nvbi_operand operand,
                           void *world,
                           nvb_num before)
{
    const nvb_rounded *r = f->rounded;
    if (!r || r->what == NVB_ROUNDED_PAYMENT)
        return before;
    if (r->what == NVB_ROUNDED_FIGURE)
        return nvb_num_round(calc, before, r->decimals, r->mode);
    nvb_num stand = stand_before(b, calc, f, operand, world);
    nvb_num after = nvb_num_round(calc, nvb_num_add(calc, stand, before), r->decimals, r->mode);
    return nvb_num_sub(calc, after, stand);
}

bool nvbi_figure_again(const nvb_breakdown *b,
                       nvb_calc *calc,
                       const nvb_figure *f,
                       nvbi_operand operand,
                       void *world,
                       nvb_num *out)
{
    bool price = f->kind == NVB_FIG_ROUNDING && f->line;
    if (price || f->kind == NVB_FIG_VOLUME_ROUNDING) {
        const nvb_rounding *r = price ? &f->line->price.rounding : &f->line->volume.rounding;
        *out = moved_by_rounding(calc, f, r, operand, world);
        return true;
    }
    if (f->kind == NVB_FIG_LIMIT && f->line) {
        nvb_num before = operand(world, f, &f->terms[f->n_terms - 1]);
        *out = nvb_num_sub(calc, within_limits(calc, &f->line->price, before), before);
        return true;
    }
    bool stand = f->rounded && f->rounded->what == NVB_ROUNDED_STAND;
    if ((stand && !f->line) || !nvbi_terms_value(calc, f, operand, world, out))
        return false;
    if (f->kind == NVB_FIG_UNROUNDED && f->line)
        *out = within_limits(calc, &f->line->price, *out);
    *out = round_again(b, calc, f, operand, world, *out);
    return true;
}
