/*
 * source_csv.c: records that are providers with their lines: two CSV files joined on AGB code, see
 * source.h and navolgbaar/providers.h.
 *
 * A first pass over the lines notes in the index where the rows of each AGB code are, and one over
 * the providers which codes there are. Then the providers are taken row by row, and the rows of
 * their lines fetched. Lines that no provider takes come last, as records that are errors, so that
 * nothing is lost.
 */
#include "source_own.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/request.h"
#include "cli/streams.h"

enum { HEADER = 1 << 20, MANY = 1 << 30 };

struct batch_csv {
    nvb_sheet *sheet[NVB_SHEET_KINDS];
    int lines;               /* the file of lines */
    uint64_t rows;           /* of providers */
    nvb_sheet_piece *pieces; /* of the provider being put together */
    size_t n_pieces, room;
    batch_entry run; /* rows of `agb` that follow each other, not yet in the index */
    nvb_buffer agb;
    bool orphans;       /* all providers were taken: what is left are lines without one */
    uint64_t n_orphans; /* taken so far */
    bool found;         /* a row was taken, */
    nvb_sheet_row row;  /* this one, but for its AGB code, which is in `agb` */
    batch_record scratch;
};

/* --- the first pass --- */

typedef struct pass {
    batch_source *s;
    nvb_diag *diag;
    nvb_text ahead;
    uint64_t at; /* of `ahead` in the file */
} pass;

static bool flush_run(pass *p)
{
    batch_csv *c = p->s->csv;
    bool fine = c->run.length == 0 ||
                batch_index_add(p->s->index, BATCH_RUNS, (nvb_text){c->agb.s, c->agb.n}, &c->run,
                                NULL, p->diag);
    c->run.length = 0;
    return fine;
}

static bool note_line(void *of, const nvb_sheet_row *row)
{
    pass *p = of;
    batch_csv *c = p->s->csv;
    if (c->run.length > 0 && c->run.at + c->run.length == row->offset &&
        nvb_text_equal((nvb_text){c->agb.s, c->agb.n}, row->agb)) {
        c->run.length += row->length;
        c->run.other++;
        return true;
    }
    if (!flush_run(p))
        return false;
    nvb_buffer_cut(&c->agb, 0);
    nvb_buffer_text(&c->agb, row->agb);
    c->run = (batch_entry){row->offset, row->length, row->line, 1};
    return !c->agb.failed;
}

/* What its files will be called: the row is written as a document without lines. */
static bool note_name(pass *p, const nvb_sheet_row *row)
{
    batch_source *s = p->s;
    batch_record *r = &s->csv->scratch;
    if (!batch_record_renew(r, p->diag))
        return false;
    nvb_sheet_piece piece = {NVB_SHEET_PROVIDERS, 0, row->length, row->line};
    nvb_provider one = {
        .sheet = {s->csv->sheet[0],                   s->csv->sheet[1]},
        .raw = {p->ahead.s + (row->offset - p->at), row->length     },
        .pieces = &piece,
        .n_pieces = 1,
        .policy = cli_text(s->o.policy),
    };
    r->places = nvb_provider_write(&r->text, &one, r->diag);
    return r->places && batch_note_name(s, (nvb_text){r->text.s, r->text.n}, row->line, p->diag);
}

static bool note_provider(void *of, const nvb_sheet_row *row)
{
    pass *p = of;
    batch_entry e = {.at = row->offset, .length = row->length, .line = row->line};
    p->s->csv->rows++;
    return batch_index_add(p->s->index, BATCH_PROVIDERS, row->agb, &e, NULL, p->diag) &&
           (!p->s->o.name_files || note_name(p, row));
}

static bool too_long(const batch_reader *in, nvb_diag *diag)
{
    char room[24], most[24];
    if (batch_reader_ahead(in).n <= BATCH_MAX_LINE)
        return false;
    cli_complain(diag, NVB_E118, batch_count(room, batch_reader_ahead(in).n),
                 batch_count(most, BATCH_MAX_LINE), NULL);
    return true;
}

static void out_of_memory(nvb_diag *diag)
{
    if (nvb_diag_count(diag, NVB_ERROR) == 0)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
}

/* Looks at up to `most` rows of what is ahead, reading on where needed. False at the end and when
 * something is wrong. */
