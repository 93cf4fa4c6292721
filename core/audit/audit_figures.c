/*
 * audit_figures.c: every claim worked out: what is claimed, what follows, whether that is the same;
 * and what there is to say of the figures of an explanation. Claims stand in calculation order,
 * those on no figure of the offer last.
 */
#include "audit.h"

#include <stdlib.h>

/* What is claimed of one figure. */
typedef struct claimed {
    const nvb_input *own;    /* by the proposal itself */
    const nvb_claim *stated; /* by an explanation */
} claimed;

typedef struct claims_work {
    nvb_audit *a;
    claimed *of; /* by number of the figure */
    const nvb_claim **unknown;
    size_t n_unknown;
    const nvb_line **without; /* lines that claim a tariff where none follows */
    size_t n_without;
    size_t room; /* of figures */
    nvbi_arena arena;
} claims_work;

/* --- one claim --- */

static nvb_audited *add(claims_work *w)
{
    nvb_audit *a = w->a;
    nvb_audited *c = &a->figures[a->n_figures++];
    *c = (nvb_audited){.unit = NVB_EUR};
    c->claimed = c->computed = c->difference = c->low = c->high = nvb_num_int(0);
    return c;
}

static bool lies_within(nvb_calc *calc, const nvb_audited *c)
{
    return nvb_num_cmp(calc, c->low, c->claimed) <= 0 &&
           nvb_num_cmp(calc, c->claimed, c->high) <= 0;
}

/* The verdict over a claim with `claimed` and `computed` filled in. */
static void judge(nvb_audit *a, nvb_audited *c, bool is_rounded)
{
    nvb_calc *calc = a->calc;
    nvb_num computed = c->computed;
    if (is_rounded)
        computed = nvb_num_round(calc, computed, NVB_SHOWN_DECIMALS, NVB_ARITHMETIC);
    c->difference = nvb_num_sub(calc, c->claimed, c->computed);
    c->verdict = NVB_FOLLOWS;
    if (nvb_num_cmp(calc, c->claimed, computed) != 0) {
        c->has_interval = c->figure && nvbi_audit_interval(a, c->figure, &c->low, &c->high);
        c->verdict =
            c->has_interval && lies_within(calc, c) ? NVB_FOLLOWS_ROUNDED : NVB_FOLLOWS_NOT;
    }
    a->verdicts[c->verdict]++;
}

static nvb_num
claim_on(claims_work *w, const nvb_figure *f, nvb_num value, nvb_text place, bool is_rounded)
{
    nvb_audited *c = add(w);
    c->path = f->path;
    c->place = place;
    c->figure = f;
    c->unit = f->unit;
    c->line = f->line;
    c->claimed = value;
    c->computed = f->value;
    judge(w->a, c, is_rounded);
    return value;
}

static nvb_text in_nodes(nvb_audit *a, nvb_text path)
{
    return nvbi_arena_join(&a->arena, NVB_TEXT("/knopen"), path.s);
}

static void claims_on(claims_work *w, const nvb_figure *f, const claimed *c)
{
    nvb_num own = nvb_num_int(0);
    if (c->own) {
        own = f->unit == NVB_PERCENT ? nvb_num_shift(w->a->calc, c->own->value, 2) : c->own->value;
        claim_on(w, f, own, c->own->path, false);
    }
    if (!c->stated || (c->own && nvb_num_cmp(w->a->calc, own, c->stated->value) == 0))
        return;
    claim_on(w, f, c->stated->value, in_nodes(w->a, c->stated->path), c->stated->is_rounded);
}

/* --- claims on no figure --- */

static bool ends_with(nvb_text t, const char *end)
{
    size_t n = strlen(end);
    return t.n >= n && memcmp(t.s + t.n - n, end, n) == 0;
}

static nvb_unit unit_of_path(nvb_text path)
{
    nvb_text index = NVB_TEXT("/indexen/");
    if ((path.n > index.n && memcmp(path.s, index.s, index.n) == 0) || ends_with(path, "/index"))
        return NVB_PERCENT;
    return strstr(path.s, "/volume") ? NVB_UNITS : NVB_EUR;
}

