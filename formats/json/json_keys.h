/*
 * json_keys.h: many names, sorted, to find one or to find the doubles.
 *
 * Names come from files that may be hostile, so a hash would have to be a secret one; sorting costs
 * n log n whatever the names are. Equal names keep the order of their numbers: the first is the one
 * that counts.
 */
#ifndef NVB_FORMATS_JSON_KEYS_H
#define NVB_FORMATS_JSON_KEYS_H

#include "navolgbaar/base.h"

typedef struct nvbi_key_entry {
    nvb_text text; /* borrowed */
    size_t number; /* of the caller: a position, an offset */
} nvbi_key_entry;

int nvbi_key_compare(nvb_text a, nvb_text b);
void nvbi_keys_sort(nvbi_key_entry *entries, size_t n);
/* In sorted entries: the first with that name, or NULL. */
const nvbi_key_entry *nvbi_keys_find(const nvbi_key_entry *entries, size_t n, nvb_text name);

#endif
