/* plan.c: see plan.h. */
#include "plan.h"

#include <unistd.h>

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/manual.h"
#include "cli/streams.h"
#include "cli/words.h"
#include "digest.h"

#define WORD(name, word, ending, json) [name] = word,
static const char *const format_words[] = {BATCH_FORMATS(WORD)};
#undef WORD
#define IS_JSON(name, word, ending, json) | ((unsigned)(json) << (name))
enum { JSON_FORMATS = 0 BATCH_FORMATS(IS_JSON) };
#undef IS_JSON

enum { CHANGES = 1 << BATCH_CHANGES | 1 << BATCH_CHANGES_JSON };

static const char *first_input(const cli_request *r)
{
    return r->n_operands > 0 ? r->operands[0] : NULL;
}

/* Two options that shut each other out. */
static void check_apart(nvb_diag *diag, bool a, const char *name, bool b, const char *other)
{
    if (a && b)
        cli_complain(diag, NVB_E822, name, other, NULL);
}

static void check_needs(nvb_diag *diag, bool a, const char *name, bool b, const char *other)
{
    if (a && !b)
        cli_complain(diag, NVB_E817, name, other, NULL);
}

static void missing(cli_session *s, const char *what)
{
    nvb_buffer usage = NVB_BUFFER_INIT;
    cli_manual_synopsis(&usage, &cli_batch, cli_session_lang(s));
    cli_complain(s->diag, NVB_E808, what, usage.s, NULL);
    nvb_buffer_release(&usage);
}

/* --- the forms --- */

static bool format_of(const char *name, size_t n, unsigned *formats)
{
    for (unsigned f = 0; f < BATCH_FORMAT_COUNT; f++)
        if (strlen(format_words[f]) == n && memcmp(format_words[f], name, n) == 0) {
            *formats |= 1U << f;
            return true;
        }
    return false;
}

static void complain_format(nvb_diag *diag, const char *name, size_t n)
{
    nvb_buffer given = NVB_BUFFER_INIT, all = NVB_BUFFER_INIT;
    nvb_buffer_bytes(&given, name, n);
    for (unsigned f = 0; f < BATCH_FORMAT_COUNT; f++) {
        nvb_buffer_str(&all, f ? ", " : "");
        nvb_buffer_str(&all, format_words[f]);
    }
    cli_complain(diag, NVB_E805, "--formats", given.s ? given.s : "", all.s);
    nvb_buffer_release(&given);
    nvb_buffer_release(&all);
}

static unsigned read_formats(cli_session *s)
{
    const cli_request *r = &s->request;
    unsigned formats = 0;
    bool well = true;
    if (!r->formats)
        return r->ndjson ? 1U << BATCH_JSON : 1U << BATCH_TEXT | 1U << BATCH_JSON;
    for (const char *at = r->formats;; at++) {
        size_t n = strcspn(at, ",");
        if (!format_of(at, n, &formats)) {
            complain_format(s->diag, at, n);
            well = false;
        }
        at += n;
        if (!*at)
            break;
    }
    bool one = (formats & (formats - 1)) == 0;
    if (well && r->ndjson && (!one || (formats & ~(unsigned)JSON_FORMATS)))
        cli_complain(s->diag, NVB_E825, r->formats, NULL, NULL);
    return formats;
}

/* --- what goes together --- */

static void check_input(cli_session *s)
{
    const cli_request *r = &s->request;
    nvb_lang lang = cli_session_lang(s);
    const char *input = first_input(r), *name = cli_word(CLI_W_BATCH_INPUT, lang);
    check_apart(s->diag, input, name, r->providers, "--providers");
    check_apart(s->diag, input && !r->providers, name, r->lines, "--lines");
    check_needs(s->diag, r->providers, "--providers", r->lines, "--lines");
    check_needs(s->diag, !input && r->lines, "--lines", r->providers, "--providers");
    check_needs(s->diag, r->csv != CLI_CSV_AUTO, "--csv", r->providers, "--providers");
    if (!input && !r->providers && !r->lines)
        missing(s, name);
    if (r->providers && r->policies.n != 1) {
        nvb_buffer n = NVB_BUFFER_INIT;
        nvb_buffer_uint(&n, r->policies.n);
        cli_complain(s->diag, NVB_E826, n.s, NULL, NULL);
        nvb_buffer_release(&n);
    }
}

