/* cmd_batch.c: many documents in one run. What goes with it stands in batch/. */
#include "command.h"

#include <signal.h>
#include <stdlib.h>

#include "batch/plan.h"
#include "batch/progress.h"
#include "batch/run.h"
#include "batch/stop.h"
#include "complain.h"
#include "documents.h"
#include "navolgbaar/peek.h"
#include "streams.h"

typedef struct run {
    cli_session *s;
    batch_plan plan;
    nvb_source_file *files; /* policies */
    nvb_policies *policies;
    nvb_buffer policy, spool; /* kenmerk of the policy; where standard input is copied to */
    char settings[BATCH_DIGEST];
    nvb_summary *summary;
    batch_source *source;
    batch_sink *sink;
    nvb_diag *sink_diag; /* the sink speaks while others do */
    batch_progress progress;
    bool made;     /* the folder for the results */
    bool finished; /* before this run began */
} run;

static bool out_of_memory(run *r)
{
    cli_complain(r->s->diag, NVB_E901, NULL, NULL, NULL);
    return false;
}

/* --- opening --- */

static bool open_policies(run *r)
{
    static const char *const path[] = {"kenmerk"};
    cli_session *s = r->s;
    if (!cli_documents_name(s, NULL, 0) || !cli_documents_read(s))
        return false;
    r->files = calloc(s->n_policies + 1, sizeof *r->files);
    if (!r->files)
        return out_of_memory(r);
    for (size_t i = 0; i < s->n_policies; i++)
        r->files[i] = cli_file_source(&s->policies[i]);
    if (s->n_policies > 0) {
        r->policies = nvb_policies_read(r->files, s->n_policies, s->diag);
        if (!r->policies)
            return false;
        if (r->plan.source.providers && nvb_peek(&r->policy, r->files[0].bytes, path, 1))
            r->plan.source.policy = r->policy.s;
        if (r->policy.failed)
            return out_of_memory(r);
    }
    if (s->n_policies == 1)
        r->plan.source.rules = r->files;
    r->plan.work.policies = r->policies;
    return true;
}

static bool open_source(run *r)
{
    if (r->plan.sink.folder) {
        nvb_buffer_str(&r->spool, r->plan.sink.folder);
        nvb_buffer_str(&r->spool, "/.navolgbaar/invoer.ndjson");
        if (r->spool.failed)
            return out_of_memory(r);
        r->plan.source.spool = r->spool.s;
    }
    r->source = batch_source_open(&r->plan.source, r->s->diag);
    r->plan.work.source = r->plan.sink.source = r->source;
    return r->source != NULL;
}

/* Another run is at the same place: what was made there is of both. */
static bool is_busy(const run *r)
{
    bool busy = false;
    for (size_t i = 0; i < nvb_diag_kept(r->sink_diag); i++)
        busy = busy || nvb_diag_at(r->sink_diag, i)->code == NVB_E713;
    return busy;
}

static bool open_all(run *r)
{
    cli_session *s = r->s;
    r->summary = nvb_summary_new();
    r->sink_diag = nvb_diag_new();
    if (!r->summary || !r->sink_diag)
        return out_of_memory(r);
    if (!open_policies(r))
        return false;
    batch_plan_digest(&r->plan, s, r->settings);
    r->plan.sink.settings = r->settings;
    r->plan.sink.summary = r->summary;
    if (!batch_sink_prepare(&r->plan.sink, &r->made, s->diag))
        return false;
    if (open_source(r))
        r->sink = batch_sink_open(&r->plan.sink, &r->finished, r->sink_diag);
    if (!r->sink && !is_busy(r))
        batch_sink_unprepare(&r->plan.sink, r->made);
    return r->sink != NULL;
}

static void close_all(run *r)
{
    batch_progress_end(&r->progress);
    batch_sink_free(r->sink);
    batch_source_close(r->source);
    nvb_policies_free(r->policies);
    nvb_summary_free(r->summary);
    nvb_diag_free(r->sink_diag);
    nvb_buffer_release(&r->policy);
    nvb_buffer_release(&r->spool);
    free(r->files);
}

/* --- running --- */

static void stop(int signal_number)
{
    (void)signal_number;
    batch_stop();
}

/* Asked once, a run ends in good order; asked twice, it ends. */
static void listen_for_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction now;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

static void written(void *of, uint64_t bytes)
{
    run *r = of;
    batch_progress_tell(&r->progress, batch_sink_number(r->sink), batch_sink_bad(r->sink), bytes);
}

static void add_problems(run *r)
{
    for (size_t i = 0; r->sink_diag && i < nvb_diag_kept(r->sink_diag); i++) {
        const nvb_problem *p = nvb_diag_at(r->sink_diag, i);
        nvb_diag_add(r->s->diag, p->code, p->path, p->word[0], p->word[1], p->word[2]);
    }
}

static void complain_stopped(run *r)
{
    nvb_buffer command = NVB_BUFFER_INIT, number = NVB_BUFFER_INIT;
    nvb_buffer_uint(&number, batch_sink_number(r->sink));
    if (batch_sink_target(&r->plan.sink) != BATCH_PIPE)
        batch_plan_command(r->s, &command);
    cli_complain(r->s->diag, NVB_E708, number.s, command.s, NULL);
    nvb_buffer_release(&command);
    nvb_buffer_release(&number);
}

