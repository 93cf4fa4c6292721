/*
 * engine_step.c: one step on a price: what it adds, over what, for which share, rounded how; and
 * its parts. Model section 4. A step's figure is what it changes the stand by, its own rounding
 * included.
 */
#include "engine.h"

/* What a step takes its percentage of, as a value and as terms. */
typedef struct over_value {
    nvb_num value;
    nvb_term terms[2]; /* the plain forms need one */
    size_t n;
    bool list; /* NVB_OVER_FIGURES: the terms are made from the ids */
} over_value;

static uint8_t items_of(const nvb_step *step)
{
    unsigned items = 1U << (step->kind == NVB_STEP_SURCHARGE || step->kind == NVB_STEP_DISCOUNT
                                ? NVB_ITEM_SURCHARGES
                                : NVB_ITEM_INDEXATION);
    if (step->category == NVB_VOLUME_DEVELOPMENT)
        items |= 1U << NVB_ITEM_VOLUME;
    if (step->benchmark.s)
        items |= 1U << NVB_ITEM_BENCHMARK;
    if (step->agreement.s)
        items |= 1U << NVB_ITEM_AGREEMENTS;
    return (uint8_t)items;
}

static uint8_t missing_of(nvbi_engine *e, const nvb_step *step, bool no_base)
{
    unsigned missing = no_base ? NVB_MISSING_OVER : 0;
    bool argued = step->kind == NVB_STEP_SURCHARGE || step->kind == NVB_STEP_DISCOUNT;
    bool partly = step->kind == NVB_STEP_INDEX && nvb_input_given(&step->share) &&
                  nvb_num_cmp(e->calc, step->share.value, nvb_num_int(1)) < 0;
    if ((argued || partly) && !step->reason.s)
        missing |= NVB_MISSING_REASON;
    if (argued && !step->source.s)
        missing |= NVB_MISSING_SOURCE;
    return (uint8_t)missing;
}

/* --- the tread of a table --- */

/* Whether a fact is the word of a tread: by value when both are numbers, else letter by letter
 * (decisions.md). */
static bool is_word(nvbi_engine *e, const nvb_fact *fact, nvb_text word)
{
    nvb_num number;
    if (!word.s)
        return false;
    if (fact->is_number && nvb_num_parse(e->calc, &number, word) == NVB_SYNTAX_OK)
        return nvb_num_cmp(e->calc, fact->number, number) == 0;
    return nvb_text_equal(word, fact->text);
}

static const nvb_tread *tread_for(nvbi_engine *e, const nvb_table *table)
{
    uint32_t at = nvbi_names_find(&e->fact_names, table->fact);
    if (at == NVBI_NO_NAME)
        return NULL;
    const nvb_fact *fact = &e->p->facts[at];
    for (size_t i = 0; i < table->n_treads; i++) {
        const nvb_tread *t = &table->treads[i];
        bool last = !nvb_input_given(&t->upper) && !t->word.s;
        bool below =
            nvb_input_given(&t->upper) && nvb_num_cmp(e->calc, fact->number, t->upper.value) < 0;
        if (last || below || is_word(e, fact, t->word))
            return t;
    }
    return NULL;
}

/* --- what it is taken of --- */

static nvb_num
sum_from(const nvbi_build *s, nvb_symbol symbol, nvb_num value, uint32_t n, over_value *out)
{
    out->n = 1;
    out->terms[0] = nvbi_term_constant(NVB_NO_OPERATOR, symbol, NVB_EUR, value);
    out->terms[0].from = s->figures;
    out->terms[0].n_from = n;
    return value;
}

static uint32_t earlier_step(const nvbi_build *s, nvb_text id)
{
    if (s->ids.slots) {
        uint32_t at = nvbi_names_find(&s->ids, id);
        return at == NVBI_NO_NAME ? 0 : at;
    }
    for (uint32_t k = 1; k < s->n; k++)
        if (nvb_text_equal(s->plan->steps[k - 1]->id, id))
            return k;
    return 0; /* not reached: validated */
}