/* The figure that a remainder which is left out when zero belongs to; NULL when the path is not of
 * one. */
static const nvb_figure *owner_of_remainder(nvb_audit *a, nvb_text path)
{
    static const char *const remainders[] = {"/afronding", "/begrenzing", "/rest"};
    for (size_t i = 0; i < sizeof remainders / sizeof *remainders; i++) {
        if (!ends_with(path, remainders[i]))
            continue;
        nvb_text head = nvbi_arena_text(&a->arena, path.s, path.n - strlen(remainders[i]));
        const nvb_figure *f = nvb_breakdown_find(a->b, head);
        if (!f)
            f = nvb_breakdown_find(a->b, nvbi_arena_join(&a->arena, head, "/onafgerond"));
        return f;
    }
    return NULL;
}

static void claim_on_nothing(claims_work *w, const nvb_claim *claim)
{
    nvb_audit *a = w->a;
    nvb_audited *c = add(w);
    const nvb_figure *owner = owner_of_remainder(a, claim->path);
    c->path = nvbi_arena_text(&a->arena, claim->path.s, claim->path.n);
    c->place = in_nodes(a, claim->path);
    c->unit = owner ? owner->unit : unit_of_path(claim->path);
    c->line = owner ? owner->line : NULL;
    c->claimed = claim->value;
    if (owner) {
        judge(a, c, claim->is_rounded);
        return;
    }
    c->difference = claim->value;
    c->verdict = NVB_FOLLOWS_NOT;
    a->verdicts[c->verdict]++;
}

/* A tariff that is claimed where the base is not there: it follows from nothing. */
static void claim_without_figure(claims_work *w, const nvb_line *line)
{
    nvb_audited *c = add(w);
    c->path = c->place = line->tariff.path;
    c->line = line;
    c->claimed = c->difference = line->tariff.value;
    c->verdict = NVB_FOLLOWS_NOT;
    w->a->verdicts[c->verdict]++;
}

/* --- all claims --- */

static void own_claims(claims_work *w)
{
    const nvb_audit *a = w->a;
    const nvb_proposal *p = a->p;
    for (size_t i = 0; i < p->n_indices; i++)
        if (nvb_input_given(&p->indices[i].claimed))
            w->of[a->b->indices[i]].own = &p->indices[i].claimed;
    for (size_t i = 0; i < p->n_lines; i++) {
        const nvb_line *line = &p->lines[i];
        if (!line->price.basis.given || !nvb_input_given(&line->tariff))
            continue;
        uint32_t at = a->b->lines[i].tariff;
        if (at == NVB_NO_FIGURE)
            w->without[w->n_without++] = line;
        else
            w->of[at].own = &line->tariff;
    }
}

static void stated_claims(claims_work *w)
{
    const nvb_audit *a = w->a;
    for (size_t i = 0; i < a->in.n_claims; i++) {
        const nvb_claim *c = &a->in.claims[i];
        const nvb_figure *f = nvb_breakdown_find(a->b, c->path);
        if (f && !w->of[f->number].stated)
            w->of[f->number].stated = c;
        else
            w->unknown[w->n_unknown++] = c;
    }
}

static bool prepare(claims_work *w)
{
    nvb_audit *a = w->a;
    size_t n = a->b->n + (size_t)1;
    w->of = NVBI_NEW(&w->arena, claimed, n);
    w->unknown = nvbi_arena_zalloc(&w->arena, a->in.n_claims + 1, sizeof *w->unknown);
    w->without = nvbi_arena_zalloc(&w->arena, a->p->n_lines + 1, sizeof *w->without);
    w->room = a->p->n_indices + a->p->n_lines + a->in.n_claims + 1;
    a->figures = NVBI_NEW(&a->arena, nvb_audited, w->room);
    a->failed |= w->arena.failed || a->arena.failed;
    return !a->failed;
}

