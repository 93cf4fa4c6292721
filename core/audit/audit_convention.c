/*
 * audit_convention.c: an index under every convention in use. See audit_convention.h; model
 * sections 3 and 10.
 *
 * What is tried: nacalculatie x samenstelling x weging x each stage of rounding, off or at one of a
 * few numbers of decimals: two, as percentages are published, what the document itself declares for
 * any stage, and those of a claim when it has more. "6.3" may be 6.30: one decimal or none is tried
 * only where nothing else gives the claim, or nothing as plain.
 *
 * Conventions that are the same arithmetic count once. A rounding that changes nothing is none; a
 * method of nacalculatie that gives the same n everywhere, a combination where every n x v is zero,
 * and a weighting where parts are added without rounding in between, are those of the document.
 * Where N or V is zero, rounding the other is rounding the total; of a sole component that is the
 * whole index, `component` is `gewogen`.
 */
#include "audit_convention.h"

nvb_convention nvbi_convention_of(const nvb_index *x)
{
    return (nvb_convention){.after = x->after_method,
                            .combination = x->combination,
                            .weighting = x->weighting,
                            .round_after = x->round_after,
                            .round_component = x->round_component,
                            .round_weighted = x->round_weighted,
                            .round_total = x->round_total};
}

/* --- under one convention --- */

nvb_num nvbi_percentage_round(nvb_calc *calc, nvb_num fraction, int decimals)
{
    if (decimals == NVB_UNROUNDED)
        return fraction;
    nvb_num percent = nvb_num_shift(calc, fraction, 2);
    percent = nvb_num_round(calc, percent, (unsigned)decimals, NVB_ARITHMETIC);
    return nvb_num_shift(calc, percent, -2);
}

static nvb_num
round_stage(nvb_calc *calc, nvb_num value, int decimals, unsigned bit, unsigned *moved)
{
    nvb_num rounded = nvbi_percentage_round(calc, value, decimals);
    if (decimals != NVB_UNROUNDED && nvb_num_cmp(calc, rounded, value) != 0)
        *moved |= bit;
    return rounded;
}

/* n of a component by a method, before any rounding. */
static nvb_num raw_after(nvb_calc *calc, const nvb_component *c, nvb_after_method method)
{
    if (!nvb_input_given(&c->last_definitive))
        return nvb_input_given(&c->after) ? c->after.value : nvb_num_int(0);
    if (method == NVB_DIFFERENCE)
        return nvb_num_sub(calc, c->last_definitive.value, c->last_provisional.value);
    nvb_num one = nvb_num_int(1);
    nvb_num up = nvb_num_add(calc, one, c->last_definitive.value);
    nvb_num down = nvb_num_add(calc, one, c->last_provisional.value);
    return nvb_num_sub(calc, nvb_num_div(calc, up, down), one);
}

nvb_num nvbi_after_under(nvb_calc *calc, const nvb_component *c, const nvb_convention *how)
{
    return nvbi_percentage_round(calc, raw_after(calc, c, how->after), how->round_after);
}

static nvb_num combine(nvb_calc *calc, nvb_combination how, nvb_num n, nvb_num v, unsigned *moved)
{
    nvb_num sum = nvb_num_add(calc, n, v);
    if (nvb_num_sign(n) == 0 || nvb_num_sign(v) == 0)
        return sum;
    *moved |= NVBI_HAS_PRODUCT;
    return how == NVB_ADDED ? sum : nvb_num_add(calc, sum, nvb_num_mul(calc, n, v));
}

static nvb_num weight(const nvb_component *c)
{
    return nvb_input_given(&c->share) ? c->share.value : nvb_num_int(1);
}

