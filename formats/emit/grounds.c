/* grounds.c: see grounds.h. */
#include "grounds.h"

#include <stdlib.h>

enum { FEW_INPUTS = 16 }; /* up to here comparing with each is faster than a table */

void nvbi_origins_init(nvbi_origins *o, nvb_breakdown *b)
{
    *o = (nvbi_origins){.breakdown = b};
    o->seen = calloc(nvb_breakdown_count(b) + 1, sizeof *o->seen);
    o->failed = !o->seen;
}

void nvbi_origins_release(nvbi_origins *o)
{
    free(o->items);
    free(o->seen);
    free(o->slots);
    *o = (nvbi_origins){0};
}

static bool make_room(nvbi_origins *o)
{
    if (o->n < o->room)
        return true;
    size_t room = o->room ? o->room * 2 : 64;
    nvbi_origin *items = realloc(o->items, room * sizeof *items);
    if (!items) {
        o->failed = true;
        return false;
    }
    o->items = items;
    o->room = room;
    return true;
}

static void push(nvbi_origins *o, nvbi_origin item)
{
    if (make_room(o))
        o->items[o->n++] = item;
}

/* --- each input once --- */

static size_t hash(nvb_text t)
{
    uint64_t h = 14695981039346656037U;
    for (size_t i = 0; i < t.n; i++)
        h = (h ^ (unsigned char)t.s[i]) * 1099511628211U;
    return (size_t)(h ^ h >> 29);
}

/* The slot of a path in the table: that of an equal one, or a free one. */
static size_t *slot_for(const nvbi_origins *o, nvb_text path)
{
    size_t at = hash(path) & (o->n_slots - 1);
    while (o->slots[at] && !nvb_text_equal(o->items[o->slots[at] - 1].path, path))
        at = (at + 1) & (o->n_slots - 1);
    return &o->slots[at];
}

/* Makes the table anew, with room for twice the inputs there are. */
static bool build_table(nvbi_origins *o)
{
    size_t count = 64;
    while (count < o->n_inputs * 4)
        count *= 2;
    size_t *slots = realloc(o->slots, count * sizeof *slots);
    if (!slots) {
        o->failed = true;
        return false;
    }
    o->slots = slots;
    o->n_slots = count;
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < o->n; i++)
        if (!o->items[i].figure)
            *slot_for(o, o->items[i].path) = i + 1;
    return true;
}

static bool known_input(nvbi_origins *o, nvb_text path)
{
    if (o->n_inputs <= FEW_INPUTS) {
        for (size_t i = 0; i < o->n; i++)
            if (!o->items[i].figure && nvb_text_equal(o->items[i].path, path))
                return true;
        return false;
    }
    if ((o->n_slots == 0 || o->n_inputs * 2 > o->n_slots) && !build_table(o))
        return true;
    size_t *slot = slot_for(o, path);
    if (*slot)
        return true;
    *slot = o->n + 1;
    return false;
}

static void push_input(nvbi_origins *o, nvbi_origin item)
{
    if (!nvb_text_given(item.path) || known_input(o, item.path))
        return;
    push(o, item);
    o->n_inputs++;
}

/* --- what a figure was computed from --- */

static void push_figure(nvbi_origins *o, uint32_t number, const nvb_term *t)
{
    if (!o->seen || o->seen[number] == o->search)
        return;
    o->seen[number] = o->search;
    const nvb_figure *f = nvb_breakdown_at(o->breakdown, number);
    push(o, (nvbi_origin){.path = f->path, .suffix = "", .figure = f, .term = t});
}

/* The place of a fact is that of its value. */
static void push_fact(nvbi_origins *o, nvb_text id)
{
    static const char value[] = "/waarde";
    const size_t n = sizeof value - 1;
    const nvb_fact *fact =
        nvb_text_given(id) ? nvb_proposal_fact(nvb_breakdown_proposal(o->breakdown), id) : NULL;
    if (!fact)
        return;
    bool whole = fact->path.n >= n && memcmp(fact->path.s + fact->path.n - n, value, n) == 0;
    push_input(o, (nvbi_origin){.path = fact->path, .suffix = whole ? "" : value, .fact = fact});
}