static over_value over_of(nvbi_engine *e, const nvbi_build *s, const nvb_over *over)
{
    over_value out = {.value = nvb_num_int(0)};
    switch (over->kind) {
    case NVB_OVER_BASE:
        out.value = sum_from(s, NVB_SYM_BASIS, s->values[0], 1, &out);
        break;
    case NVB_OVER_STAND:
        out.value = sum_from(s, NVB_SYM_STAND, s->stand, s->n, &out);
        break;
    case NVB_OVER_INDEXED:
        out.value = sum_from(s, NVB_SYM_INDEXED, s->indexed, s->n_indexed, &out);
        break;
    case NVB_OVER_FIGURES:
        out.list = true;
        out.value = over->with_base ? s->values[0] : nvb_num_int(0);
        for (size_t i = 0; i < over->n_steps; i++)
            out.value = nvb_num_add(e->calc, out.value, s->values[earlier_step(s, over->steps[i])]);
        out.n = over->n_steps + (over->with_base ? 1 : 0);
        break;
    case NVB_OVER_NONE:
        break;
    }
    return out;
}

static void list_terms(const nvbi_build *s, const nvb_over *over, nvb_term *t)
{
    size_t n = 0;
    if (over->with_base) {
        over_value base;
        sum_from(s, NVB_SYM_BASIS, s->values[0], 1, &base);
        t[n++] = base.terms[0];
    }
    for (size_t i = 0; i < over->n_steps; i++, n++) {
        uint32_t k = earlier_step(s, over->steps[i]);
        t[n] =
            nvbi_term_constant(n ? NVB_PLUS : NVB_NO_OPERATOR, NVB_SYM_STEP, NVB_EUR, s->values[k]);
        t[n].name = over->steps[i];
        t[n].from = &s->figures[k];
        t[n].n_from = 1;
    }
    if (n > 1) {
        t[0].open++;
        t[n - 1].close++;
    }
}

/* --- the rate --- */

static void rate_from(nvbi_step_work *w, const nvb_input *percentage, const nvb_input *amount)
{
    w->by_amount = nvb_input_given(amount);
    const nvb_input *in = w->by_amount ? amount : percentage;
    w->rate = in->value;
    w->rate_term = nvbi_term_input(NVB_TIMES, w->by_amount ? NVB_SYM_AMOUNT : NVB_SYM_PERCENTAGE,
                                   w->by_amount ? NVB_EUR : NVB_PERCENT, in);
}

static void rate_from_index(nvbi_engine *e, nvbi_step_work *w)
{
    const nvb_step *step = w->step;
    const nvb_index *x = w->index->index;
    w->weights = NVBI_NEW(&e->b->arena, nvb_num, x->n_components + 1);
    if (!w->weights) {
        e->failed = true;
        return;
    }
    uint32_t figure = w->index->figure;
    w->rate = w->index->total;
    for (size_t i = 0; i < x->n_components; i++)
        w->weights[i] = w->index->parts[i].weight;
    if (step->n_own_shares) {
        nvb_figure *f = nvbi_step_figure(e, w, NVB_FIG_STEP_INDEX, NVB_PERCENT, "/index");
        w->rate = nvbi_index_own(e, w->index, step, w->weights, f);
        f->items = 1U << NVB_ITEM_INDEXATION;
        figure = f->number;
    }
    w->rate_term =
        nvbi_term_figure(e, NVB_TIMES, step->n_own_shares ? NVB_SYM_OWN_INDEX : NVB_SYM_INDEX,
                         NVB_PERCENT, w->rate, figure);
    w->rate_term.name = x->id;
}

static void find_rate(nvbi_engine *e, nvbi_step_work *w)
{
    if (w->index)
        rate_from_index(e, w);
    else if (w->step->table) {
        w->tread = tread_for(e, w->step->table);
        if (w->tread)
            rate_from(w, &w->tread->percentage, &w->tread->amount);
    } else
        rate_from(w, &w->step->percentage, &w->step->amount);
}

/* --- the figure --- */

static bool is_discount(const nvb_step *step)
{
    return step->kind == NVB_STEP_DISCOUNT;
}

