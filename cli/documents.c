/* documents.c: see documents.h. */
#include "documents.h"

#include <stdlib.h>

#include "complain.h"
#include "offer.h"
#include "rows.h"
#include "streams.h"
#include "words.h"

bool cli_documents_name(cli_session *s, const char *const *names, size_t n)
{
    const cli_request *r = &s->request;
    s->documents = calloc(n + 1, sizeof *s->documents);
    s->comparisons = calloc(n + 1, sizeof *s->comparisons);
    s->policies = calloc(r->policies.n + 1, sizeof *s->policies);
    s->n_documents = s->documents ? n : 0;
    s->n_policies = s->policies ? r->policies.n : 0;
    bool fine = s->documents && s->comparisons && s->policies;
    for (size_t i = 0; fine && i < n; i++) {
        cli_document *d = &s->documents[i];
        d->file.argument = names[i];
        d->diag = nvb_diag_new();
        fine = d->diag != NULL;
    }
    for (size_t i = 0; i < s->n_policies; i++)
        s->policies[i].argument = r->policies.items[i];
    s->reference.argument = r->reference;
    s->expected.argument = r->expect;
    if (!fine)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    return fine;
}

/* --- files --- */

static size_t count_files(const cli_session *s)
{
    return s->n_documents + s->n_policies + 2;
}

/* Documents, policies, reference, expectations: in the order in which they are read. */
static cli_file *file_at(cli_session *s, size_t i)
{
    if (i < s->n_documents)
        return &s->documents[i].file;
    i -= s->n_documents;
    if (i < s->n_policies)
        return &s->policies[i];
    return i == s->n_policies ? &s->reference : &s->expected;
}

static bool is_stdin(const cli_file *f)
{
    return f->argument && strcmp(f->argument, "-") == 0;
}

/* Standard input can be read once. */
static bool check_stdin(cli_session *s)
{
    size_t n = 0;
    for (size_t i = 0; i < count_files(s); i++)
        n += is_stdin(file_at(s, i));
    if (n > 1)
        cli_complain(s->diag, NVB_E814, NULL, NULL, NULL);
    return n <= 1;
}

bool cli_documents_read(cli_session *s)
{
    nvb_lang lang = (nvb_lang)s->request.lang;
    bool fine = true;
    for (size_t i = 0; i < count_files(s); i++) {
        cli_file *f = file_at(s, i);
        if (!f->argument)
            continue;
        cli_legible(&f->name, is_stdin(f) ? cli_word(CLI_W_STDIN, lang) : f->argument);
        if (f->name.failed)
            cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
        f->read = cli_streams_read(&f->bytes, f->argument, lang, s->diag) && !f->name.failed;
        fine = fine && f->read;
    }
    return fine;
}

/* Results never take the place of what they were made of: nobody asks for that, and the other
 * party's document would be gone. */
static bool check_output(cli_session *s)
{
    const char *output = s->request.output;
    if (!output || strcmp(output, "-") == 0)
        return true;
    for (size_t i = 0; i < count_files(s); i++) {
        const cli_file *f = file_at(s, i);
        if (f->argument && cli_streams_are_same(output, f->argument)) {
            cli_complain(s->diag, NVB_E819, output, NULL, NULL);
            return false;
        }
    }
    const char *tables[] = {s->request.providers, s->request.lines};
    for (size_t i = 0; i < 2; i++)
        if (tables[i] && cli_streams_are_same(output, tables[i])) {
            cli_complain(s->diag, NVB_E819, output, NULL, NULL);
            return false;
        }
    return true;
}

nvb_source_file cli_file_source(const cli_file *f)
{
    return (nvb_source_file){
        {f->name.s ? f->name.s : "",   f->name.n },
        {f->bytes.s ? f->bytes.s : "", f->bytes.n}
    };
}

/* --- price lists --- */

