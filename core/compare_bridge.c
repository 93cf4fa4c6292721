/*
 * compare_bridge.c: why a tariff is not what it was: items that add up exactly to the difference.
 * Model section 8, decisions 46 to 50.
 *
 * A pair may have several old lines; whatever is taken from them is their sum by weight. A new base
 * that claims to come from last year's contract begins where it says: what the old line had up to
 * that figure is in the base, and only what came after it can lapse or change. Any other base is a
 * change like the rest, and all steps pair by id.
 */
#include "compare.h"

/* One step id on either side. */
typedef struct row {
    nvb_text id;
    const nvb_step *old_step, *new_step;
    nvb_num before, after;
} row;

typedef struct bridging {
    nvb_comparison *c;
    nvb_calc *calc;
    nvb_pair *pair;
    nvbi_arena scratch;
    row *rows;
    size_t n_rows;
    nvbi_names ids; /* of the rows, when there are many */
    nvbi_names old_codes, new_codes;
    nvb_bridge_item *items;
    size_t n_items;
} bridging;

static const nvb_line_figures *old_figures(const bridging *w, size_t i)
{
    return nvb_breakdown_line(w->c->old_side, w->pair->old[i].number);
}

static const nvb_line_figures *new_figures(const bridging *w)
{
    return nvb_breakdown_line(w->c->new_side, w->pair->new_number);
}

static nvb_num weighted(const bridging *w, size_t i, nvb_num v)
{
    return w->pair->n_old == 1 ? v : nvb_num_mul(w->calc, w->pair->old[i].weight, v);
}

static void add_item(bridging *w, nvb_bridge_kind kind, const row *step, nvb_num amount)
{
    if (nvb_num_sign(amount) == 0)
        return;
    const char *key = nvb_bridge_kind_key(kind);
    w->items[w->n_items++] = (nvb_bridge_item){
        .id = step ? step->id : (nvb_text){key, strlen(key)},
        .kind = kind,
        .amount = amount,
        .old_step = step ? step->old_step : NULL,
        .new_step = step ? step->new_step : NULL
    };
}

/* --- sides --- */

static void side_of_old(bridging *w)
{
    nvb_pair *p = w->pair;
    nvb_side *s = &p->before;
    s->has_tariff = true;
    for (size_t i = 0; i < p->n_old; i++) {
        const nvb_line_figures *f = old_figures(w, i);
        const nvb_breakdown *b = w->c->old_side;
        nvb_num share = p->old[i].share;
        s->has_tariff = s->has_tariff && f->tariff != NVB_NO_FIGURE;
        s->has_count |= f->volume != NVB_NO_FIGURE;
        s->has_turnover |= f->turnover != NVB_NO_FIGURE;
        s->tariff = nvb_num_add(w->calc, s->tariff, weighted(w, i, nvbi_value_of(b, f->tariff)));
        s->count = nvb_num_add(w->calc, s->count,
                               nvb_num_mul(w->calc, share, nvbi_value_of(b, f->volume)));
        s->turnover = nvb_num_add(w->calc, s->turnover,
                                  nvb_num_mul(w->calc, share, nvbi_value_of(b, f->turnover)));
    }
    if (!s->has_tariff)
        s->tariff = nvb_num_int(0);
}

static void side_of_new(bridging *w)
{
    const nvb_line_figures *f = new_figures(w);
    const nvb_breakdown *b = w->c->new_side;
    w->pair->after = (nvb_side){f->tariff != NVB_NO_FIGURE,   f->volume != NVB_NO_FIGURE,
                                f->turnover != NVB_NO_FIGURE, nvbi_value_of(b, f->tariff),
                                nvbi_value_of(b, f->volume),  nvbi_value_of(b, f->turnover)};
}

/* --- the figure a base claims to come from --- */

/* How much of an old line lies before the figure that is named: its first `steps` steps, and what
 * comes after them. */
typedef struct up_to {
    size_t steps;
    bool limit, rounding; /* included */
} up_to;

static size_t find_step(const nvb_line *l, nvb_text id)
{
    for (size_t i = 0; i < l->price.n_steps; i++)
        if (nvb_text_equal(l->price.steps[i]->id, id))
            return i;
    return SIZE_MAX;
}

