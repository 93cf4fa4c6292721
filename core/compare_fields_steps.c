/*
 * compare_fields_steps.c: see compare_content.h. The steps of two build-ups: paired by id, new,
 * gone, in another order. A pair of steps that many lines share is looked at once.
 */
#include "compare_content.h"

enum { FEW_STEPS = 8 }; /* more than this are worth a table */

/* How many different steps the lines of a document have; each gets a visit. */
static size_t count_steps(nvbi_content *w, const nvb_proposal *p)
{
    const nvb_step *const *last = NULL;
    bool first;
    size_t before = w->n_visits;
    for (size_t i = 0; i < p->n_lines; i++) {
        const nvb_buildup *b = &p->lines[i].price;
        if (b->steps == last)
            continue;
        last = b->steps;
        for (size_t k = 0; k < b->n_steps; k++)
            if (b->steps[k])
                nvbi_visit_of(w, b->steps[k], p, &first);
    }
    return w->n_visits - before;
}

/* The visits of a step and its document serve to list each once; they meet on no line. */
static void list_paths(nvbi_content *w, const nvb_proposal *p, nvbi_names *out)
{
    size_t from = w->n_visits, n = count_steps(w, p);
    if (!nvbi_names_init(out, &w->scratch, n))
        return;
    for (size_t i = from; i < from + n; i++) {
        const nvb_step *s = w->visits[i].before;
        nvbi_names_add(out, s->path, (uint32_t)i);
    }
}

void nvbi_steps_begin(nvbi_content *w)
{
    list_paths(w, w->c->old, &w->steps[0]);
    list_paths(w, w->c->new_, &w->steps[1]);
}

/* One more line, of this group, on which the two meet; NULL when memory is out. */
static nvbi_visit *meet(nvbi_content *w,
                        nvbi_owner *o,
                        const void *before,
                        const void *after,
                        nvb_text group,
                        bool *first)
{
    o->visit = nvbi_visit_of(w, before, after, first);
    if (o->visit == NVBI_NO_NAME)
        return NULL;
    nvbi_visit *v = &w->visits[o->visit];
    v->lines++;
    v->group = *first ? group : v->group;
    v->one_group &= nvb_text_equal(v->group, group);
    return v;
}

/* A step that only one side of a line has. One that the other document knows on other lines is this
 * line's own affair; one that it does not know at all is said once, and what a group or a line
 * makes of it besides. */
static void only_one(nvbi_content *w,
                     const nvbi_place *in,
                     nvbi_owner *o,
                     nvb_text group,
                     const nvb_step *s,
                     bool is_new)
{
    bool own = nvbi_is_under(s->path, is_new ? o->after : o->before), first = true;
    nvbi_place at = {s->path, in->part, in->pair, NULL};
    if (!own && in->part == NVBI_PART_LINES) {
        if (nvbi_names_find(&w->steps[!is_new], s->path) != NVBI_NO_NAME) {
            at.path = nvbi_content_path(w, o->after, "/stappen/", s->id);
        } else {
            nvbi_visit *v = meet(w, o, is_new ? NULL : s, is_new ? s : NULL, group, &first);
            if (!v)
                return;
            v->path = s->path;
            at.owner = o;
            o->step_before = NVB_TEXT("");
        }
    }
    if (!first)
        return;
    nvb_text summary = nvbi_step_summary(w, s), none = {0};
    nvbi_found_add(w, &at, "", is_new ? none : summary, is_new ? summary : none, false);
}

static void pair_of_steps(nvbi_content *w,
                          const nvbi_place *in,
                          nvbi_owner *o,
                          nvb_text group,
                          const nvb_step *a,
                          const nvb_step *b)
{
    bool first;
    nvbi_visit *v = meet(w, o, a, b, group, &first);
    if (!v || !first)
        return;
    v->path = b->path;
    if (a == b)
        return;
    nvbi_place at = {b->path, in->part, in->pair, o};
    o->step_before = a->path;
    nvbi_compare_step(w, &at, a, b);
}

/* Where the old step with the id of a new one is; NVBI_NO_NAME when there is none. `near`: where it
 * is most likely. */
static uint32_t
find_step(nvbi_content *w, const nvb_buildup *b, nvb_text id, size_t near, bool *listed)
{
    if (near < b->n_steps && b->steps[near] && nvb_text_equal(b->steps[near]->id, id))
        return (uint32_t)near;
    if (b->n_steps <= FEW_STEPS) {
        for (size_t i = 0; i < b->n_steps; i++)
            if (b->steps[i] && nvb_text_equal(b->steps[i]->id, id))
                return (uint32_t)i;
        return NVBI_NO_NAME;
    }
    if (!*listed) {
        *listed = nvbi_ids_clear(w, b->n_steps);
        for (size_t i = 0; i < b->n_steps && *listed; i++)
            if (b->steps[i])
                nvbi_names_add(&w->ids, b->steps[i]->id, (uint32_t)i);
    }
    return *listed ? nvbi_names_find(&w->ids, id) : NVBI_NO_NAME;
}

