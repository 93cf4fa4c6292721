/* seen.c: see seen.h. Open addressing at half load; the lowest bits of an address say nothing. */
#include "seen.h"

bool nvbi_seen_init(nvbi_seen *s, nvbi_arena *a, size_t n)
{
    size_t size = 16;
    while (size < n * 2)
        size *= 2;
    *s = (nvbi_seen){NVBI_NEW(a, const void *, size), size - 1};
    return s->slots != NULL;
}

bool nvbi_seen_first(nvbi_seen *s, const void *what)
{
    uint64_t mixed = ((uint64_t)(uintptr_t)what >> 4) * 0x9E3779B97F4A7C15U;
    size_t at = (size_t)(mixed >> 20) & s->mask;
    while (s->slots[at] && s->slots[at] != what)
        at = (at + 1) & s->mask;
    if (s->slots[at])
        return false;
    s->slots[at] = what;
    return true;
}
