/*
 * read_figures.c: published index figures, "navolgbaar/cijfers/1". See formats.h and read.h.
 *
 * The same scan, the same tables and the same problems as a proposal; a file of figures has no
 * policy and no settings, so what is read is the tree as it was written. Of one year there may be
 * several provisional figures, as they came out one after the other; which of them counts is for
 * who uses them (nvb_series_of_year). Every figure says where it was published.
 */
#include "read.h"

#include <stdlib.h>

#define NONE           ((nvb_text){0})
#define FIGURES_FORMAT "navolgbaar/cijfers/1"

struct nvb_figures_file {
    nvb_document *doc; /* has no proposal */
    nvb_reference reference;
    const nvb_source *sources;
    size_t n_sources;
    nvbi_key_entry *source_ids; /* sorted, once the first figure asks */
};

NVBI_WORDS_OF(cost_kinds, NVB_COST_KINDS);
NVBI_WORDS_OF(stages, NVB_STAGES);

/* --- a figure --- */

static nvb_text nth_source(const void *of, size_t i)
{
    return ((const nvb_source *)of)[i].id;
}

static const nvbi_key_entry *find_source(nvbi_reader *r, nvb_text id)
{
    nvb_figures_file *f = r->figures;
    if (!f->source_ids) {
        f->source_ids = NVBI_NEW(r->arena, nvbi_key_entry, f->n_sources + 1);
        for (size_t i = 0; f->source_ids && i < f->n_sources; i++)
            f->source_ids[i] = (nvbi_key_entry){f->sources[i].id, i};
        if (f->source_ids)
            nvbi_keys_sort(f->source_ids, f->n_sources);
    }
    return f->source_ids ? nvbi_keys_find(f->source_ids, f->n_sources, id) : NULL;
}

static void read_source(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    const nvbi_row row = {.name = "bron", .value = NVBI_V_NAME};
    nvb_text id = NONE;
    nvbi_read_value(r, &row, of, value, &id);
    const nvbi_key_entry *found = nvb_text_given(id) ? find_source(r, id) : NULL;
    if (found)
        ((nvb_published *)target)->source = &r->figures->sources[found->number];
    else if (nvb_text_given(id))
        nvbi_fault_value(
            r, NVB_E301, of, value, NVB_TEXT("bron"), id,
            nvbi_list_names(r->arena, nth_source, r->figures->sources, r->figures->n_sources));
}

/* Prices that fall by all there is, or more, are a slip of the pen. */
static void finish_figure(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    const nvb_published *f = target;
    (void)seen;
    if (!nvb_input_given(&f->percentage) ||
        nvb_num_cmp(r->calc, f->percentage.value, nvb_num_int(-1)) > 0)
        return;
    const cJSON *value = nvbi_member(at->json, "percentage");
    nvbi_fault_value(r, NVB_E227, at, value, NVB_TEXT("percentage"), nvbi_shown(r->arena, value),
                     NVB_TEXT("> -100%"));
}

/* clang-format off */
static const nvbi_row figure_rows[] = {
    {"jaar", NVBI_V_WHOLE, NVBI_REQUIRED, offsetof(nvb_published, year), .example = "2024",
        .low = 1000, .high = 9999},
    {"stadium", NVBI_V_ENUM, NVBI_REQUIRED, offsetof(nvb_published, stage), .words = &stages,
        .example = "\"definitief\""},
    {"percentage", NVBI_V_PERCENT, NVBI_REQUIRED, offsetof(nvb_published, percentage),
        .example = "\"4.94%\""},
    {"bron", NVBI_V_CALL, NVBI_REQUIRED, .call = read_source, .example = "\"...\""},
    NVBI_PLAIN("datum", NVBI_V_DATE, 0, offsetof(nvb_published, date)),
};
/* clang-format on */

static const nvbi_shape figure_shape = {NVBI_ROWS(figure_rows), sizeof(nvb_published), NULL,
                                        NVBI_NO_OFFSET,         NVBI_NO_OFFSET,        NULL,
                                        finish_figure};

/* --- a series --- */

