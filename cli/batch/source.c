/* source.c: see source.h. What every kind of source has in common. */
#include "source_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/complain.h"
#include "navolgbaar/peek.h"

enum { SHOWN = 159 }; /* bytes of a line that a message repeats */

/* --- records --- */

bool batch_record_init(batch_record *r)
{
    *r = (batch_record){.number = 0};
    r->diag = nvb_diag_new();
    return r->diag != NULL;
}

void batch_record_release(batch_record *r)
{
    nvb_buffer_release(&r->text);
    nvb_buffer_release(&r->raw);
    nvb_buffer_release(&r->name);
    nvb_buffer_release(&r->reference);
    nvb_diag_free(r->diag);
    nvb_provider_places_free(r->places);
    *r = (batch_record){.number = 0};
}

bool batch_record_renew(batch_record *r, nvb_diag *diag)
{
    nvb_buffer_cut(&r->text, 0);
    nvb_buffer_cut(&r->raw, 0);
    nvb_buffer_cut(&r->name, 0);
    nvb_buffer_cut(&r->reference, 0);
    nvb_provider_places_free(r->places);
    r->places = NULL;
    if (!r->diag)
        r->diag = nvb_diag_new();
    if (!r->diag) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    nvb_diag_clear(r->diag);
    return true;
}

/* The first line of a text as a message shows it. */
static nvb_text excerpt(nvb_diag *diag, nvb_text t)
{
    char room[SHOWN + 1];
    nvb_buffer shown = NVB_BUFFER_INIT;
    size_t n = 0;
    while (n < t.n && n < SHOWN && t.s[n] != '\n' && t.s[n] != '\r')
        n++;
    bool cut = n == SHOWN && t.n > SHOWN;
    while (cut && n > 0 && ((unsigned char)t.s[n] & 0xC0U) == 0x80)
        n--;
    memcpy(room, t.s, n);
    room[n] = '\0';
    cli_legible(&shown, room);
    if (cut)
        nvb_buffer_str(&shown, "\u2026");
    nvb_text kept = nvb_diag_keep(diag, (nvb_text){shown.s ? shown.s : "", shown.n});
    nvb_buffer_release(&shown);
    return kept;
}

void batch_record_fault(
    batch_record *r, nvb_code code, nvb_text row, const char *w1, const char *w2, const char *w3)
{
    size_t kept = nvb_diag_kept(r->diag);
    cli_complain(r->diag, code, w1, w2, w3);
    if (nvb_diag_kept(r->diag) == kept)
        return;
    nvb_problem *p = nvb_diag_edit(r->diag, kept);
    p->place.file = nvb_diag_keep(r->diag, (nvb_text){r->name.s, r->name.n});
    p->place.line = (size_t)r->line;
    p->place.column = 1;
    p->place.excerpt = excerpt(r->diag, row);
}

/* A record that is a line of a file: what lies on its first line, lies on that. */
static void locate_line(const batch_record *r, nvb_diag *diag)
{
    nvb_text name = {r->name.s, r->name.n};
    for (size_t i = 0; i < nvb_diag_kept(diag); i++) {
        nvb_problem *p = nvb_diag_edit(diag, i);
        if (p->place.line > 0 && nvb_text_equal(p->place.file, name))
            p->place.line += (size_t)r->line - 1;
    }
}

void batch_record_locate(const batch_record *r, nvb_diag *diag)
{
    if (r->places)
        nvb_provider_places_apply(r->places, (nvb_text){r->raw.s, r->raw.n},
                                  (nvb_text){r->name.s, r->name.n}, diag);
    else
        locate_line(r, diag);
}

const char *batch_count(char room[24], uint64_t n)
{
    snprintf(room, 24, "%llu", (unsigned long long)n);
    return room;
}

/* --- what a record says of itself --- */

bool batch_source_ran_out(nvb_diag *diag)
{
    cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    return false;
}

/* Of an explanation only what is in its proposal counts, as for the reader. `path`: of n keys, of
 * which the first leads to the proposal. */
static bool peek(nvb_buffer *to, nvb_text record, const char *const *path, size_t n)
{
    static const char *const format[] = {"formaat"};
    bool inner = nvb_peek(to, record, format, 1) &&
                 nvb_text_equal((nvb_text){to->s, to->n}, NVB_TEXT("navolgbaar/toelichting/1"));
    if (to->failed)
        return false;
    return inner ? nvb_peek(to, record, path, n) : nvb_peek(to, record, path + 1, n - 1);
}

bool batch_peek_agb(nvb_buffer *to, nvb_text record)
{
    static const char *const path[] = {"voorstel", "zorgaanbieder", "agb"};
    return peek(to, record, path, 3);
}

bool batch_peek_reference(nvb_buffer *to, nvb_text record)
{
    static const char *const path[] = {"voorstel", "kenmerk"};
    return peek(to, record, path, 2);
}

/* --- the source --- */

static bool open_source(batch_source *s, nvb_diag *diag)
{
    bool indexed = s->o.previous || s->o.name_files || s->o.providers;
    if (indexed && !(s->index = batch_index_new(diag)))
        return false;
    const char *name = s->o.providers ? s->o.providers : s->o.ndjson;
    return batch_reader_open(&s->in, name, s->o.lang, diag) &&
           (!s->o.previous || batch_previous_open(s, diag)) &&
           (s->o.providers ? batch_csv_open(s, diag) : batch_ndjson_open(s, diag));
}