static bool ends_in_csv(const char *name)
{
    static const char ending[] = ".csv";
    size_t n = strlen(name), k = sizeof ending - 1;
    for (size_t i = 0; n >= k && i < k; i++) {
        char c = name[n - k + i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != ending[i])
            return false;
    }
    return n >= k;
}

static bool begins_as_json(const nvb_buffer *bytes)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t i = bytes->n >= 3 && memcmp(bytes->s, mark, 3) == 0 ? 3 : 0;
    while (i < bytes->n && strchr(" \t\r\n", bytes->s[i]) && bytes->s[i])
        i++;
    return i < bytes->n && (bytes->s[i] == '{' || bytes->s[i] == '[');
}

static bool is_price_list(const cli_session *s, const cli_file *f)
{
    bool asked = s->request.csv != CLI_CSV_AUTO;
    return ends_in_csv(f->argument) || (asked && !begins_as_json(&f->bytes));
}

/* `o` is NULL unless the list is an offer to be audited. */
static nvb_document *
read_price_list(cli_session *s, cli_document *d, size_t n_settings, const nvb_read_options *o)
{
    static const nvb_csv notation[] = {
        [CLI_CSV_NL] = NVB_CSV_NL, [CLI_CSV_INTL] = NVB_CSV_INTL, [CLI_CSV_AUTO] = NVB_CSV_AUTO};
    nvb_source_file file = cli_file_source(&d->file);
    if (n_settings > 0)
        cli_complain(s->diag, NVB_E816, d->file.argument, NULL, NULL);
    nvb_csv csv = notation[s->request.csv];
    return o ? nvb_price_list_offer(&file, csv, o, d->diag)
             : nvb_price_list_read(&file, csv, d->diag);
}

/* --- documents --- */

/* False when a --set is not one. */
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

/* False when a price list cannot be what this document is. */
static bool may_be_list(cli_session *s, const cli_document *d, bool is_main)
{
    bool audited = s->gaps == CLI_GAPS_FOUND;
    if (!is_main || s->gaps == CLI_GAPS_ASIDE)
        return true;
    if (!audited)
        cli_complain(s->diag, NVB_E818, d->file.argument, NULL, NULL);
    else if (s->n_documents == 1 && !s->expected.argument)
        cli_complain(s->diag, NVB_E821, d->file.argument, NULL, NULL);
    else
        return true;
    return false;
}

/* Document number `i`; `o` is what goes with the main one. */
static bool work_out(cli_session *s, size_t i, const nvb_read_options *o)
{
    cli_document *d = &s->documents[i];
    bool is_main = i + 1 == s->n_documents, explained = s->gaps != CLI_GAPS_ASIDE && is_main;
    nvb_engine_options engine = {.mpfr_only = s->request.mpfr_only, .bare = !explained};
    nvb_read_options own = *o;
    own.n_settings = is_main ? o->n_settings : 0;
    if (!is_main) {
        own.audited = false;
        own.expected = NULL;
    }
    if (d->file.argument && is_price_list(s, &d->file)) {
        if (!may_be_list(s, d, is_main))
            return false;
        d->document = read_price_list(s, d, own.n_settings, own.audited ? &own : NULL);
    } else {
        nvb_source_file file = cli_file_source(&d->file);
        d->document = nvb_document_read(&file, &own, d->diag);
    }
    const nvb_proposal *p = d->document ? nvb_document_proposal(d->document) : NULL;
    if (p && nvb_proposal_validate(p, d->diag))
        d->breakdown = nvb_breakdown_new(p, &engine, d->diag);
    /* Empty-handed without an error to show for it: memory was out. */
    if (!d->breakdown && nvb_diag_count(d->diag, NVB_ERROR) == 0)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    return d->breakdown != NULL;
}

const char *cli_documents_same_policy(const cli_session *s, size_t i)
{
    const nvb_buffer *own = &s->policies[i].bytes;
    for (size_t j = 0; j < i; j++) {
        const nvb_buffer *other = &s->policies[j].bytes;
        if (own->n == other->n && (own->n == 0 || memcmp(own->s, other->s, own->n) == 0))
            return s->policies[j].name.s;
    }
    return NULL;
}

