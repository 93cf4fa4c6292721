/*
 * compare_turnover.c: what the changes mean in turnover: per line, in total, by cause, and per
 * group. Model section 8, decisions 51 to 53.
 */
#include "compare.h"
#include "gather.h"

static void add_to(nvb_calc *calc, nvb_num *sum, nvb_num v)
{
    *sum = nvb_num_add(calc, *sum, v);
}

/* --- one line --- */

/* A line's turnover in three: tariff × volume, what its treads make of that, and what was rounded.
 */
typedef struct turnover {
    nvb_num gross, exact, rounded;
} turnover;

static turnover turnover_of(nvb_calc *calc, const nvb_breakdown *b, uint32_t line)
{
    const nvb_line_figures *f = nvb_breakdown_line(b, line);
    turnover t = {nvb_num_int(0), nvb_num_int(0), nvb_num_int(0)};
    if (f->turnover == NVB_NO_FIGURE)
        return t;
    t.gross = nvb_num_mul(calc, nvbi_value_of(b, f->tariff), nvbi_value_of(b, f->volume));
    t.rounded = nvbi_value_of(b, f->turnover);
    bool treads = false;
    for (uint32_t i = f->first; i < f->end; i++) {
        const nvb_figure *tier = nvb_breakdown_at(b, i);
        if (tier->kind != NVB_FIG_TIER)
            continue;
        treads = true;
        add_to(calc, &t.exact, tier->rounded ? tier->rounded->before : tier->value);
    }
    if (!treads)
        t.exact = t.gross;
    return t;
}

static turnover old_turnover(nvb_comparison *c, const nvb_pair *p)
{
    turnover sum = {nvb_num_int(0), nvb_num_int(0), nvb_num_int(0)};
    for (size_t i = 0; i < p->n_old; i++) {
        turnover t = turnover_of(c->calc, c->old_side, p->old[i].number);
        nvb_num share = p->old[i].share;
        add_to(c->calc, &sum.gross, nvb_num_mul(c->calc, share, t.gross));
        add_to(c->calc, &sum.exact, nvb_num_mul(c->calc, share, t.exact));
        add_to(c->calc, &sum.rounded, nvb_num_mul(c->calc, share, t.rounded));
    }
    return sum;
}

/* The volume the price effect is taken at. */
static nvb_num price_volume(const nvb_comparison *c, const nvb_pair *p)
{
    if (c->options.attribution == NVB_IN_ORDER)
        return p->after.count;
    nvb_num sum = nvb_num_add(c->calc, p->before.count, p->after.count);
    return nvb_num_div(c->calc, sum, nvb_num_int(2));
}

static void split(nvb_comparison *c, nvb_pair *p)
{
    nvb_calc *calc = c->calc;
    turnover a = old_turnover(c, p), b = turnover_of(calc, c->new_side, p->new_number);
    nvb_num change = nvb_num_sub(calc, p->after.tariff, p->before.tariff);
    if (p->before.has_turnover || p->after.has_turnover)
        p->price = nvb_num_mul(calc, change, price_volume(c, p));
    p->volume = nvb_num_sub(calc, nvb_num_sub(calc, b.gross, a.gross), p->price);
    p->tiers =
        nvb_num_sub(calc, nvb_num_sub(calc, b.exact, b.gross), nvb_num_sub(calc, a.exact, a.gross));
    p->rounding = nvb_num_sub(calc, nvb_num_sub(calc, b.rounded, b.exact),
                              nvb_num_sub(calc, a.rounded, a.exact));
}

static bool figures_differ(const nvb_comparison *c, const nvb_pair *p)
{
    const nvb_side *a = &p->before, *b = &p->after;
    return p->tariff.n || a->has_tariff != b->has_tariff || a->has_count != b->has_count ||
           a->has_turnover != b->has_turnover || nvb_num_cmp(c->calc, a->tariff, b->tariff) ||
           nvb_num_cmp(c->calc, a->count, b->count) ||
           nvb_num_cmp(c->calc, a->turnover, b->turnover);
}

