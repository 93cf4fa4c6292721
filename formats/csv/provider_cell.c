/* provider_cell.c: one cell as a value of the document. See provider_own.h. */
#include "provider_own.h"

#include "csv_number.h"

#define NONE ((nvb_text){0})

enum { SHOWN = 40 };

const nvbi_csv_cell *nvbi_provider_cell(const nvbi_provider *p, size_t column)
{
    if (column >= p->row->n || p->row->cells[column].text.n == 0)
        return NULL;
    return &p->row->cells[column];
}

/* A cell as a message shows it, cut short. */
static nvb_text shown(nvbi_provider *p, nvb_text t)
{
    size_t n = t.n;
    if (n > SHOWN)
        for (n = SHOWN; n > 0 && ((unsigned char)t.s[n] & 0xC0U) == 0x80; n--)
            ;
    nvb_text kept = nvbi_arena_text(&p->arena, t.s, n);
    return n < t.n && kept.s ? nvbi_arena_join(&p->arena, kept, "\u2026") : kept;
}

/* Text on one line, with single blanks, between quotes. */
static void write_text(nvbi_provider *p, nvb_text t)
{
    size_t from = 0;
    nvbi_json_open_string(&p->json);
    for (size_t i = 0; i < t.n; i++) {
        bool blank = t.s[i] == ' ' || t.s[i] == '\n' || t.s[i] == '\r' || t.s[i] == '\t';
        if (!blank)
            continue;
        if (i > from || i == 0)
            nvbi_json_append(&p->json, t.s + from, i - from);
        if (i > from)
            nvbi_json_append(&p->json, " ", 1);
        from = i + 1;
    }
    nvbi_json_append(&p->json, t.s + from, t.n - from);
    nvbi_json_close_string(&p->json);
}

void nvbi_provider_text(nvbi_provider *p, const char *key, nvbi_sheet_column c)
{
    const nvbi_csv_cell *cell = nvbi_provider_cell(p, p->sheet->at[c]);
    if (!cell)
        return;
    nvbi_provider_mark(p, nvbi_provider_offset(p, cell));
    nvbi_json_key(&p->json, key);
    write_text(p, cell->text);
}

/* --- numbers --- */

static void bad_number(nvbi_provider *p, nvb_code code, const nvbi_csv_cell *cell, nvb_text column)
{
    nvb_text text = shown(p, cell->text), mark = p->decimal == ',' ? NVB_TEXT(",") : NVB_TEXT(".");
    char other = memchr(cell->text.s, ',', cell->text.n) ? '.' : ',';
    nvb_text better = nvbi_csv_mended(&p->arena, cell->text, code == NVB_E146 ? other : p->decimal);
    size_t at = nvbi_provider_offset(p, cell);
    if (code == NVB_E145)
        nvbi_provider_fault(p, code, at, column, text, better);
    else if (code == NVB_E147)
        nvbi_provider_fault(p, code, at, text, mark, better);
    else
        nvbi_provider_fault(p, code, at, text, better, NONE);
}

/* The digits with a point for a mark. */
static void write_number(nvbi_provider *p, nvb_text t)
{
    nvbi_json_open_string(&p->json);
    for (size_t i = 0; i < t.n; i++)
        nvbi_json_append(&p->json, t.s[i] == ',' ? "." : t.s + i, 1);
    nvbi_json_close_string(&p->json);
}

void nvbi_provider_number(nvbi_provider *p, const char *key, nvbi_sheet_column c)
{
    const nvbi_csv_cell *cell = nvbi_provider_cell(p, p->sheet->at[c]);
    if (!cell)
        return;
    nvb_code code = nvbi_csv_fault(nvbi_csv_figure_of(cell->text), p->decimal);
    if (code != NVB_OK) {
        bad_number(p, code, cell, nvbi_sheet_column_name(c));
        return;
    }
    nvbi_provider_mark(p, nvbi_provider_offset(p, cell));
    nvbi_json_key(&p->json, key);
    write_number(p, cell->text);
}

void nvbi_provider_year(nvbi_provider *p, const char *key, nvbi_sheet_column c)
{
    const nvbi_csv_cell *cell = nvbi_provider_cell(p, p->sheet->at[c]);
    if (!cell)
        return;
    nvb_text t = cell->text;
    if (nvbi_csv_figure_of(t).shape != NVBI_CSV_WHOLE || t.n > 9 || t.s[0] == '0' ||
        t.s[0] == '-') {
        nvbi_provider_fault(p, NVB_E145, nvbi_provider_offset(p, cell), nvbi_sheet_column_name(c),
                            shown(p, t), NONE);
        return;
    }
    nvbi_provider_mark(p, nvbi_provider_offset(p, cell));
    nvbi_json_key(&p->json, key);
    nvbi_json_raw(&p->json, t.s, t.n);
}

/* --- facts --- */

void nvbi_provider_fact(nvbi_provider *p, const nvbi_sheet_fact *f)
{
    const nvbi_csv_cell *cell = nvbi_provider_cell(p, f->value);
    if (!cell)
        return;
    nvb_code code = nvbi_csv_fault(nvbi_csv_figure_of(cell->text), p->decimal);
    if (code != NVB_OK && code != NVB_E145) { /* what is no number is a word */
        bad_number(p, code, cell, f->name);
        return;
    }
    nvbi_provider_mark(p, nvbi_provider_offset(p, cell));
    nvbi_json_key_text(&p->json, f->name);
    nvbi_json_object(&p->json);
    nvbi_json_key(&p->json, "waarde");
    if (code == NVB_OK)
        write_number(p, cell->text);
    else
        write_text(p, cell->text);
    const nvbi_csv_cell *source = nvbi_provider_cell(p, f->source);
    if (source) {
        nvbi_provider_mark(p, nvbi_provider_offset(p, source));
        nvbi_json_key(&p->json, "bron");
        write_text(p, source->text);
    }
    nvbi_json_end_object(&p->json);
}

/* --- AGB codes --- */

void nvbi_provider_check_agb(nvbi_provider *p)
{
    static const char zeros[] = "00000000";
    const nvbi_csv_cell *cell = nvbi_provider_cell(p, p->sheet->at[NVBI_AGB]);
    if (!cell) {
        nvbi_provider_fault(p, NVB_E143, p->span->offset, nvbi_sheet_column_name(NVBI_AGB), NONE,
                            NONE);
        return;
    }
    nvb_text t = cell->text;
    size_t digits = 0, at = nvbi_provider_offset(p, cell);
    while (digits < t.n && t.s[digits] >= '0' && t.s[digits] <= '9')
        digits++;
    if (digits == t.n && t.n == NVBI_AGB_DIGITS)
        return;
    if (digits < t.n || t.n > NVBI_AGB_DIGITS) {
        nvbi_provider_fault(p, NVB_E223, at, nvbi_sheet_column_name(NVBI_AGB), shown(p, t), NONE);
        return;
    }
    char count[] = {(char)('0' + t.n), '\0'};
    nvb_text mended = nvbi_arena_join(
        &p->arena, nvbi_arena_text(&p->arena, zeros, NVBI_AGB_DIGITS - t.n), shown(p, t).s);
    nvbi_provider_fault(p, NVB_E163, at, shown(p, t), (nvb_text){count, 1}, mended);
}