/* Nothing is lost: what came in is what went out. */
static bool adds_up(run *r)
{
    uint64_t in = batch_sink_number(r->sink), good = batch_sink_good(r->sink),
             bad = batch_sink_bad(r->sink);
    if (in == good + bad && nvb_summary_good(r->summary) == good &&
        nvb_summary_bad(r->summary) == bad)
        return true;
    nvb_buffer words[3] = {NVB_BUFFER_INIT, NVB_BUFFER_INIT, NVB_BUFFER_INIT};
    nvb_buffer_uint(&words[0], in);
    nvb_buffer_uint(&words[1], good);
    nvb_buffer_uint(&words[2], bad);
    cli_complain(r->s->diag, NVB_E902, words[0].s, words[1].s, words[2].s);
    for (size_t i = 0; i < 3; i++)
        nvb_buffer_release(&words[i]);
    return false;
}

/* --- the end --- */

/* A policy that is given and not used would be lost in silence. */
static void tell_unused(run *r)
{
    cli_session *s = r->s;
    for (size_t i = 0; i < s->n_policies; i++)
        if (!batch_sink_used(r->sink, i))
            cli_complain(s->diag, NVB_E632, s->policies[i].name.s, cli_documents_same_policy(s, i),
                         NULL);
}

/* Now that everything is there, a name that leads to a result shows itself, however it does. */
static void write_summary(run *r, const nvb_summary_about *about, const char *file)
{
    cli_session *s = r->s;
    nvb_buffer text = NVB_BUFFER_INIT;
    nvb_emit_options o = {.lang = cli_session_lang(s)};
    nvb_emit_summary_json(&text, r->summary, about, &o);
    if (text.failed)
        out_of_memory(r);
    else if (batch_sink_owns(&r->plan.sink, file, false))
        cli_complain(s->diag, NVB_E829, file, NULL, NULL);
    else
        cli_streams_keep(&text, file, o.lang, s->diag);
    nvb_buffer_release(&text);
}

static void sum_up(run *r, bool anything_new)
{
    cli_session *s = r->s;
    nvb_lang lang = cli_session_lang(s);
    nvb_emit_options o = {.lang = lang};
    nvb_summary_about about = {
        .overview = cli_text(batch_sink_overview(r->sink)),
        .errors = cli_text(batch_sink_bad(r->sink) ? batch_sink_errors(r->sink) : NULL),
    };
    nvb_buffer text = NVB_BUFFER_INIT;
    if (!anything_new && r->finished) {
        const char *was = cli_word(CLI_W_WAS_FINISHED, lang);
        cli_streams_tell(was, strlen(was));
    }
    nvb_emit_summary_text(&text, r->summary, &about, &o);
    if (text.failed)
        out_of_memory(r);
    else if (batch_sink_target(&r->plan.sink) == BATCH_PIPE)
        cli_streams_tell(text.s, text.n);
    else
        nvb_buffer_bytes(&s->out, text.s, text.n);
    nvb_buffer_release(&text);
    if (s->request.summary)
        write_summary(r, &about, s->request.summary);
    tell_unused(r);
}

static void work(run *r)
{
    cli_session *s = r->s;
    uint64_t began = batch_sink_number(r->sink);
    batch_run_options o = {.jobs = r->plan.jobs,
                           .work = &r->plan.work,
                           .source = r->source,
                           .sink = r->sink,
                           .written = written,
                           .of = r};
    batch_progress_begin(&r->progress, (cli_progress)s->request.progress, cli_session_lang(s),
                         batch_source_size(r->source), began, batch_sink_bytes(r->sink));
    listen_for_signals();
    bool complete = batch_run(&o, s->diag);
    batch_progress_end(&r->progress);
    bool well = batch_sink_close(r->sink, complete);
    if (batch_is_stopped() && !complete && well && nvb_diag_count(s->diag, NVB_ERROR) == 0)
        complain_stopped(r);
    if (!complete || !well || !adds_up(r))
        return;
    s->findings = batch_sink_bad(r->sink) > 0;
    s->said = true;
    sum_up(r, batch_sink_number(r->sink) != began);
}

static void run_batch(cli_session *s)
{
    run r = {.s = s};
    if (!batch_plan_make(&r.plan, s))
        return;
    if (open_all(&r))
        work(&r);
    add_problems(&r);
    close_all(&r);
}

const cli_command cli_batch = {
    .name = "batch",
    .summary = CLI_W_BATCH,
    .details = CLI_W_BATCH_MORE,
    .operands = {{CLI_W_BATCH_INPUT, CLI_W_BATCH_INPUT_HELP, .required = false}},
    .n_operands = 1,
    .options = CLI_TAKES(LANG) | CLI_TAKES(POLICY) | CLI_TAKES(OLD_CONTRACTS) |
               CLI_TAKES(PROVIDERS) | CLI_TAKES(LINES) | CLI_TAKES(OUT) | CLI_TAKES(NDJSON) |
               CLI_TAKES(FORMATS) | CLI_TAKES(JOBS) | CLI_TAKES(ERRORS) | CLI_TAKES(SUMMARY) |
               CLI_TAKES(RESUME) | CLI_TAKES(PROGRESS) | CLI_TAKES(DRAFT) | CLI_TAKES_COMPARING |
               CLI_TAKES(MPFR_ONLY) | CLI_TAKES(HELP),
    .run = run_batch,
};
