/*
 * engine.c: walks a proposal in calculation order and lets each part of the engine add its figures.
 * Order: indices, lines (a line it leans on goes first), groups, ceilings, effective tariffs, totals.
 * It rounds nothing and computes nothing itself.
 */
#include "engine.h"
#include "invariants.h"
#include "numtext.h"

#include <stdlib.h>

nvb_figure *nvbi_figure_at(const nvb_breakdown *b, uint32_t i)
{
    return &b->chunks[i / NVBI_CHUNK][i % NVBI_CHUNK];
}

static bool add_chunk(nvb_breakdown *b)
{
    if (b->n_chunks == b->room_chunks) {
        size_t room = b->room_chunks ? b->room_chunks * 2 : 64;
        nvb_figure **chunks = realloc(b->chunks, room * sizeof *chunks);
        if (!chunks)
            return false;
        b->chunks = chunks;
        b->room_chunks = room;
    }
    nvb_figure *chunk = nvbi_arena_alloc(&b->arena, NVBI_CHUNK * sizeof *chunk);
    if (!chunk)
        return false;
    b->chunks[b->n_chunks++] = chunk;
    return true;
}

static nvb_text join(nvbi_arena *a, nvb_text path, const char *suffix, nvb_text last)
{
    size_t n_suffix = strlen(suffix);
    size_t n = path.n + n_suffix + (last.s ? last.n + 1 : 0);
    char *s = nvbi_arena_alloc(a, n + 1);
    if (!s)
        return NVB_TEXT("");
    memcpy(s, path.s, path.n);
    memcpy(s + path.n, suffix, n_suffix);
    if (last.s) {
        s[path.n + n_suffix] = '/';
        memcpy(s + path.n + n_suffix + 1, last.s, last.n);
    }
    s[n] = '\0';
    return (nvb_text){s, n};
}

/* Figures that find no memory go here: the run ends right after, so its contents do not matter. */
static nvb_figure *scrap_figure(nvbi_engine *e)
{
    static const nvb_figure nothing = {0};
    nvb_figure *f = nvbi_figure_at(e->b, 0);
    e->failed = true;
    *f = nothing;
    return f;
}

nvb_figure *nvbi_figure_add(nvbi_engine *e,
                            nvb_figure_kind kind,
                            nvb_unit unit,
                            nvb_text path,
                            const char *suffix,
                            nvb_text last)
{
    nvb_breakdown *b = e->b;
    if (b->n == b->n_chunks * NVBI_CHUNK && (b->n == NVB_NO_FIGURE - NVBI_CHUNK || !add_chunk(b)))
        return scrap_figure(e);
    nvb_figure *f = nvbi_figure_at(b, b->n);
    memset(f, 0, sizeof *f);
    f->path = join(&b->arena, path, suffix, last);
    f->kind = kind;
    f->unit = unit;
    f->value = nvb_num_int(0);
    f->number = f->parent = b->n++;
    return f;
}

nvb_term *nvbi_terms(nvbi_engine *e, nvb_figure *f, size_t n)
{
    f->terms = nvbi_arena_alloc(&e->b->arena, n * sizeof *f->terms);
    f->n_terms = f->terms ? (uint32_t)n : 0;
    if (!f->terms)
        e->failed = true;
    return f->terms;
}

nvb_text nvbi_path_last(nvb_text path)
{
    size_t at = path.n;
    while (at > 0 && path.s[at - 1] != '/')
        at--;
    return (nvb_text){path.s + at, path.n - at};
}

void nvbi_engine_watch(nvbi_engine *e, nvb_text path)
{
    nvb_num_error error = nvb_calc_take_error(e->calc);
    if (error == NVB_NUM_OK)
        return;
    e->failed = true;
    if (error == NVB_NUM_DIGITS)
        nvb_diag_add(e->diag, NVB_E402, path, (nvb_text){0}, (nvb_text){0}, (nvb_text){0});
}

nvb_num nvbi_figure_round(nvbi_engine *e,
                          nvb_figure *f,
                          nvb_num before,
                          unsigned decimals,
                          nvb_mode mode,
                          nvb_rounded_what what)
{
    nvb_num after = nvb_num_round(e->calc, before, decimals, mode);
    nvb_rounded *r = nvbi_arena_alloc(&e->b->arena, sizeof *r);
    if (r)
        *r = (nvb_rounded){what, decimals, mode, before, after};
    else
        e->failed = true;
    f->rounded = r;
    return after;
}

const uint32_t *nvbi_from(nvbi_engine *e, uint32_t figure)
{
    uint32_t *from = nvbi_arena_alloc(&e->b->arena, sizeof *from);
    if (from)
        *from = figure;
    else
        e->failed = true;
    return from;
}

nvb_term nvbi_term_input(nvb_operator op, nvb_symbol s, nvb_unit u, const nvb_input *in)
{
    return (nvb_term){.op = op, .symbol = s, .unit = u, .value = in->value, .path = in->path};
}

nvb_term nvbi_term_constant(nvb_operator op, nvb_symbol s, nvb_unit u, nvb_num v)
{
    return (nvb_term){.op = op, .symbol = s, .unit = u, .value = v};
}

nvb_term nvbi_term_figure(nvbi_engine *e,
                          nvb_operator op,
                          nvb_symbol s,
                          nvb_unit u,
                          nvb_num v,
                          uint32_t figure)
{
    nvb_term t = nvbi_term_constant(op, s, u, v);
    t.from = nvbi_from(e, figure);
    t.n_from = t.from ? 1 : 0;
    return t;
}

