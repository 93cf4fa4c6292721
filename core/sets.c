/* sets.c: see sets.h. */
#include "sets.h"

static void set_add(nvbi_set *s, size_t line)
{
    s->bits[line / 64] |= (uint64_t)1 << (line % 64);
}

bool nvbi_set_of_ceiling(nvbi_set *out,
                         nvbi_arena *a,
                         const nvb_proposal *p,
                         const nvb_ceiling *c,
                         const nvbi_names *lines)
{
    out->words = p->n_lines / 64 + 1;
    out->bits = NVBI_NEW(a, uint64_t, out->words);
    if (!out->bits)
        return false;
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t at = nvbi_names_find(lines, c->lines[i]);
        if (at != NVBI_NO_NAME)
            set_add(out, at);
    }
    for (size_t i = 0; (c->all || c->group.s) && i < p->n_lines; i++)
        if (c->all || nvb_text_equal(p->lines[i].group, c->group))
            set_add(out, i);
    return true;
}

nvbi_relation nvbi_set_relation(const nvbi_set *earlier, const nvbi_set *later)
{
    bool meet = false, inside = true;
    for (size_t w = 0; w < earlier->words; w++) {
        meet |= (earlier->bits[w] & later->bits[w]) != 0;
        inside &= (earlier->bits[w] & ~later->bits[w]) == 0;
    }
    if (!meet)
        return NVBI_APART;
    return inside ? NVBI_WITHIN : NVBI_CROSSING;
}
