/* sheet.c: a sheet by its header: which columns there are, and what separates them. See sheet.h. */
#include "sheet.h"

#include "formats/json/json_place.h"
#include "formats/read/document_own.h"

#include <stdlib.h>

#define NONE ((nvb_text){0})

/* clang-format off */
#define ROW_ITEM(name, providers, lines, needed, number, words)                                    \
    {{providers, lines}, needed, words},
/* clang-format on */
typedef struct column_row {
    bool in[NVB_SHEET_KINDS];
    bool needed;
    const char *names;
} column_row;

static const column_row columns[] = {NVBI_SHEET_COLUMNS(ROW_ITEM)};
#undef ROW_ITEM

static const char fact_prefix[] = "kenmerk.", source_ending[] = ".bron";

nvb_text nvbi_sheet_column_names(nvbi_sheet_column c)
{
    return (nvb_text){columns[c].names, strlen(columns[c].names)};
}

nvb_text nvbi_sheet_column_name(nvbi_sheet_column c)
{
    return (nvb_text){columns[c].names, strcspn(columns[c].names, ",")};
}

char nvbi_sheet_decimal(const nvb_sheet *s)
{
    if (s->notation != NVB_CSV_AUTO)
        return s->notation == NVB_CSV_NL ? ',' : '.';
    if (s->commas == s->points)
        return s->commas == 0 ? '\0' : s->separator == ';' ? ',' : '.';
    return s->commas > s->points ? ',' : '.';
}

nvb_code nvbi_csv_end_code(nvbi_csv_end end)
{
    switch (end) {
    case NVBI_CSV_DONE:
        return NVB_OK;
    case NVBI_CSV_MEMORY:
        return NVB_E901;
    case NVBI_CSV_OPEN_QUOTE:
        return NVB_E134;
    case NVBI_CSV_STRAY_QUOTE:
        return NVB_E135;
    case NVBI_CSV_LONG_CELL:
        return NVB_E136;
    case NVBI_CSV_WIDE_ROW:
        return NVB_E133;
    }
    return NVB_E901;
}

/* --- names of columns --- */

static bool same_letters(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((a[i] >= 'A' && a[i] <= 'Z' ? a[i] - 'A' + 'a' : a[i]) != b[i])
            return false;
    return true;
}

static nvbi_sheet_column column_of(nvb_sheet_kind kind, nvb_text cell)
{
    for (unsigned c = 0; c < NVBI_SHEET_COLUMN_COUNT; c++)
        for (const char *word = columns[c].names; *word && columns[c].in[kind];) {
            size_t n = strcspn(word, ",");
            if (cell.n == n && same_letters(cell.s, word, n))
                return (nvbi_sheet_column)c;
            word += n + strspn(word + n, ", ");
        }
    return NVBI_SHEET_COLUMN_COUNT;
}

/* The name in "kenmerk.name" or "kenmerk.name.bron"; empty when it is neither. */
static nvb_text fact_name(nvb_text cell, bool *is_source)
{
    size_t before = sizeof fact_prefix - 1, after = sizeof source_ending - 1;
    *is_source = false;
    if (cell.n <= before || !same_letters(cell.s, fact_prefix, before))
        return (nvb_text){"", 0};
    nvb_text name = {cell.s + before, cell.n - before};
    *is_source = name.n > after && same_letters(name.s + name.n - after, source_ending, after);
    name.n -= *is_source ? after : 0;
    return name;
}

/* --- the header --- */

typedef struct reading {
    nvb_sheet *s;
    nvb_diag *diag;
    const nvb_source_file *file;
    nvbi_mark marks[NVB_MAX_PROBLEMS];
    size_t n_marks;
    size_t *ignored;
    size_t n_ignored;
    const nvbi_csv_row *row;
    bool seen;
} reading;

static void fault(reading *r, nvb_code code, size_t offset, nvb_text w1, nvb_text w2)
{
    size_t kept = nvb_diag_kept(r->diag);
    nvb_diag_add(r->diag, code, NONE, w1, w2, NONE);
    if (nvb_diag_kept(r->diag) > kept && r->n_marks < NVB_MAX_PROBLEMS)
        r->marks[r->n_marks++] = (nvbi_mark){offset, kept};
}

static nvbi_sheet_fact *fact_of(nvb_sheet *s, nvb_text name, size_t offset)
{
    for (size_t i = 0; i < s->n_facts; i++)
        if (nvb_text_equal(s->facts[i].name, name))
            return &s->facts[i];
    nvbi_sheet_fact *f = &s->facts[s->n_facts++];
    *f = (nvbi_sheet_fact){nvbi_arena_text(&s->arena, name.s, name.n), NVBI_NO_CELL, NVBI_NO_CELL,
                           offset};
    return f;
}

