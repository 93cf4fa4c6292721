/*
 * engine_total.c: what lines add up to: turnover per group, ceilings and their cuts, effective
 * tariffs, the total. Model section 6. Ceilings go in document order; the turnover under one counts
 * the cuts of earlier ones within it.
 */
#include "engine.h"

#include "sets.h"

enum { CENTS = 2, LONGEST_SUM = 50 }; /* a sum of more lines is written as one operand */

/* A ceiling with what it needs: its lines, and the turnover and cuts that count under it. */
typedef struct ceiling_work {
    nvbi_set lines;
    nvb_num gross; /* turnover of its lines before any cut */
    uint32_t cut;
} ceiling_work;

typedef struct total_work {
    nvbi_engine *e;
    ceiling_work *ceilings;
} total_work;

static bool has_turnover(const nvbi_engine *e, size_t line)
{
    return e->b->lines[line].turnover != NVB_NO_FIGURE;
}

static nvb_num turnover(const nvbi_engine *e, size_t line)
{
    return nvbi_figure_at(e->b, e->b->lines[line].turnover)->value;
}

/* Sets the figure to the sum of turnovers of the lines in `list`, one operand each, or one for all
 * when there are many. */
static void
sum_lines(nvbi_engine *e, nvb_figure *f, const uint32_t *list, uint32_t n, nvb_symbol all)
{
    nvb_num sum = nvb_num_int(0);
    uint32_t *from = nvbi_arena_alloc(&e->b->arena, (n + 1) * sizeof *from);
    bool spelled = n > 0 && n <= LONGEST_SUM;
    nvb_term *t = nvbi_terms(e, f, spelled ? n : 1);
    for (uint32_t k = 0; t && from && k < n; k++) {
        nvb_num value = turnover(e, list[k]);
        sum = nvb_num_add(e->calc, sum, value);
        from[k] = e->b->lines[list[k]].turnover;
        if (!spelled)
            continue;
        t[k] =
            nvbi_term_constant(k ? NVB_PLUS : NVB_NO_OPERATOR, NVB_SYM_TURNOVER_OF, NVB_EUR, value);
        t[k].name = e->p->lines[list[k]].code;
        t[k].from = &from[k];
        t[k].n_from = 1;
    }
    if (t && !spelled) {
        t[0] = nvbi_term_constant(NVB_NO_OPERATOR, n ? all : NVB_SYM_NUMBER, NVB_EUR, sum);
        t[0].from = from;
        t[0].n_from = from ? n : 0;
    }
    f->value = sum;
}

static nvb_figure *add(nvbi_engine *e, nvb_figure_kind kind, nvb_text path, const char *suffix)
{
    nvb_figure *f = nvbi_figure_add(e, kind, NVB_EUR, path, suffix, (nvb_text){0});
    f->items = 1U << NVB_ITEM_VOLUME;
    return f;
}

static void run_groups(nvbi_engine *e)
{
    const nvb_proposal *p = e->p;
    /* Lines sorted by group in one pass: counts, then places. */
    uint32_t *start = NVBI_NEW(&e->b->arena, uint32_t, p->n_groups + 2);
    uint32_t *list = NVBI_NEW(&e->b->arena, uint32_t, p->n_lines + 1);
    if (!start || !list) {
        e->failed = true;
        return;
    }
    for (size_t i = 0; i < p->n_lines; i++) {
        uint32_t g = nvbi_names_find(&e->group_names, p->lines[i].group);
        if (g != NVBI_NO_NAME && has_turnover(e, i))
            start[g + 2]++;
    }
    for (size_t g = 2; g < p->n_groups + 2; g++)
        start[g] += start[g - 1];
    for (size_t i = 0; i < p->n_lines; i++) {
        uint32_t g = nvbi_names_find(&e->group_names, p->lines[i].group);
        if (g != NVBI_NO_NAME && has_turnover(e, i))
            list[start[g + 1]++] = (uint32_t)i;
    }
    for (size_t g = 0; g < p->n_groups; g++) {
        nvb_figure *f = add(e, NVB_FIG_GROUP_TURNOVER, p->groups[g].path, "/omzet");
        f->group = &p->groups[g];
        sum_lines(e, f, list + start[g], start[g + 1] - start[g], NVB_SYM_TURNOVER);
        e->b->groups[g] = f->number;
    }
}

/* --- ceilings --- */

/* Turnover under ceiling i: its lines, and the cuts of earlier ceilings within it, noted in `from`.
 */
