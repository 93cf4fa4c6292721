/*
 * source_previous.c: the contracts of last year: a line each, found by the AGB code of their
 * provider. One pass over the file notes where each is; after that only what is asked for is read.
 */
#include "source_own.h"

#include <errno.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/streams.h"

static bool note(batch_source *s, const batch_line *line, batch_entry *e, nvb_diag *diag)
{
    char here[24], there[24];
    bool twice = false;
    if (!batch_peek_agb(&s->agb, line->text)) {
        if (s->agb.failed)
            return batch_source_ran_out(diag);
        cli_complain(diag, NVB_E161, batch_count(here, e->line), s->o.previous, NULL);
        return true;
    }
    nvb_text agb = {s->agb.s, s->agb.n};
    if (!batch_index_add(s->index, BATCH_PREVIOUS, agb, e, &twice, diag))
        return false;
    batch_entry first;
    if (twice && !batch_index_find(s->index, BATCH_PREVIOUS, agb, &first, diag))
        return false;
    if (twice)
        cli_complain(diag, NVB_E160, s->agb.s, batch_count(there, first.line),
                     batch_count(here, e->line));
    return true;
}

static bool note_all(batch_source *s, batch_reader *in, nvb_diag *diag)
{
    batch_line line;
    uint64_t n = 0, at = 0;
    bool well = true;
    while (well && batch_reader_line(in, &line, diag)) {
        batch_entry e = {.at = at, .length = line.length, .line = ++n};
        at = in->passed;
        if (line.length > 0 && batch_is_blank(line.text) && line.text.n == line.length)
            continue;
        if (line.length > 0)
            well = note(s, &line, &e, diag);
    }
    return well && nvb_diag_count(diag, NVB_ERROR) == 0;
}

bool batch_previous_open(batch_source *s, nvb_diag *diag)
{
    batch_reader in;
    uint64_t size;
    bool well = batch_reader_open(&in, s->o.previous, s->o.lang, diag);
    if (well && !batch_reader_is_file(&in, &size)) {
        cli_complain(diag, NVB_E721, s->o.previous, NULL, NULL);
        well = false;
    }
    well = well && note_all(s, &in, diag);
    if (well) {
        batch_source_seed(s, &in);
        s->previous = in.fd;
        in.fd = -1;
    }
    batch_reader_close(&in);
    return well;
}

bool batch_previous_find(batch_source *s, batch_record *r, nvb_diag *diag)
{
    r->previous_at = r->previous_length = r->previous_line = 0;
    if (s->previous < 0)
        return true;
    if (!batch_peek_agb(&s->agb, (nvb_text){r->text.s, r->text.n}))
        return !s->agb.failed || batch_source_ran_out(diag);
    batch_entry e;
    nvb_text agb = {s->agb.s, s->agb.n};
    size_t problems = nvb_diag_kept(diag);
    if (!batch_index_find(s->index, BATCH_PREVIOUS, agb, &e, diag))
        return nvb_diag_kept(diag) == problems;
    r->previous_at = e.at;
    r->previous_length = e.length;
    r->previous_line = e.line;
    return true;
}

bool batch_source_previous(const batch_source *s,
                           const batch_record *r,
                           nvb_buffer *to,
                           nvb_diag *diag)
{
    nvb_buffer_cut(to, 0);
    if (!nvb_buffer_reserve(to, (size_t)r->previous_length)) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    while (to->n < r->previous_length) {
        size_t left = (size_t)r->previous_length - to->n;
        ssize_t got = pread(s->previous, to->s + to->n, left, (off_t)(r->previous_at + to->n));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) { /* shorter than it was: somebody writes to it */
            cli_streams_complain(diag, got < 0 ? errno : EIO, s->o.previous, s->o.lang);
            return false;
        }
        to->n += (size_t)got;
    }
    to->s[to->n] = '\0';
    return true;
}
