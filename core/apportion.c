/*
 * apportion.c: amounts rounded so that they still add up (largest remainder). Decision 54.
 *
 * Every item is first taken down to the last printed place; what is then missing from the rounded
 * whole goes, one unit each, to the items with the largest remainders, of equal ones the first.
 */
#include "compare.h"

typedef struct remainder {
    nvb_num left;
    uint32_t item;
} remainder;

/* Largest first; equal ones keep their order. Merges runs of growing length. */
static remainder *sort(nvb_calc *calc, remainder *from, remainder *to, size_t n)
{
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t low = 0; low < n; low += 2 * run) {
            size_t middle = low + run < n ? low + run : n,
                   high = low + 2 * run < n ? low + 2 * run : n;
            size_t i = low, k = middle;
            for (size_t at = low; at < high; at++) {
                bool left =
                    i < middle && (k == high || nvb_num_cmp(calc, from[i].left, from[k].left) >= 0);
                to[at] = left ? from[i++] : from[k++];
            }
        }
        remainder *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

void nvbi_apportion(
    nvb_calc *calc, nvbi_arena *scratch, nvb_bridge *b, nvb_bridge_item *items, unsigned decimals)
{
    nvb_num whole = nvb_num_round(calc, b->difference, decimals, NVB_ARITHMETIC);
    nvbi_apportion_to(calc, scratch, b, items, decimals, whole);
}

void nvbi_apportion_to(nvb_calc *calc,
                       nvbi_arena *scratch,
                       nvb_bridge *b,
                       nvb_bridge_item *items,
                       unsigned decimals,
                       nvb_num whole)
{
    nvb_num unit = nvb_num_shift(calc, nvb_num_int(1), -(int)decimals), sum = nvb_num_int(0);
    remainder *order = NVBI_NEW(scratch, remainder, 2 * b->n + 1);
    b->printed = whole;
    if (!order)
        return;
    for (size_t i = 0; i < b->n; i++) {
        items[i].printed = nvb_num_round(calc, items[i].amount, decimals, NVB_DOWN);
        order[i] = (remainder){nvb_num_sub(calc, items[i].amount, items[i].printed), (uint32_t)i};
        sum = nvb_num_add(calc, sum, items[i].printed);
    }
    order = sort(calc, order, order + b->n, b->n);
    for (size_t i = 0; i < b->n && nvb_num_cmp(calc, sum, b->printed) < 0; i++) {
        nvb_bridge_item *item = &items[order[i].item];
        item->printed = nvb_num_add(calc, item->printed, unit);
        sum = nvb_num_add(calc, sum, unit);
    }
    for (size_t i = 0; i < b->n; i++) {
        nvb_num alone = nvb_num_round(calc, items[i].amount, decimals, NVB_ARITHMETIC);
        items[i].carries_cent = nvb_num_cmp(calc, alone, items[i].printed) != 0;
    }
}
