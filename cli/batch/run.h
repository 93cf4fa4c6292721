/*
 * run.h: the run itself: workers that take records in order, work them out side by side, and write
 * what is done in the order of the input.
 *
 * There is a ring of twice as many slots as workers. A worker takes the next record into the next
 * slot, works it out, and marks the slot done; whoever finds the slot at the head of the ring done
 * writes all that are done in a row, one worker at a time. So memory follows the largest documents,
 * never their number, and there is no queue to fill up.
 */
#ifndef NVB_CLI_BATCH_RUN_H
#define NVB_CLI_BATCH_RUN_H

#include "sink.h"
#include "source.h"
#include "work.h"

typedef struct batch_run_options {
    unsigned jobs;
    const batch_work_options *work;
    batch_source *source;
    batch_sink *sink;
    /* called after each document was written, by one thread at a time */
    void (*written)(void *of, uint64_t bytes_done);
    void *of;
} batch_run_options;

/* False when it ended before the input did; `diag` says why, unless it was asked to stop (stop.h).
 */
bool batch_run(const batch_run_options *o, nvb_diag *diag);

#endif
