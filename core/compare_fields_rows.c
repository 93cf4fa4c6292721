/*
 * compare_fields_rows.c: see compare_content.h. What was found: where it stands and whose it is,
 * each thing once, in the order of the document. What to look for is not its concern.
 */
#include "compare_content.h"

#include <stdlib.h>

/* --- paths --- */

bool nvbi_is_under(nvb_text path, nvb_text owner)
{
    return path.s && owner.s && path.n > owner.n && path.s[owner.n] == '/' &&
           memcmp(path.s, owner.s, owner.n) == 0;
}

nvb_text nvbi_content_path(nvbi_content *w, nvb_text base, const char *prefix, nvb_text id)
{
    return nvbi_arena_pointer(&w->c->arena, base, prefix, id);
}

/* Where "/stappen/<id>" begins in the path of a step. */
static size_t tail_of(nvb_text path)
{
    size_t at = path.n;
    while (at > 0 && path.s[at - 1] != '/')
        at--;
    size_t before = sizeof "/stappen/" - 1;
    return at > before ? at - before : 0;
}

/* owner + what comes after the layer in the path of a step + key. */
static nvb_text own_path(nvbi_content *w, nvb_text owner, nvb_text path, const char *key)
{
    size_t tail = path.n ? tail_of(path) : 0;
    nvb_text step = {path.s ? path.s + tail : "", path.n - tail};
    nvb_text whole = nvbi_arena_join(&w->c->arena, owner, step.s);
    return nvbi_arena_join(&w->c->arena, whole, key);
}

/* --- adding --- */

static bool grow(nvbi_content *w, void **items, size_t *room, size_t n, size_t size)
{
    if (n < *room)
        return true;
    size_t more = *room ? *room * 2 : 64;
    void *grown = more <= SIZE_MAX / 2 / size ? realloc(*items, more * size) : NULL;
    if (!grown) {
        w->c->arena.failed = true;
        return false;
    }
    *items = grown;
    *room = more;
    return true;
}

static void add(nvbi_content *w, nvbi_found found)
{
    void *items = w->found;
    bool room = grow(w, &items, &w->room_found, w->n_found, sizeof *w->found);
    w->found = items;
    nvb_change *c = &found.change;
    if (c->before.n == 0)
        c->before = (nvb_text){0};
    if (c->after.n == 0)
        c->after = (nvb_text){0};
    c->kind = !c->before.s  ? NVB_CHANGE_ADDED
              : !c->after.s ? NVB_CHANGE_LAPSED
                            : NVB_CHANGE_CHANGED;
    if (room && (c->before.s || c->after.s))
        w->found[w->n_found++] = found;
}

void nvbi_found_add(nvbi_content *w,
                    const nvbi_place *at,
                    const char *key,
                    nvb_text before,
                    nvb_text after,
                    bool prose)
{
    nvbi_found found = {
        {.before = before, .after = after, .prose = prose},
        at->part, at->pair, NVBI_NO_NAME, 0
    };
    const nvbi_owner *o = at->owner;
    if (o && !nvbi_is_under(at->path, o->after)) {
        if (nvbi_is_under(o->step_before, o->before)) {
            found.change.path = own_path(w, o->after, at->path, key);
            add(w, found);
            return;
        }
        found.visit = o->visit;
        found.tail = at->path.n ? tail_of(at->path) : 0;
    }
    found.change.path = nvbi_arena_join(&w->c->arena, at->path, key);
    add(w, found);
}

nvbi_place nvbi_place_within(
    nvbi_content *w, const nvbi_place *at, const char *key, nvb_text before, nvb_text after)
{
    const nvbi_owner *o = at->owner;
    nvbi_place within = {after, at->part, at->pair, NULL};
    if (!nvbi_is_under(after, o->after)) {
        if (nvbi_is_under(before, o->before))
            within.path = own_path(w, o->after, at->path, key);
        else
            within.pair = NVBI_NO_NAME;
    }
    return within;
}

void nvbi_found_placed(nvbi_content *w,
                       const nvbi_place *at,
                       const char *key,
                       nvb_text before,
                       nvb_text after,
                       nvb_text path_before,
                       nvb_text path_after)
{
    const nvbi_owner *o = at->owner;
    bool own = o && (nvbi_is_under(path_after, o->after) || nvbi_is_under(path_before, o->before));
    if (!o || (!own && !(path_before.s && path_after.s))) {
        nvbi_found_add(w, at, key, before, after, false);
        return;
    }
    nvb_text here = path_after.s ? path_after : own_path(w, o->after, at->path, key);
    nvbi_place place = nvbi_place_within(w, at, key, path_before, here);
    nvbi_found_add(w, &place, "", before, after, false);
}

