/* letter_lookup.c: see letter_lookup.h. */
#include "letter_lookup.h"

#include <stdlib.h>

enum { ROOM = 32 };

bool nvbi_lookup_add(nvbi_lookup *k, nvb_text name, size_t number)
{
    if (k->n == k->room) {
        size_t room = k->room ? k->room * 2 : ROOM;
        nvbi_entry *bigger =
            room > SIZE_MAX / sizeof *bigger ? NULL : realloc(k->entries, room * sizeof *bigger);
        if (!bigger)
            return false;
        k->entries = bigger;
        k->room = room;
    }
    k->entries[k->n++] = (nvbi_entry){name, (uint32_t)number};
    return true;
}

static int compare_names(nvb_text a, nvb_text b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int by_bytes = n ? memcmp(a.s, b.s, n) : 0;
    return by_bytes ? by_bytes : (a.n > b.n) - (a.n < b.n);
}

static int compare(const void *left, const void *right)
{
    const nvbi_entry *a = left, *b = right;
    int by_name = compare_names(a->name, b->name);
    return by_name ? by_name : (a->number > b->number) - (a->number < b->number);
}

void nvbi_lookup_sort(nvbi_lookup *k)
{
    if (k->n)
        qsort(k->entries, k->n, sizeof *k->entries, compare);
}

const nvbi_entry *nvbi_lookup_find(const nvbi_lookup *k, nvb_text name, size_t *n)
{
    size_t low = 0, high = k->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare_names(k->entries[mid].name, name) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    size_t end = low;
    while (end < k->n && nvb_text_equal(k->entries[end].name, name))
        end++;
    *n = end - low;
    return *n ? &k->entries[low] : NULL;
}

void nvbi_lookup_release(nvbi_lookup *k)
{
    free(k->entries);
    *k = (nvbi_lookup){NULL, 0, 0};
}
