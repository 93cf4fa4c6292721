/*
 * progress.h: how far a run is, on standard error: on a terminal one line that is written over,
 * five times a second; elsewhere, when asked for, a line each five seconds. Never part of any
 * result.
 */
#ifndef NVB_CLI_BATCH_PROGRESS_H
#define NVB_CLI_BATCH_PROGRESS_H

#include "cli/request.h"
#include "navolgbaar/buffer.h"

typedef struct batch_progress_numbers {
    uint64_t done, bad;   /* documents, of which errors */
    uint64_t bytes, size; /* of the input: behind us, and all; size 0: not known */
    uint64_t began;       /* documents done before this run went on */
    uint64_t began_bytes;
    uint64_t milliseconds; /* since it began */
} batch_progress_numbers;

/* "1.234 van circa 30.000 (4%), 812 per seconde, 3 fouten, nog 0:36", without end of line. */
void batch_progress_line(nvb_buffer *out, const batch_progress_numbers *n, nvb_lang lang);

typedef struct batch_progress {
    bool shown, on_terminal;
    nvb_lang lang;
    batch_progress_numbers numbers;
    uint64_t began_at, told_at; /* in milliseconds of the clock */
    size_t width;               /* of the line that stands there */
    nvb_buffer line;
} batch_progress;

/* `done` and `bytes`: where this run goes on. */
void batch_progress_begin(batch_progress *p,
                          cli_progress asked,
                          nvb_lang lang,
                          uint64_t size,
                          uint64_t done,
                          uint64_t bytes);
void batch_progress_tell(batch_progress *p, uint64_t done, uint64_t bad, uint64_t bytes);
void batch_progress_end(batch_progress *p);

#endif
