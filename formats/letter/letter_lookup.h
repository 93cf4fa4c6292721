/*
 * letter_lookup.h: from a name to its numbers, by binary search: the letter looks names up for
 * every line, and the linear look-ups of proposal.h are for the few.
 */
#ifndef NVB_FORMATS_LETTER_LOOKUP_H
#define NVB_FORMATS_LETTER_LOOKUP_H

#include "navolgbaar/base.h"

typedef struct nvbi_entry {
    nvb_text name;
    uint32_t number;
} nvbi_entry;

typedef struct nvbi_lookup {
    nvbi_entry *entries;
    size_t n, room;
} nvbi_lookup;

/* False when memory is out. */
bool nvbi_lookup_add(nvbi_lookup *k, nvb_text name, size_t number);
/* Once all are added. Equal names keep the order of their numbers. */
void nvbi_lookup_sort(nvbi_lookup *k);
/* The entries with that name: the first, and how many in `*n`. */
const nvbi_entry *nvbi_lookup_find(const nvbi_lookup *k, nvb_text name, size_t *n);
void nvbi_lookup_release(nvbi_lookup *k);

#endif