static bool look(batch_reader *in, nvb_sheet *sheet, size_t most, nvb_sheet_see see, pass *p)
{
    for (;;) {
        p->ahead = batch_reader_ahead(in);
        p->at = in->passed;
        size_t n = nvb_sheet_look(sheet, p->ahead, in->ended, most, see, p);
        if (n == SIZE_MAX) {
            out_of_memory(p->diag);
            return false;
        }
        if (n > 0) {
            batch_reader_pass(in, n);
            return true;
        }
        if (in->ended || too_long(in, p->diag) ||
            !batch_reader_fill(in, 2 * p->ahead.n + 1, p->diag))
            return false;
    }
}

static bool open_sheet(batch_source *s, nvb_sheet_kind kind, batch_reader *in, nvb_diag *diag)
{
    static const nvb_csv notation[] = {
        [CLI_CSV_NL] = NVB_CSV_NL, [CLI_CSV_INTL] = NVB_CSV_INTL, [CLI_CSV_AUTO] = NVB_CSV_AUTO};
    uint64_t size;
    if (!batch_reader_is_file(in, &size)) {
        cli_complain(diag, NVB_E721, in->name, NULL, NULL);
        return false;
    }
    if (!batch_reader_fill(in, HEADER, diag))
        return false;
    nvb_buffer name = NVB_BUFFER_INIT;
    cli_legible(&name, in->name);
    nvb_text ahead = batch_reader_ahead(in);
    ahead.n = ahead.n > HEADER ? HEADER : ahead.n;
    nvb_source_file start = {
        {name.s, name.n},
        ahead
    };
    if (!name.failed)
        s->csv->sheet[kind] = nvb_sheet_open(kind, &start, notation[s->o.csv], diag);
    bool known = !s->csv->sheet[kind] || kind != NVB_SHEET_PROVIDERS || !s->o.rules ||
                 nvb_sheet_hold(s->csv->sheet[kind], &start, s->o.rules, diag);
    nvb_buffer_release(&name);
    if (!s->csv->sheet[kind])
        out_of_memory(diag);
    if (!s->csv->sheet[kind] || !known)
        return false;
    batch_reader_pass(in, nvb_sheet_begin(s->csv->sheet[kind]));
    return true;
}

static bool look_through(batch_source *s, nvb_sheet_kind kind, batch_reader *in, nvb_diag *diag)
{
    nvb_sheet_see see = kind == NVB_SHEET_LINES ? note_line : note_provider;
    pass p = {.s = s, .diag = diag};
    size_t errors = nvb_diag_count(diag, NVB_ERROR);
    while (look(in, s->csv->sheet[kind], MANY, see, &p))
        ;
    bool well = nvb_diag_count(diag, NVB_ERROR) == errors && flush_run(&p);
    nvb_sheet_again(s->csv->sheet[kind]);
    return well;
}

/* The lines: their digest is part of every digest of the source. */
static bool open_lines(batch_source *s, batch_reader *in, nvb_diag *diag)
{
    if (!look_through(s, NVB_SHEET_LINES, in, diag) ||
        !batch_index_sort(s->index, BATCH_RUNS, diag))
        return false;
    batch_source_seed(s, in);
    s->csv->lines = in->fd;
    in->fd = -1;
    return true;
}

/* A header and nothing below it. */
static void complain_empty(batch_source *s, nvb_diag *diag)
{
    batch_record *r = &s->csv->scratch;
    if (!batch_record_renew(r, diag))
        return;
    cli_legible(&r->name, s->o.providers);
    r->line = 1;
    batch_record_fault(r, NVB_E167, nvb_sheet_header(s->csv->sheet[NVB_SHEET_PROVIDERS]), NULL,
                       NULL, NULL);
    if (nvb_diag_kept(r->diag) == 0)
        return;
    nvb_problem *from = nvb_diag_edit(r->diag, 0);
    nvb_problem *to =
        nvb_diag_add(diag, from->code, from->path, from->word[0], from->word[1], from->word[2]);
    to->place = from->place;
    to->place.file = nvb_diag_keep(diag, from->place.file);
    to->place.excerpt = nvb_diag_keep(diag, from->place.excerpt);
}

/* Likewise: a code or name may stand twice. */
static bool open_providers(batch_source *s, nvb_diag *diag)
{
    if (!look_through(s, NVB_SHEET_PROVIDERS, &s->in, diag))
        return false;
    if (s->csv->rows == 0)
        complain_empty(s, diag);
    batch_source_seed(s, &s->in);
    return s->csv->rows > 0 && batch_reader_rewind(&s->in, diag);
}

