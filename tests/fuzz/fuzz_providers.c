/*
 * fuzz_providers.c: any bytes as the two tables of providers and their lines. A byte 0x1C sets them
 * apart; without one they are the lines, with providers that are in order.
 *
 * Nothing may crash, leak or hang; every row is seen once, in order, and what is written of a
 * provider is JSON that the reader of documents takes, whatever it then thinks of it.
 */
#include "formats/json/json_scan.h"
#include "navolgbaar/providers.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct rows {
    nvb_sheet_piece pieces[64];
    size_t n;
    nvb_sheet_kind kind;
    uint64_t end;
} rows;

static bool see(void *of, const nvb_sheet_row *row)
{
    rows *r = of;
    if (row->offset < r->end || row->length == 0)
        abort();
    r->end = row->offset + row->length;
    if (r->n < sizeof r->pieces / sizeof *r->pieces)
        r->pieces[r->n++] = (nvb_sheet_piece){r->kind, row->offset, row->length, row->line};
    return true;
}

/* All rows, as if the file came in two halves. */
static void look(nvb_sheet *s, nvb_text bytes, rows *r)
{
    size_t at = nvb_sheet_begin(s), half = at + (bytes.n - at) / 2;
    for (;;) {
        bool ended = half == bytes.n;
        size_t n = nvb_sheet_look(s, (nvb_text){bytes.s + at, half - at}, ended, 3, see, r);
        if (n == SIZE_MAX || (n == 0 && ended))
            break;
        at += n;
        if (n == 0)
            half = bytes.n;
    }
    if (at != bytes.n)
        abort();
    nvb_sheet_again(s);
}

static void write(const nvb_provider *p, nvb_diag *diag)
{
    nvb_buffer text = NVB_BUFFER_INIT, scanned = NVB_BUFFER_INIT, problems = NVB_BUFFER_INIT;
    nvb_provider_places *places = nvb_provider_write(&text, p, diag);
    if (places && nvb_diag_count(diag, NVB_ERROR) == 0) {
        size_t values;
        nvb_source_file file = {
            NVB_TEXT("record"), {text.s, text.n}
        };
        (void)nvbi_json_scan(&scanned, &values, &file, diag);
        nvb_provider_places_apply(places, p->raw, NVB_TEXT("record"), diag);
    }
    nvb_emit_problems(&problems, diag, NVB_NL);
    nvb_provider_places_free(places);
    nvb_buffer_release(&text);
    nvb_buffer_release(&scanned);
    nvb_buffer_release(&problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char own[] = "agb;naam;kenmerk.a\n01234567;N;8,4\n";
    static const nvb_csv notations[] = {NVB_CSV_AUTO, NVB_CSV_NL, NVB_CSV_INTL};
    nvb_buffer raw = NVB_BUFFER_INIT;
    const uint8_t *apart = size ? memchr(data, 0x1C, size) : NULL;
    if (apart)
        nvb_buffer_bytes(&raw, (const char *)data, (size_t)(apart - data));
    else
        nvb_buffer_str(&raw, own);
    size_t first = raw.n, from = apart ? (size_t)(apart - data) + 1 : 0;
    nvb_buffer_bytes(&raw, (const char *)data + from, size - from);
    nvb_diag *diag = nvb_diag_new();
    nvb_sheet *sheets[NVB_SHEET_KINDS] = {NULL, NULL};
    if (!raw.failed && raw.s && diag) {
        nvb_source_file files[] = {
            {NVB_TEXT("p.csv"), {raw.s, first}                },
            {NVB_TEXT("l.csv"), {raw.s + first, raw.n - first}}
        };
        rows r = {.n = 0};
        for (unsigned k = 0; k < NVB_SHEET_KINDS; k++) {
            sheets[k] = nvb_sheet_open((nvb_sheet_kind)k, &files[k], notations[size % 3], diag);
            r.kind = (nvb_sheet_kind)k;
            r.end = 0;
            size_t before = r.n;
            if (sheets[k])
                look(sheets[k], files[k].bytes, &r);
            for (size_t i = before; i < r.n; i++)
                r.pieces[i].offset += k ? first : 0;
        }
        nvb_provider p = {
            {sheets[0], sheets[1]},
            {raw.s,     raw.n    },
            r.pieces, r.n, NVB_TEXT("B")
        };
        if (sheets[0] && sheets[1])
            write(&p, diag);
    }
    nvb_sheet_free(sheets[0]);
    nvb_sheet_free(sheets[1]);
    nvb_diag_free(diag);
    nvb_buffer_release(&raw);
    return 0;
}
