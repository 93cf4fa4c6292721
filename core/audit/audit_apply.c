/*
 * audit_apply.c: the proposal as a reading has it. One table says what each kind of reading does to
 * an index, a step, a build-up, a line or a ceiling; what it changes is copied, the rest is shared
 * with the proposal. It works nothing out: the engine does, from the copy.
 */
#include "audit_apply.h"

/* --- memory --- */

void *nvbi_reread_copy(nvbi_reread *w, const void *items, size_t n, size_t size)
{
    void *own = n <= SIZE_MAX / size ? nvbi_arena_alloc(w->arena, n * size) : NULL;
    if (own && n)
        memcpy(own, items, n * size);
    return own;
}

void nvbi_reread_set(nvb_input *in, nvb_num value, nvb_text place)
{
    in->value = value;
    if (!in->path.s)
        in->path = place.s ? place : NVB_TEXT("");
}

/* --- steps that were changed --- */

static size_t slot_of(const nvbi_reread *w, const nvb_step *from)
{
    uint64_t h = (uint64_t)(uintptr_t)from * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(h >> 32) & (w->room - 1);
    while (w->pairs[at].from && w->pairs[at].from != from)
        at = (at + 1) & (w->room - 1);
    return at;
}

const nvb_step *nvbi_reread_known(const nvbi_reread *w, const nvb_step *from)
{
    return w->room ? w->pairs[slot_of(w, from)].to : NULL;
}

static bool make_room(nvbi_reread *w)
{
    if (w->n_pairs * 2 < w->room)
        return true;
    nvbi_reread old = *w;
    w->room = old.room ? old.room * 2 : 64;
    w->pairs = NVBI_NEW(w->arena, nvbi_reread_pair, w->room);
    if (!w->pairs) {
        w->pairs = old.pairs;
        w->room = old.room;
        return false;
    }
    for (size_t i = 0; i < old.room; i++)
        if (old.pairs[i].from)
            w->pairs[slot_of(w, old.pairs[i].from)] = old.pairs[i];
    return true;
}

void nvbi_reread_learn(nvbi_reread *w, const nvb_step *from, const nvb_step *to)
{
    if (!make_room(w))
        return;
    nvbi_reread_pair *pair = &w->pairs[slot_of(w, from)];
    w->n_pairs += !pair->from;
    *pair = (nvbi_reread_pair){from, to};
}

bool nvbi_reread_named(const nvbi_reread *w, const nvb_step *s)
{
    return (!w->r->step.s || nvb_text_equal(w->r->step, s->id)) &&
           (!w->r->step_path.s || nvb_text_equal(w->r->step_path, s->path));
}

const nvb_text *nvbi_reread_indexing(nvbi_reread *w, const nvb_buildup *plan, size_t end, size_t *n)
{
    bool same = w->list != NULL;
    *n = 0;
    for (size_t i = 0; i < end; i++) {
        const nvb_step *s = plan->steps[i];
        if (!s || s->kind != NVB_STEP_INDEX)
            continue;
        same = same && *n < w->n_list && nvb_text_equal(w->list[*n], s->id);
        ++*n;
    }
    if (*n == 0 || (same && *n == w->n_list))
        return *n ? w->list : NULL;
    nvb_text *list = NVBI_NEW(w->arena, nvb_text, *n);
    *n = 0;
    for (size_t i = 0; list && i < end; i++)
        if (plan->steps[i] && plan->steps[i]->kind == NVB_STEP_INDEX)
            list[(*n)++] = plan->steps[i]->id;
    w->list = list;
    w->n_list = *n;
    return list;
}

/* --- of a build-up or a line as a whole --- */

static bool base_percentage(nvbi_reread *w, nvb_buildup *plan)
{
    nvb_input *in = &plan->basis.percentage;
    bool other = nvb_input_given(in) && nvb_num_cmp(w->calc, in->value, nvb_num_int(1)) != 0;
    *in = (nvb_input){0};
    return other;
}

static bool base_rounded(nvbi_reread *w, nvb_buildup *plan)
{
    (void)w;
    bool other = plan->basis.line.s && !plan->basis.of_tariff;
    plan->basis.of_tariff = true;
    return other;
}

static bool rounded_otherwise(nvbi_reread *w, nvb_buildup *plan)
{
    nvb_rounding *r = &plan->rounding;
    bool same = r->decimals == (unsigned)w->r->number && r->mode == w->r->mode;
    *r = (nvb_rounding){true, (unsigned)w->r->number, w->r->mode};
    return plan->basis.given && !same;
}

static bool no_maximum(nvbi_reread *w, nvb_buildup *plan)
{
    (void)w;
    bool had = plan->maximum.given;
    plan->maximum = (nvb_limit){0};
    return had;
}

static bool no_minimum(nvbi_reread *w, nvb_buildup *plan)
{
    (void)w;
    bool had = plan->minimum.given;
    plan->minimum = (nvb_limit){0};
    return had;
}

