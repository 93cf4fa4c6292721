/* work.c: see work.h. The same steps as `explain` takes (session.c), with memory that is used
 * again.
 */
#include "work.h"

#include <stdlib.h>

#include "cli/complain.h"
#include "cli/problems.h"
#include "digest.h"
#include "names.h"
#include "navolgbaar/validate.h"

/* One side: the document itself, or its contract of last year. */
typedef struct side {
    nvb_buffer bytes;
    nvb_diag *diag;
    nvb_document *document;
    nvb_breakdown *breakdown; /* kept from document to document: its memory is used again */
    bool worked_out;
} side;

struct batch_worker {
    const batch_work_options *o;
    side now, before;
    nvb_comparison *changes;
    nvb_checks *checks;
    nvb_diag *told; /* of a bad document: all that is said of it */
    nvb_buffer reference, code, scratch;
};

bool batch_result_init(batch_result *r)
{
    *r = (batch_result){0};
    return true;
}

void batch_result_release(batch_result *r)
{
    for (unsigned i = 0; i < BATCH_FORMAT_COUNT; i++)
        nvb_buffer_release(&r->output[i]);
    nvb_buffer_release(&r->name);
    nvb_buffer_release(&r->overview);
    nvb_buffer_release(&r->error);
}

batch_worker *batch_worker_new(const batch_work_options *o)
{
    batch_worker *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->o = o;
    w->now.diag = nvb_diag_new();
    w->before.diag = nvb_diag_new();
    w->told = nvb_diag_new();
    if (w->now.diag && w->before.diag && w->told)
        return w;
    batch_worker_free(w);
    return NULL;
}

static void forget_side(side *s)
{
    nvb_document_free(s->document);
    s->document = NULL;
    s->worked_out = false;
    nvb_diag_clear(s->diag);
}

static void forget(batch_worker *w)
{
    nvb_checks_free(w->checks);
    nvb_comparison_free(w->changes);
    w->checks = NULL;
    w->changes = NULL;
    nvb_diag_clear(w->told); /* before those it borrows from */
    forget_side(&w->now);
    forget_side(&w->before);
}

static void forget_result(batch_result *r)
{
    for (unsigned i = 0; i < BATCH_FORMAT_COUNT; i++)
        nvb_buffer_cut(&r->output[i], 0);
    nvb_buffer_cut(&r->name, 0);
    nvb_buffer_cut(&r->overview, 0);
    nvb_buffer_cut(&r->error, 0);
    r->good = false;
}

void batch_worker_free(batch_worker *w)
{
    if (!w)
        return;
    if (w->now.diag && w->before.diag && w->told)
        forget(w);
    for (int i = 0; i < 2; i++) {
        side *s = i ? &w->before : &w->now;
        nvb_breakdown_free(s->breakdown);
        nvb_buffer_release(&s->bytes);
        nvb_diag_free(s->diag);
    }
    nvb_diag_free(w->told);
    nvb_buffer_release(&w->reference);
    nvb_buffer_release(&w->code);
    nvb_buffer_release(&w->scratch);
    free(w);
}

/* --- working out --- */

/* Empty-handed without an error to show for it: memory was out. */
static bool ran_out(const side *s)
{
    return !s->worked_out && nvb_diag_count(s->diag, NVB_ERROR) == 0;
}

static void work_out(const batch_worker *w, side *s, nvb_text name, nvb_text bytes, bool bare)
{
    nvb_source_file file = {name, bytes};
    nvb_read_options read = {.shared = w->o->policies, .among_others = w->o->with_previous};
    nvb_engine_options engine = {.mpfr_only = w->o->mpfr_only, .bare = bare};
    s->document = nvb_document_read(&file, &read, s->diag);
    const nvb_proposal *p = s->document ? nvb_document_proposal(s->document) : NULL;
    if (!p || !nvb_proposal_validate(p, s->diag))
        return;
    if (s->breakdown) {
        s->worked_out = nvb_breakdown_renew(s->breakdown, p, s->diag);
    } else {
        s->breakdown = nvb_breakdown_new(p, &engine, s->diag);
        s->worked_out = s->breakdown != NULL;
    }
}

static nvb_text text_of(const nvb_buffer *b)
{
    return (nvb_text){b->s ? b->s : "", b->n};
}

/* False when memory was out. */
static bool compare(batch_worker *w)
{
    nvb_compare_options options = {
        .attribution = w->o->attribution,
        .any_party = w->o->any_party,
        .must_be_older = true,
    };
    size_t errors = nvb_diag_count(w->now.diag, NVB_ERROR);
    w->changes = nvb_comparison_new(w->before.breakdown, w->now.breakdown, &options, w->now.diag);
    return w->changes || nvb_diag_count(w->now.diag, NVB_ERROR) > errors;
}

