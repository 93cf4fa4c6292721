/* sink_own.h: what the files of the sink share. */
#ifndef NVB_CLI_BATCH_SINK_OWN_H
#define NVB_CLI_BATCH_SINK_OWN_H

#include <time.h>

#include "folder.h"
#include "sink.h"
#include "state.h"
#include "stream.h"

struct batch_sink {
    batch_sink_options o;
    nvb_diag *diag;
    batch_target target;
    batch_state state;
    batch_outlet outlet[BATCH_STREAM_COUNT];
    batch_folder folder;
    nvb_buffer state_path;
    uint64_t began_at; /* the number it went on from */
    bool was_finished; /* it went on with a run that was complete */
    bool missing;      /* a file that the overview names is not as it says */
    bool failed, closed;
    uint64_t saved; /* the number of the last checkpoint */
    struct timespec saved_at;
};

/* --- sink_places.c: what stands where --- */

/* False when there is no such stream. */
bool batch_place_stream(nvb_buffer *to, const batch_sink_options *o, batch_stream which);
/* False when there are no checkpoints. */
bool batch_place_state(nvb_buffer *to, const batch_sink_options *o);
/* Adds the problem that goes with an errno; EBUSY: another run is at it. Always false. */
bool batch_place_complain(const batch_sink_options *o, const char *name, int error, nvb_diag *diag);

/* --- sink_resume.c --- */

/* Holds everything on disk against the checkpoint in `state`, which was read, and cuts it back. The
 * outlets are open. False, and a problem, when something is not as it was; nothing was touched. */
bool batch_sink_go_on(batch_sink *s);

#endif
