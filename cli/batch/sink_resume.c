/*
 * sink_resume.c: going on with a run: decided by what is on disk. First everything is held against
 * the last checkpoint, and the lines of overview and errors are added up again; only then is what
 * came after it cut off.
 */
#include "sink_own.h"

#include <errno.h>

#include "cli/complain.h"
#include "cli/words.h"

static bool is_not_as_it_was(batch_sink *s, const char *name, cli_word_id why)
{
    cli_complain(s->diag, NVB_E709, name, cli_word(why, s->o.lang), NULL);
    return false;
}

static bool has_file(void *of, const nvb_written *file)
{
    batch_sink *s = of;
    int error = batch_folder_holds(&s->folder, file);
    s->missing = error == ENOENT;
    return error == 0;
}

/* The lines below are known to be ours, whole: what fails, fails for want of memory. */
static bool ran_out(batch_sink *s)
{
    cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    return false;
}

static bool add_good(void *of, nvb_text line)
{
    batch_sink *s = of;
    if (!nvb_overview_add(s->o.summary, line))
        return ran_out(s);
    if (s->target != BATCH_FOLDER || nvb_overview_files(line, has_file, s))
        return true;
    return s->missing ? is_not_as_it_was(s, s->folder.name.s, CLI_W_WAS_OTHER) : ran_out(s);
}

static bool add_bad(void *of, nvb_text line)
{
    batch_sink *s = of;
    return nvb_error_add(s->o.summary, line) || ran_out(s);
}

static bool walk(batch_sink *s, batch_stream which, bool (*line)(void *, nvb_text))
{
    batch_outlet *o = &s->outlet[which];
    int error;
    if (o->fd < 0)
        return true;
    switch (batch_outlet_walk(o, &s->state.stream[which], line, s, &error)) {
    case BATCH_AS_IT_WAS:
        return true;
    case BATCH_STOPPED:
        return false; /* it said why */
    case BATCH_SHORTER:
        if (!error)
            return is_not_as_it_was(s, o->name.s, CLI_W_WAS_LONGER);
        break;
    case BATCH_OTHER:
        if (!error)
            return is_not_as_it_was(s, o->name.s, CLI_W_WAS_OTHER);
        break;
    }
    return batch_place_complain(&s->o, o->name.s, error, s->diag);
}

/* What the lines add up to is what was counted. */
static bool adds_up(batch_sink *s)
{
    if (nvb_summary_good(s->o.summary) == s->state.good &&
        nvb_summary_bad(s->o.summary) == s->state.bad)
        return true;
    return is_not_as_it_was(s, s->outlet[BATCH_OVERVIEW].name.s, CLI_W_WAS_OTHER);
}

bool batch_sink_go_on(batch_sink *s)
{
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++)
        if (!walk(s, (batch_stream)i, NULL))
            return false;
    if (!walk(s, BATCH_OVERVIEW, add_good) || !walk(s, BATCH_ERRORS, add_bad) || !adds_up(s))
        return false;
    if (s->state.number > 0 &&
        !batch_source_skip(s->o.source, s->state.input.bytes, s->state.number + 1,
                           s->state.input.digest, s->diag))
        return false;
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++) {
        int error = s->outlet[i].fd >= 0 ? batch_outlet_cut(&s->outlet[i]) : 0;
        if (error)
            return batch_place_complain(&s->o, s->outlet[i].name.s, error, s->diag);
    }
    if (s->target == BATCH_FOLDER)
        batch_folder_clean(&s->folder, s->state.number + 1);
    return true;
}