batch_source *batch_source_open(const batch_source_options *o, nvb_diag *diag)
{
    batch_source *s = calloc(1, sizeof *s);
    if (!s) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return NULL;
    }
    s->o = *o;
    s->previous = -1;
    s->in.fd = -1;
    bool well = open_source(s, diag);
    if (well && !s->seed.failed) {
        batch_reader_mix(&s->in, s->seed.s ? s->seed.s : "", s->seed.n);
        return s;
    }
    if (well)
        batch_source_ran_out(diag);
    batch_source_close(s);
    return NULL;
}

void batch_source_close(batch_source *s)
{
    if (!s)
        return;
    batch_csv_close(s->csv);
    batch_index_free(s->index);
    batch_reader_close(&s->in);
    if (s->previous >= 0)
        close(s->previous);
    nvb_buffer_release(&s->seed);
    nvb_buffer_release(&s->agb);
    nvb_buffer_release(&s->word);
    free(s);
}

/* What stands on the line of a record. */
static nvb_text batch_record_row(const batch_source *s, const batch_record *r)
{
    return s->csv ? batch_csv_row(s->csv, r) : (nvb_text){r->text.s ? r->text.s : "", r->text.n};
}

/* Two records whose results would be the same files are both errors. A name that the first pass
 * did not see here may be that of others too: the input has changed since. */
static bool check_name(batch_source *s, batch_record *r, nvb_diag *diag)
{
    batch_entry e;
    char room[24];
    size_t problems = nvb_diag_kept(diag);
    if (!s->o.name_files)
        return true;
    if (!batch_peek_reference(&r->reference, (nvb_text){r->text.s, r->text.n}))
        return !r->reference.failed || batch_source_ran_out(diag);
    batch_file_name(&s->agb, (nvb_text){r->reference.s, r->reference.n});
    nvb_text name = {s->agb.s, s->agb.n};
    bool noted = !s->agb.failed && batch_index_find(s->index, BATCH_NAMES, name, &e, diag);
    if (noted && e.other > 0) {
        uint64_t other = e.line == r->line ? e.other : e.line;
        batch_record_fault(r, NVB_E162, batch_record_row(s, r), r->reference.s,
                           batch_count(room, other), NULL);
    } else if (s->agb.failed) {
        batch_source_ran_out(diag);
    } else if (nvb_diag_kept(diag) == problems && (!noted || e.line != r->line)) {
        cli_complain(diag, NVB_E722, s->in.name, batch_count(room, r->end), NULL);
    }
    return nvb_diag_kept(diag) == problems;
}

bool batch_source_next(batch_source *s, batch_record *r, nvb_diag *diag)
{
    if (!batch_record_renew(r, diag) ||
        !(s->csv ? batch_csv_next(s, r, diag) : batch_ndjson_next(s, r, diag)))
        return false;
    r->number = ++s->number;
    if (r->text.failed || r->raw.failed || r->name.failed) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    return check_name(s, r, diag) && batch_previous_find(s, r, diag);
}

bool batch_source_skip(
    batch_source *s, uint64_t end, uint64_t number, const char *digest, nvb_diag *diag)
{
    char found[BATCH_DIGEST], room[24];
    size_t problems = nvb_diag_kept(diag);
    bool well = s->csv ? batch_csv_skip(s, end, diag) : batch_ndjson_skip(s, end, diag);
    batch_source_reach(s, found);
    if (well && strcmp(found, digest) == 0) {
        s->number = number - 1;
        return true;
    }
    if (nvb_diag_kept(diag) == problems)
        cli_complain(diag, NVB_E722, s->in.name, batch_count(room, end), NULL);
    return false;
}

void batch_source_reach(const batch_source *s, char digest[BATCH_DIGEST])
{
    batch_reader_digest(&s->in, digest);
}

void batch_source_seed(batch_source *s, const batch_reader *r)
{
    char digest[BATCH_DIGEST];
    batch_reader_digest(r, digest);
    nvb_buffer_bytes(&s->seed, digest, BATCH_DIGEST - 1);
}

bool batch_is_blank(nvb_text line)
{
    size_t i = 0;
    while (i < line.n && (line.s[i] == ' ' || line.s[i] == '\t' || line.s[i] == '\r'))
        i++;
    return i == line.n;
}

uint64_t batch_source_providers(const batch_source *s)
{
    return s->csv ? batch_csv_providers(s->csv) : 0;
}

uint64_t batch_source_size(const batch_source *s)
{
    uint64_t size;
    return batch_reader_is_file(&s->in, &size) ? size : 0;
}

/* --- names of files --- */

void batch_file_name(nvb_buffer *to, nvb_text reference)
{
    nvb_buffer_cut(to, 0);
    batch_name(to, reference);
    for (size_t i = 0; i < to->n; i++)
        if (to->s[i] >= 'A' && to->s[i] <= 'Z')
            to->s[i] = (char)(to->s[i] - 'A' + 'a');
}

bool batch_note_name(batch_source *s, nvb_text record, uint64_t line, nvb_diag *diag)
{
    if (!batch_peek_reference(&s->word, record))
        return !s->word.failed || batch_source_ran_out(diag);
    bool twice = false;
    batch_file_name(&s->agb, (nvb_text){s->word.s, s->word.n});
    if (s->agb.failed)
        return batch_source_ran_out(diag);
    batch_entry e = {.at = line, .line = line};
    return batch_index_add(s->index, BATCH_NAMES, (nvb_text){s->agb.s, s->agb.n}, &e, &twice, diag);
}
