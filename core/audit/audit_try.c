/*
 * audit_try.c: a part of the offer worked out under one reading after another. The lines of the
 * figures asked about and the lines those lean on are copied once; claims are left out, so that
 * nothing but what follows is worked out. A figure over the whole document takes all of it.
 */
#include "audit.h"
#include "compare.h"

/* --- which lines --- */

/* A figure that more lines than its own go into. */
static bool needs_all(const nvb_audited *f)
{
    const nvb_figure *x = f->figure;
    return x && (x->kind == NVB_FIG_EFFECTIVE || (!f->line && !x->index));
}

static bool
mark(const nvb_proposal *p, nvbi_arena *arena, nvbi_names *codes, bool *needed, size_t line)
{
    while (!needed[line]) {
        needed[line] = true;
        nvb_text base = p->lines[line].price.basis.line;
        if (!base.s)
            break;
        if (!codes->slots)
            nvbi_name_lines(codes, arena, p);
        if (!codes->slots)
            return false;
        uint32_t at = nvbi_names_find(codes, base);
        if (at == NVBI_NO_NAME)
            break;
        line = at;
    }
    return true;
}

static bool mark_all(nvbi_trial *t, bool *needed)
{
    const nvb_proposal *p = t->a->p;
    nvbi_names codes = {0};
    for (size_t i = 0; i < t->n_targets; i++) {
        const nvb_audited *f = t->targets[i];
        if (needs_all(f)) {
            for (size_t k = 0; k < p->n_lines; k++)
                needed[k] = true;
            t->part.n_ceilings = p->n_ceilings;
            return true;
        }
        if (f->line && !mark(p, &t->room.arena, &codes, needed, (size_t)(f->line - p->lines)))
            return false;
    }
    return true;
}

/* Whether prices alone are asked about, so that volumes need not go along. */
static bool prices_only(const nvbi_trial *t)
{
    for (size_t i = 0; i < t->n_targets; i++) {
        const nvb_figure *x = t->targets[i]->figure;
        if (!x || x->kind >= NVB_FIG_VOLUME_BASIS)
            return false;
    }
    return true;
}

/* Copies the indices that lines which are needed take; all of them for a figure that is no line's.
 */
static bool take_indices(nvbi_trial *t)
{
    const nvb_proposal *p = t->a->p;
    nvbi_names names;
    nvb_index *own = nvbi_arena_alloc(&t->room.arena, (p->n_indices + 1) * sizeof *own);
    bool *needed = NVBI_NEW(&t->room.arena, bool, p->n_indices + 1);
    if (!own || !needed || !nvbi_names_init(&names, &t->room.arena, p->n_indices))
        return false;
    for (size_t i = 0; i < t->n_targets; i++)
        if (!t->targets[i]->line)
            return true;
    for (size_t i = 0; i < p->n_indices; i++)
        nvbi_names_add(&names, p->indices[i].id, (uint32_t)i);
    for (size_t i = 0; i < t->part.n_lines; i++)
        for (size_t k = 0; k < t->lines[i].price.n_steps; k++) {
            const nvb_step *s = t->lines[i].price.steps[k];
            uint32_t at = s && s->index.s ? nvbi_names_find(&names, s->index) : NVBI_NO_NAME;
            if (at != NVBI_NO_NAME)
                needed[at] = true;
        }
    size_t n = 0;
    for (size_t i = 0; i < p->n_indices; i++)
        if (needed[i])
            own[n++] = p->indices[i];
    t->part.indices = own;
    t->part.n_indices = n;
    return true;
}

