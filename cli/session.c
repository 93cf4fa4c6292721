/* session.c: see session.h. */
#include "session.h"

#include <stdlib.h>

#include "complain.h"
#include "nearest.h"
#include "streams.h"
#include "words.h"

bool cli_session_init(cli_session *s, nvb_lang lang)
{
    *s = (cli_session){.request.lang = lang,
                       .file = NVB_BUFFER_INIT,
                       .policy = NVB_BUFFER_INIT,
                       .file_name = NVB_BUFFER_INIT,
                       .policy_name = NVB_BUFFER_INIT,
                       .out = NVB_BUFFER_INIT};
    s->diag = nvb_diag_new();
    return s->diag != NULL;
}

nvb_lang cli_session_lang(const cli_session *s)
{
    return (nvb_lang)s->request.lang;
}

cli_exit cli_exit_of(nvb_code code)
{
    switch (nvb_code_name(code)[1]) {
    case '7':
        return CLI_INPUT_OUTPUT;
    case '8':
        return CLI_USAGE;
    case '9':
        return CLI_INTERNAL;
    default:
        return CLI_INVALID;
    }
}

/* `room` keeps the name as long as the document may need it. */
static nvb_source_file
source_file(const char *name, nvb_buffer *room, const nvb_buffer *bytes, nvb_lang lang)
{
    if (strcmp(name, "-") == 0)
        name = cli_word(CLI_W_STDIN, lang);
    cli_legible(room, name);
    return (nvb_source_file){
        {room->s ? room->s : "",   room->n },
        {bytes->s ? bytes->s : "", bytes->n}
    };
}

static bool split_settings(const cli_list *from, nvb_setting *to, nvb_diag *diag)
{
    bool fine = true;
    for (size_t i = 0; i < from->n; i++) {
        char *text = from->items[i], *equals = strchr(text, '=');
        if (!equals || !cli_is_utf8(text)) {
            cli_complain(diag, equals ? NVB_E815 : NVB_E810, text, NULL, NULL);
            fine = false;
            continue;
        }
        *equals = '\0'; /* an nvb_text ends in NUL; the argument is ours to cut */
        to[i] = (nvb_setting){
            {text,       (size_t)(equals - text)},
            {equals + 1, strlen(equals + 1)     }
        };
    }
    return fine;
}