static void check_output(cli_session *s, const batch_plan *p)
{
    const cli_request *r = &s->request;
    check_apart(s->diag, r->out, "--out", r->ndjson, "--ndjson");
    if (!r->out && !r->ndjson) {
        missing(s, cli_word(CLI_W_BATCH_WHERE, cli_session_lang(s)));
        return;
    }
    if (batch_sink_target(&p->sink) != BATCH_PIPE)
        return;
    check_apart(s->diag, r->resume, "--resume", true, "--ndjson -");
    if (!r->errors)
        cli_complain(s->diag, NVB_E828, NULL, NULL, NULL);
}

/* Standard input can be read once. */
static void check_stdin(cli_session *s)
{
    const cli_request *r = &s->request;
    const char *const names[] = {first_input(r), r->providers, r->lines, r->previous};
    size_t n = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        n += names[i] && strcmp(names[i], "-") == 0;
    for (size_t i = 0; i < r->policies.n; i++)
        n += strcmp(r->policies.items[i], "-") == 0;
    if (n > 1)
        cli_complain(s->diag, NVB_E814, NULL, NULL, NULL);
}

/* Results never take the place of what they were made of. */
static void check_not_over(cli_session *s, const char *output)
{
    const cli_request *r = &s->request;
    const char *const names[] = {first_input(r), r->providers, r->lines, r->previous};
    bool same = false;
    if (!output || strcmp(output, "-") == 0)
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        same = same || (names[i] && cli_streams_are_same(output, names[i]));
    for (size_t i = 0; i < r->policies.n; i++)
        same = same || cli_streams_are_same(output, r->policies.items[i]);
    if (same)
        cli_complain(s->diag, NVB_E819, output, NULL, NULL);
}

/* The summary, or the temporary file it is written to first. */
static bool owns_summary(const batch_sink_options *o, const char *name)
{
    nvb_buffer temporary = NVB_BUFFER_INIT;
    nvb_buffer_str(&temporary, name);
    nvb_buffer_str(&temporary, CLI_STREAMS_TEMPORARY);
    bool owns =
        batch_sink_owns(o, name, false) || (temporary.s && batch_sink_owns(o, temporary.s, false));
    nvb_buffer_release(&temporary);
    return owns;
}

/* --errors and --summary are files, and not ones that the run writes itself. */
static void check_beside(cli_session *s, const batch_plan *p, const char *name, bool is_errors)
{
    const cli_request *r = &s->request;
    if (!name || (!r->out && !r->ndjson))
        return;
    if (strcmp(name, "-") == 0)
        cli_complain(s->diag, NVB_E824, name, NULL, NULL);
    else if (is_errors ? batch_sink_owns(&p->sink, name, true) : owns_summary(&p->sink, name))
        cli_complain(s->diag, NVB_E829, name, NULL, NULL);
    else
        check_not_over(s, name);
}

static void check_comparing(cli_session *s, unsigned formats)
{
    const cli_request *r = &s->request;
    check_needs(s->diag, r->any_party, "--any-party", r->previous, "--previous");
    check_needs(s->diag, r->attribution, "--attributie", r->previous, "--previous");
    check_needs(s->diag, formats & CHANGES, "--formats wijzigingen", r->previous, "--previous");
}

static unsigned count_jobs(cli_session *s)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned asked = s->request.jobs;
    if (asked > BATCH_MAX_JOBS) {
        nvb_buffer given = NVB_BUFFER_INIT;
        nvb_buffer_uint(&given, asked);
        cli_complain(s->diag, NVB_E806, "--jobs", given.s, "64");
        nvb_buffer_release(&given);
    }
    return asked                     ? asked
           : online < 1              ? 1
           : online > BATCH_MAX_JOBS ? BATCH_MAX_JOBS
                                     : (unsigned)online;
}

