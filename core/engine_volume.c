/*
 * engine_volume.c: how many units, and what they bring in: volume build-up, treads, turnover. Model
 * section 5. Every turnover is rounded half away from zero to cents, treads one by one.
 */
#include "engine.h"

#include "numtext.h"

enum { CENTS = 2 };

static const char OF_VOLUME[] = "/volume";

static nvb_figure *add(nvbi_engine *e,
                       const nvb_line *line,
                       nvb_figure_kind kind,
                       nvb_unit unit,
                       const char *suffix,
                       nvb_text last)
{
    nvb_figure *f = nvbi_figure_add(e, kind, unit, line->path, suffix, last);
    f->line = line;
    f->items = 1U << NVB_ITEM_VOLUME;
    return f;
}

/* --- volume --- */

static nvb_figure *run_volume_step(nvbi_engine *e,
                                   const nvb_line *line,
                                   const nvb_volume_step *step,
                                   const uint32_t *figures,
                                   uint32_t n,
                                   nvb_num stand)
{
    nvb_figure *f =
        add(e, line, NVB_FIG_VOLUME_STEP, NVB_UNITS, "/volume/stappen", nvbi_path_last(step->path));
    f->volume_step = step;
    nvb_term *t = nvbi_terms(e, f, 2);
    if (!t)
        return f;
    if (nvb_input_given(&step->count)) {
        t[0] = nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_COUNT_INPUT, NVB_UNITS, &step->count);
        f->n_terms = 1;
        f->value = step->count.value;
        return f;
    }
    nvb_num over = step->over_stand ? stand : nvbi_figure_at(e->b, figures[0])->value;
    t[0] = nvbi_term_constant(NVB_NO_OPERATOR,
                              step->over_stand ? NVB_SYM_VOLUME_STAND : NVB_SYM_VOLUME_BASIS,
                              NVB_UNITS, over);
    t[0].from = figures;
    t[0].n_from = step->over_stand ? n : 1;
    t[1] = nvbi_term_input(NVB_TIMES, NVB_SYM_PERCENTAGE, NVB_PERCENT, &step->percentage);
    f->value = nvb_num_mul(e->calc, over, step->percentage.value);
    return f;
}

/* Terms of the sum of the first n figures: the base, then steps by name. */
static void
sum_terms(nvbi_engine *e, const nvb_volume *v, const uint32_t *figures, uint32_t n, nvb_term *t)
{
    for (uint32_t k = 0; k < n; k++) {
        t[k] = nvbi_term_constant(k ? NVB_PLUS : NVB_NO_OPERATOR,
                                  k ? NVB_SYM_VOLUME_STEP : NVB_SYM_VOLUME_BASIS, NVB_UNITS,
                                  nvbi_figure_at(e->b, figures[k])->value);
        t[k].name = k ? v->steps[k - 1].id : (nvb_text){0};
        t[k].from = &figures[k];
        t[k].n_from = 1;
    }
}

static uint32_t run_volume_rounding(nvbi_engine *e,
                                    const nvb_line *line,
                                    nvb_num before,
                                    nvb_num after,
                                    const uint32_t *figures,
                                    uint32_t n)
{
    nvb_num moved = nvb_num_sub(e->calc, after, before);
    if (nvb_num_sign(moved) == 0)
        return NVB_NO_FIGURE;
    nvb_figure *f =
        add(e, line, NVB_FIG_VOLUME_ROUNDING, NVB_UNITS, "/volume/afronding", (nvb_text){0});
    f->value = moved;
    nvb_term *t = nvbi_terms(e, f, 2);
    if (!t)
        return f->number;
    t[0] = nvbi_term_constant(NVB_NO_OPERATOR, NVB_SYM_ROUNDED, NVB_UNITS, after);
    t[1] = nvbi_term_constant(NVB_MINUS, NVB_SYM_VOLUME_STAND, NVB_UNITS, before);
    t[1].from = figures;
    t[1].n_from = n;
    return f->number;
}