static bool read_document(cli_session *s)
{
    const cli_request *r = &s->request;
    nvb_lang lang = cli_session_lang(s);
    const char *name = r->operands[0];
    nvb_setting *settings = calloc(r->settings.n + 1, sizeof *settings);
    if (!settings) {
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    bool fine = split_settings(&r->settings, settings, s->diag);
    if (r->policy && strcmp(r->policy, "-") == 0 && strcmp(name, "-") == 0) {
        cli_complain(s->diag, NVB_E814, NULL, NULL, NULL);
        fine = false;
    }
    fine = fine && cli_streams_read(&s->file, name, lang, s->diag);
    fine = fine && (!r->policy || cli_streams_read(&s->policy, r->policy, lang, s->diag));
    if (fine) {
        nvb_source_file file = source_file(name, &s->file_name, &s->file, lang);
        nvb_source_file policy =
            source_file(r->policy ? r->policy : "", &s->policy_name, &s->policy, lang);
        s->document =
            nvb_document_read(&file, r->policy ? &policy : NULL, settings, r->settings.n, s->diag);
    }
    free(settings);
    return s->document && nvb_document_proposal(s->document);
}

/* A step of the way came back empty-handed: without an error to show for it, memory was out. */
static void explain_failure(cli_session *s)
{
    if (nvb_diag_count(s->diag, NVB_ERROR) == 0)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
}

bool cli_session_open(cli_session *s, bool draft)
{
    s->refuses_gaps = !draft;
    nvb_engine_options options = {.mpfr_only = s->request.mpfr_only};
    bool fine =
        read_document(s) && nvb_proposal_validate(nvb_document_proposal(s->document), s->diag);
    if (fine) {
        s->breakdown = nvb_breakdown_new(nvb_document_proposal(s->document), &options, s->diag);
        s->checks = s->breakdown ? nvb_checks_new(s->breakdown, s->diag) : NULL;
        fine = s->checks != NULL;
    }
    if (!fine)
        explain_failure(s);
    return fine && (draft || nvb_diag_count(s->diag, NVB_GAP) == 0);
}

nvb_explanation cli_session_explanation(const cli_session *s)
{
    return (nvb_explanation){s->document, s->breakdown, s->checks, s->diag, !s->refuses_gaps};
}

nvb_emit_options cli_session_emit_options(const cli_session *s)
{
    const cli_request *r = &s->request;
    const char *path = r->n_operands > 1 ? r->operands[1] : NULL;
    return (nvb_emit_options){
        .lang = cli_session_lang(s),
        .indent = r->indent,
        .hide_zero = r->hide_zero,
        .depth = r->depth,
        .path = {path, path ? strlen(path) : 0}
    };
}

/* "1000" is the code of a line: its path, "/prestaties/1000", when there is such a line. */
static nvb_text path_of_line(const cli_session *s, const char *code)
{
    static const char lines[] = "/prestaties/";
    size_t before = sizeof lines - 1, n = strlen(code);
    for (size_t i = 0; n > 0 && i < nvb_breakdown_count(s->breakdown); i++) {
        nvb_text path = nvb_breakdown_at(s->breakdown, i)->path;
        if (path.n > before + n && path.s[before + n] == '/' &&
            memcmp(path.s, lines, before) == 0 && memcmp(path.s + before, code, n) == 0)
            return (nvb_text){path.s, before + n};
    }
    return (nvb_text){NULL, 0};
}

void cli_session_no_figure(cli_session *s)
{
    nvb_lang lang = cli_session_lang(s);
    const char *path = s->request.operands[1];
    nvb_buffer hint = NVB_BUFFER_INIT;
    cli_nearest near = cli_nearest_to(path);
    for (size_t i = 0; i < nvb_breakdown_count(s->breakdown); i++)
        cli_nearest_try(&near, nvb_breakdown_at(s->breakdown, i)->path);
    nvb_text line = path_of_line(s, path);
    if (nvb_text_given(line))
        near.best = line;
    if (nvb_text_given(near.best))
        cli_nearest_hint(&hint, &near, "", "", lang);
    else
        nvb_buffer_str(&hint, cli_word(CLI_W_SEE_TREE, lang));
    cli_complain(s->diag, NVB_E813, path, hint.s, NULL);
    nvb_buffer_release(&hint);
}

/* A problem was counted and not kept, though there was room for it: memory was out. */
static bool lost(const cli_session *s)
{
    size_t counted = nvb_diag_count(s->diag, NVB_ERROR) + nvb_diag_count(s->diag, NVB_GAP) +
                     nvb_diag_count(s->diag, NVB_WARNING);
    return counted > nvb_diag_kept(s->diag) && nvb_diag_kept(s->diag) < NVB_MAX_PROBLEMS;
}

/* The gravest of the problems decides: our own fault before input and output, before the document,
 * before usage. */
static cli_exit judge(const cli_session *s)
{
    cli_exit worst = s->findings ? CLI_FINDINGS : CLI_FINE;
    for (size_t i = 0; i < nvb_diag_kept(s->diag); i++) {
        nvb_code code = nvb_diag_at(s->diag, i)->code;
        nvb_severity severity = nvb_code_severity(code);
        if (severity == NVB_WARNING || (severity == NVB_GAP && !s->refuses_gaps))
            continue;
        cli_exit with = cli_exit_of(code);
        worst = with > worst ? with : worst;
    }
    /* An error beyond those that are kept refuses the document all the same. */
    if (worst <= CLI_FINDINGS && nvb_diag_count(s->diag, NVB_ERROR) > 0)
        worst = CLI_INVALID;
    return lost(s) ? CLI_INTERNAL : worst;
}

/* Said without asking for memory. */
static cli_exit out_of_memory(void)
{
    static const char message[] = "navolgbaar: E901\n";
    cli_streams_tell(message, sizeof message - 1);
    return CLI_INTERNAL;
}

/* The exit code that goes with the problems, after telling them. */
static cli_exit print_problems(cli_session *s)
{
    if (nvb_diag_kept(s->diag) == 0)
        return lost(s) ? out_of_memory() : judge(s);
    if (s->document)
        nvb_document_locate(s->document, s->diag);
    else
        nvb_diag_sort(s->diag);
    nvb_buffer text = NVB_BUFFER_INIT;
    nvb_emit_problems(&text, s->diag, cli_session_lang(s));
    cli_streams_tell(text.s, text.n);
    cli_exit code = text.failed || text.n == 0 || lost(s) ? out_of_memory() : judge(s);
    nvb_buffer_release(&text);
    return code;
}

static void release(cli_session *s)
{
    nvb_checks_free(s->checks);
    nvb_breakdown_free(s->breakdown);
    nvb_document_free(s->document);
    nvb_buffer_release(&s->file);
    nvb_buffer_release(&s->policy);
    nvb_buffer_release(&s->file_name);
    nvb_buffer_release(&s->policy_name);
    nvb_buffer_release(&s->out);
    nvb_diag_free(s->diag);
    free(s->request.settings.items);
}

int cli_session_finish(cli_session *s)
{
    if (!s->diag)
        return (int)out_of_memory();
    bool fine = judge(s) <= CLI_FINDINGS;
    if (fine && (s->out.failed || s->out.n == 0)) { /* every command has something to say */
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
        fine = false;
    }
    if (fine)
        cli_streams_write(&s->out, s->request.output, cli_session_lang(s), s->diag);
    cli_exit code = print_problems(s);
    release(s);
    return (int)code;
}