static bool is_definitive(const cJSON *figure)
{
    const cJSON *stage = nvbi_member(figure, "stadium"), *year = nvbi_member(figure, "jaar");
    return stage && year && nvbi_kind_of(stage) == NVBI_STRING &&
           nvbi_kind_of(year) == NVBI_NUMBER &&
           nvb_text_equal(nvbi_node_text(stage), nvbi_str(nvb_stage_key(NVB_STAGE_DEFINITIVE)));
}

/* Of a year there is one definitive figure. */
static void refuse_two_definitive(nvbi_reader *r, const nvbi_at *list)
{
    size_t most = nvbi_count(list->json), n = 0, position = 0;
    nvbi_key_entry *years = NVBI_NEW(r->arena, nvbi_key_entry, most + 1);
    const cJSON **items = NVBI_NEW(r->arena, const cJSON *, most + 1);
    if (!years || !items)
        return;
    for (const cJSON *item = list->json->child; item; item = item->next, position++) {
        items[position] = item;
        if (is_definitive(item))
            years[n++] = (nvbi_key_entry){nvbi_node_text(nvbi_member(item, "jaar")), position};
    }
    nvbi_keys_sort(years, n);
    for (size_t i = 1; i < n; i++) {
        if (!nvb_text_equal(years[i - 1].text, years[i].text))
            continue;
        const cJSON *item = items[years[i].number];
        nvb_text token = nvbi_item_token(r, item, NULL, years[i].number);
        nvbi_at at = nvbi_at_child(r, list, item, token);
        nvb_text what = nvbi_arena_join(r->arena, years[i].text, " definitief");
        nvbi_fault_value(r, NVB_E244, &at, nvbi_member(item, "jaar"), what, NVB_TEXT("cijfers"),
                         NONE);
    }
}

static void init_series(void *target)
{
    ((nvb_series *)target)->kind = NVB_COST_KIND_COUNT;
}

static void finish_series(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    const cJSON *figures = nvbi_member(at->json, "cijfers");
    (void)seen;
    (void)target;
    if (!figures || nvbi_kind_of(figures) != NVBI_LIST)
        return;
    nvbi_at list = nvbi_at_child(r, at, figures, NVB_TEXT("cijfers"));
    refuse_two_definitive(r, &list);
}

/* clang-format off */
static const nvbi_row series_rows[] = {
    {"id", NVBI_V_NAME, NVBI_REQUIRED, offsetof(nvb_series, id), .example = "\"ova\""},
    NVBI_PLAIN("omschrijving", NVBI_V_WORDS, 0, offsetof(nvb_series, description)),
    {"soort", NVBI_V_ENUM, 0, offsetof(nvb_series, kind), .words = &cost_kinds,
        .example = "\"loon\""},
    {"cijfers", NVBI_V_LIST, NVBI_REQUIRED, offsetof(nvb_series, figures), offsetof(nvb_series, n),
        .shape = &figure_shape, .example = "[{\"jaar\": 2024, \"stadium\": \"definitief\", ...}]"},
};
/* clang-format on */

static const nvbi_shape series_shape = {
    NVBI_ROWS(series_rows), sizeof(nvb_series), "id",          offsetof(nvb_series, id),
    NVBI_NO_OFFSET,         init_series,        finish_series,
};

/* --- the file --- */

/* clang-format off */
static const nvbi_row file_rows[] = {
    {"formaat", NVBI_V_KEPT, NVBI_REQUIRED, .example = "\"" FIGURES_FORMAT "\""},
    {"titel", NVBI_V_TEXT, NVBI_REQUIRED, offsetof(nvb_figures_file, reference.title),
        .example = "\"...\""},
    {"bronnen", NVBI_V_MAP, 0, offsetof(nvb_figures_file, sources),
        offsetof(nvb_figures_file, n_sources), .shape = &nvbi_shape_source},
    {"reeksen", NVBI_V_LIST, NVBI_REQUIRED | NVBI_NOT_EMPTY | NVBI_LATER,
        offsetof(nvb_figures_file, reference.series), offsetof(nvb_figures_file, reference.n),
        .shape = &series_shape, .example = "[{\"id\": \"ova\", \"cijfers\": [...]}]"},
};
/* clang-format on */