/* Copies the lines that are needed, without their claims, and notes where each target's is. */
static bool take_lines(nvbi_trial *t)
{
    const nvb_proposal *p = t->a->p;
    bool *needed = NVBI_NEW(&t->room.arena, bool, p->n_lines + 1);
    uint32_t *places = nvbi_arena_alloc(&t->room.arena, (p->n_lines + 1) * sizeof *places);
    t->part = *p;
    t->part.n_ceilings = 0;
    if (!needed || !places || !mark_all(t, needed))
        return false;
    bool bare = prices_only(t);
    size_t n = 0;
    for (size_t i = 0; i < p->n_lines; i++)
        n += needed[i];
    t->lines = nvbi_arena_alloc(&t->room.arena, (n + 1) * sizeof *t->lines);
    t->numbers = nvbi_arena_alloc(&t->room.arena, (n + 1) * sizeof *t->numbers);
    if (!t->lines || !t->numbers)
        return false;
    n = 0;
    for (size_t i = 0; i < p->n_lines; i++) {
        if (!needed[i])
            continue;
        places[i] = (uint32_t)n;
        t->numbers[n] = (uint32_t)i;
        t->lines[n] = p->lines[i];
        if (t->lines[n].price.basis.given)
            t->lines[n].tariff.path = (nvb_text){0};
        if (bare)
            t->lines[n].volume.given = false;
        n++;
    }
    t->places = places;
    t->part.lines = t->lines;
    t->part.n_lines = n;
    return take_indices(t);
}

/* A room that is free, with what is in it. */
static nvbi_room take_room(nvb_audit *a)
{
    nvbi_room out = {0};
    for (size_t i = 0; i < NVBI_ROOMS && !out.taken; i++)
        if (!a->rooms[i].taken) {
            out = a->rooms[i];
            a->rooms[i] = (nvbi_room){.taken = true};
            out.taken = true;
        }
    if (!out.diag) {
        nvbi_arena_init(&out.arena);
        nvbi_arena_init(&out.scratch);
        out.diag = nvb_diag_new();
    }
    return out;
}

static void free_room(nvbi_room *r)
{
    nvb_breakdown_free(r->work);
    nvb_diag_free(r->diag);
    nvbi_arena_release(&r->arena);
    nvbi_arena_release(&r->scratch);
    *r = (nvbi_room){0};
}

void nvbi_rooms_free(nvb_audit *a)
{
    for (size_t i = 0; i < NVBI_ROOMS; i++)
        free_room(&a->rooms[i]);
}

bool nvbi_trial_init(nvbi_trial *t, nvb_audit *a, const nvb_audited *const *targets, size_t n)
{
    *t = (nvbi_trial){.a = a, .n_targets = n, .room = take_room(a), .share = nvbi_budget_left(a)};
    nvbi_arena *arena = &t->room.arena;
    t->targets = nvbi_arena_alloc(arena, (n + 1) * sizeof *t->targets);
    for (size_t i = 0; i < sizeof t->value / sizeof *t->value; i++) {
        t->value[i] = nvbi_arena_alloc(arena, (n + 1) * sizeof *t->value[i]);
        t->has[i] = nvbi_arena_alloc(arena, (n + 1) * sizeof *t->has[i]);
    }
    bool ok = t->room.diag && !arena->failed;
    if (ok && n)
        memcpy(t->targets, targets, n * sizeof *targets);
    if (!ok || !take_lines(t)) {
        a->failed = true;
        return false;
    }
    return true;
}

void nvbi_trial_release(nvbi_trial *t)
{
    nvbi_room *room = &t->room;
    t->a->failed |= room->arena.failed || room->scratch.failed;
    nvbi_arena_clear(&room->arena);
    nvbi_arena_clear(&room->scratch);
    for (size_t i = 0; i < NVBI_ROOMS && room->taken; i++)
        if (t->a->rooms[i].taken && !t->a->rooms[i].diag) {
            t->a->rooms[i] = *room;
            t->a->rooms[i].taken = false;
            *room = (nvbi_room){0};
        }
    free_room(room);
}

/* --- bases that are rounded figures --- */

bool nvbi_trial_bases(nvbi_trial *t, int end)
{
    bool any = false;
    for (size_t i = 0; i < t->part.n_lines; i++) {
        nvb_input *amount = &t->lines[i].price.basis.amount;
        nvb_num low, high;
        if (!nvb_input_given(amount) || !nvbi_audit_base_bounds(t->a, t->numbers[i], &low, &high))
            continue;
        any = true;
        amount->value = end < 0   ? low
                        : end > 0 ? high
                                  : t->a->p->lines[t->numbers[i]].price.basis.amount.value;
    }
    return any;
}

