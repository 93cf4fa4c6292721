/*
 * price_list.c: a price list as a flat contract. In order: is it text at all; what separates its
 * cells, and which mark is the decimal one (csv_survey.h); then row by row (price_list_row.c); then
 * the doubles.
 *
 * A byte that is no text ends it there. All other problems are collected, and placed in the file
 * before returning, since a price list has no tree to find them by.
 */
#include "price_list_own.h"

#include "formats/json/json_keys.h"
#include "formats/json/json_scan.h"

#include <stdlib.h>

#define NONE ((nvb_text){0})

void nvbi_list_fault(
    nvbi_price_list *l, nvb_code code, size_t offset, nvb_text w1, nvb_text w2, nvb_text w3)
{
    size_t kept = nvb_diag_kept(l->diag);
    nvb_diag_add(l->diag, code, NONE, w1, w2, w3);
    if (nvb_diag_kept(l->diag) > kept && l->n_marks < NVB_MAX_PROBLEMS)
        l->marks[l->n_marks++] = (nvbi_mark){offset, kept};
}

nvb_text nvbi_list_count(nvbi_price_list *l, size_t n)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_uint(&out, n);
    return nvbi_take_buffer(&l->d->arena, &out);
}

/* --- is it text --- */

static char hex(unsigned digit)
{
    return (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}

/* "0xE9" or "U+0000". */
static nvb_text byte_name(nvbi_price_list *l, const char *before, unsigned char byte)
{
    const char digits[] = {hex(byte >> 4U), hex(byte & 15U), '\0'};
    return nvbi_arena_join(&l->d->arena, (nvb_text){before, strlen(before)}, digits);
}

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F;
}

/* What a copy of one list after another leaves behind. At the beginning of a file it is no
 * character. */
static bool is_order_mark(nvb_text bytes, size_t at)
{
    return nvbi_bom_length((nvb_text){bytes.s + at, bytes.n - at}) > 0;
}

/* The first byte that no text holds ends the reading: what comes after it would be noise. */
static bool is_text(nvbi_price_list *l, nvb_text bytes)
{
    for (size_t at = nvbi_bom_length(bytes); at < bytes.n;) {
        unsigned char c = (unsigned char)bytes.s[at];
        if (is_control(c)) {
            nvbi_list_fault(l, NVB_E132, at, byte_name(l, "U+00", c), NONE, NONE);
            return false;
        }
        size_t length = c < 0x80 ? 1 : nvbi_utf8_length(bytes.s + at, bytes.n - at);
        if (length == 0) {
            nvbi_list_fault(l, NVB_E131, at, byte_name(l, "0x", c), NONE, NONE);
            return false;
        }
        if (c >= 0x80 && is_order_mark(bytes, at)) {
            nvbi_list_fault(l, NVB_E152, at, NONE, NONE, NONE);
            return false;
        }
        at += length;
    }
    return true;
}

/* A document of ours that goes by the name of a list. */
static bool is_json(nvbi_price_list *l, nvb_text bytes)
{
    size_t at = nvbi_bom_length(bytes);
    while (at < bytes.n && bytes.s[at] && strchr(" \t\r\n", bytes.s[at]))
        at++;
    if (at == bytes.n || (bytes.s[at] != '{' && bytes.s[at] != '['))
        return false;
    nvb_text bracket = bytes.s[at] == '{' ? NVB_TEXT("{") : NVB_TEXT("[");
    nvbi_list_fault(l, NVB_E150, at, bracket, NONE, NONE);
    return true;
}

/* --- the rows --- */

static bool see(void *of, const nvbi_csv_row *row)
{
    nvbi_price_list *l = of;
    if (row->used == 0)
        return true;
    if (l->rows++ == 0 && (l->survey->header || l->survey->no_header)) {
        nvbi_list_header(l, row);
        return l->survey->header;
    }
    nvbi_list_row(l, row);
    return !l->d->arena.failed;
}

