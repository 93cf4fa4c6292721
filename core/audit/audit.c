/* audit.c: the audit: its handle, the order of the work, findings put together and in order. */
#include "audit.h"

#include <stdlib.h>

/* clang-format off */
#define KEY(name, key) [name] = key,
static const char *const verdict_keys[] = {NVB_VERDICTS(KEY)};
static const char *const gravity_keys[] = {NVB_GRAVITIES(KEY)};
static const char *const fit_keys[] = {NVB_FITS(KEY)};
static const char *const reading_keys[] = {NVB_READINGS(KEY)};
#undef KEY
#define KEY(name, key, rule) [name] = key,
static const char *const finding_keys[] = {NVB_FINDINGS(KEY)};
#undef KEY
#define RULE(name, key, rule) [name] = rule,
static const nvb_rule finding_rules[] = {NVB_FINDINGS(RULE)};
#undef RULE
/* clang-format on */

const char *nvb_verdict_key(nvb_verdict v)
{
    return v < NVB_VERDICT_COUNT ? verdict_keys[v] : "";
}

const char *nvb_gravity_key(nvb_gravity v)
{
    return v < NVB_GRAVITY_COUNT ? gravity_keys[v] : "";
}

const char *nvb_fit_key(nvb_fit v)
{
    return v < NVB_FIT_COUNT ? fit_keys[v] : "";
}

const char *nvb_reading_kind_key(nvb_reading_kind v)
{
    return v < NVB_READING_KIND_COUNT ? reading_keys[v] : "";
}

const char *nvb_finding_kind_key(nvb_finding_kind v)
{
    return v < NVB_FINDING_KIND_COUNT ? finding_keys[v] : "";
}

/* --- findings --- */

nvb_finding *nvbi_found(nvb_audit *a, nvb_finding_kind kind, nvb_gravity gravity, nvb_text path)
{
    if (a->n_findings == a->room_findings) {
        size_t room = a->room_findings ? a->room_findings * 2 : 32;
        nvb_finding *all = realloc(a->findings, room * sizeof *all);
        if (all) {
            a->findings = all;
            a->room_findings = room;
        } else {
            a->failed = true;
            return &a->scrap;
        }
    }
    nvb_finding *f = &a->findings[a->n_findings++];
    *f = (nvb_finding){.kind = kind, .rule = finding_rules[kind], .gravity = gravity};
    f->amount = f->less = f->more = nvb_num_int(0);
    for (int i = 0; i < NVB_FINDING_NUMBERS; i++)
        f->number[i] = nvb_num_int(0);
    f->path = nvbi_arena_text(&a->arena, path.s ? path.s : "", path.n);
    return f;
}

void nvbi_found_number(nvb_finding *f, int i, nvb_num value, nvb_unit unit)
{
    f->number[i] = value;
    f->unit[i] = unit;
}

void nvbi_found_count(nvb_finding *f, int i, size_t n)
{
    nvbi_found_number(f, i, nvb_num_int((int64_t)n), NVB_UNITS);
}

void nvbi_found_paths(nvb_audit *a, nvb_finding *f, const nvb_text *paths, size_t n)
{
    nvb_text *own = NVBI_NEW(&a->arena, nvb_text, n);
    if (!own)
        return;
    for (size_t i = 0; i < n; i++)
        own[i] = nvbi_arena_text(&a->arena, paths[i].s, paths[i].n);
    f->paths = own;
    f->n_paths = n;
    if (n)
        f->path = own[0];
}

void nvbi_readings_add(nvb_audit *a, nvbi_readings *list, const nvb_reading *r)
{
    if (list->n == list->room) {
        size_t room = list->room ? list->room * 2 : 16;
        nvb_reading *items = NVBI_NEW(&a->arena, nvb_reading, room);
        if (!items)
            return;
        if (list->n)
            memcpy(items, list->items, list->n * sizeof *items);
        list->items = items;
        list->room = room;
    }
    list->items[list->n++] = *r;
}

void nvbi_found_readings(nvb_audit *a, nvb_finding *f, const nvbi_readings *list)
{
    nvb_reading *own = NVBI_NEW(&a->arena, nvb_reading, list->n);
    if (!own || !list->n)
        return;
    memcpy(own, list->items, list->n * sizeof *own);
    f->readings = own;
    f->n_readings = list->n;
}

const nvb_audited *nvbi_audited_at(const nvb_audit *a, nvb_text path)
{
    uint32_t at = a->by_path.slots ? nvbi_names_find(&a->by_path, path) : NVBI_NO_NAME;
    return at == NVBI_NO_NAME ? NULL : &a->figures[at];
}

void nvbi_audit_watch(nvb_audit *a, nvb_text path)
{
    nvb_num_error error = nvb_calc_take_error(a->calc);
    if (error == NVB_NUM_OK)
        return;
    a->failed = true;
    if (error == NVB_NUM_DIGITS)
        nvb_diag_add(a->diag, NVB_E402, path, (nvb_text){0}, (nvb_text){0}, (nvb_text){0});
}

/* --- the order of findings --- */

