/*
 * emit_json_section.c: `secties`: the six items the inhoudelijke toelichting must cover
 * (Handvatten 4.7.1), with the figures and the texts that fill each. An item is there when anything
 * fills it.
 */
#include "emit_json.h"

#include "formats/word/words.h"
#include "formats/word/wording.h"

static bool has_volume(const nvb_proposal *p)
{
    for (size_t i = 0; i < p->n_lines; i++)
        if (p->lines[i].volume.given)
            return true;
    return false;
}

/* What is asked of the figures for every item. */
typedef struct filling {
    const nvb_breakdown *breakdown;
    bool volume;    /* some line has one */
    unsigned items; /* bit per item: some figure fills it */
} filling;

/* Totals are always there; without a single volume they are zero and say nothing about one. */
static unsigned filled_by(const filling *b, const nvb_figure *f)
{
    bool total = f->kind == NVB_FIG_GROUP_TURNOVER || f->kind == NVB_FIG_TOTAL_BEFORE ||
                 f->kind == NVB_FIG_TOTAL;
    return b->volume || !total ? f->items : 0;
}

static filling look_at(const nvb_breakdown *b)
{
    filling found = {b, has_volume(nvb_breakdown_proposal(b)), 0};
    for (size_t i = 0, n = nvb_breakdown_count(b); i < n; i++)
        found.items |= filled_by(&found, nvb_breakdown_at(b, i));
    return found;
}

/* The paths of all figures of the item. */
static void figure_paths(nvbi_json *j, const filling *b, nvb_item item)
{
    size_t n = b->items & 1U << item ? nvb_breakdown_count(b->breakdown) : 0;
    for (size_t i = 0; i < n; i++) {
        const nvb_figure *f = nvb_breakdown_at(b->breakdown, i);
        if (filled_by(b, f) & 1U << item)
            nvbi_json_text(j, f->path);
    }
}

static bool is_stated(const nvb_proposal *p, nvb_item item)
{
    return nvb_text_given(p->statement[item]) && p->statement[item].n;
}

/* The places in the proposal that fill the item in words. */
static void word_paths(nvbi_json *j, const nvb_proposal *p, nvb_item item)
{
    if (item == NVB_ITEM_BENCHMARK)
        for (size_t i = 0; i < p->n_benchmarks; i++)
            nvbi_json_text(j, p->benchmarks[i].path);
    if (item == NVB_ITEM_AGREEMENTS)
        for (size_t i = 0; i < p->n_agreements; i++)
            nvbi_json_text(j, p->agreements[i].path);
    if (is_stated(p, item)) {
        const char *key = nvbi_word_item_key(item);
        nvbi_json_open_string(j);
        nvbi_json_append(j, "/toelichting/", strlen("/toelichting/"));
        nvbi_json_append(j, key, strlen(key));
        nvbi_json_close_string(j);
    }
}

/* A paragraph put together from named fields: "b1: omschrijving; populatie: …". */
static void add_field(nvb_buffer *text, const char *name, nvb_text value)
{
    if (!nvb_text_given(value) || value.n == 0)
        return;
    if (text->n)
        nvb_buffer_str(text, "; ");
    if (name) {
        nvb_buffer_str(text, name);
        nvb_buffer_str(text, ": ");
    }
    /* Fields end in a semicolon here, whatever they ended in there. */
    nvb_buffer_bytes(text, value.s, value.s[value.n - 1] == '.' ? value.n - 1 : value.n);
}

static void add_list(nvb_buffer *text, const char *name, const nvb_texts *list)
{
    for (size_t i = 0; i < list->n; i++)
        add_field(text, i ? NULL : name, list->items[i]);
}

static void end_paragraph(nvbi_json *j, nvb_buffer *text)
{
    nvb_buffer_byte(text, '.');
    nvbi_json_text(j, (nvb_text){text->s ? text->s : "", text->n});
    nvb_buffer_cut(text, 0);
}

