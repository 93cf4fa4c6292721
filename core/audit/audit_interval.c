/*
 * audit_interval.c: what follows when a base is itself a rounded figure. The engine works the
 * offer out twice more, once with every such base at its lowest and once at its highest; a figure
 * then lies between the outcomes. A line leans on one base only, so the ends are reached together.
 *
 * Half a cent above a rounded base is no end that can be reached: it would have been rounded up. It
 * is worked out a hair below that, less than the last decimal anybody is shown.
 */
#include "audit.h"

#include <stdlib.h>

enum { HAIR = NVB_SHOWN_DECIMALS + 2 };

/* The offer at one end of its bases: 0 low, 1 high. */
struct nvbi_bounds {
    nvb_breakdown *ends[2];
    nvb_proposal offer;
    nvb_diag *diag;         /* of the two; nobody reads it */
    nvb_num *low, *high;    /* of the base of each line; the engine gets */
    nvb_num *highest;       /* this one, which is the high end itself where it can be reached */
    bool *rounded;          /* whether that base is */
    const nvb_pair **pairs; /* with last year's contract, by line; NULL where there is none */
    bool any;
};

void nvbi_bounds_free(nvbi_bounds *k)
{
    if (!k)
        return;
    nvb_breakdown_free(k->ends[0]);
    nvb_breakdown_free(k->ends[1]);
    nvb_diag_free(k->diag);
    free(k);
}

/* --- the bases --- */

/* Last year's tariff before it was rounded, where its build-up is at hand and the base is that
 * tariff. */
static bool unrounded_last(const nvb_audit *a, const nvb_pair *pair, nvb_num *value)
{
    if (!pair || pair->n_old != 1 || !pair->claims_last || pair->gap)
        return false;
    const nvb_breakdown *old = nvb_comparison_old(a->in.previous);
    uint32_t at = nvb_breakdown_line(old, pair->old[0].number)->unrounded;
    if (at == NVB_NO_FIGURE)
        return false;
    *value = nvb_breakdown_at(old, at)->value;
    return true;
}

static bool names_unrounded(const nvb_basis *b)
{
    return nvb_text_equal(b->last, NVB_TEXT("onafgerond"));
}

static bool bounds_of(nvb_audit *a, const nvb_basis *b, const nvb_pair *pair, nvb_num end[3])
{
    if (!b->given || b->kind != NVB_LAST_CONTRACT || b->line.s || names_unrounded(b) ||
        !nvb_input_given(&b->amount) || !nvb_num_terminates(a->calc, b->amount.value, 2))
        return false;
    nvb_num base = b->amount.value, other;
    if (!b->last.s && unrounded_last(a, pair, &other)) {
        bool above = nvb_num_cmp(a->calc, other, base) > 0;
        end[0] = above ? base : other;
        end[1] = end[2] = above ? other : base;
        return nvb_num_cmp(a->calc, other, base) != 0;
    }
    nvb_num half = nvb_num_shift(a->calc, nvb_num_int(5), -3);
    end[0] = nvb_num_sub(a->calc, base, half);
    end[1] = nvb_num_add(a->calc, base, half);
    end[2] = nvb_num_sub(a->calc, end[1], nvb_num_shift(a->calc, nvb_num_int(1), -HAIR));
    return true;
}

static void find_bases(nvb_audit *a, nvbi_bounds *k)
{
    const nvb_proposal *p = a->p;
    size_t n_pairs = a->in.previous ? nvb_comparison_pairs(a->in.previous) : 0;
    for (size_t i = 0; i < n_pairs; i++) {
        const nvb_pair *pair = nvb_comparison_pair(a->in.previous, i);
        if (pair->new_line && pair->new_number < p->n_lines)
            k->pairs[pair->new_number] = pair;
    }
    for (size_t i = 0; i < p->n_lines; i++) {
        nvb_num end[3];
        k->rounded[i] = bounds_of(a, &p->lines[i].price.basis, k->pairs[i], end);
        if (!k->rounded[i])
            continue;
        k->low[i] = end[0];
        k->high[i] = end[1];
        k->highest[i] = end[2];
        k->any = true;
    }
}

/* --- the offer at both ends --- */

/* Both runs are of the same copy of the lines: a finished breakdown needs only its own figures. */
static void run_ends(nvb_audit *a, nvbi_bounds *k)
{
    size_t n = a->p->n_lines;
    nvb_line *lines = NVBI_NEW(&a->arena, nvb_line, n + 1);
    if (!lines || !(k->diag = nvb_diag_new())) {
        a->failed = true;
        return;
    }
    memcpy(lines, a->p->lines, n * sizeof *lines);
    k->offer = *a->p;
    k->offer.lines = lines;
    for (size_t i = 0; i < n; i++)
        if (lines[i].price.basis.given)
            lines[i].tariff.path = (nvb_text){0};
    const nvb_engine_options options = {.bare = !a->in.is_explanation};
    for (int end = 0; end < 2; end++) {
        for (size_t i = 0; i < n; i++)
            if (k->rounded[i])
                lines[i].price.basis.amount.value = end ? k->highest[i] : k->low[i];
        k->ends[end] = nvb_breakdown_new(&k->offer, &options, k->diag);
        /* Out of memory, unless something is wrong with the outcome at that end. */
        a->failed |= !k->ends[end] && !nvb_diag_count(k->diag, NVB_ERROR);
    }
}