static void structure_fault(nvbi_price_list *l, nvbi_csv_result r)
{
    switch (r.end) {
    case NVBI_CSV_DONE:
        return;
    case NVBI_CSV_MEMORY:
        l->d->arena.failed = true;
        return;
    case NVBI_CSV_OPEN_QUOTE:
        nvbi_list_fault(l, NVB_E134, r.offset, NONE, NONE, NONE);
        return;
    case NVBI_CSV_STRAY_QUOTE:
        nvbi_list_fault(l, NVB_E135, r.offset, NONE, NONE, NONE);
        return;
    case NVBI_CSV_LONG_CELL:
        nvbi_list_fault(l, NVB_E136, r.offset, nvbi_list_count(l, NVBI_CSV_MAX_CELL), NONE, NONE);
        return;
    case NVBI_CSV_WIDE_ROW:
        nvbi_list_fault(l, NVB_E133, r.offset, nvbi_list_count(l, NVBI_CSV_MAX_CELLS), NONE, NONE);
        return;
    }
}

/* Each code once. Only the first line with it counts, and each later one is told where that stands.
 */
static void check_doubles(nvbi_price_list *l, nvbi_arena *work)
{
    nvbi_key_entry *codes = NVBI_NEW(work, nvbi_key_entry, l->n);
    for (size_t i = 0; codes && i < l->n; i++)
        codes[i] = (nvbi_key_entry){l->lines[i].code, i};
    if (!codes)
        return;
    nvbi_keys_sort(codes, l->n);
    for (size_t i = 1, first = 0; i < l->n; i++) {
        if (!nvb_text_equal(codes[i].text, codes[first].text)) {
            first = i;
            continue;
        }
        nvbi_list_fault(l, NVB_E144, l->offset_of[codes[i].number], codes[i].text,
                        nvbi_list_count(l, l->line_of[codes[first].number]), NONE);
    }
}

static void read_rows(nvbi_price_list *l, nvb_text bytes)
{
    nvbi_arena work;
    nvbi_arena_init(&work);
    size_t room = l->room = l->survey->rows;
    l->lines = NVBI_NEW(&l->d->arena, nvb_line, room + 1);
    l->line_of = NVBI_NEW(&work, size_t, room + 1);
    l->offset_of = NVBI_NEW(&l->d->arena, size_t, room + 1);
    if (l->lines && l->line_of && l->offset_of) {
        structure_fault(l, nvbi_csv_rows(bytes, l->survey->separator, see, l));
        if (l->n)
            check_doubles(l, &work);
        if (l->survey->rows == 0 && nvb_diag_count(l->diag, NVB_ERROR) == l->errors)
            nvbi_list_fault(l, NVB_E130, l->survey->first, NONE, NONE, NONE);
    }
    l->d->arena.failed |= work.failed;
    nvbi_arena_release(&work);
}

/* --- the whole --- */

/* Without an answer to these the rest would be guessed at. */
static bool is_settled(nvbi_price_list *l, nvbi_csv_choice choice)
{
    const nvbi_csv_survey *s = l->survey;
    if (choice == NVBI_CSV_BOTH) {
        nvbi_list_fault(l, NVB_E140, s->first, NONE, NONE, NONE);
        return false;
    }
    if (s->beyond) {
        nvbi_list_fault(l, NVB_E137, s->beyond, nvbi_list_count(l, NVBI_CSV_MAX_ROWS), NONE, NONE);
        return false;
    }
    l->decimal = nvbi_csv_decimal(s, l->notation);
    return true;
}

/* Says so when the cells of a list that makes no sense are set apart by tabs. */
static bool is_tabbed(nvbi_price_list *l, nvb_text bytes)
{
    nvbi_csv_survey tab = nvbi_csv_look(bytes, '\t');
    l->d->arena.failed |= tab.memory_out;
    if (tab.memory_out || !nvbi_csv_is_tabbed(&tab, l->survey))
        return tab.memory_out;
    nvbi_list_fault(l, NVB_E151, tab.first, NONE, NONE, NONE);
    return true;
}

