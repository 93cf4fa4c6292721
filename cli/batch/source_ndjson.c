/* source_ndjson.c: records that are lines of a file, see source.h. */
#include "source_own.h"

#include "cli/complain.h"
#include "cli/words.h"

/* The next line that holds something, without byte order mark and carriage return. */
static bool next_line(batch_source *s, batch_line *line, nvb_diag *diag)
{
    static const char mark[] = "\xEF\xBB\xBF";
    while (batch_reader_line(&s->in, line, diag)) {
        s->line++;
        nvb_text *t = &line->text;
        if (s->line == 1 && t->n >= 3 && memcmp(t->s, mark, 3) == 0)
            *t = (nvb_text){t->s + 3, t->n - 3};
        if (t->n > 0 && t->s[t->n - 1] == '\r')
            t->n--;
        if (t->n == 0 ? line->length > BATCH_MAX_LINE : !batch_is_blank(*t))
            return true;
    }
    return false;
}

/* A first pass for names that two records share: it depends on all of the input. */
static bool note_names(batch_source *s, nvb_diag *diag)
{
    batch_line line;
    size_t problems = nvb_diag_kept(diag);
    while (next_line(s, &line, diag))
        if (!batch_note_name(s, line.text, s->line, diag))
            return false;
    s->line = 0;
    batch_source_seed(s, &s->in);
    return nvb_diag_kept(diag) == problems && batch_reader_rewind(&s->in, diag);
}

bool batch_ndjson_open(batch_source *s, nvb_diag *diag)
{
    uint64_t size;
    if (!s->o.name_files)
        return true;
    if (!batch_reader_is_file(&s->in, &size) && !batch_reader_spool(&s->in, s->o.spool, diag))
        return false;
    return note_names(s, diag);
}

bool batch_ndjson_next(batch_source *s, batch_record *r, nvb_diag *diag)
{
    batch_line line;
    char room[24], most[24];
    if (!next_line(s, &line, diag))
        return false;
    bool is_stdin = strcmp(s->o.ndjson, "-") == 0;
    cli_legible(&r->name, is_stdin ? cli_word(CLI_W_STDIN, s->o.lang) : s->o.ndjson);
    nvb_buffer_text(&r->text, line.text);
    r->line = s->line;
    r->end = s->in.passed;
    batch_source_reach(s, r->digest);
    if (line.length > BATCH_MAX_LINE)
        batch_record_fault(r, NVB_E118, (nvb_text){"", 0}, batch_count(room, line.length),
                           batch_count(most, BATCH_MAX_LINE), NULL);
    return true;
}

bool batch_ndjson_skip(batch_source *s, uint64_t end, nvb_diag *diag)
{
    batch_line line;
    while (s->in.passed < end && batch_reader_line(&s->in, &line, diag))
        s->line++;
    return s->in.passed == end;
}