static void push_hidden(nvbi_origins *o, const nvb_input *in, nvb_unit unit)
{
    push_input(o, (nvbi_origin){.path = in->path, .suffix = "", .input = in, .unit = unit});
}

static bool is_behind(const nvb_term *t, const nvb_input *in, nvb_symbol itself)
{
    return nvb_input_given(in) && t->path.s == in->path.s && t->symbol != itself;
}

/* The place a term names: of its own number, or of one that lies behind it, as the share above a
 * ceiling behind the payment. */
static void push_place(nvbi_origins *o, const nvb_figure *f, const nvb_term *t)
{
    const nvb_ceiling *c = f->ceiling;
    if (c && is_behind(t, &c->beyond, NVB_SYM_BEYOND))
        push_hidden(o, &c->beyond, NVB_PERCENT);
    else if (c && is_behind(t, &c->amount, NVB_SYM_CEILING))
        push_hidden(o, &c->amount, NVB_EUR);
    else if (f->tier && is_behind(t, &f->tier->upper, NVB_SYM_TIER_BOUND))
        push_hidden(o, &f->tier->upper, NVB_UNITS);
    else
        push_input(o, (nvbi_origin){.path = t->path, .suffix = "", .term = t});
}

static void push_tread(nvbi_origins *o, const nvb_figure *f)
{
    if (f->step && f->step->table)
        push_fact(o, f->step->table->fact);
    push_hidden(o, &f->tread->upper, NVB_UNITS);
    push_hidden(o, &f->tread->percentage, NVB_PERCENT);
    push_hidden(o, &f->tread->amount, NVB_EUR);
}

void nvbi_origins_find(nvbi_origins *o, const nvb_figure *f)
{
    o->n = o->n_inputs = o->n_slots = 0;
    o->search++;
    for (uint32_t i = 0; i < f->n_terms; i++) {
        const nvb_term *t = &f->terms[i];
        if (nvb_text_given(t->path))
            push_place(o, f, t);
        for (uint32_t k = 0; k < t->n_from; k++)
            push_figure(o, t->from[k], t);
    }
    if (f->tread)
        push_tread(o, f);
    const nvb_condition *condition = nvbi_figure_condition(f);
    if (condition)
        push_fact(o, condition->fact);
}

/* --- why --- */

static bool is_whole_step(const nvb_figure *f)
{
    return f->step && (f->kind == NVB_FIG_STEP || f->kind == NVB_FIG_POTENTIAL);
}

nvb_text nvbi_figure_reason(const nvb_figure *f)
{
    if (is_whole_step(f))
        return f->step->reason;
    if (f->kind == NVB_FIG_BASIS && f->basis)
        return f->basis->reason;
    if (f->kind == NVB_FIG_VOLUME_STEP && f->volume_step)
        return f->volume_step->reason;
    if (f->kind == NVB_FIG_CUT && f->ceiling)
        return f->ceiling->reason;
    return (nvb_text){NULL, 0};
}

nvb_category nvbi_figure_category(const nvb_figure *f)
{
    if (is_whole_step(f))
        return f->step->category;
    if (f->kind == NVB_FIG_VOLUME_STEP && f->volume_step)
        return f->volume_step->category;
    return NVB_CATEGORY_COUNT;
}

const nvb_condition *nvbi_figure_condition(const nvb_figure *f)
{
    return is_whole_step(f) ? f->step->condition : NULL;
}

/* A volume in one number has its source on the volume itself. */
static nvb_text volume_source(const nvb_figure *f)
{
    bool starts = f->kind == NVB_FIG_VOLUME_BASIS ||
                  (f->kind == NVB_FIG_VOLUME && f->line && !f->line->volume.built_up);
    return starts && f->line ? f->line->volume.source : (nvb_text){NULL, 0};
}

nvb_text nvbi_figure_source(const nvb_figure *f)
{
    if (is_whole_step(f))
        return f->step->source;
    if (f->kind == NVB_FIG_BASIS && f->basis)
        return f->basis->source;
    if (f->kind == NVB_FIG_LIMIT && f->limit)
        return f->limit->source;
    if (f->component)
        return f->component->source;
    if (f->index && f->kind <= NVB_FIG_INDEX_PROVISIONAL)
        return f->index->source;
    return volume_source(f);
}
