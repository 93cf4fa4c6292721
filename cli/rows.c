/* rows.c: see rows.h. */
#include "rows.h"

#include <stdlib.h>

#include "batch/source.h"
#include "complain.h"
#include "documents.h"
#include "navolgbaar/peek.h"

static void check_needs(cli_session *s, const char *option, const char *of, const char *needed)
{
    if (option && !needed)
        cli_complain(s->diag, NVB_E817, of,
                     strcmp(of, "--providers") == 0 ? "--lines" : "--providers", NULL);
}

bool cli_rows_check(cli_session *s)
{
    const cli_request *r = &s->request;
    if (r->providers && r->n_operands > 0)
        cli_complain(s->diag, NVB_E822, r->operands[0], "--providers", NULL);
    check_needs(s, r->providers, "--providers", r->lines);
    check_needs(s, r->lines, "--lines", r->providers);
    check_needs(s, r->agb, "--agb", r->providers);
    return nvb_diag_count(s->diag, NVB_ERROR) == 0;
}

static cli_document *main_of(cli_session *s)
{
    return &s->documents[s->n_documents - 1];
}

/* The problems of the record become those of the document. */
static void take_problems(cli_document *d, batch_record *r)
{
    nvb_diag_free(d->diag);
    d->diag = r->diag;
    r->diag = NULL;
}

static void take_record(cli_session *s, batch_record *r)
{
    cli_file *f = &main_of(s)->file;
    nvb_buffer_bytes(&f->bytes, r->text.s ? r->text.s : "", r->text.n);
    nvb_buffer_bytes(&f->name, r->name.s ? r->name.s : "", r->name.n);
    f->read = !f->bytes.failed && !f->name.failed;
    if (!f->read)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    take_problems(main_of(s), r);
}

/* A document of rows that make no sense would only give echoes of that. */
static bool is_sound(cli_session *s)
{
    cli_document *d = main_of(s);
    if (nvb_diag_count(d->diag, NVB_ERROR) > 0)
        d->file.read = false;
    return d->file.read;
}

/* Without --agb there must be one provider, and no lines of another. */
static bool check_only(cli_session *s, batch_source *from)
{
    nvb_buffer number = NVB_BUFFER_INIT;
    uint64_t n = batch_source_providers(from);
    if (s->request.agb || n == 1)
        return true;
    nvb_buffer_uint(&number, n);
    cli_complain(s->diag, NVB_E830, s->request.providers, number.s, NULL);
    nvb_buffer_release(&number);
    return false;
}

static bool read_record(cli_session *s, batch_source *from)
{
    batch_record other;
    if (!check_only(s, from))
        return false;
    size_t problems = nvb_diag_count(s->diag, NVB_ERROR);
    if (!batch_source_next(from, s->row, s->diag)) {
        if (nvb_diag_count(s->diag, NVB_ERROR) == problems)
            cli_complain(s->diag, NVB_E831, s->request.agb, s->request.providers, NULL);
        return false;
    }
    take_record(s, s->row);
    if (!batch_record_init(&other)) {
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    if (nvb_diag_count(main_of(s)->diag, NVB_ERROR) == 0 &&
        batch_source_next(from, &other, s->diag))
        take_problems(main_of(s), &other);
    batch_record_release(&other);
    return is_sound(s) && nvb_diag_count(s->diag, NVB_ERROR) == problems;
}

bool cli_rows_read(cli_session *s)
{
    static const char *const path[] = {"kenmerk"};
    const cli_request *r = &s->request;
    nvb_buffer policy = NVB_BUFFER_INIT;
    nvb_source_file rules;
    batch_source_options o = {
        .providers = r->providers,
        .lines = r->lines,
        .csv = r->csv,
        .agb = r->agb,
        .lang = (nvb_lang)r->lang,
    };
    if (s->n_policies > 0 && nvb_peek(&policy, cli_file_source(&s->policies[0]).bytes, path, 1))
        o.policy = policy.s;
    if (s->n_policies == 1) {
        rules = cli_file_source(&s->policies[0]);
        o.rules = &rules;
    }
    s->row = calloc(1, sizeof *s->row);
    bool fine = s->row && batch_record_init(s->row);
    if (!fine)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    batch_source *from = fine ? batch_source_open(&o, s->diag) : NULL;
    fine = from && read_record(s, from);
    batch_source_close(from);
    nvb_buffer_release(&policy);
    return fine;
}

void cli_rows_locate(const cli_session *s, nvb_diag *diag)
{
    if (!s->row || !cli_session_main(s)->document)
        return;
    batch_record_locate(s->row, diag);
    nvb_diag_sort(diag);
}

void cli_rows_release(cli_session *s)
{
    if (s->row)
        batch_record_release(s->row);
    free(s->row);
}
