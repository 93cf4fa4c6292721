/*
 * price_list_offer.c: a price list as an offer to be audited.
 *
 * The list is read as a list first, so that what is wrong in it is said as ever. Its rows are then
 * a proposal like any other, with expectations worked in beneath and last year's contract to start
 * from. What later turns out to be wrong with a row is found by the ordinals of its values.
 */
#include "price_list_own.h"

#include "core/numtext.h"
#include "formats/json/json_write.h"

#include <stdlib.h>

#define NONE ((nvb_text){0})

static void text(nvbi_json *j, const char *key, nvb_text t)
{
    if (!nvb_text_given(t) || t.n == 0)
        return;
    nvbi_json_key(j, key);
    nvbi_json_text(j, t);
}

static void number(nvbi_json *j, nvb_calc *calc, const char *key, const nvb_input *in)
{
    if (!nvb_input_given(in))
        return;
    nvbi_json_key(j, key);
    nvbi_json_open_string(j);
    nvbi_num_append(calc, j->out, in->value);
    nvbi_json_close_string(j);
}

static void write_line(nvbi_json *j, nvb_calc *calc, const nvb_line *l)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "code");
    nvbi_json_text(j, l->code);
    text(j, "omschrijving", l->description);
    text(j, "eenheid", l->unit);
    number(j, calc, "tarief", &l->tariff);
    if (l->volume.given) {
        nvbi_json_key(j, "volume");
        nvbi_json_object(j);
        number(j, calc, "aantal", &l->volume.count);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_object(j);
}

static void write_proposal(nvb_buffer *out, nvb_calc *calc, const nvb_proposal *p)
{
    nvbi_json j;
    nvbi_json_begin(&j, out, false);
    nvbi_json_object(&j);
    nvbi_json_key(&j, "formaat");
    nvbi_json_str(&j, NVBI_PROPOSAL_FORMAT);
    text(&j, "kenmerk", p->reference);
    nvbi_json_key(&j, "prestaties");
    nvbi_json_array(&j);
    for (size_t i = 0; i < p->n_lines; i++)
        write_line(&j, calc, &p->lines[i]);
    nvbi_json_end_array(&j);
    nvbi_json_end_object(&j);
}

/* --- places --- */

/* The row whose values an ordinal is among; the top of the file when it is none's. */
static size_t offset_of(const nvb_document *d, int ordinal)
{
    const cJSON *lines = nvbi_member(d->origins[0].tree, "prestaties");
    size_t at = nvbi_bom_length(d->list.bytes), i = 0;
    for (const cJSON *line = lines ? lines->child : NULL; line; line = line->next, i++) {
        if (line->valueint > ordinal)
            break;
        at = d->list_offsets[i];
    }
    return at;
}

static void locate(const nvb_document *d, nvb_diag *diag)
{
    size_t kept = nvb_diag_kept(diag), n = 0;
    nvbi_mark *marks = kept ? malloc(kept * sizeof *marks) : NULL;
    for (size_t i = 0; marks && i < kept; i++) {
        int ordinal;
        if (nvbi_document_ordinal(d, nvb_diag_at(diag, i), &ordinal) && ordinal < d->origins[0].end)
            marks[n++] = (nvbi_mark){offset_of(d, ordinal), i};
    }
    if (marks)
        nvbi_list_place(diag, &d->list, marks, n);
    free(marks);
}

/* --- the whole --- */

/* What the document needs of the list lives on in it. */
static bool take_list(nvb_document *d, const nvb_document *list)
{
    size_t n = list->proposal->n_lines, *offsets = NVBI_NEW(&d->arena, size_t, n + 1);
    if (!offsets)
        return false;
    memcpy(offsets, list->list_offsets, n * sizeof *offsets);
    d->list_offsets = offsets;
    d->list = list->list;
    d->is_list = true;
    d->locate = locate;
    return true;
}

static nvb_document *
read_offer(const nvb_document *list, const nvb_read_options *options, nvb_diag *diag)
{
    static const nvb_read_options plain = {0};
    nvb_read_options own = options ? *options : plain;
    nvb_buffer bytes = NVB_BUFFER_INIT;
    own.audited = true;
    write_proposal(&bytes, list->calc, list->proposal);
    nvb_source_file file = {
        list->list.name, {bytes.s, bytes.n}
    };
    nvb_document *d = bytes.failed ? NULL : nvb_document_read(&file, &own, diag);
    if (d) /* the text is gone; places are found in the list */
        d->origins[0].bytes = list->list.bytes;
    if (bytes.failed || (d && !take_list(d, list))) {
        nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
        nvb_document_free(d);
        d = NULL;
    }
    nvb_buffer_release(&bytes);
    return d;
}

nvb_document *nvb_price_list_offer(const nvb_source_file *file,
                                   nvb_csv notation,
                                   const nvb_read_options *options,
                                   nvb_diag *diag)
{
    nvb_document *list = nvb_price_list_read(file, notation, diag);
    if (!list || !list->proposal) /* what was wrong has its place already */
        return list;
    nvb_document *d = read_offer(list, options, diag);
    nvb_document_free(list);
    return d;
}