static void benchmarks(nvbi_json *j, nvb_buffer *text, const nvb_proposal *p, nvb_lang lang)
{
    for (size_t i = 0; i < p->n_benchmarks; i++) {
        const nvb_benchmark *b = &p->benchmarks[i];
        add_field(text, NULL, b->description);
        add_field(text, nvbi_emit_word(NVBI_EMIT_POPULATION, lang), b->population);
        add_field(text, nvbi_emit_word(NVBI_EMIT_REFERENCE_YEAR, lang), b->reference_year);
        add_field(text, nvbi_emit_word(NVBI_EMIT_MEASURE, lang), b->measure);
        add_list(text, nvbi_emit_word(NVBI_EMIT_ASSUMPTIONS, lang), &b->assumptions);
        add_list(text, nvbi_emit_word(NVBI_EMIT_CORRECTIONS, lang), &b->corrections);
        add_field(text, nvbi_emit_word(NVBI_EMIT_OUTCOME, lang), b->outcome);
        add_field(text, nvbi_emit_word(NVBI_EMIT_ELABORATION, lang), b->elaboration);
        end_paragraph(j, text);
    }
}

static void agreements(nvbi_json *j, nvb_buffer *text, const nvb_proposal *p, nvb_lang lang)
{
    for (size_t i = 0; i < p->n_agreements; i++) {
        const nvb_agreement *a = &p->agreements[i];
        add_field(text, NULL, a->agreement);
        add_field(text, nvbi_emit_word(NVBI_EMIT_GOAL, lang), a->goal);
        add_field(text, nvbi_emit_word(NVBI_EMIT_CONTRIBUTION, lang), a->contribution);
        add_field(text, nvbi_emit_word(NVBI_EMIT_REFERENCE, lang), a->reference);
        end_paragraph(j, text);
    }
}

static void texts(nvbi_json *j, const nvb_proposal *p, nvb_item item, nvb_lang lang)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    if (is_stated(p, item))
        nvbi_json_text(j, p->statement[item]);
    if (item == NVB_ITEM_BENCHMARK)
        benchmarks(j, &text, p, lang);
    if (item == NVB_ITEM_AGREEMENTS)
        agreements(j, &text, p, lang);
    j->out->failed |= text.failed;
    nvb_buffer_release(&text);
}

/* True when a figure or a text fills the item. */
static bool is_filled(const filling *b, nvb_item item)
{
    const nvb_proposal *p = nvb_breakdown_proposal(b->breakdown);
    return is_stated(p, item) || (item == NVB_ITEM_BENCHMARK && p->n_benchmarks) ||
           (item == NVB_ITEM_AGREEMENTS && p->n_agreements) || b->items & 1U << item;
}

static void section(nvbi_json *j, const filling *b, nvb_item item, nvb_lang lang)
{
    const nvb_proposal *p = nvb_breakdown_proposal(b->breakdown);
    nvbi_json_object(j);
    nvbi_json_key(j, "onderdeel");
    nvbi_json_int(j, (int)item + 1);
    nvbi_json_key(j, "id");
    nvbi_json_str(j, nvbi_word_item_key(item));
    nvbi_json_key(j, "titel");
    nvbi_json_str(j, nvbi_word_item(item, lang));
    nvbi_json_key(j, "aanwezig");
    nvbi_json_bool(j, is_filled(b, item));
    nvbi_json_key(j, "paden");
    nvbi_json_array(j);
    figure_paths(j, b, item);
    word_paths(j, p, item);
    nvbi_json_end_array(j);
    nvbi_json_key(j, "tekst");
    nvbi_json_array(j);
    texts(j, p, item, lang);
    nvbi_json_end_array(j);
    nvbi_json_end_object(j);
}

void nvbi_json_sections(nvbi_json *j, const nvb_breakdown *b, nvb_lang lang)
{
    filling found = look_at(b);
    nvbi_json_array(j);
    for (unsigned i = 0; i < NVB_ITEM_COUNT; i++)
        section(j, &found, (nvb_item)i, lang);
    nvbi_json_end_array(j);
}