static const nvbi_shape file_shape = {NVBI_ROWS(file_rows),
                                      sizeof(nvb_figures_file),
                                      NULL,
                                      NVBI_NO_OFFSET,
                                      NVBI_NO_OFFSET,
                                      NULL,
                                      NULL};

/* Whether the tree says that it is a file of figures; what else it holds makes no sense otherwise.
 */
static bool is_figures(nvb_document *d, nvb_diag *diag)
{
    const cJSON *root = d->root, *format = nvbi_member(root, "formaat");
    nvb_text missing = NVB_TEXT("\"formaat\": \"" FIGURES_FORMAT "\"");
    if (nvbi_kind_of(root) != NVBI_OBJECT)
        nvbi_document_problem(d, diag, NVB_E208, root, false, NVB_TEXT(""), NVB_TEXT("document"),
                              nvbi_shown(&d->arena, root),
                              NVB_TEXT("{\"formaat\": \"" FIGURES_FORMAT "\", ...}"));
    else if (!format)
        nvbi_document_problem(d, diag, NVB_E203, root, false, NVB_TEXT(""), NVB_TEXT("formaat"),
                              missing, NONE);
    else if (nvbi_kind_of(format) != NVBI_STRING ||
             !nvb_text_equal(nvbi_node_text(format), NVB_TEXT(FIGURES_FORMAT)))
        nvbi_document_problem(d, diag, NVB_E239, format, false, NVB_TEXT("/formaat"),
                              nvbi_shown(&d->arena, format), NVB_TEXT(FIGURES_FORMAT), NONE);
    else
        return true;
    return false;
}

static nvb_document *new_document(void)
{
    nvb_document *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    nvbi_arena_init(&d->arena);
    d->calc = nvb_calc_new(0);
    d->origins = calloc(1, sizeof *d->origins);
    if (d->calc && d->origins)
        return d;
    nvb_document_free(d);
    return NULL;
}

/* Scans and parses; false with a problem. */
static bool load(nvb_document *d, const nvb_source_file *file, nvb_diag *diag)
{
    nvbi_origin *o = d->origins;
    *o = (nvbi_origin){.name = file->name, .bytes = file->bytes};
    d->n_origins = 1;
    o->tree = nvbi_tree_parse(file, &d->ordinals, diag);
    o->end = d->ordinals;
    d->root = o->tree;
    return d->root != NULL;
}

static void read_tree(nvb_figures_file *f, nvb_diag *diag)
{
    static const nvb_text top = {"", 0};
    nvb_document *d = f->doc;
    nvbi_reader r = {.doc = d, .arena = &d->arena, .calc = d->calc, .diag = diag, .figures = f};
    nvbi_at at = {d->root, &top, NVB_TEXT(""), 0};
    nvbi_read_object(&r, &file_shape, &at, f);
    if (nvb_calc_take_error(d->calc) == NVB_NUM_MEMORY)
        d->arena.failed = true;
}

nvb_figures_file *nvb_figures_read(const nvb_source_file *file, nvb_diag *diag)
{
    size_t errors = nvb_diag_count(diag, NVB_ERROR);
    nvb_figures_file *f = calloc(1, sizeof *f);
    if (f)
        f->doc = new_document();
    if (f && f->doc && load(f->doc, file, diag)) {
        if (is_figures(f->doc, diag))
            read_tree(f, diag);
        nvb_document_locate(f->doc, diag);
    }
    if (!f || !f->doc || f->doc->arena.failed)
        nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
    if (nvb_diag_count(diag, NVB_ERROR) == errors)
        return f;
    nvb_figures_free(f);
    return NULL;
}

void nvb_figures_free(nvb_figures_file *f)
{
    if (!f)
        return;
    nvb_document_free(f->doc);
    free(f);
}

const nvb_reference *nvb_figures_reference(const nvb_figures_file *f)
{
    return &f->reference;
}
