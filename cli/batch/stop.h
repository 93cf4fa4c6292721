/*
 * stop.h: a run that is asked to end in good order: by a signal, looked at wherever one waits.
 */
#ifndef NVB_CLI_BATCH_STOP_H
#define NVB_CLI_BATCH_STOP_H

#include <stdbool.h>

/* Asks a run to end after the documents under way; may be called from a signal handler. */
void batch_stop(void);
bool batch_is_stopped(void);

#endif
