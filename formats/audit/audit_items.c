/* audit_items.c: see audit_items.h. */
#include "audit_items.h"

#include "audit_words.h"

static int of_rule(nvb_rule rule)
{
    switch (rule) {
    case NVB_RULE_BASIS:
        return NVB_ITEM_BASIS;
    case NVB_RULE_INDEXATION:
    case NVB_RULE_OVA:
    case NVB_RULE_YEARS:
    case NVB_RULE_AFTER:
    case NVB_RULE_INDEX_ONCE:
    case NVB_RULE_PUBLISHED:
    case NVB_RULE_EXPECTED:
        return NVB_ITEM_INDEXATION;
    case NVB_RULE_SURCHARGES:
    case NVB_RULE_EXPLAINED:
    case NVB_RULE_MAXIMUM:
    case NVB_RULE_POSITIVE:
        return NVB_ITEM_SURCHARGES;
    case NVB_RULE_VOLUME:
    case NVB_RULE_CEILING:
        return NVB_ITEM_VOLUME;
    case NVB_RULE_BENCHMARK:
        return NVB_ITEM_BENCHMARK;
    case NVB_RULE_AGREEMENTS:
        return NVB_ITEM_AGREEMENTS;
    case NVB_RULE_CLAIMS:
    case NVB_RULE_OFFERED:
    case NVB_RULE_REACTION:
    case NVB_RULE_QUESTIONS:
    case NVB_RULE_CHANGES:
    case NVB_RULE_SOURCES:
    case NVB_RULE_COUNT:
        break;
    }
    return NVB_ITEM_COUNT;
}

/* Where the offer would have had to say what the reading says. */
static int of_reading(nvb_reading_kind kind)
{
    switch (kind) {
    case NVB_READ_CONVENTION:
    case NVB_READ_CLAIMED_INDEX:
    case NVB_READ_NO_AFTER:
    case NVB_READ_AFTER_TWICE:
    case NVB_READ_AFTER_OTHER_YEAR:
    case NVB_READ_YEAR_OLD:
    case NVB_READ_COMPONENT_OMITTED:
    case NVB_READ_SHARES_SWAPPED:
    case NVB_READ_SHIFTED:
    case NVB_READ_INDEX_WRITTEN:
    case NVB_READ_INDEX_LOWER:
    case NVB_READ_PUBLISHED:
        return NVB_ITEM_INDEXATION;
    case NVB_READ_BASE_PERCENTAGE:
    case NVB_READ_BASE_ROUNDED:
    case NVB_READ_LAST_TARIFF:
    case NVB_READ_ONE_OFF_KEPT:
        return NVB_ITEM_BASIS;
    case NVB_READ_TIERS_IGNORED:
    case NVB_READ_VOLUME_STEP_OMITTED:
    case NVB_READ_CEILING_IGNORED:
        return NVB_ITEM_VOLUME;
    case NVB_READ_STEP_OMITTED:
    case NVB_READ_STEP_TWICE:
    case NVB_READ_STEP_REVERSED:
    case NVB_READ_CONDITION_IGNORED:
    case NVB_READ_STEP_OVER:
    case NVB_READ_SHARE_IGNORED:
    case NVB_READ_OTHER_TREAD:
    case NVB_READ_ROUNDED_PER_STEP:
    case NVB_READ_STEP_UNROUNDED:
    case NVB_READ_ROUNDED_OTHERWISE:
    case NVB_READ_MAXIMUM_IGNORED:
    case NVB_READ_MINIMUM_IGNORED:
    case NVB_READ_OTHER_LINE:
    case NVB_READ_DIGITS_SWAPPED:
    case NVB_READ_POINT_MOVED:
    case NVB_READ_DISCOUNT_ON_INDEX:
    case NVB_READ_DISCOUNT_ON_INDEXED:
    case NVB_READ_DISCOUNT_ON_TARIFF:
    case NVB_READ_AMOUNT:
    case NVB_READ_DIGIT_WRONG:
    case NVB_READING_KIND_COUNT:
        break;
    }
    return NVB_ITEM_SURCHARGES;
}

/* A tariff that nothing explains is what an unstated surcharge or discount looks like; one without
 * a base begins there. */
static int of_tariffs(const nvb_audit *a, const nvb_finding *f)
{
    const nvb_figure *figure = nvbi_audit_figure_at(a, f->path);
    if (f->n_readings)
        return of_reading(f->readings[0].kind);
    return figure && figure->line && figure->line->price.basis.assumed ? NVB_ITEM_BASIS
                                                                       : NVB_ITEM_SURCHARGES;
}

static int of_figure(const nvb_audit *a, const nvb_finding *f)
{
    const nvb_figure *figure = nvbi_audit_figure_at(a, f->path);
    for (int item = 0; figure && item < NVB_ITEM_COUNT; item++)
        if (figure->items >> item & 1)
            return item;
    return NVB_ITEM_COUNT;
}

int nvbi_audit_item(const nvb_audit *a, const nvb_finding *f)
{
    switch (f->kind) {
    case NVB_FOUND_RULE:
        return of_rule(f->rule);
    case NVB_FOUND_TARIFFS:
    case NVB_FOUND_EXPECTATION:
    case NVB_FOUND_CHANGED:
        return of_tariffs(a, f);
    case NVB_FOUND_FIGURE:
        return of_figure(a, f);
    case NVB_FOUND_NO_EXPLANATION:
    case NVB_FOUND_NOTHING:
    case NVB_FOUND_BASE:
    case NVB_FOUND_BASE_RAISED:
        return NVB_ITEM_BASIS;
    case NVB_FOUND_UNCHANGED:
    case NVB_FOUND_INDEX:
    case NVB_FOUND_PUBLISHED:
    case NVB_FOUND_PUBLISHED_OTHER:
    case NVB_FOUND_OUTDATED:
    case NVB_FOUND_EXPECTED:
        return NVB_ITEM_INDEXATION;
    case NVB_FOUND_CEILING:
        return NVB_ITEM_VOLUME;
    case NVB_FOUND_WITHIN:
    case NVB_FOUND_UNKNOWN:
    case NVB_FOUND_MISSING:
    case NVB_FOUND_GONE:
    case NVB_FINDING_KIND_COUNT:
        break;
    }
    return NVB_ITEM_COUNT;
}
