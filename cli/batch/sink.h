/*
 * sink.h: where the results of a run go: a folder with a file per document and format, one file of
 * NDJSON, or standard output; beside it the overview (a line per good document) and the errors (a
 * line per bad one). It writes in the order it is given and knows how far it has come, so that a
 * run can be stopped at any moment and go on (state.h).
 */
#ifndef NVB_CLI_BATCH_SINK_H
#define NVB_CLI_BATCH_SINK_H

#include "source.h"
#include "work.h"

typedef struct batch_sink batch_sink;

/* Where the results go. */
typedef enum batch_target {
    BATCH_FOLDER,
    BATCH_FILE,
    BATCH_PIPE /* standard output, or what is no file: it is written once and cannot be gone back
                  in, so there is no overview, and no going on */
} batch_target;

typedef struct batch_sink_options {
    const char *folder; /* --out; or */
    const char *ndjson; /* --ndjson; "-": standard output */
    const char *errors; /* NULL: beside the results */
    nvb_lang lang;
    nvb_summary *summary; /* gets every row */
    batch_source *source; /* is moved to where the last checkpoint was */
    const char *settings; /* digest of all that decides the bytes: options, policies, previous,
                             version */
    size_t n_policies;    /* given to the run */
    bool resume;
} batch_sink_options;

batch_target batch_sink_target(const batch_sink_options *o);
/* Whether a file of that name would be one the run itself writes, or lie among its results; for
 * --errors (`is_errors`) and --summary. */
bool batch_sink_owns(const batch_sink_options *o, const char *path, bool is_errors);
/* Before the source is opened: whether the places for the results are free (or, to go on, there),
 * and the folder made (*made: it was not there). `source` and `settings` do not count yet. False,
 * and a problem, if not. */
bool batch_sink_prepare(const batch_sink_options *o, bool *made, nvb_diag *diag);
/* Takes back what prepare made, as far as nothing stands in it. */
void batch_sink_unprepare(const batch_sink_options *o, bool made);
/* With `resume` everything on disk is held against the last checkpoint and cut back to it; the
 * source is moved to where that was. Without a checkpoint it begins from the start. *finished: the
 * run was complete already. NULL: a problem is in `diag`, and nothing was touched. `diag` must last
 * as long as the sink. */
batch_sink *batch_sink_open(const batch_sink_options *o, bool *finished, nvb_diag *diag);
/* Writes what a record came to; a checkpoint when it is time. False: a problem is in the diag given
 * to open. */
bool batch_sink_put(batch_sink *s, const batch_record *record, batch_result *result);
/* The last checkpoint; `complete`: the input came to its end. Nothing can be put after it. False
 * when it cannot be written. */
bool batch_sink_close(batch_sink *s, bool complete);
void batch_sink_free(batch_sink *s);
uint64_t batch_sink_good(const batch_sink *s);
uint64_t batch_sink_bad(const batch_sink *s);
/* The bytes of the input that were worked out, and the number of the last record that was written.
 */
uint64_t batch_sink_bytes(const batch_sink *s);
uint64_t batch_sink_number(const batch_sink *s);
/* Whether any document, or previous contract, leant on policy `i` (from 0). */
bool batch_sink_used(const batch_sink *s, size_t i);
/* Names of the overview and of the errors; NULL where there is none. */
const char *batch_sink_overview(const batch_sink *s);
const char *batch_sink_errors(const batch_sink *s);

#endif
