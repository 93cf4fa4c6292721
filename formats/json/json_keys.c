/* json_keys.c: see json_keys.h. */
#include "json_keys.h"

#include <stdlib.h>

int nvbi_key_compare(nvb_text a, nvb_text b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.s, b.s, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

static int compare(const void *left, const void *right)
{
    const nvbi_key_entry *a = left, *b = right;
    int c = nvbi_key_compare(a->text, b->text);
    return c ? c : (a->number > b->number) - (a->number < b->number);
}

/* As they mostly are: catalogues are written in the order of their codes. */
static bool is_sorted(const nvbi_key_entry *entries, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (compare(&entries[i - 1], &entries[i]) > 0)
            return false;
    return true;
}

void nvbi_keys_sort(nvbi_key_entry *entries, size_t n)
{
    if (!is_sorted(entries, n))
        qsort(entries, n, sizeof *entries, compare);
}

const nvbi_key_entry *nvbi_keys_find(const nvbi_key_entry *entries, size_t n, nvb_text name)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (nvbi_key_compare(entries[middle].text, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && nvb_text_equal(entries[low].text, name) ? &entries[low] : NULL;
}