nvb_num
nvbi_index_moved(nvb_calc *calc, const nvb_index *x, const nvb_convention *how, unsigned *moved)
{
    *moved = 0;
    if (x->n_components == 0)
        return x->percentage.value;
    nvb_num after = nvb_num_int(0), provisional = nvb_num_int(0), sum = nvb_num_int(0);
    for (size_t i = 0; i < x->n_components; i++) {
        const nvb_component *c = &x->components[i];
        nvb_num w = weight(c), v = c->provisional.value, n = raw_after(calc, c, how->after);
        n = round_stage(calc, n, how->round_after, NVBI_MOVED_AFTER, moved);
        if (how->weighting == NVB_PER_TERM) {
            after = nvb_num_add(calc, after, nvb_num_mul(calc, w, n));
            provisional = nvb_num_add(calc, provisional, nvb_num_mul(calc, w, v));
            continue;
        }
        nvb_num part = combine(calc, how->combination, n, v, moved);
        part = round_stage(calc, part, how->round_component, NVBI_MOVED_COMPONENT, moved);
        part = nvb_num_mul(calc, w, part);
        part = round_stage(calc, part, how->round_weighted, NVBI_MOVED_WEIGHTED, moved);
        sum = nvb_num_add(calc, sum, part);
    }
    if (how->weighting == NVB_PER_TERM) {
        int decimals = how->round_weighted;
        after = round_stage(calc, after, decimals, NVBI_MOVED_WEIGHTED, moved);
        provisional = round_stage(calc, provisional, decimals, NVBI_MOVED_WEIGHTED, moved);
        sum = combine(calc, how->combination, after, provisional, moved);
    }
    return round_stage(calc, sum, how->round_total, NVBI_MOVED_TOTAL, moved);
}

nvb_num nvbi_index_under(nvb_calc *calc, const nvb_index *x, const nvb_convention *how)
{
    unsigned moved;
    return nvbi_index_moved(calc, x, how, &moved);
}

int nvbi_percentage_decimals(nvb_calc *calc, nvb_num fraction)
{
    nvb_num p = nvb_num_shift(calc, fraction, 2);
    for (unsigned d = 0; d <= NVB_SHOWN_DECIMALS; d++)
        if (nvb_num_terminates(calc, p, d))
            return (int)d;
    return -1;
}

/* --- one against another --- */

static int roundings(const nvb_convention *c)
{
    return (c->round_after != NVB_UNROUNDED) + (c->round_component != NVB_UNROUNDED) +
           (c->round_weighted != NVB_UNROUNDED) + (c->round_total != NVB_UNROUNDED);
}

/* Another method is further away than other roundings. */
static int apart(const nvb_convention *a, const nvb_convention *b)
{
    return 4 * ((a->after != b->after) + (a->combination != b->combination) +
                (a->weighting != b->weighting)) +
           (a->round_after != b->round_after) + (a->round_component != b->round_component) +
           (a->round_weighted != b->round_weighted) + (a->round_total != b->round_total);
}

/* Roundings that the document does not have. */
static int added(const nvb_convention *a, const nvb_convention *own)
{
    return (a->round_after != NVB_UNROUNDED && a->round_after != own->round_after) +
           (a->round_component != NVB_UNROUNDED && a->round_component != own->round_component) +
           (a->round_weighted != NVB_UNROUNDED && a->round_weighted != own->round_weighted) +
           (a->round_total != NVB_UNROUNDED && a->round_total != own->round_total);
}

int nvbi_convention_order(const nvb_convention *own,
                          const nvb_convention *a,
                          const nvb_convention *b)
{
    int more = roundings(a) - roundings(b);
    more = more ? more : added(a, own) - added(b, own);
    return more ? more : apart(a, own) - apart(b, own);
}

/* --- all of them --- */

void nvbi_conventions_option(nvbi_conventions *s, int decimals)
{
    for (size_t i = 0; i < s->n_options; i++)
        if (s->option[i] == decimals)
            return;
    if (s->n_options < NVBI_MOST_OPTIONS)
        s->option[s->n_options++] = decimals;
}

static bool afters_coincide(nvb_calc *calc, const nvb_index *x)
{
    for (size_t i = 0; i < x->n_components; i++) {
        nvb_num ratio = raw_after(calc, &x->components[i], NVB_RATIO);
        nvb_num difference = raw_after(calc, &x->components[i], NVB_DIFFERENCE);
        if (nvb_num_cmp(calc, ratio, difference) != 0)
            return false;
    }
    return true;
}

