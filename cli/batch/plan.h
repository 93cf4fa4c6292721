/*
 * plan.h: what was asked of a run, with everything that does not go together found before anything
 * is read or made.
 */
#ifndef NVB_CLI_BATCH_PLAN_H
#define NVB_CLI_BATCH_PLAN_H

#include "cli/session.h"
#include "sink.h"

enum { BATCH_MAX_JOBS = 64 };

typedef struct batch_plan {
    batch_sink_options sink;     /* but for its source, summary and settings */
    batch_source_options source; /* but for its policy and spool */
    batch_work_options work;     /* but for its policies and source */
    unsigned jobs;
} batch_plan;

/* False, and problems in the session, when it is not sound. */
bool batch_plan_make(batch_plan *p, cli_session *s);
/* The digest of all that decides the bytes of the results and is not input: once the policies were
 * read. `to` has room for BATCH_DIGEST bytes. */
void batch_plan_digest(const batch_plan *p, const cli_session *s, char *to);
/* The command that goes on with this run, ready for a shell. */
void batch_plan_command(const cli_session *s, nvb_buffer *out);

#endif