static void find_claims(claims_work *w)
{
    nvb_audit *a = w->a;
    own_claims(w);
    stated_claims(w);
    for (uint32_t i = 0; i < a->b->n; i++)
        if (w->of[i].own || w->of[i].stated)
            claims_on(w, nvbi_figure_at(a->b, i), &w->of[i]);
    for (size_t i = 0; i < w->n_without; i++)
        claim_without_figure(w, w->without[i]);
    for (size_t i = 0; i < w->n_unknown; i++)
        claim_on_nothing(w, w->unknown[i]);
    if (!nvbi_names_init(&a->by_path, &a->arena, a->n_figures + 1))
        a->failed = true;
    for (size_t i = 0; i < a->n_figures && !a->failed; i++)
        nvbi_names_add(&a->by_path, a->figures[i].path, (uint32_t)i);
}

/* --- findings --- */

/* One finding on all claims (or lines, or figures) whose paths were gathered. */
static void found_many(
    nvb_audit *a, nvb_finding_kind kind, nvb_gravity gravity, const nvb_text *paths, size_t n)
{
    if (!n)
        return;
    nvb_finding *f = nvbi_found(a, kind, gravity, paths[0]);
    nvbi_found_count(f, 0, n);
    nvbi_found_paths(a, f, paths, n);
    f->word[0] = f->path;
}

/* What a rounding adds may be anything it can be: that says nothing. */
static bool is_remainder(const nvb_figure *f)
{
    return f && (f->kind == NVB_FIG_ROUNDING || f->kind == NVB_FIG_PART_ROUNDING ||
                 f->kind == NVB_FIG_VOLUME_ROUNDING);
}

static void found_within(claims_work *w, nvb_text *paths)
{
    nvb_audit *a = w->a;
    const nvb_audited **tariffs = nvbi_arena_zalloc(&w->arena, a->n_figures + 1, sizeof *tariffs);
    size_t n = 0, n_tariffs = 0, sides[2] = {0, 0};
    for (size_t i = 0; tariffs && i < a->n_figures; i++) {
        const nvb_audited *c = &a->figures[i];
        if (c->verdict != NVB_FOLLOWS_ROUNDED || is_remainder(c->figure))
            continue;
        paths[n++] = c->path;
        if (!c->figure || c->figure->kind != NVB_FIG_TARIFF || !c->line)
            continue;
        tariffs[n_tariffs++] = c;
        sides[nvb_num_sign(c->difference) > 0]++;
    }
    if (!n)
        return;
    found_many(a, NVB_FOUND_WITHIN, NVB_NOTE, paths, n);
    nvb_finding *f = &a->findings[a->n_findings - 1];
    nvbi_found_count(f, 1, sides[0]);
    nvbi_found_count(f, 2, sides[1]);
    nvbi_found_worth(a, f, tariffs, n_tariffs);
}

static bool follows_from_nothing(const nvb_audited *c)
{
    return !c->figure && c->verdict == NVB_FOLLOWS_NOT && c->path.s != c->place.s && !c->line;
}

static void found_unknown(claims_work *w, nvb_text *paths)
{
    nvb_audit *a = w->a;
    size_t n = 0;
    for (size_t i = 0; i < a->n_figures; i++)
        if (follows_from_nothing(&a->figures[i]))
            paths[n++] = a->figures[i].path;
    found_many(a, NVB_FOUND_UNKNOWN, NVB_FAULT, paths, n);
}

/* A figure of zero that an explanation may leave out. */
static bool may_be_left_out(const nvb_figure *f)
{
    bool remainder = f->kind == NVB_FIG_LIMIT || f->kind == NVB_FIG_ROUNDING ||
                     f->kind == NVB_FIG_PART_REST || f->kind == NVB_FIG_PART_ROUNDING ||
                     f->kind == NVB_FIG_VOLUME_ROUNDING;
    return remainder && nvb_num_sign(f->value) == 0;
}

