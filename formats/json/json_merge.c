/*
 * json_merge.c: RFC 7396, JSON Merge Patch, without touching what is merged. See json_tree.h.
 *
 * A pair of objects becomes a new one; pairs found inside wait in a list of jobs, so depth costs no
 * stack. Everything a patch does not name is shared with the target.
 */
#include "json_keys.h"
#include "json_tree.h"

typedef struct job job;
struct job {
    job *next;
    cJSON *out;          /* gets the children */
    const cJSON *target; /* object, or NULL */
    const cJSON *patch;  /* object */
};

typedef struct merging {
    nvbi_arena *arena;
    job *jobs;
    unsigned layer;
} merging;

static bool is_object(const cJSON *node)
{
    return node && nvbi_kind_of(node) == NVBI_OBJECT;
}

/* What a value of the patch becomes; an object inside is worked out later. */
static cJSON *from_patch(merging *m, const cJSON *target, const cJSON *patch)
{
    cJSON *out = nvbi_node_copy(m->arena, patch);
    if (!out)
        return NULL;
    out->type &= ~(3 << NVBI_LAYER_SHIFT);
    out->type |= (int)(m->layer << NVBI_LAYER_SHIFT);
    if (!is_object(patch))
        return out;
    job *j = NVBI_NEW(m->arena, job, 1);
    if (!j)
        return NULL;
    *j = (job){m->jobs, out, is_object(target) ? target : NULL, patch};
    m->jobs = j;
    out->type |= NVBI_OWN | NVBI_MIXED;
    out->child = NULL;
    return out;
}

/* The target's children under sorted names; few enough are searched without. */
typedef struct children {
    cJSON **item; /* copies, in order; NULL once removed */
    size_t n;
    nvbi_key_entry *sorted;
} children;

enum { FEW = 8 };

static bool copy_children(merging *m, const cJSON *target, bool many, children *out)
{
    *out = (children){.n = target ? nvbi_count(target) : 0};
    if (out->n == 0)
        return true;
    out->item = NVBI_NEW(m->arena, cJSON *, out->n);
    if (many && out->n > FEW)
        out->sorted = NVBI_NEW(m->arena, nvbi_key_entry, out->n);
    if (!out->item || (many && out->n > FEW && !out->sorted))
        return false;
    size_t i = 0;
    for (const cJSON *child = target->child; child; child = child->next, i++) {
        out->item[i] = nvbi_node_copy(m->arena, child);
        if (!out->item[i])
            return false;
        if (!(target->type & NVBI_MIXED)) { /* what was understood so far is now said */
            out->item[i]->type &= ~(3 << NVBI_LAYER_SHIFT);
            out->item[i]->type |= target->type & 3 << NVBI_LAYER_SHIFT;
        }
        if (out->sorted)
            out->sorted[i] = (nvbi_key_entry){nvbi_node_key(child), i};
    }
    if (out->sorted)
        nvbi_keys_sort(out->sorted, out->n);
    return true;
}

static cJSON **find(const children *c, const cJSON *wanted)
{
    nvb_text key = nvbi_node_key(wanted);
    if (c->sorted) {
        const nvbi_key_entry *entry = nvbi_keys_find(c->sorted, c->n, key);
        return entry ? &c->item[entry->number] : NULL;
    }
    for (size_t i = 0; i < c->n; i++)
        if (c->item[i] && nvb_text_equal(nvbi_node_key(c->item[i]), key))
            return &c->item[i];
    return NULL;
}

static bool work(merging *m, const job *j)
{
    children old;
    if (!copy_children(m, j->target, j->patch->child && j->patch->child->next, &old))
        return false;
    cJSON *added = NULL, **next_added = &added;
    for (const cJSON *p = j->patch->child; p; p = p->next) {
        cJSON **place = find(&old, p);
        if (nvbi_kind_of(p) == NVBI_NULL) {
            if (place)
                *place = NULL;
            continue;
        }
        cJSON *value = from_patch(m, place ? *place : NULL, p);
        if (!value)
            return false;
        if (place) {
            *place = value;
        } else {
            *next_added = value;
            next_added = &value->next;
        }
    }
    cJSON **next = &j->out->child;
    for (size_t i = 0; i < old.n; i++) {
        if (!old.item[i])
            continue;
        *next = old.item[i];
        next = &old.item[i]->next;
    }
    *next = added;
    return true;
}

cJSON *nvbi_merge(nvbi_arena *a, const cJSON *target, const cJSON *patch, unsigned layer)
{
    merging m = {.arena = a, .layer = layer};
    cJSON *out = from_patch(&m, target, patch);
    while (out && m.jobs) {
        job *j = m.jobs;
        m.jobs = j->next;
        if (!work(&m, j))
            return NULL;
    }
    return out;
}
