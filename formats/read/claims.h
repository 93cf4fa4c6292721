/*
 * claims.h: what the files that read the figures of somebody else's explanation share.
 */
#ifndef NVB_FORMATS_CLAIMS_H
#define NVB_FORMATS_CLAIMS_H

#include "document_own.h"
#include "formats/json/json_keys.h"

typedef struct nvbi_claims {
    nvb_document *d;
    nvb_diag *diag;
    nvbi_arena work;     /* until they are read */
    nvb_claim *claims;   /* in the order of the file; those that could not be read are not there */
    const cJSON **items; /* and for each its node, */
    size_t *number;      /* its number among `knopen`, */
    bool *between;       /* and whether it has bounds and no value of its own */
    nvbi_key_entry *paths; /* sorted; the number is that of the claim */
    size_t n, faults;
} nvbi_claims;

/* A problem with item `i` of `knopen`, with its value under `key` (NULL: as a whole), at `node`. */
void nvbi_claims_fault(nvbi_claims *c,
                       nvb_code code,
                       size_t i,
                       const char *key,
                       const cJSON *node,
                       nvb_text w1,
                       nvb_text w2,
                       nvb_text w3);
/* What each says it comes from: a figure or a place in `voorstel`, and never itself in the end. */
void nvbi_claims_origins(nvbi_claims *c);

#endif