static void run_built_up(nvbi_engine *e, const nvb_line *line, nvb_line_figures *out)
{
    const nvb_volume *v = &line->volume;
    uint32_t *figures = nvbi_arena_alloc(&e->b->arena, (v->n_steps + 1) * sizeof *figures);
    if (!figures) {
        e->failed = true;
        return;
    }
    nvb_figure *base =
        add(e, line, NVB_FIG_VOLUME_BASIS, NVB_UNITS, "/volume/basis", (nvb_text){0});
    nvb_term *t = nvbi_terms(e, base, 1);
    if (t)
        t[0] = nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_COUNT_INPUT, NVB_UNITS, &v->count);
    base->value = v->count.value;
    uint32_t n = 0;
    figures[n++] = base->number;
    nvb_num stand = base->value;
    for (size_t i = 0; i < v->n_steps; i++) {
        const nvb_figure *f = run_volume_step(e, line, &v->steps[i], figures, n, stand);
        figures[n++] = f->number;
        stand = nvb_num_add(e->calc, stand, f->value);
    }
    nvb_num after = v->rounding.declared
                        ? nvb_num_round(e->calc, stand, v->rounding.decimals, v->rounding.mode)
                        : stand;
    uint32_t moved = run_volume_rounding(e, line, stand, after, figures, n);
    nvb_figure *f = add(e, line, NVB_FIG_VOLUME, NVB_UNITS, OF_VOLUME, (nvb_text){0});
    f->value = after;
    if (v->rounding.declared)
        nvbi_figure_round(e, f, stand, v->rounding.decimals, v->rounding.mode, NVB_ROUNDED_FIGURE);
    t = nvbi_terms(e, f, n + (moved != NVB_NO_FIGURE ? 1U : 0U));
    if (t)
        sum_terms(e, v, figures, n, t);
    if (t && moved != NVB_NO_FIGURE)
        t[n] = nvbi_term_figure(e, NVB_PLUS, NVB_SYM_ROUNDING, NVB_UNITS,
                                nvbi_figure_at(e->b, moved)->value, moved);
    for (uint32_t k = 0; k < n; k++)
        nvbi_figure_at(e->b, figures[k])->parent = f->number;
    out->volume = f->number;
}

static void run_volume(nvbi_engine *e, const nvb_line *line, nvb_line_figures *out)
{
    const nvb_volume *v = &line->volume;
    if (v->built_up) {
        run_built_up(e, line, out);
    } else {
        nvb_figure *f = add(e, line, NVB_FIG_VOLUME, NVB_UNITS, OF_VOLUME, (nvb_text){0});
        nvb_term *t = nvbi_terms(e, f, 1);
        if (t)
            t[0] = nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_COUNT_INPUT, NVB_UNITS, &v->count);
        f->value = v->count.value;
        out->volume = f->number;
    }
    if (e->failed || nvb_num_sign(nvbi_figure_at(e->b, out->volume)->value) >= 0)
        return;
    nvb_buffer digits = NVB_BUFFER_INIT;
    nvbi_num_append(e->calc, &digits, nvbi_figure_at(e->b, out->volume)->value);
    nvb_diag_add(e->diag, NVB_E403, v->path, (nvb_text){digits.s ? digits.s : "", digits.n},
                 (nvb_text){0}, (nvb_text){0});
    nvb_buffer_release(&digits);
    e->failed = true;
}

/* --- turnover --- */

/* Units x tariff x share of one tread, rounded to cents. `below` is where the tread begins: NULL
 * for the first. */