/* --- visits --- */

static size_t slot_of(const nvbi_content *w, const void *before, const void *after)
{
    uint64_t mixed = ((uint64_t)(uintptr_t)before >> 4) * 0x9E3779B97F4A7C15U +
                     ((uint64_t)(uintptr_t)after >> 4);
    mixed *= 0x9E3779B97F4A7C15U;
    size_t at = (size_t)(mixed >> 24) & (w->n_slots - 1);
    while (w->slots[at]) {
        const nvbi_visit *v = &w->visits[w->slots[at] - 1];
        if (v->before == before && v->after == after)
            break;
        at = (at + 1) & (w->n_slots - 1);
    }
    return at;
}

/* Twice the slots, half of them empty. */
static bool more_slots(nvbi_content *w)
{
    size_t n = w->n_slots ? w->n_slots * 2 : 256;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots || w->n_visits >= UINT32_MAX / 2) {
        free(slots);
        w->c->arena.failed = true;
        return false;
    }
    free(w->slots);
    w->slots = slots;
    w->n_slots = n;
    for (size_t i = 0; i < w->n_visits; i++)
        w->slots[slot_of(w, w->visits[i].before, w->visits[i].after)] = (uint32_t)i + 1;
    return true;
}

uint32_t nvbi_visit_of(nvbi_content *w, const void *before, const void *after, bool *first)
{
    *first = false;
    if (w->n_visits * 2 >= w->n_slots && !more_slots(w))
        return NVBI_NO_NAME;
    size_t slot = slot_of(w, before, after);
    if (w->slots[slot])
        return w->slots[slot] - 1;
    void *items = w->visits;
    bool room = grow(w, &items, &w->room_visits, w->n_visits, sizeof *w->visits);
    w->visits = items;
    if (!room)
        return NVBI_NO_NAME;
    *first = true;
    w->visits[w->n_visits++] = (nvbi_visit){before, after, {0}, 0, {0}, true};
    w->slots[slot] = (uint32_t)w->n_visits;
    return (uint32_t)w->n_visits - 1;
}

/* --- whose it is --- */

/* The same difference in steps of the same place: the lines it shows on. */
typedef struct shared {
    size_t lines, total; /* of all that have the step */
    nvb_text group;
    bool one_group, certain;
} shared;

/* Only what comes from steps can be said more than once. */
static bool may_repeat(const nvbi_found *f)
{
    return f->part == NVBI_PART_LINES && (f->visit != NVBI_NO_NAME || f->pair == NVBI_NO_NAME);
}

static nvb_text key_of(nvbi_content *w, const nvbi_found *f)
{
    nvb_buffer *b = &w->text;
    nvb_buffer_cut(b, 0);
    nvb_buffer_text(b, f->change.path);
    nvb_buffer_byte(b, f->change.before.s ? '-' : '+');
    nvb_buffer_text(b, f->change.before);
    nvb_buffer_byte(b, '\0');
    nvb_buffer_text(b, f->change.after);
    w->c->arena.failed |= b->failed;
    return nvbi_arena_text(&w->scratch, b->s ? b->s : "", b->n);
}

/* How many lines have each step, by where it was introduced. */
static size_t *count_lines(nvbi_content *w, nvbi_names *paths)
{
    size_t *lines = NVBI_NEW(&w->scratch, size_t, w->n_visits + 1);
    if (!lines || !nvbi_names_init(paths, &w->scratch, w->n_visits))
        return NULL;
    for (size_t i = 0; i < w->n_visits; i++) {
        const nvbi_visit *v = &w->visits[i];
        if (!v->path.n)
            continue;
        nvbi_names_add(paths, v->path, (uint32_t)i);
        lines[nvbi_names_find(paths, v->path)] += v->lines;
    }
    return lines;
}

static void gather(shared *s, const nvbi_visit *v, size_t total)
{
    s->one_group = s->lines ? s->one_group && v->one_group && nvb_text_equal(s->group, v->group)
                            : v->one_group;
    s->group = v->group;
    s->lines += v->lines;
    s->total = total;
}