/* over x rate x share, with the sign of the step; and the same as terms of `f`. */
static void find_raw(nvbi_engine *e, nvbi_step_work *w, nvb_figure *f)
{
    const nvb_step *step = w->step;
    over_value over = {.value = nvb_num_int(1)};
    if (!w->by_amount) {
        over = over_of(e, w->s, &step->over);
        w->no_base = step->over.kind == NVB_OVER_NONE;
    }
    w->over = over.value;
    w->raw = nvb_num_mul(e->calc, over.value, w->rate);
    bool shared = nvb_input_given(&step->share);
    if (shared)
        w->raw = nvb_num_mul(e->calc, w->raw, step->share.value);
    if (is_discount(step))
        w->raw = nvb_num_neg(e->calc, w->raw);

    size_t n = over.n;
    nvb_term *t = nvbi_terms(e, f, n + 3); /* rate, share, rounding of the stand */
    if (!t)
        return;
    if (w->no_base) { /* a draft: what it is taken of is missing, so it adds nothing */
        t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_NUMBER, NVB_EUR, nvb_num_int(0));
        f->n_terms = 1;
        return;
    }
    if (over.list)
        list_terms(w->s, &step->over, t);
    else if (n)
        t[0] = over.terms[0];
    t[n] = w->rate_term;
    if (n == 0)
        t[n].op = NVB_NO_OPERATOR;
    n++;
    if (shared)
        t[n++] = nvbi_term_input(NVB_TIMES, NVB_SYM_SHARE, NVB_PERCENT, &step->share);
    if (is_discount(step))
        t[0].op = NVB_MINUS;
    f->n_terms = (uint32_t)n;
}

/* Applies the declared rounding, if any, and writes what it did to `f`. */
static nvb_num round_step(nvbi_engine *e, const nvbi_step_work *w, nvb_figure *f)
{
    const nvb_rounding *r = &w->step->rounding;
    if (!r->declared)
        return w->raw;
    if (w->step->rounds_amount)
        return nvbi_figure_round(e, f, w->raw, r->decimals, r->mode, NVB_ROUNDED_FIGURE);
    nvb_num before = nvb_num_add(e->calc, w->s->stand, w->raw);
    nvb_num after = nvbi_figure_round(e, f, before, r->decimals, r->mode, NVB_ROUNDED_STAND);
    nvb_num figure = nvb_num_sub(e->calc, after, w->s->stand);
    nvb_num moved = nvb_num_sub(e->calc, figure, w->raw);
    if (nvb_num_sign(moved) != 0)
        f->terms[f->n_terms++] = nvbi_term_constant(NVB_PLUS, NVB_SYM_ROUNDING, NVB_EUR, moved);
    return figure;
}

/* --- the step --- */

static void advance(nvbi_engine *e, nvbi_build *s, const nvb_step *step, const nvb_figure *f)
{
    s->figures[s->n] = f->number;
    s->values[s->n] = f->value;
    if (s->ids.slots)
        nvbi_names_add(&s->ids, step->id, s->n);
    s->n++;
    s->stand = nvb_num_add(e->calc, s->stand, f->value);
    if (step->kind == NVB_STEP_INDEX) {
        s->indexed = s->stand;
        s->n_indexed = s->n;
    }
}

/* A step whose condition is not met adds nothing; what it would have added is a figure of its own.
 */
static void run_unmet(nvbi_engine *e, nvbi_step_work *w)
{
    nvb_figure *f = nvbi_step_figure(e, w, NVB_FIG_STEP, NVB_EUR, "");
    f->items = items_of(w->step);
    nvb_figure *potential = nvbi_step_figure(e, w, NVB_FIG_POTENTIAL, NVB_EUR, "/potentieel");
    potential->items = f->items;
    potential->parent = f->number;
    find_raw(e, w, potential);
    potential->value = round_step(e, w, potential);
    potential->tread = f->tread = w->tread;
    f->missing = missing_of(e, w->step, w->no_base);
    nvb_term *t = nvbi_terms(e, f, 1);
    if (t)
        t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_NUMBER, NVB_EUR, nvb_num_int(0));
    advance(e, w->s, w->step, f);
}

void nvbi_step_run(nvbi_engine *e, nvbi_build *s, const nvb_step *step)
{
    nvbi_step_work w = {.s = s, .step = step};
    uint32_t at = nvbi_names_find(&e->index_names, step->index);
    if (at != NVBI_NO_NAME)
        w.index = &e->indices[at];
    find_rate(e, &w);
    if (step->condition && !step->condition->met) {
        run_unmet(e, &w);
        return;
    }
    nvb_figure *f = nvbi_step_figure(e, &w, NVB_FIG_STEP, NVB_EUR, "");
    f->items = items_of(step);
    f->tread = w.tread;
    find_raw(e, &w, f);
    f->missing = missing_of(e, step, w.no_base);
    f->value = w.figure = round_step(e, &w, f);
    if (!e->b->bare)
        nvbi_step_parts(e, &w, f);
    advance(e, s, step, f);
}