/* Every tread is paid in full. */
/* Every tread is paid in full; treads stay, as figures of theirs may be claimed. */
static bool no_tiers(nvbi_reread *w, nvb_line *line)
{
    nvb_tier *own = nvbi_reread_copy(w, line->tiers, line->n_tiers, sizeof *own);
    bool any = false;
    for (size_t i = 0; own && i < line->n_tiers; i++) {
        any |= nvb_num_cmp(w->calc, own[i].share.value, nvb_num_int(1)) != 0;
        own[i].share.value = nvb_num_int(1);
    }
    line->tiers = own;
    return any;
}

/* It stays in its place, of no units. */
static bool no_volume_step(nvbi_reread *w, nvb_line *line)
{
    nvb_volume *v = &line->volume;
    nvb_volume_step *own = nvbi_reread_copy(w, v->steps, v->n_steps, sizeof *own);
    bool any = false;
    for (size_t i = 0; own && i < v->n_steps; i++) {
        if (!nvb_text_equal(own[i].id, w->r->step))
            continue;
        nvbi_reread_set(&own[i].count, nvb_num_int(0), own[i].path);
        own[i].percentage = (nvb_input){0};
        any = true;
    }
    v->steps = own;
    return any;
}

/* All that goes over the ceiling is paid. */
static bool no_ceiling(nvbi_reread *w, nvb_ceiling *c)
{
    if (w->r->ceiling.s && !nvb_text_equal(c->id, w->r->ceiling))
        return false;
    nvbi_reread_set(&c->beyond, nvb_num_int(1), c->path);
    return true;
}

/* --- the table --- */

/* A row per kind; the last ones are not about the proposal, and read nothing otherwise. */
/* clang-format off */
static const nvbi_way ways[NVB_READING_KIND_COUNT] = {
    [NVB_READ_CONVENTION] = {.index = nvbi_way_convention},
    [NVB_READ_CLAIMED_INDEX] = {.index = nvbi_way_claimed, .step = nvbi_way_step_claimed},
    [NVB_READ_NO_AFTER] = {.index = nvbi_way_no_after},
    [NVB_READ_AFTER_TWICE] = {.index = nvbi_way_after_twice},
    [NVB_READ_AFTER_OTHER_YEAR] = {.index = nvbi_way_after_other_year},
    [NVB_READ_YEAR_OLD] = {.index = nvbi_way_year_old},
    [NVB_READ_COMPONENT_OMITTED] = {.index = nvbi_way_component_omitted,
        .step = nvbi_way_step_component},
    [NVB_READ_SHARES_SWAPPED] = {.index = nvbi_way_shares_swapped, .step = nvbi_way_step_swapped},
    [NVB_READ_SHIFTED] = {.index = nvbi_way_index_shifted, .step = nvbi_way_shifted},
    [NVB_READ_STEP_OMITTED] = {.step = nvbi_way_omitted},
    [NVB_READ_ONE_OFF_KEPT] = {.step = nvbi_way_one_off},
    [NVB_READ_STEP_TWICE] = {.plan = nvbi_way_twice},
    [NVB_READ_STEP_REVERSED] = {.step = nvbi_way_reversed},
    [NVB_READ_CONDITION_IGNORED] = {.step = nvbi_way_condition},
    [NVB_READ_STEP_OVER] = {.step = nvbi_way_over, .placed = true},
    [NVB_READ_SHARE_IGNORED] = {.step = nvbi_way_share},
    [NVB_READ_OTHER_TREAD] = {.step = nvbi_way_tread},
    [NVB_READ_BASE_PERCENTAGE] = {.plan = base_percentage},
    [NVB_READ_BASE_ROUNDED] = {.plan = base_rounded},
    [NVB_READ_ROUNDED_PER_STEP] = {.step = nvbi_way_per_step, .of_lines = true},
    [NVB_READ_STEP_UNROUNDED] = {.step = nvbi_way_unrounded},
    [NVB_READ_ROUNDED_OTHERWISE] = {.plan = rounded_otherwise, .of_lines = true},
    [NVB_READ_MAXIMUM_IGNORED] = {.plan = no_maximum},
    [NVB_READ_MINIMUM_IGNORED] = {.plan = no_minimum},
    [NVB_READ_CEILING_IGNORED] = {.ceiling = no_ceiling},
    [NVB_READ_TIERS_IGNORED] = {.line = no_tiers},
    [NVB_READ_VOLUME_STEP_OMITTED] = {.line = no_volume_step},
    [NVB_READ_OTHER_LINE] = {0},
    [NVB_READ_DIGITS_SWAPPED] = {0},
    [NVB_READ_POINT_MOVED] = {0},
    [NVB_READ_LAST_TARIFF] = {0},
    [NVB_READ_DISCOUNT_ON_INDEX] = {.plan = nvbi_way_added, .of_lines = true},
    [NVB_READ_DISCOUNT_ON_INDEXED] = {.plan = nvbi_way_added, .of_lines = true},
    [NVB_READ_DISCOUNT_ON_TARIFF] = {.plan = nvbi_way_added, .of_lines = true},
    [NVB_READ_INDEX_WRITTEN] = {.index = nvbi_way_written, .step = nvbi_way_step_written},
    [NVB_READ_INDEX_LOWER] = {.step = nvbi_way_lower, .plan = nvbi_way_added, .of_lines = true},
    [NVB_READ_PUBLISHED] = {.plan = nvbi_way_added, .of_lines = true},
    [NVB_READ_AMOUNT] = {.plan = nvbi_way_added, .of_lines = true},
    [NVB_READ_DIGIT_WRONG] = {0},
};
/* clang-format on */

