/*
 * audit_world.c: where a fault enters. The figures are walked in calculation order in the world of
 * the claims: a claimed figure is what is claimed, any other what follows from those. A claim that
 * follows in that world was spoilt earlier; one that does not is where a fault comes in.
 */
#include "audit.h"

enum { NO_CLAIM = UINT32_MAX };

/* A figure in the world of the claims. */
typedef struct seen_figure {
    nvb_num value;
    uint32_t cause; /* the claim where the fault in it came in; NO_CLAIM: not known */
    bool differs;   /* from what follows */
    bool inexact;   /* it leans on a claim of 20 decimals */
    bool claimed;   /* it, or something it leans on, is claimed */
} seen_figure;

typedef struct claims_world {
    nvb_audit *a;
    seen_figure *figures; /* by number */
    size_t *after;        /* per claim: see nvbi_audit_enters */
    uint32_t *cause;
    bool unknown; /* an operand is not the sum of the figures it stands for */
} claims_world;

static nvb_num operand_value(void *world, const nvb_figure *f, const nvb_term *t)
{
    (void)f;
    claims_world *w = world;
    nvb_calc *calc = w->a->calc;
    bool differs = false;
    for (uint32_t k = 0; k < t->n_from; k++)
        differs |= w->figures[t->from[k]].differs;
    if (!differs)
        return t->value;
    nvb_num own = nvb_num_int(0), other = nvb_num_int(0);
    bool percent = false;
    for (uint32_t k = 0; k < t->n_from; k++) {
        const nvb_figure *from = nvbi_figure_at(w->a->b, t->from[k]);
        own = nvb_num_add(calc, own, from->value);
        other = nvb_num_add(calc, other, w->figures[t->from[k]].value);
        percent |= from->unit == NVB_PERCENT;
    }
    if (percent) {
        own = nvb_num_shift(calc, own, -2);
        other = nvb_num_shift(calc, other, -2);
    }
    w->unknown |= nvb_num_cmp(calc, own, t->value) != 0;
    return other;
}

/* What it leans on: whether any of that differs from what follows, and where that came in. */
static void look_back(const claims_world *w, const nvb_figure *f, seen_figure *s)
{
    for (uint32_t i = 0; i < f->n_terms; i++)
        for (uint32_t k = 0; k < f->terms[i].n_from; k++) {
            const seen_figure *from = &w->figures[f->terms[i].from[k]];
            s->inexact |= from->inexact;
            s->claimed |= from->claimed;
            if (!from->differs)
                continue;
            if (!s->differs || s->cause == NO_CLAIM)
                s->cause = from->cause;
            s->differs = true;
        }
}

/* Whether a claim is what follows in the world of the claims. A claim known to 20 decimals, and
 * what leans on one, is held against it at 12. */
static bool follows_there(nvb_calc *calc, const nvb_audited *c, const seen_figure *s, bool inexact)
{
    if (!inexact)
        return nvb_num_cmp(calc, c->claimed, s->value) == 0;
    nvb_num apart = nvb_num_sub(calc, c->claimed, s->value);
    return nvb_num_sign(nvb_num_round(calc, apart, 12, NVB_TO_ZERO)) == 0;
}

/* That a base is a rounded figure excuses no figure of an explanation that says itself what it was
 * made of: a base that is not that of the offer, a figure that does not follow from those before
 * it, and what was made of one that does not. */
static bool
is_excused(const claims_world *w, const nvb_audited *c, const seen_figure *s, bool follows)
{
    static const char node[] = "/knopen/";
    bool stated = c->place.n > sizeof node && memcmp(c->place.s, node, sizeof node - 1) == 0;
    if (!w->a->in.is_explanation || !stated)
        return true;
    bool tied = s->claimed || c->figure->kind == NVB_FIG_BASIS;
    return s->cause == NO_CLAIM && (follows || !tied);
}

