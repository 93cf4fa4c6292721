/*
 * figures.c: what every part of the engine builds with: adding a figure, its terms, its rounding;
 * claims; errors of the arithmetic. It decides nothing about prices.
 */
#include "engine.h"

#include <stdlib.h>

#include "numtext.h"

bool nvbi_figures_room(nvb_breakdown *b)
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
    if (b->n == b->n_chunks * NVBI_CHUNK &&
        (b->n == NVB_NO_FIGURE - NVBI_CHUNK || !nvbi_figures_room(b)))
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

/* Where terms live. */
static nvbi_arena *formulas(nvbi_engine *e)
{
    return e->b->bare ? &e->b->formulas : &e->b->arena;
}

nvb_term *nvbi_terms(nvbi_engine *e, nvb_figure *f, size_t n)
{
    f->terms = nvbi_arena_alloc(formulas(e), n * sizeof *f->terms);
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
    uint32_t *from = nvbi_arena_alloc(formulas(e), sizeof *from);
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

nvb_term nvbi_term_figure(
    nvbi_engine *e, nvb_operator op, nvb_symbol s, nvb_unit u, nvb_num v, uint32_t figure)
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