/* A policy that is given and not used would be lost in silence. */
static void check_policies(cli_session *s)
{
    for (size_t i = 0; i < s->n_policies; i++) {
        bool used = false;
        for (size_t j = 0; j < s->n_documents; j++)
            used = used || nvb_document_policy(s->documents[j].document) == i;
        if (!used)
            cli_complain(s->diag, NVB_E254, s->policies[i].name.s, cli_documents_same_policy(s, i),
                         NULL);
    }
}

static void read_reference(cli_session *s)
{
    bool own = s->gaps == CLI_GAPS_FOUND && !s->reference.argument;
    if (!own && !s->reference.read)
        return;
    nvb_source_file file = cli_file_source(&s->reference);
    if (own)
        file = (nvb_source_file){NVB_TEXT("cijfers"), nvb_figures_own()};
    s->figures = nvb_figures_read(&file, s->diag);
    if (!s->figures && nvb_diag_count(s->diag, NVB_ERROR) == 0)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
}

/* Every document that was read. A policy that was not leaves no document to judge. */
static bool work_out_all(cli_session *s, const nvb_read_options *o)
{
    bool fine = true;
    for (size_t i = 0; i < s->n_policies; i++)
        fine = fine && s->policies[i].read;
    if (!fine)
        return false;
    nvb_read_options own = *o;
    nvb_source_file expected = cli_file_source(&s->expected);
    own.audited = s->gaps == CLI_GAPS_FOUND;
    own.expected = s->expected.read ? &expected : NULL;
    for (size_t i = 0; i < s->n_documents; i++) {
        if (own.audited && i > 0 && i + 1 == s->n_documents)
            own.previous = cli_offer_previous(s);
        fine = s->documents[i].file.read && work_out(s, i, &own) && fine;
    }
    if (fine && own.audited && cli_offer_is_filled(s) && !cli_offer_given(s, &own)) {
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    if (fine)
        check_policies(s);
    return fine;
}

bool cli_documents_open(cli_session *s)
{
    size_t n = s->request.settings.n;
    nvb_setting *settings = calloc(n + 1, sizeof *settings);
    nvb_source_file *policies = calloc(s->n_policies + 1, sizeof *policies);
    bool fine = settings && policies;
    if (!fine)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    fine = fine && split_settings(&s->request.settings, settings, s->diag);
    fine = check_stdin(s) && fine;
    fine = check_output(s) && fine;
    if (fine) {
        fine = cli_documents_read(s);
        if (fine && s->request.providers)
            fine = cli_rows_read(s);
        for (size_t i = 0; i < s->n_policies; i++)
            policies[i] = cli_file_source(&s->policies[i]);
        fine = work_out_all(s, &(nvb_read_options){.policies = policies,
                                                   .n_policies = s->n_policies,
                                                   .among_others = s->n_documents > 1,
                                                   .settings = settings,
                                                   .n_settings = n}) &&
               fine;
        read_reference(s);
    }
    free(settings);
    free(policies);
    return fine && nvb_diag_count(s->diag, NVB_ERROR) == 0;
}

static void release(cli_document *d)
{
    nvb_breakdown_free(d->breakdown);
    nvb_document_free(d->document);
    nvb_diag_free(d->diag);
}

void cli_documents_release(cli_session *s)
{
    for (size_t i = 0; i < s->n_documents; i++)
        release(&s->documents[i]);
    release(&s->wanted);
    release(&s->given);
    nvb_figures_free(s->figures);
    for (size_t i = 0; i < count_files(s); i++) {
        nvb_buffer_release(&file_at(s, i)->bytes);
        nvb_buffer_release(&file_at(s, i)->name);
    }
    free(s->documents);
    free(s->policies);
}
