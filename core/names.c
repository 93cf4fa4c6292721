/* names.c: see names.h. Open addressing at half load; FNV-1a, since names are short. */
#include "names.h"

static uint32_t hash_of(nvb_text t)
{
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < t.n; i++)
        h = (h ^ (unsigned char)t.s[i]) * 16777619U;
    return h ^ (h >> 15);
}

static size_t slots_for(size_t n)
{
    size_t size = 8;
    while (size < n * 2)
        size *= 2;
    return size;
}

bool nvbi_names_init(nvbi_names *m, nvbi_arena *arena, size_t n)
{
    size_t size = slots_for(n);
    *m = (nvbi_names){NVBI_NEW(arena, nvbi_name, size), size - 1, 0};
    return m->slots != NULL;
}

bool nvbi_names_renew(nvbi_names *m, nvbi_arena *arena, size_t n, size_t *room)
{
    if (!m->slots || n > *room) {
        *room = n;
        return nvbi_names_init(m, arena, n);
    }
    m->mask = slots_for(n) - 1;
    m->used = 0;
    memset(m->slots, 0, (m->mask + 1) * sizeof *m->slots);
    return true;
}

static nvbi_name *slot_of(const nvbi_names *m, nvb_text name, uint32_t hash)
{
    size_t at = hash & m->mask;
    while (m->slots[at].text.s &&
           (m->slots[at].hash != hash || !nvb_text_equal(m->slots[at].text, name)))
        at = (at + 1) & m->mask;
    return &m->slots[at];
}

bool nvbi_names_add(nvbi_names *m, nvb_text name, uint32_t number)
{
    uint32_t hash = hash_of(name);
    if (!m->slots || !name.s || m->used == m->mask)
        return false;
    nvbi_name *slot = slot_of(m, name, hash);
    if (slot->text.s)
        return false;
    *slot = (nvbi_name){name, hash, number};
    m->used++;
    return true;
}

uint32_t nvbi_names_find(const nvbi_names *m, nvb_text name)
{
    if (!m->slots || !name.s)
        return NVBI_NO_NAME;
    const nvbi_name *slot = slot_of(m, name, hash_of(name));
    return slot->text.s ? slot->number : NVBI_NO_NAME;
}