bool batch_csv_open(batch_source *s, nvb_diag *diag)
{
    s->csv = calloc(1, sizeof *s->csv);
    if (!s->csv || !batch_record_init(&s->csv->scratch)) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    s->csv->lines = -1;
    batch_reader lines;
    bool opened = batch_reader_open(&lines, s->o.lines, s->o.lang, diag);
    /* Both headers, so that one run tells all that is wrong with them. */
    bool providers = open_sheet(s, NVB_SHEET_PROVIDERS, &s->in, diag);
    bool well = opened && open_sheet(s, NVB_SHEET_LINES, &lines, diag) && providers &&
                open_lines(s, &lines, diag) && open_providers(s, diag);
    batch_reader_close(&lines);
    return well;
}

void batch_csv_close(batch_csv *c)
{
    if (!c)
        return;
    nvb_sheet_free(c->sheet[NVB_SHEET_PROVIDERS]);
    nvb_sheet_free(c->sheet[NVB_SHEET_LINES]);
    if (c->lines >= 0)
        close(c->lines);
    free(c->pieces);
    nvb_buffer_release(&c->agb);
    batch_record_release(&c->scratch);
    free(c);
}

uint64_t batch_csv_providers(const batch_csv *c)
{
    return c->rows;
}

/* --- records --- */

static bool take_row(void *of, const nvb_sheet_row *row)
{
    pass *p = of;
    batch_csv *c = p->s->csv;
    c->found = true;
    c->row = *row;
    nvb_buffer_cut(&c->agb, 0);
    nvb_buffer_text(&c->agb, row->agb);
    return !c->agb.failed;
}

/* The next provider: its row is then just before what is ahead. */
static bool next_row(batch_source *s, nvb_diag *diag)
{
    batch_csv *c = s->csv;
    pass p = {.s = s, .diag = diag};
    nvb_sheet *sheet = c->sheet[NVB_SHEET_PROVIDERS];
    c->found = false;
    if (s->in.passed == 0) {
        if (!batch_reader_fill(&s->in, nvb_sheet_begin(sheet), diag))
            return false;
        batch_reader_pass(&s->in, nvb_sheet_begin(sheet));
    }
    while (!c->found && look(&s->in, sheet, 1, take_row, &p))
        ;
    return c->found;
}

/* The next that was asked for. */
static bool next_wanted(batch_source *s, nvb_diag *diag)
{
    nvb_text only = cli_text(s->o.agb);
    bool found = next_row(s, diag);
    while (found && s->o.agb && !nvb_text_equal(only, (nvb_text){s->csv->agb.s, s->csv->agb.n}))
        found = next_row(s, diag);
    return found;
}

static bool next_orphan(batch_source *s, batch_entry *e, nvb_diag *diag)
{
    batch_csv *c = s->csv;
    nvb_text agb;
    if (!c->orphans && !batch_index_orphans(s->index, diag))
        return false;
    c->orphans = true;
    if (!batch_index_next_orphan(s->index, &agb, e, diag))
        return false;
    nvb_buffer_cut(&c->agb, 0);
    nvb_buffer_text(&c->agb, agb);
    c->n_orphans++;
    batch_reader_mix(&s->in, "", 1);
    return true;
}

static void end_line(nvb_buffer *b)
{
    if (b->n > 0 && b->s[b->n - 1] != '\n' && b->s[b->n - 1] != '\r')
        nvb_buffer_byte(b, '\n');
}

/* A piece of `raw` from offset `from` on. */
static bool
add_piece(batch_csv *c, const nvb_buffer *raw, nvb_sheet_kind kind, size_t from, uint64_t line)
{
    if (c->n_pieces == c->room) {
        size_t room = c->room ? 2 * c->room : 16;
        nvb_sheet_piece *more = realloc(c->pieces, room * sizeof *more);
        if (!more)
            return false;
        c->pieces = more;
        c->room = room;
    }
    c->pieces[c->n_pieces++] = (nvb_sheet_piece){kind, from, raw->n - from, line};
    return true;
}

