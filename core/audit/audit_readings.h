/*
 * audit_readings.h: what the parts of audit_readings share: the list under way and its bound.
 * Internal to audit_readings*.c.
 */
#ifndef NVB_CORE_AUDIT_READINGS_H
#define NVB_CORE_AUDIT_READINGS_H

#include "audit.h"

/* So much is tried at most, whatever the document: of the indices together, of one index, of all.
 * Steps that most lines have go first. */
enum { NVBI_MOST_OF_INDICES = 240, NVBI_MOST_READINGS = 400 };

typedef struct nvbi_listing {
    nvb_audit *a;
    nvbi_readings *out;
    size_t most; /* no more than so many from here */
} nvbi_listing;

/* Adds a reading while there is room. */
void nvbi_listing_put(nvbi_listing *l, const nvb_reading *r);
/* The same reading a power of ten up or down, and two. */
void nvbi_listing_shifted(nvbi_listing *l, nvb_reading r);

/* --- audit_readings_index.c --- */
void nvbi_list_indices(nvbi_listing *l);
/* What may be read otherwise in an index, but for its convention. */
void nvbi_list_index(nvbi_listing *l, const nvb_index *x);

/* --- audit_readings_step.c --- */
void nvbi_list_steps(nvbi_listing *l);

#endif