/* The text of a number in digits, kept by the diag that needs it. */
static nvb_text in_digits(nvbi_engine *e, nvb_num v, nvb_unit unit)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    nvbi_num_append(e->calc, &b, unit == NVB_PERCENT ? nvb_num_shift(e->calc, v, 2) : v);
    if (unit == NVB_PERCENT)
        nvb_buffer_byte(&b, '%');
    nvb_text kept = nvb_diag_keep(e->diag, (nvb_text){b.s ? b.s : "", b.n});
    nvb_buffer_release(&b);
    return kept;
}

void nvbi_claim(nvbi_engine *e, const nvb_input *claim, nvb_num follows, nvb_unit unit)
{
    if (!nvb_input_given(claim) || nvb_num_cmp(e->calc, claim->value, follows) == 0)
        return;
    nvb_diag_add(e->diag, NVB_E509, claim->path, in_digits(e, claim->value, unit),
                 in_digits(e, follows, unit), (nvb_text){0});
}

/* --- the walk --- */

static bool prepare_names(nvbi_engine *e)
{
    const nvb_proposal *p = e->p;
    nvbi_arena *a = &e->b->arena;
    if (!nvbi_names_init(&e->index_names, a, p->n_indices) ||
        !nvbi_names_init(&e->line_names, a, p->n_lines) ||
        !nvbi_names_init(&e->group_names, a, p->n_groups) ||
        !nvbi_names_init(&e->fact_names, a, p->n_facts))
        return false;
    for (size_t i = 0; i < p->n_indices; i++)
        nvbi_names_add(&e->index_names, p->indices[i].id, (uint32_t)i);
    for (size_t i = 0; i < p->n_lines; i++)
        nvbi_names_add(&e->line_names, p->lines[i].code, (uint32_t)i);
    for (size_t i = 0; i < p->n_groups; i++)
        nvbi_names_add(&e->group_names, p->groups[i].id, (uint32_t)i);
    for (size_t i = 0; i < p->n_facts; i++)
        nvbi_names_add(&e->fact_names, p->facts[i].id, (uint32_t)i);
    return true;
}

static uint32_t *no_figures(nvbi_engine *e, size_t n)
{
    uint32_t *list = nvbi_arena_alloc(&e->b->arena, (n + 1) * sizeof *list);
    for (size_t i = 0; list && i < n; i++)
        list[i] = NVB_NO_FIGURE;
    return list;
}

static bool prepare(nvbi_engine *e)
{
    nvb_breakdown *b = e->b;
    const nvb_proposal *p = e->p;
    b->lines = NVBI_NEW(&b->arena, nvb_line_figures, p->n_lines + 1);
    b->cuts = no_figures(e, p->n_ceilings);
    b->ceiling_amounts = no_figures(e, p->n_ceilings);
    b->indices = no_figures(e, p->n_indices);
    b->groups = no_figures(e, p->n_groups);
    e->indices = NVBI_NEW(&b->arena, nvbi_index_work, p->n_indices + 1);
    return !b->arena.failed && e->indices && add_chunk(b) && prepare_names(e);
}

static void run_line(nvbi_engine *e, size_t i)
{
    const nvb_line *line = &e->p->lines[i];
    nvb_line_figures *out = &e->b->lines[i];
    out->first = e->b->n;
    nvbi_built built = nvbi_price_run(e, &line->price, line, NULL);
    out->basis = built.basis;
    out->limit = built.limit;
    out->unrounded = built.unrounded;
    out->rounding = built.rounding;
    out->tariff = built.amount;
    out->steps = built.steps;
    nvbi_volume_run(e, line, out);
    out->effective = NVB_NO_FIGURE;
    out->end = e->b->n;
    nvbi_engine_watch(e, line->path);
}

/* A line after the lines it leans on. The chain is at most 16 long and has no circle: validated. */
static void run_line_after_its_base(nvbi_engine *e, size_t i)
{
    enum { DEEPEST = 16 };
    size_t chain[DEEPEST + 1];
    size_t n = 0;
    while (n <= DEEPEST && e->b->lines[i].end == 0) {
        chain[n++] = i;
        uint32_t base = nvbi_names_find(&e->line_names, e->p->lines[i].price.basis.line);
        if (base == NVBI_NO_NAME)
            break;
        i = base;
    }
    while (n > 0 && !e->failed)
        run_line(e, chain[--n]);
}

static void run(nvbi_engine *e)
{
    /* Number 0 is taken from the figures of lines, so that `end == 0` means "not yet". */
    for (size_t i = 0; i < e->p->n_indices && !e->failed; i++)
        nvbi_index_run(e, i);
    for (size_t i = 0; i < e->p->n_lines && !e->failed; i++)
        run_line_after_its_base(e, i);
    if (!e->failed)
        nvbi_total_run(e);
    nvbi_engine_watch(e, NVB_TEXT(""));
}

bool nvb_breakdown_renew(nvb_breakdown *b, const nvb_proposal *proposal, nvb_diag *diag)
{
    nvbi_breakdown_clear(b);
    b->proposal = proposal;
    nvbi_engine e = {.p = proposal, .b = b, .calc = b->calc, .diag = diag};
    if (prepare(&e))
        run(&e);
    else
        e.failed = true;
    if (e.failed || b->arena.failed) {
        nvbi_breakdown_clear(b);
        return false;
    }
#ifdef NVB_CHECK_INVARIANTS
    nvbi_invariants_check(b);
#endif
    return true;
}

nvb_breakdown *nvb_breakdown_new(const nvb_proposal *proposal,
                                 const nvb_engine_options *options,
                                 nvb_diag *diag)
{
    nvb_breakdown *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    nvbi_arena_init(&b->arena);
    b->calc = nvb_calc_new(options && options->mpfr_only ? NVB_CALC_MPFR_ONLY : 0);
    if (b->calc && nvb_breakdown_renew(b, proposal, diag))
        return b;
    nvb_breakdown_free(b);
    return NULL;
}
