/*
 * compare.h: what the parts of the comparison share while it is being made. Internal to core.
 *
 * The way: compare.c holds the handle and the order of it all; compare_pair.c says which lines
 * belong together; compare_bridge.c explains each tariff; compare_turnover.c does price, volume,
 * totals, causes and mix; apportion.c rounds the items of a bridge so that they add up as printed;
 * compare_content.c and compare_fields.c find what else changed; compare_words.c compares two
 * texts.
 */
#ifndef NVB_CORE_COMPARE_H
#define NVB_CORE_COMPARE_H

#include "engine.h"
#include "navolgbaar/compare.h"

struct nvb_comparison {
    nvbi_arena arena;
    nvb_calc *calc;
    const nvb_breakdown *old_side, *new_side;
    const nvb_proposal *old, *new_;
    nvb_compare_options options;
    nvb_diag *diag;
    bool may_claim; /* the old document is of an earlier contract year, or does not say: bases may
                   claim to come from it */
    nvb_pair *pairs;
    size_t n_pairs;
    bool *own_keys; /* per pair: its own keys differ (compare_content.c) */
    nvb_bridge total, causes;
    nvb_mix *mixes;
    size_t n_mixes;
    nvb_change *changes;
    size_t n_changes;
    size_t count[NVB_PAIR_STATE_COUNT];
    size_t without_volume[2]; /* [0] old side, [1] new side */
};

/* compare.c: the lines of a proposal by their code; empty when memory is out. */
void nvbi_name_lines(nvbi_names *codes, nvbi_arena *arena, const nvb_proposal *p);

/* compare_pair.c: makes `pairs` (lines, weights, shares, names); false when the documents cannot be
 * compared. */
bool nvbi_compare_pair(nvb_comparison *c);
/* compare_bridge.c: whether the base of a new line says it comes from the old document. */
bool nvbi_claims_last(const nvb_comparison *c, const nvb_line *l);
/* Sides and tariff bridges. */
void nvbi_compare_bridges(nvb_comparison *c);
/* compare_turnover.c: effects, total, causes, mixes. */
void nvbi_compare_turnover(nvb_comparison *c);
/* compare_content.c: fills `changes` and `own_keys`; a failure shows in the arena. Pairs are there.
 */
void nvbi_compare_content(nvb_comparison *c);

/* apportion.c: `printed` and `carries_cent` of items, and of the whole, at `decimals` places (2:
 * cents): each item is rounded down or up, those with the largest remainders up, so that they add
 * up to the difference as it is rounded. */
void nvbi_apportion(
    nvb_calc *calc, nvbi_arena *scratch, nvb_bridge *b, nvb_bridge_item *items, unsigned decimals);
/* The same for a bridge that stands below an item printed as `whole`, which is the difference
 * rounded down or up. */
void nvbi_apportion_to(nvb_calc *calc,
                       nvbi_arena *scratch,
                       nvb_bridge *b,
                       nvb_bridge_item *items,
                       unsigned decimals,
                       nvb_num whole);

#endif