void nvbi_conventions_init(nvbi_conventions *s, nvb_calc *calc, const nvb_index *x)
{
    *s = (nvbi_conventions){.calc = calc, .x = x, .own = nvbi_convention_of(x)};
    s->same_after = afters_coincide(calc, x);
    s->sole =
        x->n_components == 1 && nvb_num_cmp(calc, weight(&x->components[0]), nvb_num_int(1)) == 0;
    nvbi_conventions_option(s, NVB_UNROUNDED);
    nvbi_conventions_option(s, NVBI_USUAL_DECIMALS);
    nvbi_conventions_option(s, s->own.round_after);
    nvbi_conventions_option(s, s->own.round_component);
    nvbi_conventions_option(s, s->own.round_weighted);
    nvbi_conventions_option(s, s->own.round_total);
}

/* N or V is zero by itself, and not only once it is rounded: rounding the other is rounding the
 * total. */
static bool is_one_term(const nvbi_conventions *s, const nvb_convention *c)
{
    nvb_convention whole = *c;
    unsigned moved;
    whole.round_weighted = NVB_UNROUNDED;
    nvbi_index_moved(s->calc, s->x, &whole, &moved);
    return !(moved & NVBI_HAS_PRODUCT);
}

/* The same arithmetic as a convention that is tried too: see the head of this file. */
static bool is_repeat(const nvbi_conventions *s, const nvb_convention *c, unsigned moved)
{
    bool between = c->round_component != NVB_UNROUNDED || c->round_weighted != NVB_UNROUNDED;
    bool linear = c->combination == NVB_ADDED || !(moved & NVBI_HAS_PRODUCT) || s->sole;
    return (c->after != s->own.after && s->same_after) ||
           (c->combination != s->own.combination && !(moved & NVBI_HAS_PRODUCT)) ||
           (c->weighting != s->own.weighting && linear && !between) ||
           (c->round_component != NVB_UNROUNDED && s->sole) ||
           (c->weighting == NVB_PER_TERM && c->round_weighted != NVB_UNROUNDED &&
            !(moved & NVBI_HAS_PRODUCT) && is_one_term(s, c)) ||
           (c->round_after != NVB_UNROUNDED && !(moved & NVBI_MOVED_AFTER)) ||
           (c->round_component != NVB_UNROUNDED && !(moved & NVBI_MOVED_COMPONENT)) ||
           (c->round_weighted != NVB_UNROUNDED && !(moved & NVBI_MOVED_WEIGHTED));
}

/* Whether every stage it rounds is at the same decimals, or at those of the document. */
static bool is_even(const nvbi_conventions *s, const nvb_convention *c)
{
    const int d[] = {c->round_after, c->round_component, c->round_weighted, c->round_total};
    const int own[] = {s->own.round_after, s->own.round_component, s->own.round_weighted,
                       s->own.round_total};
    int first = NVB_UNROUNDED;
    bool same = true, declared = true;
    for (size_t i = 0; i < sizeof d / sizeof *d; i++) {
        if (d[i] == NVB_UNROUNDED)
            continue;
        same = same && (first == NVB_UNROUNDED || d[i] == first);
        declared = declared && d[i] == own[i];
        first = d[i];
    }
    return same || declared;
}

/* `c` says all but how the total is rounded. */
static void each_total(const nvbi_conventions *s, nvb_convention *c)
{
    unsigned moved;
    c->round_total = NVB_UNROUNDED;
    if (s->even && !is_even(s, c))
        return;
    nvb_num sum = nvbi_index_moved(s->calc, s->x, c, &moved);
    if (is_repeat(s, c, moved))
        return;
    for (size_t i = 0; i < s->n_options; i++) {
        unsigned by_total = 0;
        c->round_total = s->option[i];
        nvb_num total = round_stage(s->calc, sum, c->round_total, NVBI_MOVED_TOTAL, &by_total);
        bool idle = c->round_total != NVB_UNROUNDED && !by_total;
        if (!idle && (!s->even || is_even(s, c)))
            s->see(s->with, c, total);
    }
}

