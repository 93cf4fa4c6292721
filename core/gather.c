/* gather.c: see gather.h. */
#include "gather.h"

#include "compare.h"

bool nvbi_gather_begin(nvbi_gather *g, nvbi_arena *scratch, size_t steps)
{
    *g = (nvbi_gather){.steps = NVBI_NEW(scratch, nvb_bridge_item, steps + 1)};
    return g->steps && nvbi_names_init(&g->ids, scratch, steps + 1);
}

void nvbi_gather_kind(nvb_calc *calc, nvbi_gather *g, nvb_bridge_kind kind, nvb_num amount)
{
    g->kind[kind] = nvb_num_add(calc, g->kind[kind], amount);
}

static void add_step(nvb_calc *calc, nvbi_gather *g, const nvb_bridge_item *item, nvb_num amount)
{
    uint32_t at = nvbi_names_find(&g->ids, item->id);
    if (at == NVBI_NO_NAME) {
        nvbi_names_add(&g->ids, item->id, (uint32_t)g->n);
        g->steps[g->n] = *item;
        g->steps[g->n++].amount = amount;
        return;
    }
    nvb_bridge_item *sum = &g->steps[at];
    sum->amount = nvb_num_add(calc, sum->amount, amount);
    sum->old_step = sum->old_step ? sum->old_step : item->old_step;
    sum->new_step = item->new_step ? item->new_step : sum->new_step;
    if (sum->kind != item->kind)
        sum->kind = NVB_BRIDGE_STEP_CHANGED;
}

void nvbi_gather_add(nvb_calc *calc, nvbi_gather *g, const nvb_bridge_item *item, nvb_num amount)
{
    if (nvb_bridge_kind_is_step(item->kind))
        add_step(calc, g, item, amount);
    else
        nvbi_gather_kind(calc, g, item->kind, amount);
}

static size_t
put_kinds(const nvbi_gather *g, unsigned from, unsigned to, nvb_bridge_item *items, size_t n)
{
    for (unsigned k = from; k < to; k++) {
        const char *key = nvb_bridge_kind_key((nvb_bridge_kind)k);
        if (nvb_num_sign(g->kind[k]) != 0)
            items[n++] = (nvb_bridge_item){
                .id = {key, strlen(key)},
                  .kind = (nvb_bridge_kind)k, .amount = g->kind[k]
            };
    }
    return n;
}

/* What starts a tariff, steps in the order they came, what makes a turnover, what ends either. */
static nvb_bridge_item *items_of(const nvbi_gather *g, nvbi_arena *arena, size_t *n)
{
    nvb_bridge_item *items = NVBI_NEW(arena, nvb_bridge_item, g->n + NVB_BRIDGE_KIND_COUNT);
    *n = 0;
    if (!items)
        return NULL;
    size_t k = put_kinds(g, 0, NVB_BRIDGE_STEP_LAPSED, items, 0);
    for (size_t i = 0; i < g->n; i++)
        if (nvb_num_sign(g->steps[i].amount) != 0)
            items[k++] = g->steps[i];
    k = put_kinds(g, NVB_BRIDGE_PRICE, NVB_BRIDGE_KIND_COUNT, items, k);
    *n = put_kinds(g, NVB_BRIDGE_LIMIT, NVB_BRIDGE_PRICE, items, k);
    return items;
}

/* The item of the price effect in a total, which causes stand below; NULL when it is zero. */
static const nvb_bridge_item *price_item(const nvb_bridge *total)
{
    for (size_t i = 0; i < total->n; i++)
        if (total->items[i].kind == NVB_BRIDGE_PRICE)
            return &total->items[i];
    return NULL;
}

void nvbi_gather_finish(
    nvb_calc *calc, nvbi_arena *arena, const nvbi_gather *g, nvb_bridge *b, const nvb_bridge *total)
{
    nvbi_arena scratch;
    nvbi_arena_init(&scratch);
    nvb_bridge_item *items = items_of(g, arena, &b->n);
    const nvb_bridge_item *above = total ? price_item(total) : NULL;
    b->items = items;
    b->to = above ? above->amount : b->to;
    b->difference = nvb_num_sub(calc, b->to, b->from);
    if (items && total)
        nvbi_apportion_to(calc, &scratch, b, items, 2, above ? above->printed : nvb_num_int(0));
    else if (items)
        nvbi_apportion(calc, &scratch, b, items, 2);
    arena->failed |= scratch.failed;
    nvbi_arena_release(&scratch);
}
