/*
 * claims_origins.c: `uit` of the figures of an explanation: every name in it is a figure or a place
 * in the proposal, and no figure comes from itself in the end. See claims.h.
 *
 * A place is known by a hash of its path: two places of one hash let an unknown name pass, which
 * does no harm, and a million names cost a million steps. The table is made when the first name is
 * no figure. Circles are looked for with a stack of our own.
 */
#include "claims.h"

#define NONE ((nvb_text){0})

enum { SHOWN = 5 }; /* figures of a circle that a message names */

/* --- places in the proposal --- */

#define SEED  UINT64_C(14695981039346656037)
#define PRIME UINT64_C(1099511628211)

typedef struct places {
    uint64_t *slots; /* 0: free */
    size_t mask;
    bool made;
} places;

static uint64_t hash_byte(uint64_t h, char byte)
{
    return (h ^ (unsigned char)byte) * PRIME;
}

static uint64_t hash_path(nvb_text t)
{
    uint64_t h = SEED;
    for (size_t i = 0; i < t.n; i++)
        h = hash_byte(h, t.s[i]);
    return h ? h : 1;
}

/* The hash of a path with one token more, escaped as in a path. */
static uint64_t hash_token(uint64_t h, nvb_text token)
{
    h = hash_byte(h, '/');
    for (size_t i = 0; i < token.n; i++) {
        char byte = token.s[i];
        bool escaped = byte == '~' || byte == '/';
        h = hash_byte(h, escaped ? '~' : byte);
        if (escaped)
            h = hash_byte(h, byte == '~' ? '0' : '1');
    }
    return h ? h : 1;
}

static uint64_t mixed(uint64_t h)
{
    return (h ^ h >> 29) * UINT64_C(0xBF58476D1CE4E5B9) >> 17;
}

static bool has_place(const places *p, uint64_t h)
{
    size_t at = (size_t)mixed(h) & p->mask;
    while (p->slots[at] && p->slots[at] != h)
        at = (at + 1) & p->mask;
    return p->slots[at] == h;
}

static void put_place(places *p, uint64_t h)
{
    size_t at = (size_t)mixed(h) & p->mask;
    while (p->slots[at] && p->slots[at] != h)
        at = (at + 1) & p->mask;
    p->slots[at] = h;
}

/* The name of a child in a path: its key, its id or code, else its position. */
static uint64_t hash_child(uint64_t h, const cJSON *parent, const cJSON *child, size_t position)
{
    if (nvbi_kind_of(parent) == NVBI_OBJECT)
        return hash_token(h, nvbi_node_key(child));
    const cJSON *id = nvbi_member(child, "id");
    id = id ? id : nvbi_member(child, "code");
    if (id && nvbi_kind_of(id) == NVBI_STRING)
        return hash_token(h, nvbi_node_text(id));
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + position % 10);
    while (position /= 10);
    return hash_token(h, (nvb_text){digits + at, sizeof digits - at});
}

/* Every value of the tree, one after the other: counted, and put in the table when there is one. */
static size_t walk(const cJSON *root, places *p)
{
    struct {
        const cJSON *parent, *child;
        uint64_t hash;
        size_t position;
    } open[NVBI_MAX_DEPTH + 2];
    size_t depth = 1, n = 0;
    open[0].parent = root;
    open[0].child = root->child;
    open[0].hash = SEED;
    open[0].position = 0;
    while (depth) {
        const cJSON *parent = open[depth - 1].parent, *child = open[depth - 1].child;
        if (!child) {
            depth--;
            continue;
        }
        uint64_t h =
            p ? hash_child(open[depth - 1].hash, parent, child, open[depth - 1].position) : SEED;
        open[depth - 1].child = child->next;
        open[depth - 1].position++;
        n++;
        if (p)
            put_place(p, h);
        nvbi_kind kind = nvbi_kind_of(child);
        if ((kind == NVBI_OBJECT || kind == NVBI_LIST) && depth <= NVBI_MAX_DEPTH) {
            open[depth].parent = child;
            open[depth].child = child->child;
            open[depth].hash = h;
            open[depth++].position = 0;
        }
    }
    return n;
}

static bool is_place(nvbi_claims *c, places *p, nvb_text path)
{
    if (!p->made) {
        size_t size = 64, n = walk(c->d->root, NULL);
        while (size < n * 2)
            size *= 2;
        p->slots = NVBI_NEW(&c->work, uint64_t, size);
        p->mask = size - 1;
        p->made = true;
        if (p->slots)
            walk(c->d->root, p);
    }
    return !p->slots || has_place(p, hash_path(path));
}

/* --- which figure comes from which --- */