static up_to named_in(bridging *w, size_t i, nvb_text last)
{
    static const char after[] = "na:";
    const nvb_line *old = w->pair->old[i].line;
    up_to all = {old->price.n_steps, true, true};
    if (!old->price.basis.given || !last.n || nvb_text_equal(last, NVB_TEXT("tarief")))
        return all;
    if (nvb_text_equal(last, NVB_TEXT("onafgerond")))
        return (up_to){old->price.n_steps, true, false};
    size_t skip = last.n > sizeof after - 1 && memcmp(last.s, after, sizeof after - 1) == 0
                      ? sizeof after - 1
                      : 0;
    nvb_text id = {last.s + skip, last.n - skip};
    size_t at = find_step(old, id);
    if (at != SIZE_MAX)
        return (up_to){at + 1, false, false};
    nvb_diag_add(w->c->diag, NVB_E606,
                 nvbi_arena_join(&w->c->arena, w->pair->new_line->price.basis.path, "/vorig"), id,
                 w->pair->code, w->c->old->reference);
    return all;
}

/* The named figure of old line `i`: the tariff less what came after. */
static nvb_num figure_of(const bridging *w, size_t i, up_to to)
{
    const nvb_line_figures *f = old_figures(w, i);
    const nvb_breakdown *b = w->c->old_side;
    nvb_num v = nvbi_value_of(b, f->tariff);
    if (!to.rounding)
        v = nvb_num_sub(w->calc, v, nvbi_value_of(b, f->rounding));
    if (!to.limit)
        v = nvb_num_sub(w->calc, v, nvbi_value_of(b, f->limit));
    for (size_t k = to.steps; k < w->pair->old[i].line->price.n_steps; k++)
        v = nvb_num_sub(w->calc, v, nvbi_value_of(b, f->steps[k]));
    return v;
}

/* --- the base --- */

static nvb_num or_one(const nvb_input *in)
{
    return nvb_input_given(in) ? in->value : nvb_num_int(1);
}

/* What a base is taken of, before its percentage and factor: its own amount, or the line it leans
 * on. */
static nvb_num base_amount(const nvb_breakdown *b, const nvbi_names *codes, const nvb_basis *base)
{
    if (!base->line.s)
        return base->amount.value;
    uint32_t at = nvbi_names_find(codes, base->line);
    if (at == NVBI_NO_NAME)
        return nvb_num_int(0);
    const nvb_line_figures *f = nvb_breakdown_line(b, at);
    return nvbi_value_of(b, base->of_tariff || f->unrounded == NVB_NO_FIGURE ? f->tariff
                                                                             : f->unrounded);
}

static void claimed_base(bridging *w, const up_to *to)
{
    nvb_pair *p = w->pair;
    const nvb_basis *base = &p->new_line->price.basis;
    nvb_num percentage = or_one(&base->percentage), factor = or_one(&base->factor),
            one = nvb_num_int(1);
    p->claimed = base->amount.value;
    for (size_t i = 0; i < p->n_old; i++)
        p->named = nvb_num_add(w->calc, p->named, weighted(w, i, figure_of(w, i, to[i])));
    nvb_num gap = nvb_num_sub(w->calc, p->claimed, p->named);
    p->gap = nvb_num_sign(gap) != 0;
    add_item(w, NVB_BRIDGE_GAP, NULL, gap);
    nvb_num part = nvb_num_mul(w->calc, p->claimed, nvb_num_sub(w->calc, percentage, one));
    add_item(w, NVB_BRIDGE_BASIS_PERCENTAGE, NULL, part);
    part = nvb_num_mul(w->calc, nvb_num_mul(w->calc, p->claimed, percentage),
                       nvb_num_sub(w->calc, factor, one));
    add_item(w, NVB_BRIDGE_BASIS_FACTOR, NULL, part);
}

