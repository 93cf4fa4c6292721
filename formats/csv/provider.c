/*
 * provider.c: a provider with its lines as a document. Every value of it is written on a line of
 * its own, so that a problem found in the document is a cell of the files (provider_place.c).
 *
 * A row that makes no sense is said to make none, and the others are read on.
 */
#include "provider_own.h"

#include "formats/read/document_own.h"

#include <stdlib.h>

#define NONE ((nvb_text){0})

/* --- rows --- */

static nvb_text count(nvbi_provider *p, size_t n)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_uint(&out, n);
    return nvbi_take_buffer(&p->arena, &out);
}

/* What makes a row unreadable as a whole; false when something does. */
static bool check_row(nvbi_provider *p, nvbi_csv_result fault)
{
    nvbi_byte_name name;
    nvb_text text = {p->in->raw.s + p->span->offset, p->span->length};
    size_t odd = 0;
    nvb_code code = nvbi_sheet_text(text, &odd, &name);
    if (code != NVB_OK) {
        nvbi_provider_fault(p, code, p->span->offset + odd, (nvb_text){name.s, strlen(name.s)},
                            NONE, NONE);
        return false;
    }
    if (p->row)
        return true;
    size_t n = fault.end == NVBI_CSV_WIDE_ROW ? NVBI_CSV_MAX_CELLS : NVBI_CSV_MAX_CELL;
    nvbi_provider_fault(p, nvbi_csv_end_code(fault.end), p->base + fault.offset, count(p, n), NONE,
                        NONE);
    return false;
}

/* The right number of cells. Between commas an empty cell too many counts as well: a decimal comma
 * moves all that follows it, and what is last may be empty. */
static bool check_width(nvbi_provider *p)
{
    const nvb_sheet *s = p->sheet;
    nvb_text separator = s->separator == ';' ? NVB_TEXT(";") : NVB_TEXT(",");
    if (p->row->n < s->needed) {
        nvbi_provider_fault(p, NVB_E141, p->span->offset, count(p, p->row->n), count(p, s->needed),
                            separator);
        return false;
    }
    bool apart = s->separator == ',' && p->row->n > s->cells;
    if (p->row->used <= s->width && !apart)
        return true;
    size_t width = apart ? s->cells : s->width;
    nvbi_provider_fault(p, NVB_E142, nvbi_provider_offset(p, &p->row->cells[width]),
                        count(p, width), separator, NONE);
    return false;
}

static void write_head(nvbi_provider *p)
{
    nvbi_json *j = &p->json;
    nvb_text policy = p->in->policy;
    const nvbi_csv_cell *agb = nvbi_provider_cell(p, p->sheet->at[NVBI_AGB]);
    nvb_text code = agb ? agb->text : NVB_TEXT("");
    nvbi_json_key(j, "formaat");
    nvbi_json_str(j, NVBI_PROPOSAL_FORMAT);
    if (nvbi_provider_cell(p, p->sheet->at[NVBI_POLICY])) {
        nvbi_provider_text(p, "beleid", NVBI_POLICY);
    } else if (nvb_text_given(policy)) {
        nvbi_json_key(j, "beleid");
        nvbi_json_text(j, policy);
    }
    nvbi_provider_mark(p, p->span->offset);
    if (nvbi_provider_cell(p, p->sheet->at[NVBI_REFERENCE])) {
        nvbi_provider_text(p, "kenmerk", NVBI_REFERENCE);
    } else {
        nvbi_json_key(j, "kenmerk");
        nvbi_json_open_string(j);
        nvbi_json_append(j, policy.s ? policy.s : "", policy.n);
        nvbi_json_append(j, "-", policy.n > 0);
        nvbi_json_append(j, code.s, code.n);
        nvbi_json_close_string(j);
    }
    nvbi_provider_mark(p, p->span->offset);
    nvbi_json_key(j, "zorgaanbieder");
    nvbi_json_object(j);
    nvbi_provider_text(p, "naam", NVBI_NAME);
    nvbi_provider_text(p, "agb", NVBI_AGB);
    nvbi_json_end_object(j);
}

