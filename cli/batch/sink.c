/* sink.c: see sink.h. */
#include "sink_own.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"

enum { DOCUMENTS_BETWEEN = 1000 }; /* checkpoints; a second is the other limit */

static bool complain(batch_sink *s, const char *name, int error)
{
    s->failed = true;
    return batch_place_complain(&s->o, name, error, s->diag);
}

/* --- the last checkpoint --- */

static bool save(batch_sink *s)
{
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++) {
        batch_outlet *o = &s->outlet[i];
        int error = o->fd >= 0 ? batch_outlet_flush(o) : 0;
        if (error)
            return complain(s, o->name.s, error);
        if (o->fd >= 0)
            batch_outlet_reach(o, &s->state.stream[i]);
    }
    s->saved = s->state.number;
    clock_gettime(CLOCK_MONOTONIC, &s->saved_at);
    if (s->target == BATCH_PIPE)
        return true;
    s->failed = !batch_state_write(&s->state, s->state_path.s, s->o.lang, s->diag);
    return !s->failed;
}

static bool is_time_to_save(const batch_sink *s)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long since =
        (now.tv_sec - s->saved_at.tv_sec) * 1000LL + (now.tv_nsec - s->saved_at.tv_nsec) / 1000000;
    return s->state.number >= s->saved + DOCUMENTS_BETWEEN || since >= 1000;
}

/* --- opening --- */

/* Two streams into one file would mix. */
static bool is_taken(const batch_sink *s, unsigned which, const char *name)
{
    struct stat own, other;
    if (stat(name, &own) != 0 || !S_ISREG(own.st_mode))
        return false;
    for (unsigned i = 0; i < which; i++)
        if (s->outlet[i].fd >= 0 && fstat(s->outlet[i].fd, &other) == 0 &&
            own.st_dev == other.st_dev && own.st_ino == other.st_ino) {
            cli_complain(s->diag, NVB_E827, s->outlet[i].name.s, name, NULL);
            return true;
        }
    return false;
}

static bool open_outlets(batch_sink *s, bool go_on)
{
    bool well = true;
    nvb_buffer name = NVB_BUFFER_INIT;
    for (unsigned i = 0; well && i < BATCH_STREAM_COUNT; i++) {
        if (!batch_place_stream(&name, &s->o, (batch_stream)i))
            continue;
        if (!name.s || is_taken(s, i, name.s)) {
            well = false;
            break;
        }
        batch_outlet *o = &s->outlet[i];
        int error = strcmp(name.s, "-") == 0 && i == BATCH_RESULTS
                        ? batch_outlet_standard(o, name.s)
                    : go_on ? batch_outlet_reopen(o, name.s)
                            : batch_outlet_create(o, name.s);
        if (error == ENOENT && go_on) {
            cli_complain(s->diag, NVB_E709, name.s, NULL, NULL);
            well = false;
        } else if (error) {
            well = batch_place_complain(&s->o, name.s, error, s->diag);
        }
    }
    nvb_buffer_release(&name);
    return well;
}

static void begin_state(batch_sink *s)
{
    static const char none[] = "00000000000000000000000000000000";
    memcpy(s->state.settings, s->o.settings, BATCH_DIGEST);
    memcpy(s->state.input.digest, none, BATCH_DIGEST);
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++)
        memcpy(s->state.stream[i].digest, none, BATCH_DIGEST);
    nvb_buffer_repeat(&s->state.policies, '0', s->o.n_policies);
}

static bool is_state_of(const batch_sink *s)
{
    if (strcmp(s->state.settings, s->o.settings) != 0)
        cli_complain(s->diag, NVB_E712, s->o.folder ? s->o.folder : s->o.ndjson, NULL, NULL);
    else if (s->state.policies.n != s->o.n_policies)
        cli_complain(s->diag, NVB_E710, s->state_path.s, NULL, NULL);
    else
        return true;
    return false;
}