/* --- one reading --- */

/* What is left out of a build-up adds nothing to it. */
static bool is_left_out(const nvb_audited *f)
{
    nvb_figure_kind kind = f->figure ? f->figure->kind : NVB_FIGURE_KIND_COUNT;
    return kind == NVB_FIG_STEP || kind == NVB_FIG_VOLUME_STEP || kind == NVB_FIG_LIMIT ||
           kind == NVB_FIG_ROUNDING || kind == NVB_FIG_VOLUME_ROUNDING;
}

static uint32_t figure_of(const nvbi_trial *t, const nvb_audited *f, bool unrounded)
{
    const nvb_proposal *p = t->a->p;
    if (f->figure && f->figure->kind == NVB_FIG_TARIFF && f->line) {
        const nvb_line_figures *line =
            nvb_breakdown_line(t->room.work, t->places[(size_t)(f->line - p->lines)]);
        return unrounded ? line->unrounded : line->tariff;
    }
    if (unrounded)
        return NVB_NO_FIGURE;
    const nvb_figure *found = nvb_breakdown_find(t->room.work, f->path);
    return found ? found->number : NVB_NO_FIGURE;
}

/* Whether what could not be worked out is for want of memory, not something in the reading. */
static bool is_memory(const nvb_diag *diag)
{
    bool any = nvb_diag_count(diag, NVB_ERROR) > 0, memory = !any;
    for (size_t i = 0; i < nvb_diag_kept(diag); i++)
        memory |= nvb_diag_at(diag, i)->code == NVB_E901;
    return memory;
}

/* The part as it is read now, in the memory of the last time. */
static bool work_out(nvbi_trial *t)
{
    nvb_breakdown *work = t->room.work;
    if (work && nvb_breakdown_renew(work, &t->read, t->room.diag))
        return true;
    if (work)
        t->a->failed |= nvb_calc_take_error(nvb_breakdown_calc(work)) == NVB_NUM_MEMORY;
    else
        t->room.work =
            nvb_breakdown_new(&t->read, &(nvb_engine_options){.bare = true}, t->room.diag);
    bool ok = !work && t->room.work;
    t->a->failed |= !ok && is_memory(t->room.diag);
    return ok;
}

/* Whether the numbers of the audit held; an error of them is a reading that cannot be worked out,
 * but for memory. */
static bool numbers_hold(nvb_audit *a)
{
    nvb_num_error error = nvb_calc_take_error(a->calc);
    a->failed |= error == NVB_NUM_MEMORY;
    return error == NVB_NUM_OK;
}

static bool
run_reading(nvbi_trial *t, const nvb_reading *r, bool unrounded, nvb_num *values, bool *has)
{
    nvb_calc *calc = t->a->calc;
    nvbi_arena_clear(&t->room.scratch);
    nvb_diag_clear(t->room.diag);
    t->read = t->part;
    bool ok = !r || nvbi_reading_apply(t->a, r, &t->part, calc, &t->room.scratch, &t->read);
    if (t->room.scratch.failed)
        t->a->failed = true;
    if (!numbers_hold(t->a) || !ok || t->a->failed)
        return false;
    if (!work_out(t))
        return false;
    for (size_t i = 0; i < t->n_targets; i++) {
        uint32_t figure = figure_of(t, t->targets[i], unrounded);
        has[i] = figure != NVB_NO_FIGURE || (!unrounded && is_left_out(t->targets[i]));
        values[i] = nvbi_value_of(t->room.work, figure);
        /* Its long digits are gone with the next run. */
        if (values[i].big)
            values[i] = nvb_num_add(calc, values[i], nvb_num_int(0));
    }
    return numbers_hold(t->a);
}

bool nvbi_trial_run(nvbi_trial *t, const nvb_reading *r, bool unrounded, nvb_num *values, bool *has)
{
    if (!nvbi_budget_allows(t))
        return false;
    uint64_t from = nvbi_budget_mark(t);
    bool ok = run_reading(t, r, unrounded, values, has);
    nvbi_budget_spend(t, from);
    return ok;
}
