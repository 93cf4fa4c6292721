/*
 * audit_effective.c: what treads and ceilings make of a price: effective tariffs, and where a
 * ceiling bites.
 */
#include "audit.h"
#include "sets.h"

enum { CENTS = 2, MOST_DOUBLINGS = 62 };

static const nvb_figure *figure(const nvb_audit *a, uint32_t number)
{
    return number == NVB_NO_FIGURE ? NULL : nvb_breakdown_at(a->b, number);
}

/* --- effective tariffs --- */

static void list_effectives(nvb_audit *a)
{
    a->effectives = NVBI_NEW(&a->arena, nvb_effective, a->p->n_lines + 1);
    for (size_t i = 0; a->effectives && i < a->p->n_lines; i++) {
        const nvb_line_figures *own = nvb_breakdown_line(a->b, i);
        const nvb_figure *effective = figure(a, own->effective);
        const nvb_figure *tariff = figure(a, own->tariff), *count = figure(a, own->volume);
        if (effective && tariff && count)
            a->effectives[a->n_effectives++] =
                (nvb_effective){&a->p->lines[i], tariff->value, effective->value, count->value};
    }
}

/* --- from which number of units a ceiling bites --- */

static nvb_num cents(nvb_calc *calc, nvb_num v)
{
    return nvb_num_round(calc, v, CENTS, NVB_ARITHMETIC);
}

/* The turnover of so many units, each tread to cents as in engine_volume.c. */
static nvb_num turnover_of(nvb_calc *calc, const nvb_line *line, nvb_num tariff, nvb_num units)
{
    if (!line->n_tiers)
        return cents(calc, nvb_num_mul(calc, units, tariff));
    nvb_num sum = nvb_num_int(0), start = nvb_num_int(0);
    for (size_t i = 0; i < line->n_tiers; i++) {
        const nvb_tier *t = &line->tiers[i];
        bool full = nvb_input_given(&t->upper) && nvb_num_cmp(calc, units, t->upper.value) >= 0;
        nvb_num in_it = nvb_num_sub(calc, full ? t->upper.value : units, start);
        nvb_num paid = nvb_num_mul(calc, nvb_num_mul(calc, in_it, tariff), t->share.value);
        sum = nvb_num_add(calc, sum, cents(calc, paid));
        if (!full)
            break;
        start = t->upper.value;
    }
    return sum;
}

typedef struct biting {
    nvb_calc *calc;
    const nvb_line *line;
    nvb_num tariff, amount;
} biting;

static bool is_above(const biting *b, int64_t units)
{
    nvb_num sum = turnover_of(b->calc, b->line, b->tariff, nvb_num_int(units));
    return nvb_num_cmp(b->calc, sum, b->amount) > 0;
}

/* The first whole number of units whose turnover is above the amount: doubled until it is, then
 * halved in between. 0: it is never reached, as where the last tread pays nothing. */