/* The ids of the steps that both have, as each orders them, from the first that stands elsewhere up
 * to the last; their number. What lines add before and after does not matter then: the same change
 * reads the same on all. */
static size_t
common_ids(nvbi_content *w, const nvb_buildup *before, const nvb_buildup *after, nvb_text **ids)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < before->n_steps; i++)
        if (w->gone[i])
            ids[0][k++] = before->steps[i]->id;
    for (size_t i = 0; i < after->n_steps; i++)
        if (w->old_of[i] != NVBI_NO_NAME)
            ids[1][n++] = after->steps[i]->id;
    while (n && nvb_text_equal(ids[0][n - 1], ids[1][n - 1]))
        n--;
    while (n && nvb_text_equal(ids[0][0], ids[1][0])) {
        ids[0]++;
        ids[1]++;
        n--;
    }
    return n;
}

/* The same steps in another order are another way to the tariff. */
static void compare_order(nvbi_content *w,
                          const nvbi_place *in,
                          nvbi_owner *o,
                          nvb_text group,
                          const nvb_buildup *before,
                          const nvb_buildup *after)
{
    const uint32_t *old_of = w->old_of;
    size_t highest = 0;
    bool other = false, first;
    for (size_t i = 0; i < after->n_steps; i++) {
        if (old_of[i] == NVBI_NO_NAME)
            continue;
        other |= old_of[i] < highest;
        highest = old_of[i];
    }
    if (!other)
        return;
    nvb_text *ids[2];
    for (size_t side = 0; side < 2; side++)
        ids[side] = NVBI_NEW(&w->scratch, nvb_text, after->n_steps);
    if (!ids[0] || !ids[1])
        return;
    size_t n = common_ids(w, before, after, ids);
    if (!meet(w, o, before->steps, after->steps, group, &first))
        return;
    nvbi_place at = {in->path, in->part, in->pair, NULL};
    if (in->part == NVBI_PART_LINES) {
        at.path = NVB_TEXT("");
        at.owner = o;
        o->step_before = NVB_TEXT("");
    }
    if (first)
        nvbi_found_add(w, &at, "/stappen", nvbi_show_texts(w, ids[0], n, ", "),
                       nvbi_show_texts(w, ids[1], n, ", "), false);
}

/* Room for the steps of one line; it serves the next one too. */
static bool room_for(nvbi_content *w, size_t n)
{
    if (n > w->room_steps) {
        w->old_of = NVBI_NEW(&w->scratch, uint32_t, n);
        w->gone = NVBI_NEW(&w->scratch, bool, n);
        w->room_steps = w->old_of && w->gone ? n : 0;
    }
    return n <= w->room_steps;
}

static void pair_steps(nvbi_content *w, const nvb_buildup *before, const nvb_buildup *after)
{
    bool listed = false;
    size_t near = 0;
    if (before->n_steps)
        memset(w->gone, 0, before->n_steps * sizeof *w->gone);
    for (size_t i = 0; i < after->n_steps; i++) {
        w->old_of[i] = NVBI_NO_NAME;
        if (!after->steps[i])
            continue;
        uint32_t old = find_step(w, before, after->steps[i]->id, near, &listed);
        if (old == NVBI_NO_NAME || w->gone[old])
            continue;
        w->old_of[i] = old;
        w->gone[old] = true;
        near = (size_t)old + 1;
    }
}

void nvbi_compare_steps(nvbi_content *w,
                        const nvbi_place *in,
                        nvb_text path_before,
                        nvb_text group,
                        const nvb_buildup *before,
                        const nvb_buildup *after,
                        bool in_order)
{
    nvbi_owner o = {path_before, in->path, NVBI_NO_NAME, {0}};
    size_t n = before->n_steps > after->n_steps ? before->n_steps : after->n_steps;
    w->lines += in->part == NVBI_PART_LINES && in_order && before->n_steps && after->n_steps;
    if (n == 0 || !room_for(w, n))
        return;
    pair_steps(w, before, after);
    for (size_t i = 0; i < after->n_steps; i++) {
        if (w->old_of[i] != NVBI_NO_NAME)
            pair_of_steps(w, in, &o, group, before->steps[w->old_of[i]], after->steps[i]);
        else if (after->steps[i])
            only_one(w, in, &o, group, after->steps[i], true);
    }
    for (size_t i = 0; i < before->n_steps; i++)
        if (!w->gone[i] && before->steps[i])
            only_one(w, in, &o, group, before->steps[i], false);
    if (in_order)
        compare_order(w, in, &o, group, before, after);
}