static bool open_fresh(batch_sink *s)
{
    begin_state(s);
    if (s->state.policies.failed) {
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    return open_outlets(s, false) && save(s);
}

static bool open_again(batch_sink *s)
{
    if (!batch_state_read(&s->state, s->state_path.s, s->o.lang, s->diag))
        return false;
    if (!is_state_of(s) || !open_outlets(s, true) || !batch_sink_go_on(s))
        return false;
    s->was_finished = s->state.finished;
    s->began_at = s->saved = s->state.number;
    clock_gettime(CLOCK_MONOTONIC, &s->saved_at);
    return true;
}

batch_sink *batch_sink_open(const batch_sink_options *o, bool *finished, nvb_diag *diag)
{
    struct stat about;
    batch_sink *s = calloc(1, sizeof *s);
    *finished = false;
    if (!s) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return NULL;
    }
    s->o = *o;
    s->diag = diag;
    s->target = batch_sink_target(o);
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++)
        s->outlet[i].fd = -1;
    batch_folder_init(&s->folder, o->folder);
    bool lasts = batch_place_state(&s->state_path, o);
    bool again = lasts && o->resume && s->state_path.s && stat(s->state_path.s, &about) == 0;
    if (s->state_path.s && (again ? open_again(s) : open_fresh(s))) {
        *finished = s->was_finished;
        return s;
    }
    s->failed = true;
    batch_sink_free(s);
    return NULL;
}

/* --- writing --- */

static bool append(batch_sink *s, batch_stream which, const nvb_buffer *from)
{
    batch_outlet *o = &s->outlet[which];
    int error = o->fd >= 0 ? batch_outlet_append(o, from->s, from->n) : 0;
    return error ? complain(s, o->name.s, error) : true;
}

static bool put_good(batch_sink *s, const batch_record *record, const batch_result *result)
{
    bool well = true;
    for (unsigned f = 0; well && f < BATCH_FORMAT_COUNT; f++) {
        const nvb_buffer *from = &result->output[f];
        if (from->n == 0)
            continue;
        if (s->target != BATCH_FOLDER) {
            well = append(s, BATCH_RESULTS, from);
            continue;
        }
        int error = batch_folder_put(&s->folder, record->number, &result->name,
                                     batch_format_ending((batch_format)f), from);
        well = error ? complain(s, s->folder.name.s, error) : true;
    }
    return well && append(s, BATCH_OVERVIEW, &result->overview);
}

bool batch_sink_put(batch_sink *s, const batch_record *record, batch_result *result)
{
    const nvb_buffer *line = result->good ? &result->overview : &result->error;
    bool well = result->good ? put_good(s, record, result) : append(s, BATCH_ERRORS, line);
    if (!well)
        return false;
    nvb_text text = {line->s, line->n};
    if (!(result->good ? nvb_overview_add(s->o.summary, text)
                       : nvb_error_add(s->o.summary, text))) {
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
        s->failed = true;
        return false;
    }
    for (size_t i = 0; i < 2; i++)
        if (result->policy[i] < s->state.policies.n)
            s->state.policies.s[result->policy[i]] = '1';
    s->state.number = record->number;
    s->state.good += result->good;
    s->state.bad += !result->good;
    s->state.input.bytes = record->end;
    memcpy(s->state.input.digest, record->digest, BATCH_DIGEST);
    s->state.finished = false;
    return is_time_to_save(s) ? save(s) : true;
}

bool batch_sink_close(batch_sink *s, bool complete)
{
    bool nothing_new = s->was_finished && s->state.number == s->began_at;
    s->state.finished = complete || nothing_new;
    bool well = !s->failed && (nothing_new || save(s));
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++) {
        batch_outlet *o = &s->outlet[i];
        int error = well && o->fd >= 0 && close(o->fd) != 0 && errno != EINTR ? errno : 0;
        if (well)
            o->fd = -1;
        if (error)
            well = complain(s, o->name.s, error);
    }
    return well;
}

void batch_sink_free(batch_sink *s)
{
    if (!s)
        return;
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++)
        batch_outlet_close(&s->outlet[i], true);
    batch_folder_release(&s->folder);
    nvb_buffer_release(&s->state_path);
    nvb_buffer_release(&s->state.policies);
    free(s);
}

uint64_t batch_sink_good(const batch_sink *s)
{
    return s->state.good;
}

uint64_t batch_sink_bad(const batch_sink *s)
{
    return s->state.bad;
}

uint64_t batch_sink_number(const batch_sink *s)
{
    return s->state.number;
}

bool batch_sink_used(const batch_sink *s, size_t i)
{
    return i < s->state.policies.n && s->state.policies.s[i] == '1';
}

const char *batch_sink_overview(const batch_sink *s)
{
    return s->outlet[BATCH_OVERVIEW].name.s;
}

const char *batch_sink_errors(const batch_sink *s)
{
    return s->outlet[BATCH_ERRORS].name.s;
}

uint64_t batch_sink_bytes(const batch_sink *s)
{
    return s->state.input.bytes;
}