static void take_column(reading *r, size_t i)
{
    nvb_sheet *s = r->s;
    const nvbi_csv_cell *cell = &r->row->cells[i];
    nvbi_sheet_column c = column_of(s->kind, cell->text);
    bool is_source;
    nvb_text name = fact_name(cell->text, &is_source);
    size_t *at = NULL;
    if (c < NVBI_SHEET_COLUMN_COUNT) {
        at = &s->at[c];
    } else if (s->kind == NVB_SHEET_PROVIDERS && name.n > 0) {
        nvbi_sheet_fact *f = fact_of(s, name, cell->offset);
        at = is_source ? &f->source : &f->value;
    }
    if (!at && cell->text.n > 0)
        r->ignored[r->n_ignored++] = i;
    else if (at && *at != NVBI_NO_CELL)
        fault(r, NVB_E139, cell->offset, cell->text, NONE);
    else if (at)
        *at = i;
}

static nvb_text nth_ignored(const void *of, size_t i)
{
    const reading *r = of;
    return r->row->cells[r->ignored[i]].text;
}

static nvb_text nth_column(const void *of, size_t i)
{
    const nvb_sheet *s = of;
    for (unsigned c = 0; c < NVBI_SHEET_COLUMN_COUNT; c++)
        if (columns[c].in[s->kind] && i-- == 0)
            return nvbi_sheet_column_name((nvbi_sheet_column)c);
    return NVB_TEXT("kenmerk.\u2026");
}

static void warn_ignored(reading *r)
{
    nvb_sheet *s = r->s;
    size_t n = s->kind == NVB_SHEET_PROVIDERS;
    for (unsigned c = 0; c < NVBI_SHEET_COLUMN_COUNT; c++)
        n += columns[c].in[s->kind];
    if (r->n_ignored)
        fault(r, NVB_E631, r->row->cells[r->ignored[0]].offset,
              nvbi_list_names(&s->arena, nth_ignored, r, r->n_ignored),
              nvbi_list_names(&s->arena, nth_column, s, n));
}

static void check_columns(reading *r)
{
    nvb_sheet *s = r->s;
    for (unsigned c = 0; c < NVBI_SHEET_COLUMN_COUNT; c++) {
        if (!columns[c].in[s->kind] || !columns[c].needed)
            continue;
        if (s->at[c] == NVBI_NO_CELL)
            fault(r, NVB_E138, r->row->cells[0].offset,
                  nvbi_sheet_column_name((nvbi_sheet_column)c),
                  nvbi_sheet_column_names((nvbi_sheet_column)c));
        else if (s->at[c] >= s->needed)
            s->needed = s->at[c] + 1;
    }
    for (size_t i = 0; i < s->n_facts; i++) {
        const nvbi_sheet_fact *f = &s->facts[i];
        if (f->value == NVBI_NO_CELL)
            fault(r, NVB_E166, r->row->cells[f->source].offset, r->row->cells[f->source].text,
                  nvbi_arena_join(&s->arena, NVB_TEXT("kenmerk."), f->name.s ? f->name.s : ""));
    }
}

static bool see_header(void *of, const nvbi_csv_row *row)
{
    reading *r = of;
    nvb_sheet *s = r->s;
    if (row->used == 0)
        return true;
    r->seen = true;
    r->row = row;
    s->width = row->used;
    s->cells = row->n;
    s->facts = NVBI_NEW(&s->arena, nvbi_sheet_fact, row->n);
    r->ignored = NVBI_NEW(&s->arena, size_t, row->n);
    for (size_t i = 0; i < row->used && s->facts && r->ignored; i++)
        take_column(r, i);
    check_columns(r);
    warn_ignored(r);
    return false;
}

/* --- separator, and where the header is --- */

typedef struct count {
    nvb_sheet_kind kind;
    size_t known;
    bool seen;
} count;

static bool count_known(void *of, const nvbi_csv_row *row)
{
    count *k = of;
    for (size_t i = 0; i < row->used; i++) {
        bool is_source;
        k->known += column_of(k->kind, row->cells[i].text) < NVBI_SHEET_COLUMN_COUNT ||
                    (fact_name(row->cells[i].text, &is_source).n > 0);
    }
    k->seen = row->used > 0;
    return !k->seen;
}

/* Columns that the header names when this stands between its cells. */
static size_t known_with(nvb_sheet *s, nvb_text start, char separator)
{
    count k = {.kind = s->kind};
    if (nvbi_csv_rows(start, separator, count_known, &k).end == NVBI_CSV_MEMORY)
        s->arena.failed = true;
    return k.known;
}