/* bedrag, then percentage, then factor, each with those before it new and those after it old. */
static void changed_base(bridging *w)
{
    nvb_pair *p = w->pair;
    nvb_calc *calc = w->calc;
    const nvb_basis *is = &p->new_line->price.basis;
    nvb_num amount = base_amount(w->c->new_side, &w->new_codes, is),
            percentage = or_one(&is->percentage), factor = or_one(&is->factor);
    nvb_num sum[3] = {nvb_num_int(0), nvb_num_int(0), nvb_num_int(0)};
    for (size_t i = 0; i < p->n_old; i++) {
        const nvb_basis *was = &p->old[i].line->price.basis;
        nvb_num a = base_amount(w->c->old_side, &w->old_codes, was);
        nvb_num q = or_one(&was->percentage), f = or_one(&was->factor);
        nvb_num d[3] = {
            nvb_num_mul(calc, nvb_num_sub(calc, amount, a), nvb_num_mul(calc, q, f)),
            nvb_num_mul(calc, nvb_num_mul(calc, amount, nvb_num_sub(calc, percentage, q)), f),
            nvb_num_mul(calc, nvb_num_mul(calc, amount, percentage), nvb_num_sub(calc, factor, f)),
        };
        for (int k = 0; k < 3; k++)
            sum[k] = nvb_num_add(calc, sum[k], weighted(w, i, d[k]));
    }
    add_item(w, NVB_BRIDGE_BASIS, NULL, sum[0]);
    add_item(w, NVB_BRIDGE_BASIS_PERCENTAGE, NULL, sum[1]);
    add_item(w, NVB_BRIDGE_BASIS_FACTOR, NULL, sum[2]);
}

/* --- steps --- */

static row *row_of(bridging *w, nvb_text id)
{
    if (w->ids.slots) {
        uint32_t at = nvbi_names_find(&w->ids, id);
        if (at != NVBI_NO_NAME)
            return &w->rows[at];
        nvbi_names_add(&w->ids, id, (uint32_t)w->n_rows);
    } else {
        for (size_t i = 0; i < w->n_rows; i++)
            if (nvb_text_equal(w->rows[i].id, id))
                return &w->rows[i];
    }
    w->rows[w->n_rows] = (row){.id = id};
    return &w->rows[w->n_rows++];
}

static void gather_old(bridging *w, const up_to *to)
{
    for (size_t i = 0; i < w->pair->n_old; i++) {
        const nvb_buildup *price = &w->pair->old[i].line->price;
        for (size_t k = to[i].steps; k < price->n_steps; k++) {
            row *r = row_of(w, price->steps[k]->id);
            nvb_num v = nvbi_value_of(w->c->old_side, old_figures(w, i)->steps[k]);
            r->before = nvb_num_add(w->calc, r->before, weighted(w, i, v));
            r->old_step = r->old_step ? r->old_step : price->steps[k];
        }
    }
}

/* Lapsed steps in the order of the old line, then those of the new line in its order. */
static void add_steps(bridging *w, const up_to *to)
{
    const nvb_buildup *price = &w->pair->new_line->price;
    gather_old(w, to);
    size_t n_old = w->n_rows;
    uint32_t *order = NVBI_NEW(&w->scratch, uint32_t, price->n_steps + 1);
    if (!order)
        return;
    for (size_t k = 0; k < price->n_steps; k++) {
        row *r = row_of(w, price->steps[k]->id);
        r->new_step = price->steps[k];
        r->after = nvbi_value_of(w->c->new_side, new_figures(w)->steps[k]);
        order[k] = (uint32_t)(r - w->rows);
    }
    for (size_t i = 0; i < n_old; i++)
        if (!w->rows[i].new_step)
            add_item(w, NVB_BRIDGE_STEP_LAPSED, &w->rows[i],
                     nvb_num_neg(w->calc, w->rows[i].before));
    for (size_t k = 0; k < price->n_steps; k++) {
        const row *r = &w->rows[order[k]];
        add_item(w, r->old_step ? NVB_BRIDGE_STEP_CHANGED : NVB_BRIDGE_STEP_NEW, r,
                 nvb_num_sub(w->calc, r->after, r->before));
    }
}

/* --- limit and rounding --- */

static void add_ends(bridging *w, const up_to *to)
{
    const nvb_line_figures *is = new_figures(w);
    nvb_num limit = nvbi_value_of(w->c->new_side, is->limit),
            rounding = nvbi_value_of(w->c->new_side, is->rounding);
    for (size_t i = 0; i < w->pair->n_old; i++) {
        const nvb_line_figures *was = old_figures(w, i);
        if (!to[i].limit)
            limit = nvb_num_sub(w->calc, limit,
                                weighted(w, i, nvbi_value_of(w->c->old_side, was->limit)));
        if (!to[i].rounding)
            rounding = nvb_num_sub(w->calc, rounding,
                                   weighted(w, i, nvbi_value_of(w->c->old_side, was->rounding)));
    }
    add_item(w, NVB_BRIDGE_LIMIT, NULL, limit);
    add_item(w, NVB_BRIDGE_ROUNDING, NULL, rounding);
}