static nvbi_bounds *bounds_for(nvb_audit *a)
{
    if (a->bounds)
        return a->bounds;
    nvbi_bounds *k = calloc(1, sizeof *k);
    size_t n = a->p->n_lines + 1;
    if (k) {
        k->low = NVBI_NEW(&a->arena, nvb_num, n);
        k->high = NVBI_NEW(&a->arena, nvb_num, n);
        k->highest = NVBI_NEW(&a->arena, nvb_num, n);
        k->rounded = NVBI_NEW(&a->arena, bool, n);
        k->pairs = nvbi_arena_zalloc(&a->arena, n, sizeof *k->pairs);
    }
    a->bounds = k;
    if (!k || a->arena.failed) {
        a->failed = true;
        return NULL;
    }
    find_bases(a, k);
    if (k->any)
        run_ends(a, k);
    return k;
}

bool nvbi_audit_base_bounds(nvb_audit *a, size_t line, nvb_num *low, nvb_num *high)
{
    const nvbi_bounds *k = bounds_for(a);
    if (!k || a->failed || !k->rounded[line])
        return false;
    *low = k->low[line];
    *high = k->high[line];
    return true;
}

/* --- the figures --- */

/* The figure at one end: a tariff by its line, which spares a table of all paths. */
static const nvb_figure *same_figure(const nvb_audit *a, nvb_breakdown *b, const nvb_figure *f)
{
    if (f->kind != NVB_FIG_TARIFF || !f->line)
        return nvb_breakdown_find(b, f->path);
    uint32_t at = nvb_breakdown_line(b, (size_t)(f->line - a->p->lines))->tariff;
    return at == NVB_NO_FIGURE ? NULL : nvb_breakdown_at(b, at);
}

/* A remainder that is not there is zero. */
static bool value_at(const nvb_audit *a, nvb_breakdown *b, const nvb_figure *f, nvb_num *value)
{
    const nvb_figure *there = same_figure(a, b, f);
    bool remainder = f->kind == NVB_FIG_LIMIT || f->kind == NVB_FIG_ROUNDING ||
                     f->kind == NVB_FIG_PART_REST || f->kind == NVB_FIG_PART_ROUNDING ||
                     f->kind == NVB_FIG_VOLUME_ROUNDING;
    *value = there ? there->value : nvb_num_int(0);
    return there || (remainder && !b->bare);
}

/* How far a rounding may move what it rounds, at most. */
static nvb_num reach(nvb_calc *calc, unsigned decimals, nvb_mode mode)
{
    bool nearest = mode == NVB_ARITHMETIC || mode == NVB_HALF_EVEN;
    return nearest ? nvb_num_shift(calc, nvb_num_int(5), -(int)decimals - 1)
                   : nvb_num_shift(calc, nvb_num_int(1), -(int)decimals);
}

/* What a rounding adds does not rise with the base: it may be anything it can be. */
static bool any_rounding(nvb_calc *calc, const nvb_figure *f, nvb_num *low, nvb_num *high)
{
    const nvb_rounding *r = f->kind == NVB_FIG_ROUNDING && f->line ? &f->line->price.rounding
                            : f->kind == NVB_FIG_PART_ROUNDING     ? &f->step->rounding
                                                                   : NULL;
    if (!r)
        return false;
    *high = reach(calc, r->decimals, r->mode);
    *low = nvb_num_neg(calc, *high);
    return true;
}

static void hull(nvb_calc *calc, const nvb_num *values, size_t n, nvb_num *low, nvb_num *high)
{
    *low = *high = values[0];
    for (size_t i = 1; i < n; i++) {
        if (nvb_num_cmp(calc, values[i], *low) < 0)
            *low = values[i];
        if (nvb_num_cmp(calc, values[i], *high) > 0)
            *high = values[i];
    }
}

bool nvbi_audit_interval(nvb_audit *a, const nvb_figure *f, nvb_num *low, nvb_num *high)
{
    nvbi_bounds *k = f->kind <= NVB_FIG_COMPONENT_WEIGHTED ? NULL : bounds_for(a);
    if (!k || a->failed || !k->any || !k->ends[0] || !k->ends[1])
        return false;
    nvb_num values[3] = {f->value};
    if (!value_at(a, k->ends[0], f, &values[1]) || !value_at(a, k->ends[1], f, &values[2]))
        return false;
    hull(a->calc, values, 3, low, high);
    if (nvb_num_cmp(a->calc, *low, *high) == 0)
        return false;
    any_rounding(a->calc, f, low, high);
    if (f->rounded && f->rounded->what == NVB_ROUNDED_STAND) {
        nvb_num more = reach(a->calc, f->rounded->decimals, f->rounded->mode);
        *low = nvb_num_sub(a->calc, *low, more);
        *high = nvb_num_add(a->calc, *high, more);
    }
    return true;
}