/* False, and a problem, when it is none of ours. */
static bool settle_separator(reading *r)
{
    nvb_sheet *s = r->s;
    nvb_text start = r->file->bytes;
    char told = nvbi_csv_told_separator(start);
    char favourite = s->notation == NVB_CSV_INTL ? ',' : ';', other = favourite == ';' ? ',' : ';';
    size_t first = known_with(s, start, favourite), second = known_with(s, start, other);
    s->separator = told == ';' || told == ',' ? told : second > first ? other : favourite;
    if (told && told != s->separator) {
        fault(r, NVB_E151, nvbi_bom_length(start),
              told == '\t' ? NONE : nvbi_arena_text(&s->arena, &told, 1), NONE);
        return false;
    }
    if (!told && known_with(s, start, '\t') > (second > first ? second : first)) {
        fault(r, NVB_E151, nvbi_bom_length(start), NONE, NONE);
        return false;
    }
    return true;
}

/* Past what comes before the header and the header itself. */
static void find_begin(nvb_sheet *s, nvb_text start)
{
    size_t at = nvbi_bom_length(start);
    s->first_line = 1;
    bool told = nvbi_csv_told_separator(start) != '\0', blank = true;
    while (at < start.n && (blank || told)) {
        nvbi_csv_span row =
            nvbi_csv_split((nvb_text){start.s + at, start.n - at}, s->separator, true);
        blank = true;
        for (size_t i = 0; i < row.length && blank; i++)
            blank = strchr(" \t\r\n;,", start.s[at + i]) != NULL && start.s[at + i];
        s->header = (nvb_text){start.s + at, row.length};
        at += row.length;
        s->first_line += row.lines;
        if (told) {
            told = false;
            blank = true;
        }
    }
    s->begin = at;
}

static void read_header(reading *r)
{
    nvb_sheet *s = r->s;
    if (!settle_separator(r) || s->arena.failed)
        return;
    find_begin(s, r->file->bytes);
    nvb_text header = s->header;
    s->header = nvbi_arena_text(&s->arena, header.s ? header.s : "", header.n);
    nvb_text until = {r->file->bytes.s, s->begin};
    nvbi_byte_name name;
    size_t odd = nvbi_bom_length(until);
    nvb_code code = nvbi_sheet_text(until, &odd, &name);
    if (code != NVB_OK) {
        fault(r, code, odd, (nvb_text){name.s, strlen(name.s)}, NONE);
        return;
    }
    nvbi_csv_result end = nvbi_csv_rows(until, s->separator, see_header, r);
    if (end.end == NVBI_CSV_MEMORY)
        s->arena.failed = true;
    else if (end.end != NVBI_CSV_DONE)
        fault(r, nvbi_csv_end_code(end.end), end.offset, NONE, NONE);
    else if (!r->seen)
        fault(r, NVB_E138, 0, nvbi_sheet_column_name(NVBI_AGB), nvbi_sheet_column_names(NVBI_AGB));
}

nvb_sheet *
nvb_sheet_open(nvb_sheet_kind kind, const nvb_source_file *start, nvb_csv notation, nvb_diag *diag)
{
    size_t errors = nvb_diag_count(diag, NVB_ERROR);
    reading *r = calloc(1, sizeof *r);
    nvb_sheet *s = r ? calloc(1, sizeof *s) : NULL;
    if (s) {
        *r = (reading){.s = s, .diag = diag, .file = start};
        nvbi_arena_init(&s->arena);
        s->kind = kind;
        s->notation = notation;
        s->name = nvbi_arena_text(&s->arena, start->name.s, start->name.n);
        for (unsigned c = 0; c < NVBI_SHEET_COLUMN_COUNT; c++)
            s->at[c] = NVBI_NO_CELL;
        read_header(r);
        s->offset = s->begin;
        s->line = s->first_line;
        nvbi_place_marks(diag, start->name, start->bytes, r->marks, r->n_marks);
    }
    if (!s || s->arena.failed)
        nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
    free(r);
    if (s && nvb_diag_count(diag, NVB_ERROR) == errors)
        return s;
    nvb_sheet_free(s);
    return NULL;
}

void nvb_sheet_free(nvb_sheet *s)
{
    if (!s)
        return;
    nvbi_arena_release(&s->arena);
    free(s);
}

size_t nvb_sheet_begin(const nvb_sheet *s)
{
    return s->begin;
}

nvb_text nvb_sheet_header(const nvb_sheet *s)
{
    return s->header;
}
