/*
 * breakdown.c: a finished breakdown, looked into: by number, by path, and from a figure to what
 * uses it. Figures are never changed here; the two look-up tables are built when first asked for.
 */
#include "engine.h"

#include <stdlib.h>

#define KEY_CASE(name, key) [name] = key,

const char *nvb_figure_kind_key(nvb_figure_kind v)
{
    static const char *const keys[] = {NVB_FIGURE_KINDS(KEY_CASE)};
    return v < NVB_FIGURE_KIND_COUNT ? keys[v] : "";
}

void nvbi_breakdown_clear(nvb_breakdown *b)
{
    nvbi_arena_clear(&b->arena);
    nvb_calc_clear(b->calc);
    free(b->use_start);
    free(b->uses);
    b->use_start = b->uses = NULL;
    b->paths = (nvbi_names){0};
    b->n_chunks = 0;
    b->n = 0;
}

void nvb_breakdown_free(nvb_breakdown *b)
{
    if (!b)
        return;
    nvb_calc_free(b->calc);
    nvbi_arena_release(&b->arena);
    nvbi_arena_release(&b->formulas);
    free(b->chunks);
    free(b->use_start);
    free(b->uses);
    free(b);
}

const nvb_proposal *nvb_breakdown_proposal(const nvb_breakdown *b)
{
    return b->proposal;
}

nvb_calc *nvb_breakdown_calc(const nvb_breakdown *b)
{
    return b->calc;
}

size_t nvb_breakdown_count(const nvb_breakdown *b)
{
    return b->n;
}

const nvb_figure *nvb_breakdown_at(const nvb_breakdown *b, size_t i)
{
    return nvbi_figure_at(b, (uint32_t)i);
}

const nvb_figure *nvb_breakdown_find(nvb_breakdown *b, nvb_text path)
{
    if (!b->paths.slots && nvbi_names_init(&b->paths, &b->arena, b->n))
        for (uint32_t i = 0; i < b->n; i++)
            nvbi_names_add(&b->paths, nvbi_figure_at(b, i)->path, i);
    uint32_t at = nvbi_names_find(&b->paths, path);
    return at == NVBI_NO_NAME ? NULL : nvbi_figure_at(b, at);
}

/* --- from a figure to what uses it --- */

/* One pass over all origins: counts users per origin at [origin + 2], or, given room, writes them
 * from [origin + 1] on. `last` remembers the latest user of each origin, since one formula may name
 * an origin twice. */
static void pass_over_uses(nvb_breakdown *b, uint32_t *last, bool write)
{
    for (uint32_t i = 0; i < b->n; i++)
        last[i] = NVB_NO_FIGURE;
    for (uint32_t i = 0; i < b->n; i++) {
        const nvb_figure *f = nvbi_figure_at(b, i);
        for (uint32_t t = 0; t < f->n_terms; t++)
            for (uint32_t k = 0; k < f->terms[t].n_from; k++) {
                uint32_t origin = f->terms[t].from[k];
                if (last[origin] == i)
                    continue;
                last[origin] = i;
                if (write)
                    b->uses[b->use_start[origin + 1]++] = i;
                else
                    b->use_start[origin + 2]++;
            }
    }
}

static bool build_uses(nvb_breakdown *b)
{
    uint32_t *last = malloc(((size_t)b->n + 1) * sizeof *last);
    b->use_start = calloc((size_t)b->n + 2, sizeof *b->use_start);
    if (last && b->use_start) {
        pass_over_uses(b, last, false);
        for (uint32_t i = 2; i < b->n + 2; i++)
            b->use_start[i] += b->use_start[i - 1];
        b->uses = malloc(((size_t)b->use_start[b->n + 1] + 1) * sizeof *b->uses);
        if (b->uses)
            pass_over_uses(b, last, true);
    }
    free(last);
    if (!b->uses) {
        free(b->use_start);
        b->use_start = NULL;
    }
    return b->uses != NULL;
}

const uint32_t *nvb_breakdown_uses(nvb_breakdown *b, uint32_t i, size_t *n)
{
    *n = 0;
    if (!b->uses && !build_uses(b))
        return NULL;
    *n = b->use_start[i + 1] - b->use_start[i];
    return b->uses + b->use_start[i];
}

/* --- by what it belongs to --- */

const nvb_line_figures *nvb_breakdown_line(const nvb_breakdown *b, size_t i)
{
    return &b->lines[i];
}

uint32_t nvb_breakdown_cut(const nvb_breakdown *b, size_t i)
{
    return b->cuts[i];
}

uint32_t nvb_breakdown_ceiling_amount(const nvb_breakdown *b, size_t i)
{
    return b->ceiling_amounts[i];
}

uint32_t nvb_breakdown_index(const nvb_breakdown *b, size_t i)
{
    return b->indices[i];
}

uint32_t nvb_breakdown_group(const nvb_breakdown *b, size_t i)
{
    return b->groups[i];
}

uint32_t nvb_breakdown_total_before(const nvb_breakdown *b)
{
    return b->total_before;
}

uint32_t nvb_breakdown_total(const nvb_breakdown *b)
{
    return b->total;
}