static void work_out(nvb_comparison *c, size_t i)
{
    nvb_pair *p = &c->pairs[i];
    bool paired = p->n_old && p->new_line, own = c->own_keys && c->own_keys[i];
    if (paired)
        split(c, p);
    p->effect = nvb_num_sub(c->calc, p->after.turnover, p->before.turnover);
    p->state = !p->n_old                                   ? NVB_PAIR_NEW
               : !p->new_line                              ? NVB_PAIR_LAPSED
               : own || p->renamed || figures_differ(c, p) ? NVB_PAIR_CHANGED
                                                           : NVB_PAIR_SAME;
    c->count[p->state]++;
    if (paired && p->before.has_count != p->after.has_count)
        c->without_volume[p->before.has_count ? 1 : 0]++;
}

/* --- bridges that are put together --- */

static nvb_num cuts(nvb_calc *calc, const nvb_breakdown *b)
{
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; i < nvb_breakdown_proposal(b)->n_ceilings; i++)
        add_to(calc, &sum, nvbi_value_of(b, nvb_breakdown_cut(b, i)));
    return sum;
}

static void make_total(nvb_comparison *c)
{
    nvbi_arena scratch;
    nvbi_gather g;
    nvb_calc *calc = c->calc;
    nvbi_arena_init(&scratch);
    if (nvbi_gather_begin(&g, &scratch, 0)) {
        for (size_t i = 0; i < c->n_pairs; i++) {
            const nvb_pair *p = &c->pairs[i];
            nvbi_gather_kind(calc, &g, NVB_BRIDGE_PRICE, p->price);
            nvbi_gather_kind(calc, &g, NVB_BRIDGE_VOLUME, p->volume);
            nvbi_gather_kind(calc, &g, NVB_BRIDGE_TIERS, p->tiers);
            nvbi_gather_kind(calc, &g, NVB_BRIDGE_ROUNDING, p->rounding);
            if (p->state == NVB_PAIR_NEW || p->state == NVB_PAIR_LAPSED)
                nvbi_gather_kind(calc, &g,
                                 p->state == NVB_PAIR_NEW ? NVB_BRIDGE_NEW : NVB_BRIDGE_LAPSED,
                                 p->effect);
        }
        nvbi_gather_kind(calc, &g, NVB_BRIDGE_CEILINGS,
                         nvb_num_sub(calc, cuts(calc, c->new_side), cuts(calc, c->old_side)));
        c->total.from = nvbi_value_of(c->old_side, nvb_breakdown_total(c->old_side));
        c->total.to = nvbi_value_of(c->new_side, nvb_breakdown_total(c->new_side));
        nvbi_gather_finish(calc, &c->arena, &g, &c->total, NULL);
    }
    c->arena.failed |= scratch.failed;
    nvbi_arena_release(&scratch);
}

/* --- causes of the price effect --- */

static void count_pair(nvb_comparison *c, nvbi_gather *g, const nvb_pair *p)
{
    if (nvb_num_sign(p->price) == 0 && p->tariff.n == 0)
        return;
    if (!p->before.has_tariff ||
        !p->after.has_tariff) { /* no bridge: all that is known is the price effect */
        nvbi_gather_kind(c->calc, g, NVB_BRIDGE_TARIFF, p->price);
        return;
    }
    nvb_num volume = price_volume(c, p);
    for (size_t i = 0; i < p->tariff.n; i++) {
        const nvb_bridge_item *item = &p->tariff.items[i];
        nvbi_gather_add(c->calc, g, item, nvb_num_mul(c->calc, item->amount, volume));
    }
}

static size_t items_of_all(const nvb_comparison *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_pairs; i++)
        n += c->pairs[i].tariff.n;
    return n;
}