static nvb_num under(total_work *w, size_t i, uint32_t *from, uint32_t *n)
{
    nvbi_engine *e = w->e;
    ceiling_work *c = &w->ceilings[i];
    c->gross = nvb_num_int(0);
    for (size_t l = 0; l < e->p->n_lines; l++)
        if (nvbi_set_has(&c->lines, l) && has_turnover(e, l)) {
            c->gross = nvb_num_add(e->calc, c->gross, turnover(e, l));
            from[(*n)++] = e->b->lines[l].turnover;
        }
    nvb_num sum = c->gross;
    for (size_t k = 0; k < i; k++)
        if (nvbi_set_relation(&w->ceilings[k].lines, &c->lines) == NVBI_WITHIN) {
            sum = nvb_num_add(e->calc, sum, nvbi_figure_at(e->b, w->ceilings[k].cut)->value);
            from[(*n)++] = w->ceilings[k].cut;
        }
    return sum;
}

/* The amount of a ceiling as a term: its input, or the figure it was built up to. False in a draft
 * without either. */
static bool ceiling_amount(nvbi_engine *e, size_t i, nvb_term *t)
{
    const nvb_ceiling *c = &e->p->ceilings[i];
    if (!c->buildup.basis.given) {
        *t = nvbi_term_input(NVB_MINUS, NVB_SYM_CEILING, NVB_EUR, &c->amount);
        return nvb_input_given(&c->amount);
    }
    nvbi_built built = nvbi_price_run(e, &c->buildup, NULL, c);
    if (built.amount == NVB_NO_FIGURE)
        return false;
    e->b->ceiling_amounts[i] = built.amount;
    *t = nvbi_term_figure(e, NVB_MINUS, NVB_SYM_CEILING, NVB_EUR,
                          nvbi_figure_at(e->b, built.amount)->value, built.amount);
    return true;
}

/* No excess: the cut is nothing, and the figure still says what was held against what. */
static void no_cut(nvbi_engine *e, nvb_figure *f, nvb_term turnover_under, nvb_term amount)
{
    nvb_term *t = nvbi_terms(e, f, 1);
    if (!t)
        return;
    t[0] = turnover_under;
    t[0].symbol = NVB_SYM_EXCESS;
    t[0].value = nvb_num_int(0);
    t[0].path = amount.path;
}

static void
cut(nvbi_engine *e, nvb_figure *f, const nvb_ceiling *c, nvb_term turnover_under, nvb_term amount)
{
    nvb_num excess = nvb_num_sub(e->calc, turnover_under.value, amount.value);
    nvb_num beyond = nvb_input_given(&c->beyond) ? c->beyond.value : nvb_num_int(0);
    nvb_num paid = nvbi_figure_round(e, f, nvb_num_mul(e->calc, excess, beyond), CENTS,
                                     NVB_ARITHMETIC, NVB_ROUNDED_PAYMENT);
    if (nvb_num_cmp(e->calc, paid, excess) >
        0) { /* a cut never pays more than there was: decisions.md */
        paid = excess;
        f->rounded = NULL;
    }
    f->value = nvb_num_sub(e->calc, paid, excess);
    nvb_term *t = nvbi_terms(e, f, 3);
    if (!t)
        return;
    t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_EXCESS_PAID, NVB_EUR, paid);
    t[0].path = c->beyond.path;
    t[1] = turnover_under;
    t[1].op = NVB_MINUS;
    t[1].open = 1;
    t[2] = amount;
    t[2].close = 1;
}

static void run_ceiling(total_work *w, size_t i)
{
    nvbi_engine *e = w->e;
    const nvb_ceiling *c = &e->p->ceilings[i];
    uint32_t *from = nvbi_arena_alloc(&e->b->arena, (e->p->n_lines + i + 1) * sizeof *from);
    nvb_term amount;
    if (!from) {
        e->failed = true;
        return;
    }
    bool known = ceiling_amount(e, i, &amount);
    if (known && nvb_num_sign(amount.value) < 0) {
        nvb_diag_add(e->diag, NVB_E404, c->path, c->id, (nvb_text){0}, (nvb_text){0});
        e->failed = true;
    }
    nvb_figure *f = add(e, NVB_FIG_CUT, c->path, "");
    f->ceiling = c;
    w->ceilings[i].cut = e->b->cuts[i] = f->number;
    uint32_t n = 0;
    nvb_num sum = under(w, i, from, &n);
    nvb_term turnover_under =
        nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_UNDER_CEILING, NVB_EUR, sum);
    turnover_under.from = from;
    turnover_under.n_from = n;
    if (known && nvb_num_cmp(e->calc, sum, amount.value) > 0)
        cut(e, f, c, turnover_under, amount);
    else
        no_cut(e, f, turnover_under, amount);
    nvbi_engine_watch(e, c->path);
}

static bool prepare_ceilings(total_work *w)
{
    nvbi_engine *e = w->e;
    const nvb_proposal *p = e->p;
    w->ceilings = NVBI_NEW(&e->b->arena, ceiling_work, p->n_ceilings + 1);
    bool well = w->ceilings != NULL;
    for (size_t i = 0; well && i < p->n_ceilings; i++)
        well = nvbi_set_of_ceiling(&w->ceilings[i].lines, &e->b->arena, p, &p->ceilings[i],
                                   &e->line_names);
    if (!well)
        e->failed = true;
    return well;
}

