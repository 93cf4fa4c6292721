/*
 * names.h: from a name to its number in a list: one hash table for every look-up by id or code.
 *
 * The first of two equal names wins. It keeps the texts it was given borrowed, and never reports: a
 * name that is not there is NVBI_NO_NAME, and what that means is the caller's to say.
 */
#ifndef NVB_CORE_NAMES_H
#define NVB_CORE_NAMES_H

#include "arena.h"

#define NVBI_NO_NAME UINT32_MAX

typedef struct nvbi_name {
    nvb_text text;
    uint32_t hash, number;
} nvbi_name;

typedef struct nvbi_names {
    nvbi_name *slots; /* NULL while empty */
    size_t mask, used;
} nvbi_names;

/* Room for `n` names; false when memory is out. */
bool nvbi_names_init(nvbi_names *m, nvbi_arena *arena, size_t n);
/* Empties the table and makes room for `n` names, in the memory it has where that is enough
 * (`*room` names, kept by the caller; 0 at first). Of a large table only as much is cleared as `n`
 * names use. */
bool nvbi_names_renew(nvbi_names *m, nvbi_arena *arena, size_t n, size_t *room);
/* False when the name was there already (the table is unchanged). */
bool nvbi_names_add(nvbi_names *m, nvb_text name, uint32_t number);
uint32_t nvbi_names_find(const nvbi_names *m, nvb_text name);

#endif