static void turn_down(nvb_audit *a, nvb_audited *c)
{
    a->verdicts[c->verdict]--;
    c->verdict = NVB_FOLLOWS_NOT;
    a->verdicts[c->verdict]++;
}

/* Claim number `i` of a figure that is `s` in the world so far. */
static void judge(claims_world *w, uint32_t i, bool known, seen_figure *s)
{
    nvb_audited *c = &w->a->figures[i];
    bool inexact = s->inexact || !nvb_num_terminates(w->a->calc, c->claimed, 19);
    bool follows =
        c->verdict != NVB_FOLLOWS && (!known || follows_there(w->a->calc, c, s, inexact));
    if (c->verdict == NVB_FOLLOWS_ROUNDED && !is_excused(w, c, s, follows))
        turn_down(w->a, c);
    if (c->verdict != NVB_FOLLOWS_NOT)
        return;
    bool spoilt = s->differs && follows;
    c->enters = !spoilt;
    if (!spoilt) {
        s->cause = i;
    } else if (s->cause != NO_CLAIM) {
        w->after[s->cause]++;
        w->cause[i] = s->cause + 1;
    }
}

static void walk_figure(claims_world *w, uint32_t number, uint32_t first, uint32_t end)
{
    nvb_audit *a = w->a;
    const nvb_figure *f = nvbi_figure_at(a->b, number);
    seen_figure *s = &w->figures[number];
    *s = (seen_figure){.value = f->value, .cause = NO_CLAIM};
    look_back(w, f, s);
    bool known = true;
    if (s->differs) {
        nvb_num value;
        w->unknown = false;
        known = nvbi_figure_again(a->b, a->calc, f, operand_value, w, &value) && !w->unknown;
        s->value = known ? value : f->value;
    }
    for (uint32_t i = first; i < end; i++)
        judge(w, i, known, s);
    if (first == end) {
        s->differs = s->differs && (!known || nvb_num_cmp(a->calc, s->value, f->value) != 0);
        return;
    }
    s->claimed = true;
    const nvb_audited *last = &a->figures[end - 1]; /* of an explanation, what it went on with */
    s->differs = last->verdict != NVB_FOLLOWS;
    s->value = s->differs ? last->claimed : f->value;
    s->inexact = s->differs && (s->inexact || !nvb_num_terminates(a->calc, s->value, 19));
}

/* A claim on a zero that is left out, or on what does not follow at all: it enters where nothing
 * before it in the same build-up is wrong. */
static void judge_left_out(nvb_audit *a, nvb_audited *c)
{
    if (c->verdict != NVB_FOLLOWS_NOT)
        return;
    size_t head = c->path.n;
    while (head > 0 && c->path.s[head - 1] != '/')
        head--;
    nvb_text base = {c->path.s, head};
    nvb_text unrounded = nvbi_arena_join(&a->arena, base, "onafgerond");
    const nvb_audited *of = nvbi_audited_at(a, unrounded);
    c->enters = !of || of->verdict != NVB_FOLLOWS_NOT;
}

void nvbi_audit_enters(nvb_audit *a, size_t *after, uint32_t *cause)
{
    bool rounded = a->in.is_explanation && a->verdicts[NVB_FOLLOWS_ROUNDED];
    if (!a->verdicts[NVB_FOLLOWS_NOT] && !rounded)
        return;
    nvbi_arena own;
    nvbi_arena_init(&own);
    claims_world w = {.a = a, .after = after, .cause = cause};
    w.figures = nvbi_arena_alloc(&own, (a->b->n + (size_t)1) * sizeof *w.figures);
    uint32_t at = 0;
    for (uint32_t i = 0; w.figures && i < a->b->n; i++) {
        uint32_t first = at;
        while (at < a->n_figures && a->figures[at].figure && a->figures[at].figure->number == i)
            at++;
        walk_figure(&w, i, first, at);
    }
    for (; at < a->n_figures; at++)
        judge_left_out(a, &a->figures[at]);
    a->failed |= own.failed;
    nvbi_arena_release(&own);
}