static void make_causes(nvb_comparison *c)
{
    nvbi_arena scratch;
    nvbi_gather g;
    nvbi_arena_init(&scratch);
    if (nvbi_gather_begin(&g, &scratch, items_of_all(c))) {
        for (size_t i = 0; i < c->n_pairs; i++)
            count_pair(c, &g, &c->pairs[i]);
        nvbi_gather_finish(c->calc, &c->arena, &g, &c->causes, &c->total);
    }
    c->arena.failed |= scratch.failed;
    nvbi_arena_release(&scratch);
}

/* --- mix --- */

typedef struct mixing {
    nvb_mix mix;
    nvb_num before, after; /* tariff × units */
    bool units_differ;
} mixing;

static bool same_unit(const nvb_pair *p, nvb_text unit)
{
    for (size_t i = 0; i < p->n_old; i++)
        if (!nvb_text_equal(p->old[i].line->unit, unit))
            return false;
    return nvb_text_equal(p->new_line->unit, unit);
}

static void count_mix(nvb_comparison *c, mixing *m, const nvb_pair *p)
{
    nvb_calc *calc = c->calc;
    nvb_mix *x = &m->mix;
    if (x->lines++ == 0)
        x->unit = p->new_line->unit;
    m->units_differ |= !x->unit.n || !same_unit(p, x->unit);
    add_to(calc, &x->before, p->before.count);
    add_to(calc, &x->after, p->after.count);
    add_to(calc, &x->price, p->price);
    add_to(calc, &x->volume, p->volume);
    add_to(calc, &m->after, nvb_num_mul(calc, p->after.tariff, p->after.count));
    add_to(calc, &m->before,
           nvb_num_sub(calc, nvb_num_mul(calc, p->after.tariff, p->after.count),
                       nvb_num_add(calc, p->price, p->volume)));
}

/* False when the group cannot be taken apart. */
static bool finish_mix(nvb_comparison *c, mixing *m)
{
    nvb_calc *calc = c->calc;
    nvb_mix *x = &m->mix;
    bool middle = c->options.attribution == NVB_MIDDLE;
    if (m->units_differ || nvb_num_sign(x->before) == 0 || (middle && nvb_num_sign(x->after) == 0))
        return false;
    nvb_num mean = nvb_num_div(calc, m->before, x->before);
    if (middle)
        mean = nvb_num_div(calc, nvb_num_add(calc, mean, nvb_num_div(calc, m->after, x->after)),
                           nvb_num_int(2));
    x->quantity = nvb_num_mul(calc, mean, nvb_num_sub(calc, x->after, x->before));
    x->mix = nvb_num_sub(calc, x->volume, x->quantity);
    return true;
}

static void make_mixes(nvb_comparison *c)
{
    size_t n = c->new_->n_groups;
    nvbi_arena scratch;
    nvbi_arena_init(&scratch);
    nvbi_names ids;
    mixing *all = NVBI_NEW(&scratch, mixing, n + 1);
    c->mixes = NVBI_NEW(&c->arena, nvb_mix, n + 1);
    if (all && c->mixes && nvbi_names_init(&ids, &scratch, n)) {
        for (size_t i = 0; i < n; i++) {
            all[i].mix.group = c->new_->groups[i].id;
            nvbi_names_add(&ids, c->new_->groups[i].id, (uint32_t)i);
        }
        for (size_t i = 0; i < c->n_pairs; i++) {
            const nvb_pair *p = &c->pairs[i];
            uint32_t at = p->new_line ? nvbi_names_find(&ids, p->new_line->group) : NVBI_NO_NAME;
            if (at != NVBI_NO_NAME && p->before.has_turnover && p->after.has_turnover)
                count_mix(c, &all[at], p);
        }
        for (size_t i = 0; i < n; i++)
            if (all[i].mix.lines && finish_mix(c, &all[i]))
                c->mixes[c->n_mixes++] = all[i].mix;
    }
    c->arena.failed |= scratch.failed;
    nvbi_arena_release(&scratch);
}

void nvbi_compare_turnover(nvb_comparison *c)
{
    for (size_t i = 0; i < c->n_pairs; i++)
        work_out(c, i);
    make_total(c);
    make_causes(c);
    make_mixes(c);
}