static void found_missing(claims_work *w)
{
    nvb_audit *a = w->a;
    if (!a->in.is_explanation)
        return;
    nvb_text *paths = NVBI_NEW(&w->arena, nvb_text, a->b->n + (size_t)1);
    size_t n = 0;
    for (uint32_t i = 0; paths && i < a->b->n; i++) {
        const nvb_figure *f = nvbi_figure_at(a->b, i);
        if (!w->of[i].stated && !may_be_left_out(f))
            paths[n++] = f->path;
    }
    if (paths)
        found_many(a, NVB_FOUND_MISSING, NVB_DOUBT, paths, n);
}

/* Lines of a price list that nothing is known of but their tariff. */
static void found_nothing(claims_work *w)
{
    nvb_audit *a = w->a;
    const nvb_proposal *p = a->p;
    nvb_text *paths = a->in.is_list ? NVBI_NEW(&w->arena, nvb_text, p->n_lines + 1) : NULL;
    size_t n = 0;
    const nvb_line *first = NULL;
    bool others = false;
    for (size_t i = 0; paths && i < p->n_lines; i++) {
        const nvb_line *line = &p->lines[i];
        bool bare = nvb_input_given(&line->tariff) && a->b->lines[i].basis == NVB_NO_FIGURE;
        others |= !bare;
        if (!bare)
            continue;
        first = first ? first : line;
        paths[n++] = line->path;
    }
    if (!n)
        return;
    found_many(a, NVB_FOUND_NOTHING, others ? NVB_NOTE : NVB_DOUBT, paths, n);
    a->findings[a->n_findings - 1].word[0] = first->code;
}

/* --- figures of an explanation where a fault enters --- */

static nvb_text name_of(const nvb_figure *f)
{
    return f->step          ? f->step->id
           : f->volume_step ? f->volume_step->id
           : f->group       ? f->group->id
           : f->ceiling     ? f->ceiling->id
           : f->index       ? f->index->id
                            : NVB_TEXT("");
}

/* What a figure has in common with the same figure on another line, where the same slip is made
 * over and over. */
static nvb_text likeness(claims_work *w, const nvb_figure *f)
{
    if (!f)
        return NVB_TEXT("-");
    char kind[] = {(char)('A' + (int)f->kind / 16), (char)('A' + (int)f->kind % 16), '\0'};
    nvb_text key = nvbi_arena_pointer(&w->arena, (nvb_text){kind, 2}, "/", name_of(f));
    return f->component ? nvbi_arena_pointer(&w->arena, key, "/", f->component->id) : key;
}

/* Worth a finding of its own here: tariffs and indices have theirs (audit_explain.c,
 * audit_index.c). */
static bool is_ours(const nvb_audited *c)
{
    if (!c->enters || (!c->figure && !c->line))
        return false;
    return !c->figure ? c->path.s != c->place.s
                      : c->figure->kind != NVB_FIG_TARIFF && c->figure->kind != NVB_FIG_INDEX;
}

static bool is_turnover(const nvb_figure *f)
{
    return f && (f->kind == NVB_FIG_TURNOVER || f->kind == NVB_FIG_TIER || f->kind == NVB_FIG_CUT ||
                 f->kind == NVB_FIG_GROUP_TURNOVER || f->kind == NVB_FIG_TOTAL_BEFORE ||
                 f->kind == NVB_FIG_TOTAL);
}

/* A slip, the first of its kind, and the others like it. */
typedef struct slip {
    const nvb_audited *first;
    size_t n;     /* claims */
    size_t after; /* that go wrong because of them */
    nvb_num amount;
    nvb_text *paths;
    size_t at;
} slip;