typedef struct graph {
    uint32_t *first; /* of each figure its part of `from`; one more at the end */
    uint32_t *from;
} graph;

static const cJSON *origins_of(nvbi_claims *c, size_t k)
{
    const cJSON *list = nvbi_member(c->items[k], "uit");
    if (!list || nvbi_kind_of(list) == NVBI_LIST)
        return list;
    nvbi_claims_fault(c, NVB_E209, c->number[k], "uit", list, NVB_TEXT("uit"),
                      nvbi_shown(&c->d->arena, list), NVB_TEXT("[\"/stappen/lpo\"]"));
    return NULL;
}

static void look_up(nvbi_claims *c, places *p, graph *g, size_t k, const cJSON *name)
{
    if (nvbi_kind_of(name) != NVBI_STRING) {
        nvbi_claims_fault(c, NVB_E204, c->number[k], "uit", name, NVB_TEXT("uit"),
                          nvbi_shown(&c->d->arena, name), NVB_TEXT("\"/stappen/lpo\""));
        return;
    }
    const nvbi_key_entry *found = nvbi_keys_find(c->paths, c->n, nvbi_node_text(name));
    if (found)
        g->from[g->first[k + 1]++] = (uint32_t)found->number;
    else if (!is_place(c, p, nvbi_node_text(name)))
        nvbi_claims_fault(c, NVB_E325, c->number[k], "uit", name, c->claims[k].path,
                          nvbi_shown(&c->d->arena, name), NONE);
}

static bool make_graph(nvbi_claims *c, graph *g)
{
    size_t names = 0;
    places p = {0};
    for (size_t k = 0; k < c->n; k++) {
        const cJSON *list = nvbi_member(c->items[k], "uit");
        names += list ? nvbi_count(list) : 0;
    }
    g->first = NVBI_NEW(&c->work, uint32_t, c->n + 1);
    g->from = NVBI_NEW(&c->work, uint32_t, names + 1);
    if (!g->first || !g->from)
        return false;
    for (size_t k = 0; k < c->n; k++) {
        const cJSON *list = origins_of(c, k);
        g->first[k + 1] = g->first[k];
        for (const cJSON *name = list ? list->child : NULL; name; name = name->next)
            look_up(c, &p, g, k, name);
    }
    return true;
}

/* --- circles --- */

/* The figures from `stack[from]` on come from each other in a circle. */
static void tell_circle(nvbi_claims *c, const uint32_t *stack, size_t from, size_t depth)
{
    nvb_buffer names = NVB_BUFFER_INIT;
    for (size_t i = from; i < depth && i - from < SHOWN; i++) {
        nvb_buffer_text(&names, c->claims[stack[i]].path);
        nvb_buffer_str(&names, " \u2190 ");
    }
    if (depth - from > SHOWN)
        nvb_buffer_str(&names, "\u2026 \u2190 ");
    nvb_buffer_text(&names, c->claims[stack[from]].path);
    size_t k = stack[from];
    nvbi_claims_fault(c, NVB_E326, c->number[k], "uit", nvbi_member(c->items[k], "uit"),
                      nvbi_take_buffer(&c->d->arena, &names), NONE, NONE);
}

/* Looks once at every figure; the first circle is told, since others often share it. */
static void refuse_circle(nvbi_claims *c, const graph *g)
{
    uint32_t *stack = NVBI_NEW(&c->work, uint32_t, c->n + 1);
    uint32_t *next = NVBI_NEW(&c->work, uint32_t, c->n + 1);
    uint32_t *place = NVBI_NEW(&c->work, uint32_t, c->n + 1); /* on the stack, from 1; 0: not yet */
    if (!stack || !next || !place)
        return;
    for (size_t root = 0; root < c->n; root++) {
        size_t depth = 0;
        if (place[root])
            continue;
        stack[depth++] = (uint32_t)root;
        next[root] = g->first[root];
        place[root] = 1;
        while (depth) {
            uint32_t k = stack[depth - 1];
            if (next[k] == g->first[k + 1]) {
                place[k] = UINT32_MAX; /* done */
                depth--;
                continue;
            }
            uint32_t from = g->from[next[k]++];
            if (place[from] == UINT32_MAX)
                continue;
            if (place[from]) {
                tell_circle(c, stack, place[from] - 1, depth);
                return;
            }
            next[from] = g->first[from];
            stack[depth++] = from;
            place[from] = (uint32_t)depth;
        }
    }
}

void nvbi_claims_origins(nvbi_claims *c)
{
    graph g = {0};
    if (make_graph(c, &g) && c->faults == 0)
        refuse_circle(c, &g);
}