/* --- effective tariffs --- */

/* The ceilings with a cut that lie over a line: writes them as terms and returns how many. */
static size_t cut_parts(const total_work *w, size_t line, nvb_term *t, nvb_num *sum)
{
    nvbi_engine *e = w->e;
    size_t n = 0;
    for (size_t i = 0; i < e->p->n_ceilings; i++) {
        const ceiling_work *c = &w->ceilings[i];
        const nvb_figure *f = nvbi_figure_at(e->b, c->cut);
        if (nvb_num_sign(f->value) == 0 || !nvbi_set_has(&c->lines, line) ||
            nvb_num_sign(c->gross) == 0)
            continue;
        nvb_num part =
            nvb_num_div(e->calc, nvb_num_mul(e->calc, f->value, turnover(e, line)), c->gross);
        *sum = nvb_num_add(e->calc, *sum, part);
        t[n] = nvbi_term_figure(e, NVB_PLUS, NVB_SYM_CUT_PART, NVB_EUR, part, c->cut);
        t[n++].name = e->p->ceilings[i].id;
    }
    return n;
}

static void run_effective(const total_work *w, size_t i)
{
    nvbi_engine *e = w->e;
    const nvb_line *line = &e->p->lines[i];
    nvb_line_figures *own = &e->b->lines[i];
    if (!has_turnover(e, i) || (!line->n_tiers && !e->p->n_ceilings))
        return;
    const nvb_figure *volume = nvbi_figure_at(e->b, own->volume);
    nvb_term *t = nvbi_arena_alloc(&e->b->arena, (e->p->n_ceilings + 2) * sizeof *t);
    nvb_num sum = turnover(e, i);
    if (!t || nvb_num_sign(volume->value) == 0)
        return;
    size_t n = 1 + cut_parts(w, i, t + 1, &sum);
    if (n == 1 && !line->n_tiers)
        return;
    nvb_figure *f = add(e, NVB_FIG_EFFECTIVE, line->path, "/effectief_tarief");
    f->line = line;
    t[0] = nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_TURNOVER, NVB_EUR, turnover(e, i),
                            own->turnover);
    if (n > 1) {
        t[0].open = 1;
        t[n - 1].close = 1;
    }
    t[n] =
        nvbi_term_figure(e, NVB_DIVIDED, NVB_SYM_VOLUME, NVB_UNITS, volume->value, volume->number);
    f->terms = t;
    f->n_terms = (uint32_t)n + 1;
    f->value = nvb_num_div(e->calc, sum, volume->value);
    own->effective = f->number;
}

/* --- totals --- */

static void run_totals(nvbi_engine *e)
{
    const nvb_proposal *p = e->p;
    uint32_t *list = nvbi_arena_alloc(&e->b->arena, (p->n_lines + 1) * sizeof *list);
    uint32_t n = 0;
    for (size_t i = 0; list && i < p->n_lines; i++)
        if (has_turnover(e, i))
            list[n++] = (uint32_t)i;
    nvb_figure *before = add(e, NVB_FIG_TOTAL_BEFORE, NVB_TEXT("/totaal"), "/omzet_voor_plafond");
    sum_lines(e, before, list, list ? n : 0, NVB_SYM_TURNOVER);
    e->b->total_before = before->number;

    nvb_figure *f = add(e, NVB_FIG_TOTAL, NVB_TEXT("/totaal"), "/omzet");
    f->value = before->value;
    nvb_term *t = nvbi_terms(e, f, p->n_ceilings + 1);
    if (t)
        t[0] = nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_BEFORE_CEILINGS, NVB_EUR, before->value,
                                before->number);
    for (size_t i = 0; t && i < p->n_ceilings; i++) {
        const nvb_figure *c = nvbi_figure_at(e->b, e->b->cuts[i]);
        f->value = nvb_num_add(e->calc, f->value, c->value);
        t[i + 1] = nvbi_term_figure(e, NVB_PLUS, NVB_SYM_CUT, NVB_EUR, c->value, c->number);
        t[i + 1].name = p->ceilings[i].id;
    }
    e->b->total = f->number;
}

void nvbi_total_run(nvbi_engine *e)
{
    total_work w = {.e = e};
    run_groups(e);
    if (e->failed || !prepare_ceilings(&w))
        return;
    for (size_t i = 0; i < e->p->n_ceilings && !e->failed; i++)
        run_ceiling(&w, i);
    for (size_t i = 0; i < e->p->n_lines && !e->failed; i++)
        run_effective(&w, i);
    if (!e->failed)
        run_totals(e);
}