/* Most serious first, then the most euros, then the order of the rules, then the order made. */
static int before(const nvb_audit *a, const nvb_finding *x, const nvb_finding *y)
{
    if (x->gravity != y->gravity)
        return x->gravity < y->gravity ? -1 : 1;
    if (x->has_amount != y->has_amount)
        return x->has_amount ? -1 : 1;
    if (x->has_amount) {
        nvb_num more = nvb_num_sign(x->amount) < 0 ? nvb_num_neg(a->calc, x->amount) : x->amount;
        nvb_num less = nvb_num_sign(y->amount) < 0 ? nvb_num_neg(a->calc, y->amount) : y->amount;
        int order = nvb_num_cmp(a->calc, less, more);
        if (order)
            return order;
    }
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Merges two sorted runs of `from` into `to`; of equals the first run goes first. */
static void merge(const nvb_audit *a,
                  const nvb_finding *from,
                  nvb_finding *to,
                  size_t start,
                  size_t middle,
                  size_t end)
{
    size_t left = start, right = middle;
    for (size_t i = start; i < end; i++)
        to[i] = left < middle && (right == end || before(a, &from[left], &from[right]) <= 0)
                    ? from[left++]
                    : from[right++];
}

static void sort_findings(nvb_audit *a)
{
    size_t n = a->n_findings;
    nvb_finding *spare = n > 1 ? malloc(n * sizeof *spare) : NULL;
    if (!spare) {
        a->failed |= n > 1;
        return;
    }
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t start = 0; start < n; start += 2 * run) {
            size_t middle = start + run < n ? start + run : n;
            size_t end = start + 2 * run < n ? start + 2 * run : n;
            merge(a, a->findings, spare, start, middle, end);
        }
        memcpy(a->findings, spare, n * sizeof *spare);
    }
    free(spare);
}

/* "<rule>-<k>". */
static nvb_text id_of(nvb_audit *a, nvb_rule rule, size_t k)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    for (; k; k /= 10)
        digits[--at] = (char)('0' + k % 10);
    digits[--at] = '-';
    const char *id = nvb_rule_id(rule);
    return nvbi_arena_join(&a->arena, (nvb_text){id, strlen(id)}, digits + at);
}

static void name_findings(nvb_audit *a)
{
    size_t seen[NVB_RULE_COUNT + 1] = {0};
    for (size_t i = 0; i < a->n_findings; i++) {
        nvb_finding *f = &a->findings[i];
        f->id = id_of(a, f->rule, ++seen[f->rule]);
    }
}

/* --- the handle --- */

static void run(nvb_audit *a)
{
    void (*const parts[])(nvb_audit *) = {nvbi_audit_figures,   nvbi_audit_indices,
                                          nvbi_audit_explain,   nvbi_audit_rules,
                                          nvbi_audit_published, nvbi_audit_effective};
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !a->failed; i++) {
        parts[i](a);
        nvbi_audit_watch(a, NVB_TEXT(""));
        a->failed |= a->arena.failed;
    }
    if (a->failed)
        return;
    sort_findings(a);
    name_findings(a);
    nvbi_audit_watch(a, NVB_TEXT(""));
    a->failed |= a->arena.failed;
}

nvb_audit *nvb_audit_new(const nvb_audit_inputs *in, nvb_diag *diag)
{
    nvb_audit *a = calloc(1, sizeof *a);
    if (!a)
        return NULL;
    nvbi_arena_init(&a->arena);
    a->in = *in;
    a->diag = diag;
    a->b = in->breakdown;
    a->p = nvb_breakdown_proposal(in->breakdown);
    a->calc = nvb_calc_new(NVB_CALC_LONG);
    if (a->calc)
        run(a);
    if (a->calc && !a->failed)
        return a;
    nvb_audit_free(a);
    return NULL;
}

void nvb_audit_free(nvb_audit *a)
{
    if (!a)
        return;
    nvbi_bounds_free(a->bounds);
    nvbi_rooms_free(a);
    nvb_calc_free(a->calc);
    nvbi_arena_release(&a->arena);
    free(a->findings);
    free(a);
}

const nvb_audit_inputs *nvb_audit_inputs_of(const nvb_audit *a)
{
    return &a->in;
}

nvb_calc *nvb_audit_calc(const nvb_audit *a)
{
    return a->calc;
}

nvb_verdict nvb_audit_verdict(const nvb_audit *a)
{
    return a->verdicts[NVB_FOLLOWS_NOT]       ? NVB_FOLLOWS_NOT
           : a->verdicts[NVB_FOLLOWS_ROUNDED] ? NVB_FOLLOWS_ROUNDED
                                              : NVB_FOLLOWS;
}

size_t nvb_audit_figures(const nvb_audit *a)
{
    return a->n_figures;
}

const nvb_audited *nvb_audit_figure(const nvb_audit *a, size_t i)
{
    return &a->figures[i];
}

size_t nvb_audit_count(const nvb_audit *a, nvb_verdict v)
{
    return v < NVB_VERDICT_COUNT ? a->verdicts[v] : 0;
}

size_t nvb_audit_findings(const nvb_audit *a)
{
    return a->n_findings;
}

const nvb_finding *nvb_audit_finding(const nvb_audit *a, size_t i)
{
    return &a->findings[i];
}

size_t nvb_audit_count_of(const nvb_audit *a, nvb_gravity g)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_findings; i++)
        n += a->findings[i].gravity == g;
    return n;
}

bool nvb_audit_exhausted(const nvb_audit *a)
{
    return a->exhausted;
}

size_t nvb_audit_effectives(const nvb_audit *a)
{
    return a->n_effectives;
}

const nvb_effective *nvb_audit_effective(const nvb_audit *a, size_t i)
{
    return &a->effectives[i];
}

size_t nvb_audit_bites(const nvb_audit *a)
{
    return a->n_bites;
}

const nvb_bite *nvb_audit_bite(const nvb_audit *a, size_t i)
{
    return &a->bites[i];
}