/* Appends a run of rows of the file of lines; 0, or the errno of what went wrong. */
static int read_run(int fd, const batch_entry *run, nvb_buffer *to)
{
    size_t end = to->n + (size_t)run->length;
    uint64_t at = run->at;
    if (!nvb_buffer_reserve(to, (size_t)run->length))
        return ENOMEM;
    while (to->n < end) {
        ssize_t got = pread(fd, to->s + to->n, end - to->n, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : EIO;
        to->n += (size_t)got;
        at += (uint64_t)got;
    }
    to->s[to->n] = '\0';
    return 0;
}

static bool read_lines(batch_source *s, nvb_buffer *raw, nvb_diag *diag)
{
    batch_csv *c = s->csv;
    batch_entry run;
    size_t problems = nvb_diag_kept(diag);
    nvb_buffer_text(raw, nvb_sheet_header(c->sheet[NVB_SHEET_LINES]));
    end_line(raw);
    if (!batch_index_look_up(s->index, BATCH_RUNS, (nvb_text){c->agb.s, c->agb.n}, diag))
        return false;
    while (batch_index_next(s->index, BATCH_RUNS, &run, diag)) {
        size_t from = raw->n;
        int error = read_run(c->lines, &run, raw);
        end_line(raw);
        if (!error && !add_piece(c, raw, NVB_SHEET_LINES, from, run.line))
            error = ENOMEM;
        if (error) {
            cli_streams_complain(diag, error, s->o.lines, s->o.lang);
            return false;
        }
    }
    return nvb_diag_kept(diag) == problems;
}

nvb_text batch_csv_row(const batch_csv *c, const batch_record *r)
{
    const nvb_sheet_piece *first = c->pieces;
    return c->n_pieces ? (nvb_text){r->raw.s + first->offset, first->length} : (nvb_text){"", 0};
}

/* Both rows with the same code are errors. */
static bool check_double(batch_source *s, batch_record *r, nvb_diag *diag)
{
    batch_csv *c = s->csv;
    batch_entry e;
    char room[24];
    size_t problems = nvb_diag_kept(diag);
    nvb_text agb = {c->agb.s, c->agb.n};
    if (agb.n > 0 && batch_index_find(s->index, BATCH_PROVIDERS, agb, &e, diag) && e.other > 0)
        batch_record_fault(r, NVB_E164, batch_csv_row(c, r), c->agb.s,
                           batch_count(room, e.line == r->line ? e.other : e.line), NULL);
    return nvb_diag_kept(diag) == problems;
}

static bool write_record(batch_source *s, batch_record *r, nvb_diag *diag)
{
    batch_csv *c = s->csv;
    nvb_provider one = {
        .sheet = {c->sheet[0], c->sheet[1]},
        .raw = {r->raw.s,    r->raw.n   },
        .pieces = c->pieces,
        .n_pieces = c->n_pieces,
        .policy = cli_text(s->o.policy),
    };
    r->places = nvb_provider_write(&r->text, &one, r->diag);
    if (!r->places)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    return r->places != NULL;
}

static bool take_provider(batch_source *s, batch_record *r, nvb_diag *diag)
{
    batch_csv *c = s->csv;
    nvb_text before = {s->in.bytes.s + s->in.at - c->row.length, c->row.length};
    cli_legible(&r->name, s->o.providers);
    r->line = c->row.line;
    nvb_buffer_text(&r->raw, nvb_sheet_header(c->sheet[NVB_SHEET_PROVIDERS]));
    size_t from = r->raw.n;
    nvb_buffer_text(&r->raw, before);
    end_line(&r->raw);
    if (!add_piece(c, &r->raw, NVB_SHEET_PROVIDERS, from, c->row.line)) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return false;
    }
    r->end = s->in.passed;
    return read_lines(s, &r->raw, diag) && write_record(s, r, diag) && check_double(s, r, diag);
}

static bool take_orphan(batch_source *s, batch_record *r, const batch_entry *e, nvb_diag *diag)
{
    batch_csv *c = s->csv;
    char room[24];
    cli_legible(&r->name, s->o.lines);
    r->line = e->line;
    r->end = s->in.passed + c->n_orphans;
    bool well = read_lines(s, &r->raw, diag);
    if (well)
        batch_record_fault(r, NVB_E165, batch_csv_row(c, r), c->agb.n ? c->agb.s : NULL,
                           batch_count(room, e->other), s->o.providers);
    well = well && write_record(s, r, diag);
    nvb_buffer_cut(&r->text, 0);
    return well;
}

bool batch_csv_next(batch_source *s, batch_record *r, nvb_diag *diag)
{
    batch_entry e;
    size_t problems = nvb_diag_kept(diag);
    bool well;
    s->csv->n_pieces = 0;
    bool found = !s->csv->orphans && next_wanted(s, diag);
    if (found)
        well = take_provider(s, r, diag);
    else if (!s->o.agb && nvb_diag_kept(diag) == problems && next_orphan(s, &e, diag))
        well = take_orphan(s, r, &e, diag);
    else
        return false;
    batch_source_reach(s, r->digest);
    return well;
}

bool batch_csv_skip(batch_source *s, uint64_t end, nvb_diag *diag)
{
    batch_entry e;
    while (s->in.passed < end && next_row(s, diag))
        ;
    while (s->in.passed + s->csv->n_orphans < end && next_orphan(s, &e, diag))
        ;
    return s->in.passed + s->csv->n_orphans == end;
}