/* Both documents are worked out even when one of them is wrong, so that all of it is told. False
 * when memory was out, or the previous contract cannot be read. */
static bool work_out_both(batch_worker *w, const batch_record *r, nvb_diag *diag)
{
    bool two = r->previous_length > 0;
    if (two) {
        nvb_buffer_cut(&w->before.bytes, 0);
        if (!batch_source_previous(w->o->source, r, &w->before.bytes, diag))
            return false;
        work_out(w, &w->before, w->o->previous, text_of(&w->before.bytes), true);
    }
    work_out(w, &w->now, text_of(&r->name), text_of(&r->text), false);
    if (ran_out(&w->now) || (two && ran_out(&w->before)))
        return false;
    if (!w->now.worked_out || (two && !w->before.worked_out))
        return true;
    if (two && !compare(w))
        return false;
    if (two && !w->changes)
        return true;
    w->checks = nvb_checks_new(w->now.breakdown, w->changes, w->now.diag);
    return w->checks != NULL;
}

/* --- what was good --- */

static bool is_asked(const batch_worker *w, batch_format f)
{
    return w->o->formats >> f & 1;
}

static void write_format(const batch_worker *w, batch_format f, nvb_explanation e, nvb_buffer *out)
{
    nvb_emit_options o = {.lang = w->o->lang};
    switch (f) {
    case BATCH_TEXT:
        nvb_emit_letter(out, &e, &o);
        return;
    case BATCH_JSON:
        nvb_emit_json(out, &e, &o);
        return;
    case BATCH_CHANGES:
        if (w->changes)
            nvb_emit_changes_text(out, w->changes, &o);
        return;
    case BATCH_CHANGES_JSON:
        if (w->changes)
            nvb_emit_changes_json(out, w->changes, &o);
        else if (!w->o->files)
            nvb_buffer_str(out, "null\n"); /* a line for each good document */
        return;
    case BATCH_CHECKS:
    case BATCH_CHECKS_JSON:
        e.draft = true; /* as `check` has it */
        if (f == BATCH_CHECKS)
            nvb_emit_checks_text(out, &e, &o);
        else
            nvb_emit_checks_json(out, &e, &o);
        return;
    case BATCH_FORMAT_COUNT:
        return;
    }
}

const char *batch_format_ending(batch_format f)
{
#define ENDING(name, word, ending, json) [name] = ending,
    static const char *const endings[] = {BATCH_FORMATS(ENDING)};
#undef ENDING
    return endings[f];
}

/* The names go to `scratch`, one after the other with a NUL between, and to `files` when all are
 * there: a buffer that grows moves. */
static size_t list_files(batch_worker *w,
                         uint64_t number,
                         const batch_result *out,
                         nvb_written *files,
                         char (*digests)[BATCH_DIGEST])
{
    size_t n = 0, begin[BATCH_FORMAT_COUNT], length[BATCH_FORMAT_COUNT];
    nvb_buffer_cut(&w->scratch, 0);
    for (unsigned f = 0; f < BATCH_FORMAT_COUNT; f++) {
        const nvb_buffer *o = &out->output[f];
        if (o->n == 0)
            continue;
        begin[n] = w->scratch.n;
        batch_block(&w->scratch, number);
        nvb_buffer_byte(&w->scratch, '/');
        nvb_buffer_bytes(&w->scratch, out->name.s, out->name.n);
        nvb_buffer_str(&w->scratch, batch_format_ending((batch_format)f));
        length[n] = w->scratch.n - begin[n];
        nvb_buffer_byte(&w->scratch, '\0');
        batch_digest_text(digests[n], XXH3_128bits(o->s, o->n));
        files[n].bytes = o->n;
        files[n].digest = (nvb_text){digests[n], BATCH_DIGEST - 1};
        n++;
    }
    for (size_t i = 0; i < n && !w->scratch.failed; i++)
        files[i].name = (nvb_text){w->scratch.s + begin[i], length[i]};
    return n;
}

static void write_good(batch_worker *w, const batch_record *r, batch_result *out)
{
    nvb_explanation e = {.document = w->now.document,
                         .breakdown = w->now.breakdown,
                         .checks = w->checks,
                         .diag = w->now.diag,
                         .changes = w->changes,
                         .draft = w->o->draft};
    nvb_written files[BATCH_FORMAT_COUNT];
    char digests[BATCH_FORMAT_COUNT][BATCH_DIGEST];
    size_t n = 0;
    for (unsigned f = 0; f < BATCH_FORMAT_COUNT; f++)
        if (is_asked(w, (batch_format)f))
            write_format(w, (batch_format)f, e, &out->output[f]);
    if (w->o->files) {
        batch_name(&out->name, nvb_document_proposal(w->now.document)->reference);
        n = list_files(w, r->number, out, files, digests);
    }
    if (!w->scratch.failed)
        nvb_emit_overview_line(&out->overview, &e, r->number, files, n);
    out->good = true;
}

