/*
 * stream.h: a file that grows at its end, with a digest of all that is in it; or standard output.
 *
 * What is appended is kept until there are 256 KiB of it, or until it is flushed: `reach` is then
 * what stands in the file. To go on with a file, its beginning is read once more
 * (batch_outlet_walk) and all after it cut off.
 *
 * It prints nothing: what goes wrong is the errno it gives.
 */
#ifndef NVB_CLI_BATCH_STREAM_H
#define NVB_CLI_BATCH_STREAM_H

#include <xxhash.h>

#include "state.h"

typedef struct batch_outlet {
    int fd; /* -1: not open */
    nvb_buffer name;
    nvb_buffer pending;
    XXH3_state_t *digest; /* of all that was appended; NULL for a pipe or device */
    uint64_t bytes;       /* likewise */
} batch_outlet;

/* Each gives 0, or the errno of what went wrong; EBUSY: another process writes to it. `name` is
 * set, also when opening fails. */
int batch_outlet_create(batch_outlet *o, const char *name);
/* What is there already, to go on with; nothing is touched. */
int batch_outlet_reopen(batch_outlet *o, const char *name);
/* Standard output. */
int batch_outlet_standard(batch_outlet *o, const char *name);
int batch_outlet_append(batch_outlet *o, const char *s, size_t n);
int batch_outlet_flush(batch_outlet *o);
/* How far it came; after a flush. Where no digest is kept, that of `r` stays as it is. */
void batch_outlet_reach(const batch_outlet *o, batch_reach *r);
/* Flushes, unless `drop`, and closes; an outlet that is not open is closed. */
int batch_outlet_close(batch_outlet *o, bool drop);

/* What a walk says of a file. */
typedef enum batch_walk { BATCH_AS_IT_WAS, BATCH_SHORTER, BATCH_OTHER, BATCH_STOPPED } batch_walk;
/* Reads the first `r->bytes` bytes and gives each line, with its newline, to `line` (which may be
 * NULL), until that says false. Leaves the digest as if all had been appended. *error: an errno. */
batch_walk batch_outlet_walk(batch_outlet *o,
                             const batch_reach *r,
                             bool (*line)(void *of, nvb_text line),
                             void *of,
                             int *error);
/* Cuts off all after what was walked. */
int batch_outlet_cut(batch_outlet *o);

#endif