static int64_t first_above(const biting *b)
{
    int64_t high = 1;
    for (int i = 0; !is_above(b, high); i++) {
        if (i == MOST_DOUBLINGS - 1)
            return 0;
        high *= 2;
    }
    int64_t low = high / 2; /* not above, or 0 */
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (is_above(b, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* --- ceilings --- */

/* The turnover under a ceiling, cuts of earlier ones within it counted: the operand the cut was
 * worked out from. */
static nvb_num turnover_under(nvb_audit *a, const nvb_figure *cut)
{
    for (uint32_t i = 0; i < cut->n_terms; i++)
        if (cut->terms[i].symbol == NVB_SYM_UNDER_CEILING)
            return cut->terms[i].value;
    nvb_num sum = nvb_num_int(0);
    for (uint32_t i = 0; i < cut->n_terms; i++)
        for (uint32_t k = 0; cut->terms[i].symbol == NVB_SYM_EXCESS && k < cut->terms[i].n_from;
             k++)
            sum = nvb_num_add(a->calc, sum, nvb_breakdown_at(a->b, cut->terms[i].from[k])->value);
    return sum;
}

/* The number of the only line under a ceiling; SIZE_MAX when there are more, or none. */
static size_t only_line(nvb_audit *a, const nvb_ceiling *c, const nvbi_names *lines)
{
    nvbi_set under;
    size_t found = SIZE_MAX;
    if (!nvbi_set_of_ceiling(&under, &a->arena, a->p, c, lines))
        return found;
    for (size_t i = 0; i < a->p->n_lines; i++) {
        if (!nvbi_set_has(&under, i))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i;
    }
    return found;
}

static void find_units(nvb_audit *a, nvb_bite *bite, const nvbi_names *lines)
{
    size_t at = only_line(a, bite->ceiling, lines);
    if (at == SIZE_MAX)
        return;
    const nvb_figure *tariff = figure(a, nvb_breakdown_line(a->b, at)->tariff);
    if (!tariff || nvb_num_sign(tariff->value) <= 0)
        return;
    biting b = {a->calc, &a->p->lines[at], tariff->value, bite->amount};
    int64_t units = first_above(&b);
    if (!units)
        return;
    bite->line = b.line;
    bite->units = nvb_num_int(units);
}

/* False when a draft does not say what the ceiling is. */
static bool amount_of(const nvb_audit *a, size_t i, nvb_num *out)
{
    const nvb_figure *built = figure(a, nvb_breakdown_ceiling_amount(a->b, i));
    const nvb_input *in = &a->p->ceilings[i].amount;
    if (!built && !nvb_input_given(in))
        return false;
    *out = built ? built->value : in->value;
    return true;
}

static void report(nvb_audit *a, const nvb_bite *bite)
{
    nvb_finding *f = nvbi_found(a, NVB_FOUND_CEILING, NVB_NOTE, bite->ceiling->path);
    nvbi_found_paths(a, f, &bite->ceiling->path, 1);
    f->word[0] = bite->ceiling->id;
    nvbi_found_number(f, 0, bite->turnover, NVB_EUR);
    nvbi_found_number(f, 1, bite->amount, NVB_EUR);
    nvbi_found_number(f, 2, nvb_num_shift(a->calc, bite->share, 2), NVB_PERCENT);
    f->has_amount = true;
    f->amount = nvb_num_neg(a->calc, bite->cut);
}

static void hold_ceiling(nvb_audit *a, size_t i, const nvbi_names *lines)
{
    const nvb_figure *cut = figure(a, nvb_breakdown_cut(a->b, i));
    nvb_bite *bite = &a->bites[a->n_bites];
    *bite = (nvb_bite){.ceiling = &a->p->ceilings[i]};
    if (!cut || !amount_of(a, i, &bite->amount))
        return;
    a->n_bites++;
    bite->turnover = turnover_under(a, cut);
    bite->cut = cut->value;
    bite->bites = nvb_num_cmp(a->calc, bite->turnover, bite->amount) > 0;
    bite->has_share = nvb_num_sign(bite->turnover) > 0;
    bite->share =
        bite->has_share ? nvb_num_div(a->calc, bite->amount, bite->turnover) : nvb_num_int(0);
    bite->units = nvb_num_int(0);
    find_units(a, bite, lines);
    nvbi_audit_watch(a, bite->ceiling->path);
    if (bite->bites)
        report(a, bite);
}

void nvbi_audit_effective(nvb_audit *a)
{
    list_effectives(a);
    a->bites = NVBI_NEW(&a->arena, nvb_bite, a->p->n_ceilings + 1);
    nvbi_names lines = {0};
    if (!a->bites || !nvbi_names_init(&lines, &a->arena, a->p->n_lines + 1)) {
        a->failed = true;
        return;
    }
    for (size_t i = 0; i < a->p->n_lines; i++)
        nvbi_names_add(&lines, a->p->lines[i].code, (uint32_t)i);
    for (size_t i = 0; i < a->p->n_ceilings && !a->failed; i++)
        hold_ceiling(a, i, &lines);
}