/* --- each thing in turn --- */

static bool apply_indices(nvbi_reread *w, const nvbi_way *way, nvb_proposal *out)
{
    nvb_index *own = NULL;
    for (size_t i = 0; way->index && i < w->p->n_indices; i++) {
        nvb_index x = w->p->indices[i];
        if ((w->r->index.s && !nvb_text_equal(w->r->index, x.id)) || !way->index(w, &x))
            continue;
        if (!own)
            own = nvbi_reread_copy(w, w->p->indices, w->p->n_indices, sizeof *own);
        if (!own)
            return false;
        own[i] = x;
    }
    if (own)
        out->indices = own;
    return own != NULL;
}

/* The step of a plan as the reading has it; itself where nothing changes. */
static const nvb_step *
apply_step(nvbi_reread *w, const nvbi_way *way, const nvb_buildup *plan, size_t at)
{
    const nvb_step *s = plan->steps[at];
    if (!s || !nvbi_reread_named(w, s))
        return s;
    const nvb_step *known = nvbi_reread_known(w, s);
    if (known && !way->placed)
        return known;
    nvb_step own = *s;
    const nvb_step *to = s;
    if (way->step(w, plan, at, &own)) {
        bool again = known && known != s && known->over.steps == own.over.steps;
        to = again ? known : nvbi_reread_copy(w, &own, 1, sizeof own);
    }
    to = to ? to : s;
    nvbi_reread_learn(w, s, to);
    return to;
}

static bool
apply_plan(nvbi_reread *w, const nvbi_way *way, const nvb_buildup *plan, nvb_buildup *out)
{
    const nvb_step **own = NULL;
    for (size_t i = 0; way->step && i < plan->n_steps; i++) {
        const nvb_step *s = apply_step(w, way, plan, i);
        if (s == plan->steps[i])
            continue;
        if (!own)
            own = nvbi_reread_copy(w, plan->steps, plan->n_steps, sizeof *own);
        if (!own)
            return false;
        own[i] = s;
    }
    bool changed = own != NULL;
    nvb_buildup as_whole = *plan;
    if (own)
        as_whole.steps = own;
    if (way->plan) {
        nvb_buildup before = as_whole;
        if (way->plan(w, &as_whole))
            changed = true;
        else
            as_whole = before;
    }
    if (changed)
        *out = as_whole;
    return changed;
}

static bool apply_lines(nvbi_reread *w, const nvbi_way *way, nvb_proposal *out)
{
    nvb_line *own = NULL;
    bool any = way->step || way->plan || way->line;
    for (size_t i = 0; any && i < w->p->n_lines; i++) {
        const nvb_line *was = &w->p->lines[i];
        nvb_line line;
        bool whole = way->line != NULL, changed;
        if (whole) {
            line = *was;
            changed = way->line(w, &line);
        } else {
            changed = apply_plan(w, way, &was->price, &line.price);
        }
        if (!changed)
            continue;
        if (!own)
            own = nvbi_reread_copy(w, w->p->lines, w->p->n_lines, sizeof *own);
        if (!own)
            return false;
        if (whole)
            own[i] = line;
        else
            own[i].price = line.price;
    }
    if (own)
        out->lines = own;
    return own != NULL;
}

static bool apply_ceilings(nvbi_reread *w, const nvbi_way *way, nvb_proposal *out)
{
    nvb_ceiling *own = NULL;
    bool any = way->ceiling || ((way->step || way->plan) && !way->of_lines);
    for (size_t i = 0; any && i < w->p->n_ceilings; i++) {
        nvb_ceiling c = w->p->ceilings[i];
        bool changed = way->ceiling ? way->ceiling(w, &c)
                                    : apply_plan(w, way, &w->p->ceilings[i].buildup, &c.buildup);
        if (!changed)
            continue;
        if (!own)
            own = nvbi_reread_copy(w, w->p->ceilings, w->p->n_ceilings, sizeof *own);
        if (!own)
            return false;
        own[i] = c;
    }
    if (own)
        out->ceilings = own;
    return own != NULL;
}

bool nvbi_reading_apply(const nvb_audit *a,
                        const nvb_reading *r,
                        const nvb_proposal *p,
                        nvb_calc *calc,
                        nvbi_arena *scratch,
                        nvb_proposal *out)
{
    if (r->kind >= NVB_READING_KIND_COUNT)
        return false;
    const nvbi_way *way = &ways[r->kind];
    nvbi_reread w = {.a = a, .r = r, .p = p, .calc = calc, .arena = scratch};
    *out = *p;
    bool changed = apply_indices(&w, way, out);
    changed |= apply_lines(&w, way, out);
    changed |= apply_ceilings(&w, way, out);
    return changed && !scratch->failed;
}
