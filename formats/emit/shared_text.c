/* shared_text.c: see shared_text.h. A figure has a few places in the table; when others have them
 * all, it takes the first. */
#include "shared_text.h"

#include "grounds.h"

enum { NEARBY = 8 };

static bool same_text(nvb_text a, nvb_text b)
{
    return a.n == b.n && (a.s == b.s || nvb_text_equal(a, b));
}

/* A number written out is a word too: the 1 in (1 + d). Equal numbers in other forms are not worth
 * the arithmetic. */
static bool same_number(const nvb_term *a, const nvb_term *b)
{
    return a->unit == b->unit && a->value.n == b->value.n && a->value.d == b->value.d &&
           a->value.scale == b->value.scale && !a->value.big && !b->value.big;
}

static bool same_formula(const nvb_figure *a, const nvb_figure *b)
{
    if (a->n_terms != b->n_terms)
        return false;
    for (uint32_t i = 0; i < a->n_terms; i++) {
        const nvb_term *x = &a->terms[i], *y = &b->terms[i];
        if (x->op != y->op || x->symbol != y->symbol || x->open != y->open ||
            x->close != y->close || (x->name.s == NULL) != (y->name.s == NULL) ||
            !same_text(x->name, y->name) || (x->symbol == NVB_SYM_NUMBER && !same_number(x, y)))
            return false;
    }
    return true;
}

/* What label and grounds are made of. A limit is named after its place in the line, and a tread is
 * the line's own. */
static bool same_grounds(const nvb_figure *a, const nvb_figure *b)
{
    return a->kind == b->kind && a->unit == b->unit && a->step == b->step &&
           a->component == b->component && a->index == b->index && a->items == b->items &&
           a->cause == b->cause && a->missing == b->missing && a->volume_step == b->volume_step &&
           a->tier == b->tier && a->ceiling == b->ceiling && a->group == b->group &&
           a->kind != NVB_FIG_LIMIT;
}

static size_t place_of(const nvb_figure *f)
{
    uint64_t h = (uint64_t)(uintptr_t)f->step ^ (uint64_t)(uintptr_t)f->component << 1 ^
                 (uint64_t)(uintptr_t)f->index << 2;
    h = (h ^ (uint64_t)f->kind << 32 ^ (uint64_t)f->n_terms << 40) * 0x9E3779B97F4A7C15U;
    return (size_t)(h >> 32) & (NVBI_SHARED_ROWS - 1);
}

nvbi_shared_row *nvbi_shared_find(nvbi_shared *s, const nvb_figure *f)
{
    size_t place = place_of(f);
    nvb_text reason = nvbi_figure_reason(f), source = nvbi_figure_source(f);
    nvbi_shared_row *row = &s->rows[place];
    for (size_t i = 0; i < NEARBY; i++) {
        nvbi_shared_row *near = &s->rows[(place + i) % NVBI_SHARED_ROWS];
        if (!near->of) {
            row = near;
            break;
        }
        if (same_grounds(near->of, f) && same_text(near->reason, reason) &&
            same_text(near->source, source) && same_formula(near->of, f))
            return near;
    }
    *row = (nvbi_shared_row){.of = f, .reason = reason, .source = source};
    return row;
}

bool nvbi_shared_again(const nvbi_shared_row *row, nvbi_shared_part part, nvbi_json *j)
{
    if (row->known[part])
        nvbi_json_again(j, row->from[part], row->n[part]);
    return row->known[part];
}

void nvbi_shared_keep(nvbi_shared_row *row, nvbi_shared_part part, const nvbi_json *j, size_t from)
{
    row->from[part] = from;
    row->n[part] = j->out->n - from;
    row->known[part] = !j->out->failed;
}