bool batch_plan_make(batch_plan *p, cli_session *s)
{
    const cli_request *r = &s->request;
    nvb_lang lang = cli_session_lang(s);
    *p = (batch_plan){
        .sink = {.folder = r->out,
                 .ndjson = r->ndjson,
                 .errors = r->errors,
                 .lang = lang,
                 .n_policies = r->policies.n,
                 .resume = r->resume                   },
        .source = {         .ndjson = first_input(r),
                 .providers = r->providers,
                 .lines = r->lines,
                 .previous = r->previous,
                 .csv = r->csv,
                 .name_files = r->out != NULL,
                 .lang = lang},
        .work = { .previous = cli_text(r->previous),
                 .files = r->out != NULL,
                 .lang = lang,
                 .attribution = (nvb_attribution)r->attribution,
                 .draft = r->draft,
                 .any_party = r->any_party,
                 .mpfr_only = r->mpfr_only,
                 .with_previous = r->previous != NULL},
    };
    p->work.formats = read_formats(s);
    p->jobs = count_jobs(s);
    check_input(s);
    check_output(s, p);
    check_stdin(s);
    check_beside(s, p, r->errors, true);
    check_beside(s, p, r->summary, false);
    check_comparing(s, p->work.formats);
    return nvb_diag_count(s->diag, NVB_ERROR) == 0;
}

/* --- the digest of it --- */

static void add_text(XXH3_state_t *state, const char *s, size_t n)
{
    uint64_t length = n; /* so that two texts are never taken for other two */
    XXH3_128bits_update(state, &length, sizeof length);
    if (n > 0)
        XXH3_128bits_update(state, s, n);
}

static void add_name(XXH3_state_t *state, const char *name)
{
    add_text(state, name ? name : "", name ? strlen(name) : 0);
}

void batch_plan_digest(const batch_plan *p, const cli_session *s, char *to)
{
    const cli_request *r = &s->request;
    XXH3_state_t *state = XXH3_createState();
    const unsigned choices[] = {p->work.formats, r->lang, r->attribution, r->draft,
                                r->any_party,    r->csv,  r->out != NULL, r->previous != NULL};
    nvb_buffer numbers = NVB_BUFFER_INIT;
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        nvb_buffer_uint(&numbers, choices[i]);
        nvb_buffer_byte(&numbers, ' ');
    }
    if (!state || numbers.failed || XXH3_128bits_reset(state) != XXH_OK) {
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    } else {
        add_name(state, NVB_VERSION);
        add_text(state, numbers.s, numbers.n);
        add_name(state, first_input(r));
        add_name(state, r->providers);
        add_name(state, r->lines);
        add_name(state, r->previous);
        for (size_t i = 0; i < s->n_policies; i++) {
            add_text(state, s->policies[i].name.s, s->policies[i].name.n);
            add_text(state, s->policies[i].bytes.s, s->policies[i].bytes.n);
        }
        batch_digest_text(to, XXH3_128bits_digest(state));
    }
    nvb_buffer_release(&numbers);
    XXH3_freeState(state);
}

/* --- the command --- */

static void quote(nvb_buffer *out, const char *s)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=:,./@%";
    if (*s && strspn(s, plain) == strlen(s)) {
        nvb_buffer_str(out, s);
        return;
    }
    nvb_buffer_byte(out, '\'');
    for (; *s; s++)
        if (*s == '\'')
            nvb_buffer_str(out, "'\\''");
        else
            nvb_buffer_byte(out, *s);
    nvb_buffer_byte(out, '\'');
}

void batch_plan_command(const cli_session *s, nvb_buffer *out)
{
    const cli_request *r = &s->request;
    bool there = r->resume;
    for (int i = 0; i < r->argc; i++) {
        nvb_buffer_str(out, i ? " " : "");
        quote(out, r->argv[i]);
        if (!there && i > 0 && strcmp(r->argv[i], cli_batch.name) == 0) {
            nvb_buffer_str(out, " --resume");
            there = true;
        }
    }
}