/* What the file says of its own separator stands. */
static bool is_told(nvbi_price_list *l, nvb_text bytes, char told)
{
    if (told == ';' || told == ',')
        return true;
    nvb_text name = nvbi_arena_text(&l->d->arena, &told, 1);
    nvbi_list_fault(l, NVB_E151, nvbi_bom_length(bytes), told == '\t' ? NONE : name, NONE, NONE);
    return false;
}

static void read_list(nvbi_price_list *l, nvb_text bytes)
{
    char told = nvbi_csv_told_separator(bytes);
    if (told && !is_told(l, bytes, told))
        return;
    nvbi_csv_survey semicolon = nvbi_csv_look(bytes, ';'), comma = nvbi_csv_look(bytes, ',');
    if (semicolon.memory_out || comma.memory_out) {
        l->d->arena.failed = true;
        return;
    }
    nvbi_csv_choice choice = nvbi_csv_choose(&semicolon, &comma, l->notation, &l->survey);
    if (told) {
        l->survey = told == ';' ? &semicolon : &comma;
        choice = NVBI_CSV_CHOSEN;
    }
    bool tabbed = choice == NVBI_CSV_NEITHER && is_tabbed(l, bytes);
    if (!tabbed && is_settled(l, choice))
        read_rows(l, bytes);
    l->survey = NULL; /* it lived here */
}

/* A list is known by the name of its file, without the folders it lies in. */
static nvb_text last_part(nvb_text name)
{
    size_t at = name.n;
    while (at > 0 && name.s[at - 1] != '/')
        at--;
    return (nvb_text){name.s + at, name.n - at};
}

static void make_proposal(nvbi_price_list *l, const nvb_source_file *file)
{
    nvb_proposal *p = NVBI_NEW(&l->d->arena, nvb_proposal, 1);
    if (!p)
        return;
    p->kind = NVB_CONTRACT;
    p->process = NVB_PROCESS_COUNT;
    p->round = 1;
    p->reference = last_part(nvbi_arena_text(&l->d->arena, file->name.s, file->name.n));
    p->lines = l->lines;
    p->n_lines = l->n;
    l->d->proposal = p;
    l->d->list_offsets = l->offset_of;
    l->d->locate = nvbi_list_locate;
    l->d->list = *file;
}

static nvb_document *new_document(void)
{
    nvb_document *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    nvbi_arena_init(&d->arena);
    d->is_list = true;
    d->calc = nvb_calc_new(0);
    if (d->calc)
        return d;
    nvb_document_free(d);
    return NULL;
}

nvb_document *nvb_price_list_read(const nvb_source_file *file, nvb_csv notation, nvb_diag *diag)
{
    if (!nvbi_file_fits(file, diag))
        return NULL;
    nvbi_price_list *l = calloc(1, sizeof *l);
    nvb_document *d = l ? new_document() : NULL;
    bool good = d != NULL;
    if (good) {
        l->d = d;
        l->diag = diag;
        l->notation = notation;
        l->errors = nvb_diag_count(diag, NVB_ERROR);
        good = is_text(l, file->bytes);
        if (good && !is_json(l, file->bytes))
            read_list(l, file->bytes);
        if (good && nvb_diag_count(diag, NVB_ERROR) == l->errors)
            make_proposal(l, file);
        nvbi_list_place(diag, file, l->marks, l->n_marks);
    }
    bool memory_out = !d || d->arena.failed || nvb_calc_take_error(d->calc) == NVB_NUM_MEMORY;
    if (memory_out)
        nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
    free(l);
    if (good && !memory_out)
        return d;
    nvb_document_free(d);
    return NULL;
}

bool nvb_document_is_list(const nvb_document *d)
{
    return d->is_list;
}