static void write_facts(nvbi_provider *p)
{
    bool any = false;
    for (size_t i = 0; i < p->sheet->n_facts; i++) {
        const nvbi_sheet_fact *f = &p->sheet->facts[i];
        if (!any && nvbi_provider_cell(p, f->value)) {
            nvbi_provider_mark(p, p->span->offset);
            nvbi_json_key(&p->json, "kenmerken");
            nvbi_json_object(&p->json);
            any = true;
        }
        nvbi_provider_fact(p, f);
    }
    if (any)
        nvbi_json_end_object(&p->json);
}

/* The group that its lines are in, unless they say another. */
static void keep_group(nvbi_provider *p)
{
    const nvbi_csv_cell *cell = nvbi_provider_cell(p, p->sheet->at[NVBI_GROUP]);
    if (!cell)
        return;
    nvb_buffer_text(&p->group, cell->text);
    p->group_place = nvbi_provider_here(p, nvbi_provider_offset(p, cell));
}

static bool see_provider(void *of,
                         const nvbi_sheet_span *span,
                         const nvbi_csv_row *row,
                         size_t base,
                         nvbi_csv_result fault)
{
    nvbi_provider *p = of;
    p->span = span;
    p->row = row;
    p->base = base;
    if (!check_row(p, fault) || !check_width(p))
        return true;
    nvbi_provider_check_agb(p);
    write_head(p);
    write_facts(p);
    keep_group(p);
    return true;
}

/* --- lines --- */

/* An object with one key, of a column; nothing when its cell is empty. */
static void write_volume(nvbi_provider *p)
{
    const nvbi_csv_cell *cell = nvbi_provider_cell(p, p->sheet->at[NVBI_VOLUME]);
    if (!cell)
        return;
    nvbi_provider_mark(p, nvbi_provider_offset(p, cell));
    nvbi_json_key(&p->json, "volume");
    nvbi_json_object(&p->json);
    nvbi_provider_number(p, "aantal", NVBI_VOLUME);
    nvbi_json_end_object(&p->json);
}

static void write_base(nvbi_provider *p)
{
    const nvbi_csv_cell *base = nvbi_provider_cell(p, p->sheet->at[NVBI_BASE]),
                        *year = nvbi_provider_cell(p, p->sheet->at[NVBI_BASE_YEAR]);
    if (!base && !year)
        return;
    nvbi_provider_mark(p, nvbi_provider_offset(p, base ? base : year));
    nvbi_json_key(&p->json, "basis");
    nvbi_json_object(&p->json);
    nvbi_provider_number(p, "bedrag", NVBI_BASE);
    nvbi_provider_year(p, "jaar", NVBI_BASE_YEAR);
    nvbi_json_end_object(&p->json);
}

static void write_group(nvbi_provider *p)
{
    if (nvbi_provider_cell(p, p->sheet->at[NVBI_GROUP]) || p->group.n == 0) {
        nvbi_provider_text(p, "groep", NVBI_GROUP);
        return;
    }
    nvbi_provider_mark_at(p, p->group_place);
    nvbi_json_key(&p->json, "groep");
    nvbi_json_text(&p->json, (nvb_text){p->group.s, p->group.n});
}

static void write_line(nvbi_provider *p)
{
    nvbi_provider_check_agb(p);
    if (!nvbi_provider_cell(p, p->sheet->at[NVBI_CODE])) {
        size_t at = p->sheet->at[NVBI_CODE];
        nvbi_provider_fault(p, NVB_E143, nvbi_provider_offset(p, &p->row->cells[at]),
                            nvbi_sheet_column_name(NVBI_CODE), NONE, NONE);
    }
    nvbi_provider_mark(p, p->span->offset);
    if (p->lines++ == 0) {
        nvbi_json_key(&p->json, "prestaties");
        nvbi_json_array(&p->json);
        nvbi_provider_mark(p, p->span->offset);
    }
    nvbi_json_object(&p->json);
    nvbi_provider_text(p, "code", NVBI_CODE);
    nvbi_provider_text(p, "omschrijving", NVBI_DESCRIPTION);
    nvbi_provider_text(p, "eenheid", NVBI_UNIT);
    write_group(p);
    write_base(p);
    nvbi_provider_number(p, "tarief", NVBI_TARIFF);
    write_volume(p);
    nvbi_json_end_object(&p->json);
}