/* --- what was bad --- */

static nvb_text given(const nvb_buffer *b)
{
    return b->n ? text_of(b) : (nvb_text){NULL, 0};
}

/* Problems stand in the text of a record, which has one line; people look for them in the file. */
static void locate_previous(side *s, nvb_text name, uint64_t line)
{
    for (size_t i = 0; i < nvb_diag_kept(s->diag); i++) {
        nvb_place *at = &nvb_diag_edit(s->diag, i)->place;
        if (at->line > 0 && nvb_text_equal(at->file, name))
            at->line += (size_t)line - 1;
    }
}

static bool locate(side *s)
{
    if (s->document)
        return nvb_document_locate(s->document, s->diag);
    nvb_diag_sort(s->diag);
    return true;
}

/* Everything that was found is told; false when some of it was lost for want of memory. */
static bool write_bad(batch_worker *w, const batch_record *r, batch_result *out)
{
    batch_peek_reference(&w->reference, text_of(&r->text));
    batch_peek_agb(&w->code, text_of(&r->text));
    bool placed = locate(&w->before);
    locate_previous(&w->before, w->o->previous, r->previous_line);
    placed = locate(&w->now) && placed;
    batch_record_locate(r, w->now.diag);
    if (r->diag)
        cli_problems_gather(w->told, r->diag, CLI_ALL_GAPS);
    cli_problems_gather(w->told, w->before.diag, CLI_DOUBTFUL_GAPS);
    cli_problems_gather(w->told, w->now.diag, CLI_ALL_GAPS);
    nvb_refused record = {
        .number = r->number,
        .line = r->line,
        .reference = given(&w->reference),
        .code = given(&w->code),
        .input = given(r->raw.n ? &r->raw : &r->text), /* a line too long was not kept */
    };
    nvb_emit_error_line(&out->error, &record, w->told, w->o->lang);
    return placed && nvb_diag_kept(w->told) > 0 &&
           cli_problems_judge_one(w->told, false) != CLI_INTERNAL &&
           (!r->diag || cli_problems_judge_one(r->diag, false) != CLI_INTERNAL);
}

/* --- a record --- */

static bool refused_by_source(const batch_record *r)
{
    return r->diag && nvb_diag_count(r->diag, NVB_ERROR) > 0;
}

/* The policy a document was merged onto. */
static size_t policy_of(const side *s)
{
    bool merged = s->document && nvb_document_proposal(s->document);
    return merged ? nvb_document_policy(s->document) : SIZE_MAX;
}

/* Whether the files get the name that was held against those of others: both read the same text, so
 * they differ only through a mistake of ours, and then nothing may be written over. */
static bool is_named_as_noted(const batch_worker *w, const batch_record *r)
{
    nvb_text own = nvb_document_proposal(w->now.document)->reference;
    bool noted = !w->o->files || nvb_text_equal(own, text_of(&r->reference));
    if (!noted)
        cli_complain(r->diag, NVB_E162, own.s, "?", NULL);
    return noted;
}

static bool any_failed(const batch_worker *w, const batch_result *out)
{
    bool failed = w->reference.failed || w->code.failed || w->scratch.failed || out->name.failed ||
                  out->overview.failed || out->error.failed;
    for (unsigned f = 0; f < BATCH_FORMAT_COUNT; f++)
        failed = failed || out->output[f].failed;
    return failed;
}

bool batch_worker_run(batch_worker *w, const batch_record *r, batch_result *out, nvb_diag *diag)
{
    forget(w);
    forget_result(out);
    bool refused = refused_by_source(r);
    bool well = refused || work_out_both(w, r, diag);
    cli_exit now = cli_problems_judge_one(w->now.diag, !w->o->draft),
             before = cli_problems_judge_one(w->before.diag, false);
    well = well && now != CLI_INTERNAL && before != CLI_INTERNAL;
    if (well && !refused && now == CLI_FINE && before == CLI_FINE && is_named_as_noted(w, r))
        write_good(w, r, out);
    else if (well)
        well = write_bad(w, r, out);
    out->policy[0] = policy_of(&w->now);
    out->policy[1] = policy_of(&w->before);
    well = well && !any_failed(w, out);
    if (!well && nvb_diag_count(diag, NVB_ERROR) == 0)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    return well;
}