static size_t gather_slips(claims_work *w, const size_t *after, slip *slips, uint32_t *slip_of)
{
    nvb_audit *a = w->a;
    nvbi_names names = {0};
    size_t n = 0;
    for (size_t i = 0; i < a->n_figures; i++) {
        const nvb_audited *c = &a->figures[i];
        if (!is_ours(c))
            continue;
        if (!names.slots && !nvbi_names_init(&names, &w->arena, a->n_figures))
            return 0;
        nvb_text key = likeness(w, c->figure);
        uint32_t k = nvbi_names_find(&names, key);
        if (k == NVBI_NO_NAME) {
            k = (uint32_t)n++;
            nvbi_names_add(&names, key, k);
            slips[k] = (slip){.first = c, .amount = nvb_num_int(0)};
        }
        slip_of[i] = k + 1;
        slips[k].n++;
        slips[k].after += after[i];
        slips[k].amount = nvb_num_sub(a->calc, slips[k].amount, c->difference);
    }
    return n;
}

static void found_slip(nvb_audit *a, const slip *s)
{
    const nvb_audited *c = s->first;
    nvb_finding *f = nvbi_found(a, NVB_FOUND_FIGURE, NVB_FAULT, c->path);
    nvbi_found_paths(a, f, s->paths, s->n);
    f->word[0] = f->path;
    nvbi_found_number(f, 0, c->claimed, c->unit);
    nvbi_found_number(f, 1, c->computed, c->unit);
    nvbi_found_count(f, 2, s->after);
    nvbi_found_count(f, 3, s->n);
    f->has_amount = is_turnover(c->figure);
    f->amount = f->has_amount ? s->amount : nvb_num_int(0);
}

/* Notes which finding says where the fault of a claim came in: `slip_of` its cause, whose finding
 * follows those there were. */
static void note_told(nvb_audit *a, const uint32_t *slip_of, const uint32_t *cause, size_t findings)
{
    a->told = NVBI_NEW(&a->arena, uint32_t, a->n_figures + 1);
    for (size_t i = 0; a->told && i < a->n_figures; i++) {
        uint32_t at = cause[i] ? slip_of[cause[i] - 1] : 0;
        a->told[i] = at ? (uint32_t)findings + at : 0;
    }
}

static void found_figures(claims_work *w, const size_t *after, const uint32_t *cause)
{
    nvb_audit *a = w->a;
    slip *slips = NVBI_NEW(&w->arena, slip, a->n_figures + 1);
    uint32_t *slip_of = NVBI_NEW(&w->arena, uint32_t, a->n_figures + 1);
    if (!slips || !slip_of)
        return;
    size_t n = gather_slips(w, after, slips, slip_of);
    for (size_t k = 0; k < n; k++)
        slips[k].paths = NVBI_NEW(&w->arena, nvb_text, slips[k].n);
    for (size_t i = 0; i < a->n_figures && !w->arena.failed; i++)
        if (slip_of[i]) {
            slip *s = &slips[slip_of[i] - 1];
            s->paths[s->at++] = a->figures[i].path;
        }
    note_told(a, slip_of, cause, a->n_findings);
    for (size_t k = 0; k < n && !w->arena.failed; k++)
        found_slip(a, &slips[k]);
}

static void find_findings(claims_work *w)
{
    nvb_audit *a = w->a;
    size_t *after = NVBI_NEW(&w->arena, size_t, a->n_figures + 1);
    uint32_t *cause = NVBI_NEW(&w->arena, uint32_t, a->n_figures + 1);
    nvb_text *paths = NVBI_NEW(&w->arena, nvb_text, a->n_figures + 1);
    if (!after || !cause || !paths)
        return;
    nvbi_audit_enters(a, after, cause);
    found_figures(w, after, cause);
    found_unknown(w, paths);
    found_missing(w);
    found_within(w, paths);
    found_nothing(w);
}

void nvbi_audit_figures(nvb_audit *a)
{
    claims_work w = {.a = a};
    nvbi_arena_init(&w.arena);
    if (prepare(&w))
        find_claims(&w);
    if (!a->failed && !a->arena.failed)
        find_findings(&w);
    a->failed |= w.arena.failed || a->arena.failed;
    nvbi_arena_release(&w.arena);
}