/* Where the difference belongs; the row says so from now on. */
static void settle(nvbi_content *w, nvbi_found *f, const shared *s)
{
    const char *tail = f->change.path.s + f->tail;
    uint32_t pair = f->pair;
    bool all = s->certain || s->lines >= s->total;
    f->visit = f->pair = NVBI_NO_NAME;
    if (!all && s->lines == 1) {
        f->pair = pair;
        f->change.path = nvbi_arena_join(&w->c->arena, w->c->pairs[pair].new_line->path, tail);
    } else if (!all && s->one_group && s->group.n) {
        nvb_text group = nvbi_content_path(w, NVB_TEXT(""), "/groepen/", s->group);
        f->change.path = nvbi_arena_join(&w->c->arena, group, tail);
    }
}

/* Leaves one row of those that say the same, at its place. */
static void settle_shared(nvbi_content *w)
{
    nvbi_names keys, paths;
    size_t *lines = count_lines(w, &paths);
    shared *sums = NVBI_NEW(&w->scratch, shared, w->n_found);
    uint32_t *sum_of = NVBI_NEW(&w->scratch, uint32_t, w->n_found);
    if (!lines || !sums || !sum_of || !nvbi_names_init(&keys, &w->scratch, w->n_found))
        return;
    for (size_t i = 0; i < w->n_found; i++) {
        nvbi_found *f = &w->found[i];
        if (!may_repeat(f))
            continue;
        nvb_text key = key_of(w, f);
        nvbi_names_add(&keys, key, (uint32_t)i);
        sum_of[i] = nvbi_names_find(&keys, key);
        shared *s = &sums[sum_of[i] == NVBI_NO_NAME ? i : sum_of[i]];
        if (f->visit == NVBI_NO_NAME) {
            s->certain = true;
            continue;
        }
        const nvbi_visit *v = &w->visits[f->visit];
        gather(s, v, v->path.n ? lines[nvbi_names_find(&paths, v->path)] : w->lines);
    }
    for (size_t i = 0; i < w->n_found; i++) {
        nvbi_found *f = &w->found[i];
        if (!may_repeat(f))
            continue;
        if (sum_of[i] == (uint32_t)i)
            settle(w, f, &sums[i]);
        else
            f->part = NVBI_PART_COUNT; /* said already */
    }
}

/* --- the order of the document --- */

static bool begins(nvb_text path, nvb_text with)
{
    return path.n >= with.n && memcmp(path.s, with.s, with.n) == 0;
}

static nvbi_part part_of(const nvbi_found *f)
{
    static const nvb_text steps = {"/stappen", sizeof "/stappen" - 1};
    nvb_text path = f->change.path;
    if (f->part != NVBI_PART_LINES)
        return f->part;
    if (begins(path, steps)) {
        bool whole = path.n > steps.n && !memchr(path.s + steps.n + 1, '/', path.n - steps.n - 1);
        bool lapsed = whole && f->change.kind == NVB_CHANGE_LAPSED;
        return lapsed ? NVBI_PART_STEPS_LAPSED : NVBI_PART_STEPS;
    }
    return begins(path, NVB_TEXT("/groepen/")) ? NVBI_PART_GROUPS : NVBI_PART_LINES;
}

void nvbi_found_finish(nvbi_content *w)
{
    nvb_comparison *c = w->c;
    size_t start[NVBI_PART_COUNT + 1] = {0}, n = 0;
    if (w->n_visits)
        settle_shared(w);
    if (c->arena.failed || w->scratch.failed)
        return;
    for (size_t i = 0; i < w->n_found; i++) {
        nvbi_found *f = &w->found[i];
        f->part = part_of(f);
        start[f->part]++;
        n += f->part < NVBI_PART_COUNT;
    }
    for (size_t part = 0, at = 0; part < NVBI_PART_COUNT; part++) {
        size_t count = start[part];
        start[part] = at;
        at += count;
    }
    c->changes = NVBI_NEW(&c->arena, nvb_change, n);
    if (!c->changes)
        return;
    for (size_t i = 0; i < w->n_found; i++) {
        const nvbi_found *f = &w->found[i];
        if (f->part == NVBI_PART_COUNT)
            continue;
        c->changes[start[f->part]++] = f->change;
        if (f->pair != NVBI_NO_NAME)
            c->own_keys[f->pair] = true;
    }
    c->n_changes = n;
}
