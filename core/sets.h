/*
 * sets.h: which lines lie under a ceiling, and how two ceilings relate. Shared by validation and
 * the engine, so that what is refused and what is computed rest on one reading. Model section 6.
 */
#ifndef NVB_CORE_SETS_H
#define NVB_CORE_SETS_H

#include "arena.h"
#include "names.h"
#include "navolgbaar/proposal.h"

typedef struct nvbi_set {
    uint64_t *bits; /* one per line of the proposal */
    size_t words;
} nvbi_set;

typedef enum nvbi_relation { NVBI_APART, NVBI_WITHIN, NVBI_CROSSING } nvbi_relation;

/* The lines under a ceiling; unknown codes are passed over. False when memory is out. */
bool nvbi_set_of_ceiling(nvbi_set *out,
                         nvbi_arena *a,
                         const nvb_proposal *p,
                         const nvb_ceiling *c,
                         const nvbi_names *lines);
static inline bool nvbi_set_has(const nvbi_set *s, size_t line)
{
    return s->bits[line / 64] >> (line % 64) & 1;
}
/* How the earlier set lies to the later: apart, wholly within it, or crossing (any other overlap).
 */
nvbi_relation nvbi_set_relation(const nvbi_set *earlier, const nvbi_set *later);

#endif