static bool see_line(void *of,
                     const nvbi_sheet_span *span,
                     const nvbi_csv_row *row,
                     size_t base,
                     nvbi_csv_result fault)
{
    nvbi_provider *p = of;
    p->span = span;
    p->row = row;
    p->base = base;
    if (check_row(p, fault) && check_width(p))
        write_line(p);
    nvbi_arena_clear(&p->arena);
    return true;
}

/* --- the whole --- */

/* The rows of all pieces of a sheet, in order. NULL when memory is out. */
static nvbi_sheet_span *split(const nvb_provider *in, nvb_sheet_kind kind, size_t *n)
{
    nvbi_sheet_span *spans = NULL;
    size_t room = 0;
    *n = 0;
    for (size_t i = 0; i < in->n_pieces; i++) {
        const nvb_sheet_piece *piece = &in->pieces[i];
        size_t end = piece->offset + piece->length;
        uint64_t line = piece->line;
        for (size_t at = piece->offset; piece->sheet == kind && at < end;) {
            if (*n == room) {
                room = room ? 2 * room : 64;
                nvbi_sheet_span *more = realloc(spans, room * sizeof *more);
                if (!more) {
                    free(spans);
                    return NULL;
                }
                spans = more;
            }
            nvbi_csv_span one = nvbi_csv_split((nvb_text){in->raw.s + at, end - at},
                                               in->sheet[kind]->separator, true);
            spans[(*n)++] = (nvbi_sheet_span){at, one.length, line, one.alone};
            at += one.length;
            line += one.lines;
        }
    }
    return spans ? spans : calloc(1, sizeof *spans);
}

static bool read_rows(nvbi_provider *p, nvb_sheet_kind kind, nvbi_sheet_each each)
{
    size_t n;
    nvbi_sheet_span *spans = split(p->in, kind, &n);
    p->sheet = p->in->sheet[kind];
    p->decimal = nvbi_sheet_decimal(p->sheet);
    bool well = spans && nvbi_sheet_rows(p->sheet, p->in->raw, spans, n, each, p);
    free(spans);
    return well;
}

/* The names of the files outlive the sheets. */
static nvb_provider_places *new_places(const nvb_provider *in)
{
    nvb_provider_places *l = calloc(1, sizeof *l);
    nvb_text a = in->sheet[0]->name, b = in->sheet[1]->name;
    char *text = l ? malloc(a.n + b.n + 2) : NULL;
    if (!text) {
        free(l);
        return NULL;
    }
    memcpy(text, a.s, a.n + 1);
    memcpy(text + a.n + 1, b.s, b.n + 1);
    l->text = text;
    l->names[0] = (nvb_text){text, a.n};
    l->names[1] = (nvb_text){text + a.n + 1, b.n};
    return l;
}

nvb_provider_places *nvb_provider_write(nvb_buffer *out, const nvb_provider *in, nvb_diag *diag)
{
    nvbi_provider p = {.in = in, .diag = diag, .places = new_places(in)};
    if (!p.places)
        return NULL;
    nvbi_arena_init(&p.arena);
    nvbi_json_begin(&p.json, out, false);
    nvbi_json_object(&p.json);
    bool well = read_rows(&p, NVB_SHEET_PROVIDERS, see_provider) &&
                read_rows(&p, NVB_SHEET_LINES, see_line);
    if (p.lines > 0)
        nvbi_json_end_array(&p.json);
    nvbi_json_end_object(&p.json);
    well = well && !p.places->failed && !p.arena.failed && !out->failed && !p.group.failed;
    nvbi_arena_release(&p.arena);
    nvb_buffer_release(&p.group);
    if (well)
        return p.places;
    nvb_provider_places_free(p.places);
    return NULL;
}
