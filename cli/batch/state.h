/*
 * state.h: the checkpoint of a run: how far each stream had come, with a digest of all that is
 * before that point. Written whole or not at all.
 */
#ifndef NVB_CLI_BATCH_STATE_H
#define NVB_CLI_BATCH_STATE_H

#include "source.h"

/* A file that grows at its end. */
typedef enum batch_stream {
    BATCH_RESULTS, /* NDJSON only */
    BATCH_OVERVIEW,
    BATCH_ERRORS,
    BATCH_STREAM_COUNT
} batch_stream;

typedef struct batch_reach {
    uint64_t bytes;
    char digest[BATCH_DIGEST];
} batch_reach;

typedef struct batch_state {
    char settings[BATCH_DIGEST];
    batch_reach input;
    uint64_t number; /* records taken */
    uint64_t good, bad;
    batch_reach stream[BATCH_STREAM_COUNT];
    nvb_buffer policies; /* a '1' for each that was used, a '0' for each that was not */
    bool finished;
} batch_state;

/* False, and a problem (E7..), when it cannot be written; what was there stays. */
bool batch_state_write(const batch_state *s, const char *path, nvb_lang lang, nvb_diag *diag);
/* False, and a problem, when it cannot be read or makes no sense. `s` holds nothing yet. */
bool batch_state_read(batch_state *s, const char *path, nvb_lang lang, nvb_diag *diag);

#endif