static bool within(const nvbi_conventions *s)
{
    return !s->until || nvb_calc_work(s->calc) < s->until;
}

void nvbi_conventions_each(nvbi_conventions *s)
{
    size_t k = s->n_options, methods = 2U * 2U * 2U;
    for (size_t at = 0; at < methods * k * k * k && within(s); at++) {
        size_t method = at / (k * k * k);
        nvb_convention c = {
            .after = method & 4 ? NVB_DIFFERENCE : NVB_RATIO,
            .combination = method & 2 ? NVB_ADDED : NVB_MULTIPLIED,
            .weighting = method & 1 ? NVB_PER_TERM : NVB_PER_COMPONENT,
            .round_after = s->option[at / (k * k) % k],
            .round_weighted = s->option[at / k % k],
            .round_component = s->option[at % k],
        };
        if (c.weighting != NVB_PER_TERM || c.round_component == NVB_UNROUNDED)
            each_total(s, &c);
    }
}

nvb_convention nvbi_convention_kept(const nvbi_conventions *s, nvb_convention how)
{
    const struct {
        int *stage, own;
        unsigned bit;
    } stages[] = {
        {&how.round_after,     s->own.round_after,     NVBI_MOVED_AFTER    },
        {&how.round_component, s->own.round_component, NVBI_MOVED_COMPONENT},
        {&how.round_weighted,  s->own.round_weighted,  NVBI_MOVED_WEIGHTED },
        {&how.round_total,     s->own.round_total,     NVBI_MOVED_TOTAL    },
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        unsigned moved;
        bool absent = how.weighting == NVB_PER_TERM && stages[i].bit == NVBI_MOVED_COMPONENT;
        if (*stages[i].stage != NVB_UNROUNDED || absent)
            continue;
        *stages[i].stage = stages[i].own;
        nvbi_index_moved(s->calc, s->x, &how, &moved);
        if (moved & stages[i].bit)
            *stages[i].stage = NVB_UNROUNDED;
    }
    return how;
}

/* --- those that give a claim --- */

typedef struct given {
    const nvbi_conventions *all;
    nvb_num claimed;
    nvb_convention best;
    size_t n;
} given;

static void note(void *with, const nvb_convention *how, nvb_num total)
{
    given *g = with;
    if (nvb_num_cmp(g->all->calc, total, g->claimed) != 0)
        return;
    if (g->n++ == 0 || nvbi_convention_order(&g->all->own, how, &g->best) < 0)
        g->best = *how;
}

static given search(nvbi_conventions *all, nvb_num claimed)
{
    given g = {.all = all, .claimed = claimed};
    all->see = note;
    all->with = &g;
    nvbi_conventions_each(all);
    return g;
}

bool nvbi_convention_search(
    nvb_calc *calc, const nvb_index *x, nvb_num claimed, uint64_t until, nvb_reading *out)
{
    nvbi_conventions all;
    if (!x->n_components || x->n_components > NVBI_MOST_COMPONENTS)
        return false;
    nvbi_conventions_init(&all, calc, x);
    all.until = until;
    int decimals = nvbi_percentage_decimals(calc, claimed);
    if (decimals > NVBI_USUAL_DECIMALS)
        nvbi_conventions_option(&all, decimals);
    given g = search(&all, claimed);
    if (decimals >= 0 && decimals < NVBI_USUAL_DECIMALS && (!g.n || roundings(&g.best) > 1)) {
        nvbi_conventions_option(&all, decimals);
        given few = search(&all, claimed);
        if (few.n && (!g.n || roundings(&few.best) < roundings(&g.best)))
            g = few;
    }
    if (!g.n || !within(&all))
        return false;
    *out = (nvb_reading){.kind = NVB_READ_CONVENTION,
                         .index = x->id,
                         .convention = g.best,
                         .others = g.n - 1,
                         .fit = NVB_FIT_EXACT,
                         .lines = 1};
    return true;
}