static nvb_figure *run_tier(nvbi_engine *e,
                            const nvb_line *line,
                            size_t i,
                            const nvb_figure *volume,
                            const nvb_figure *tariff)
{
    const nvb_tier *tier = &line->tiers[i];
    const nvb_tier *below = i ? &line->tiers[i - 1] : NULL;
    nvb_num start = below ? below->upper.value : nvb_num_int(0);
    bool full = nvb_input_given(&tier->upper) &&
                nvb_num_cmp(e->calc, volume->value, tier->upper.value) >= 0;
    nvb_num top = full ? tier->upper.value : volume->value;
    bool reached = nvb_num_cmp(e->calc, top, start) > 0;
    nvb_num units = reached ? nvb_num_sub(e->calc, top, start) : nvb_num_int(0);

    nvb_figure *f = add(e, line, NVB_FIG_TIER, NVB_EUR, "/staffels", nvbi_path_last(tier->path));
    f->tier = tier;
    nvb_term *t = nvbi_terms(e, f, 4);
    if (!t)
        return f;
    size_t n = 0;
    if (!reached || (!below && !full)) {
        t[n] = nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_TIER_UNITS, NVB_UNITS, units,
                                volume->number);
        t[n++].path = tier->upper.path;
    } else {
        t[n++] = full
                     ? nvbi_term_input(NVB_NO_OPERATOR, NVB_SYM_TIER_BOUND, NVB_UNITS, &tier->upper)
                     : nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_VOLUME, NVB_UNITS,
                                        volume->value, volume->number);
        if (full) {
            t[0].from = nvbi_from(e, volume->number);
            t[0].n_from = 1;
        }
        if (below) {
            t[0].open = 1;
            t[n] = nvbi_term_input(NVB_MINUS, NVB_SYM_TIER_BOUND, NVB_UNITS, &below->upper);
            t[n++].close = 1;
        }
    }
    t[n++] = nvbi_term_figure(e, NVB_TIMES, NVB_SYM_TARIFF, NVB_EUR, tariff->value, tariff->number);
    t[n++] = nvbi_term_input(NVB_TIMES, NVB_SYM_TIER_SHARE, NVB_PERCENT, &tier->share);
    f->n_terms = (uint32_t)n;
    nvb_num exact =
        nvb_num_mul(e->calc, nvb_num_mul(e->calc, units, tariff->value), tier->share.value);
    f->value = nvbi_figure_round(e, f, exact, CENTS, NVB_ARITHMETIC, NVB_ROUNDED_FIGURE);
    return f;
}

static void run_tiers(nvbi_engine *e, const nvb_line *line, nvb_line_figures *out)
{
    const nvb_figure *volume = nvbi_figure_at(e->b, out->volume);
    const nvb_figure *tariff = nvbi_figure_at(e->b, out->tariff);
    uint32_t first = e->b->n;
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; i < line->n_tiers; i++)
        sum = nvb_num_add(e->calc, sum, run_tier(e, line, i, volume, tariff)->value);
    nvb_figure *f = add(e, line, NVB_FIG_TURNOVER, NVB_EUR, "/omzet", (nvb_text){0});
    f->value = sum;
    nvb_term *t = nvbi_terms(e, f, line->n_tiers);
    for (uint32_t i = 0; t && i < line->n_tiers; i++) {
        nvb_figure *tier = nvbi_figure_at(e->b, first + i);
        tier->parent = f->number;
        t[i] = nvbi_term_figure(e, i ? NVB_PLUS : NVB_NO_OPERATOR, NVB_SYM_TIER, NVB_EUR,
                                tier->value, tier->number);
        t[i].name = nvbi_path_last(tier->path);
    }
    out->turnover = f->number;
}

static void run_turnover(nvbi_engine *e, const nvb_line *line, nvb_line_figures *out)
{
    const nvb_figure *volume = nvbi_figure_at(e->b, out->volume);
    const nvb_figure *tariff = nvbi_figure_at(e->b, out->tariff);
    nvb_figure *f = add(e, line, NVB_FIG_TURNOVER, NVB_EUR, "/omzet", (nvb_text){0});
    nvb_term *t = nvbi_terms(e, f, 2);
    if (t) {
        t[0] = nvbi_term_figure(e, NVB_NO_OPERATOR, NVB_SYM_VOLUME, NVB_UNITS, volume->value,
                                volume->number);
        t[1] =
            nvbi_term_figure(e, NVB_TIMES, NVB_SYM_TARIFF, NVB_EUR, tariff->value, tariff->number);
    }
    nvb_num exact = nvb_num_mul(e->calc, volume->value, tariff->value);
    f->value = nvbi_figure_round(e, f, exact, CENTS, NVB_ARITHMETIC, NVB_ROUNDED_FIGURE);
    out->turnover = f->number;
}

void nvbi_volume_run(nvbi_engine *e, const nvb_line *line, nvb_line_figures *out)
{
    out->volume = out->turnover = NVB_NO_FIGURE;
    if (!line->volume.given || e->failed)
        return;
    run_volume(e, line, out);
    if (e->failed || out->tariff == NVB_NO_FIGURE)
        return;
    if (line->n_tiers)
        run_tiers(e, line, out);
    else
        run_turnover(e, line, out);
}