/* --- one pair --- */

bool nvbi_claims_last(const nvb_comparison *c, const nvb_line *l)
{
    const nvb_basis *b = &l->price.basis;
    return c->may_claim && b->given && b->kind == NVB_LAST_CONTRACT &&
           nvb_input_given(&b->amount) && !b->line.s;
}

static bool any_flat(const nvb_pair *p)
{
    for (size_t i = 0; i < p->n_old; i++)
        if (!p->old[i].line->price.basis.given)
            return true;
    return false;
}

static bool make_room(bridging *w, up_to **to)
{
    size_t steps = w->pair->new_line->price.n_steps;
    for (size_t i = 0; i < w->pair->n_old; i++)
        steps += w->pair->old[i].line->price.n_steps;
    w->rows = NVBI_NEW(&w->scratch, row, steps + 1);
    w->items = NVBI_NEW(&w->scratch, nvb_bridge_item, steps + 6);
    *to = NVBI_NEW(&w->scratch, up_to, w->pair->n_old + 1);
    w->ids = (nvbi_names){0};
    w->n_rows = w->n_items = 0;
    return w->rows && w->items && *to &&
           (steps <= NVBI_FEW_NAMES || nvbi_names_init(&w->ids, &w->scratch, steps));
}

static void explain(bridging *w, up_to *to)
{
    nvb_pair *p = w->pair;
    if (!p->new_line->price.basis.given || (any_flat(p) && !p->claims_last)) {
        add_item(w, NVB_BRIDGE_TARIFF, NULL,
                 nvb_num_sub(w->calc, p->after.tariff, p->before.tariff));
        return;
    }
    for (size_t i = 0; p->claims_last && i < p->n_old; i++)
        to[i] = named_in(w, i, p->new_line->price.basis.last);
    if (p->claims_last)
        claimed_base(w, to);
    else
        changed_base(w);
    add_steps(w, to);
    add_ends(w, to);
}

static void bridge(bridging *w)
{
    nvb_pair *p = w->pair;
    up_to *to;
    w->c->arena.failed |= w->scratch.failed; /* clearing would forget it */
    nvbi_arena_clear(&w->scratch);
    if (!p->before.has_tariff || !p->after.has_tariff || !make_room(w, &to))
        return;
    explain(w, to);
    nvb_bridge_item *items = NVBI_NEW(&w->c->arena, nvb_bridge_item, w->n_items);
    if (!items)
        return;
    if (w->n_items)
        memcpy(items, w->items, w->n_items * sizeof *items);
    p->tariff = (nvb_bridge){.from = p->before.tariff,
                             .to = p->after.tariff,
                             .difference = nvb_num_sub(w->calc, p->after.tariff, p->before.tariff),
                             .items = items,
                             .n = w->n_items};
    nvbi_apportion(w->calc, &w->scratch, &p->tariff, items, 2);
}

void nvbi_compare_bridges(nvb_comparison *c)
{
    bridging w = {.c = c, .calc = c->calc};
    nvbi_arena names;
    nvbi_arena_init(&w.scratch);
    nvbi_arena_init(&names);
    nvbi_name_lines(&w.old_codes, &names, c->old);
    nvbi_name_lines(&w.new_codes, &names, c->new_);
    for (size_t i = 0; i < c->n_pairs; i++) {
        w.pair = &c->pairs[i];
        if (w.pair->n_old)
            side_of_old(&w);
        if (w.pair->new_line)
            side_of_new(&w);
        if (!w.pair->n_old || !w.pair->new_line)
            continue;
        w.pair->claims_last = nvbi_claims_last(c, w.pair->new_line);
        bridge(&w);
    }
    c->arena.failed |= w.scratch.failed || names.failed;
    nvbi_arena_release(&w.scratch);
    nvbi_arena_release(&names);
}
