/*
 * gather.h: the items of many bridges as those of one: each step under its id, all else under its
 * kind. Internal to core.
 *
 *     nvbi_gather g;
 *     if (nvbi_gather_begin(&g, &scratch, most))
 *         nvbi_gather_add(calc, &g, item, amount);
 *     nvbi_gather_finish(calc, &arena, &g, &bridge, NULL);
 */
#ifndef NVB_CORE_GATHER_H
#define NVB_CORE_GATHER_H

#include "names.h"
#include "navolgbaar/compare.h"

typedef struct nvbi_gather {
    nvb_num kind[NVB_BRIDGE_KIND_COUNT];
    nvbi_names ids;
    nvb_bridge_item *steps;
    size_t n;
} nvbi_gather;

/* Room for `steps` different step ids; false when memory is out. */
bool nvbi_gather_begin(nvbi_gather *g, nvbi_arena *scratch, size_t steps);
void nvbi_gather_kind(nvb_calc *calc, nvbi_gather *g, nvb_bridge_kind kind, nvb_num amount);
/* Adds `amount` under the item's step or kind. A step goes from the first old one to the last new
 * one; of steps that are not all lapsed or all new the kind is changed. */
void nvbi_gather_add(nvb_calc *calc, nvbi_gather *g, const nvb_bridge_item *item, nvb_num amount);
/* Makes the bridge of what was gathered, without zeros: what starts a tariff, steps in the order
 * they came, what makes a turnover, what ends either; printed in cents. From bridge.from to
 * bridge.to; or, with a `total`, below its item `prijs`, from zero. A failure shows in the arena.
 */
void nvbi_gather_finish(nvb_calc *calc,
                        nvbi_arena *arena,
                        const nvbi_gather *g,
                        nvb_bridge *b,
                        const nvb_bridge *total);

#endif
