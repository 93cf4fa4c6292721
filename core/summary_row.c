/* summary_row.c: what one document adds to a summary, and the bands its changes fall in; see
 * summary.h. */
#include "navolgbaar/summary.h"

#define BAND_LOW(low) low,
static const int lows[NVB_BAND_BOUNDS] = {NVB_BANDS(BAND_LOW)};
#undef BAND_LOW

enum { PERCENT = 2 }; /* decimal places between a fraction and a percentage */

/* How many of the bounds a band lies above: the band of no change has the place of the bound 0, and
 * those above it are one further on. */
static size_t zero_band(void)
{
    size_t i = 0;
    while (lows[i] != 0)
        i++;
    return i + 1;
}

nvb_band nvb_band_at(size_t i)
{
    size_t zero = zero_band();
    if (i == zero)
        return (nvb_band){.has_low = true, .has_high = true, .zero = true};
    size_t above = i > zero ? i - 1 : i; /* bounds at or below it */
    nvb_band band = {.has_low = above > 0, .has_high = above < NVB_BAND_BOUNDS};
    if (band.has_low)
        band.low = lows[above - 1];
    if (band.has_high)
        band.high = lows[above];
    return band;
}

size_t nvb_band_of(nvb_calc *calc, nvb_num from, nvb_num to)
{
    nvb_num change = nvb_num_shift(calc, nvb_num_sub(calc, to, from), PERCENT);
    int sign = nvb_num_sign(change);
    size_t above = 0;
    if (sign == 0)
        return zero_band();
    while (above < NVB_BAND_BOUNDS &&
           nvb_num_cmp(calc, change, nvb_num_mul(calc, from, nvb_num_int(lows[above]))) >= 0)
        above++;
    return sign > 0 ? above + 1 : above;
}

static uint64_t lines_with_turnover(const nvb_breakdown *b)
{
    uint64_t n = 0;
    for (size_t i = 0; i < nvb_breakdown_proposal(b)->n_lines; i++)
        n += nvb_breakdown_line(b, i)->turnover != NVB_NO_FIGURE;
    return n;
}

static nvb_num total_of(const nvb_breakdown *b)
{
    return nvb_breakdown_at(b, nvb_breakdown_total(b))->value;
}

static void look_at_changes(nvb_summary_row *row, const nvb_comparison *c)
{
    const nvb_breakdown *old = nvb_comparison_old(c);
    row->compared = true;
    row->previous_reference = nvb_breakdown_proposal(old)->reference;
    row->has_previous = lines_with_turnover(old) > 0;
    row->previous = total_of(old);
    for (size_t i = 0; i < nvb_comparison_pairs(c); i++) {
        const nvb_pair *p = nvb_comparison_pair(c, i);
        row->pairs[p->state]++;
        if (p->before.has_tariff && p->after.has_tariff && !p->other_unit &&
            nvb_num_sign(p->before.tariff) > 0)
            row->bands[nvb_band_of(nvb_comparison_calc(c), p->before.tariff, p->after.tariff)]++;
    }
}

static void look_at_checks(nvb_summary_row *row, const nvb_checks *checks)
{
    for (unsigned r = 0; r < NVB_RULE_COUNT; r++) {
        if (nvb_rule_place_of((nvb_rule)r) != NVB_IN_CHECK)
            continue;
        nvb_outcome outcome = nvb_checks_at(checks, (nvb_rule)r)->outcome;
        row->not_met |= (uint64_t)(outcome == NVB_NOT_MET) << r;
        row->unknown |= (uint64_t)(outcome == NVB_UNKNOWN) << r;
    }
}

nvb_summary_row nvb_summary_row_of(const nvb_breakdown *b,
                                   const nvb_checks *checks,
                                   const nvb_comparison *changes,
                                   const nvb_diag *diag,
                                   uint64_t number)
{
    const nvb_proposal *p = nvb_breakdown_proposal(b);
    uint64_t with_turnover = lines_with_turnover(b);
    nvb_summary_row row = {
        .number = number,
        .reference = p->reference,
        .code = p->provider.code,
        .name = p->provider.name,
        .good = true,
        .insurer = p->insurer.name,
        .policy = p->policy,
        .year = p->year,
        .lines = p->n_lines,
        .without_volume = p->n_lines - with_turnover,
        .has_turnover = with_turnover > 0,
        .turnover = total_of(b),
        .gaps = diag ? nvb_diag_count(diag, NVB_GAP) : 0,
    };
    if (changes)
        look_at_changes(&row, changes);
    if (checks)
        look_at_checks(&row, checks);
    return row;
}

size_t nvb_summary_codes(const nvb_diag *diag, nvb_code *codes)
{
    nvb_severity why = nvb_diag_count(diag, NVB_ERROR) ? NVB_ERROR : NVB_GAP;
    bool seen[NVB_CODE_COUNT] = {false};
    size_t n = 0;
    for (size_t i = 0; i < nvb_diag_kept(diag); i++)
        seen[nvb_diag_at(diag, i)->code] = true;
    for (unsigned c = NVB_OK + 1; c < NVB_CODE_COUNT; c++)
        if (seen[c] && nvb_code_severity((nvb_code)c) == why)
            codes[n++] = (nvb_code)c;
    return n;
}
