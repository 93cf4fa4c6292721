/*
 * seen.h: a set of addresses, for looking once at what many lines share.
 */
#ifndef NVB_CORE_SEEN_H
#define NVB_CORE_SEEN_H

#include "arena.h"

typedef struct nvbi_seen {
    const void **slots;
    size_t mask;
} nvbi_seen;

/* Room for n addresses; false when memory is out. */
bool nvbi_seen_init(nvbi_seen *s, nvbi_arena *a, size_t n);
/* True the first time `what` is asked for. */
bool nvbi_seen_first(nvbi_seen *s, const void *what);

#endif
