/* compare.c: see compare.h. The handle, the order of the work, and the words of the tables. */
#include "compare.h"

#include "invariants.h"
#include "navolgbaar/buffer.h"

#include <stdlib.h>

/* clang-format off */
#define KEY_ROW(name, key) [name] = key,
static const char *const attributions[] = {NVB_ATTRIBUTIONS(KEY_ROW)};
static const char *const states[] = {NVB_PAIR_STATES(KEY_ROW)};
static const char *const bridges[] = {NVB_BRIDGE_KINDS(KEY_ROW)};
static const char *const change_kinds[] = {NVB_CHANGE_KINDS(KEY_ROW)};
#undef KEY_ROW
/* clang-format on */

const char *nvb_attribution_key(nvb_attribution v)
{
    return v < NVB_ATTRIBUTION_COUNT ? attributions[v] : "";
}

const char *nvb_pair_state_key(nvb_pair_state v)
{
    return v < NVB_PAIR_STATE_COUNT ? states[v] : "";
}

const char *nvb_bridge_kind_key(nvb_bridge_kind v)
{
    return v < NVB_BRIDGE_KIND_COUNT ? bridges[v] : "";
}

const char *nvb_change_kind_key(nvb_change_kind v)
{
    return v < NVB_CHANGE_KIND_COUNT ? change_kinds[v] : "";
}

/* --- what the two documents are to each other: decision 56 --- */

/* The document whose parties and year go for the old side. */
static const nvb_proposal *before_of(const nvb_comparison *c)
{
    return c->old->year == 0 && c->options.earlier ? c->options.earlier : c->old;
}

static bool
same_party(nvb_comparison *c, nvb_text before, nvb_text after, nvb_code code, nvb_text path)
{
    bool known = before.n && after.n;
    if (!known || c->options.any_party || nvb_text_equal(before, after))
        return true;
    nvb_diag_add(c->diag, code, path, before_of(c)->reference, before, after);
    return false;
}

/* "2025", or in rounds of one year "2025, ronde 2". */
static nvb_text year_word(nvb_comparison *c, const nvb_proposal *p, bool rounds)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    nvb_buffer_uint(&b, (unsigned)(p->year > 0 ? p->year : 0));
    if (rounds) {
        nvb_buffer_str(&b, ", ronde ");
        nvb_buffer_uint(&b, (unsigned)(p->round > 0 ? p->round : 0));
    }
    nvb_text t = nvbi_arena_text(&c->arena, b.s ? b.s : "", b.n);
    c->arena.failed |= b.failed;
    nvb_buffer_release(&b);
    return t;
}

static void warn(nvb_comparison *c, nvb_code code, nvb_text path)
{
    const nvb_proposal *a = before_of(c), *b = c->new_;
    bool rounds = code == NVB_E604 && a->year == b->year;
    nvb_diag_add(c->diag, code, path, a->reference, year_word(c, a, rounds),
                 year_word(c, b, rounds));
}

/* The years of both; a price list says none. False when the old one had to be of an earlier year
 * and is not. */
static bool check_years(nvb_comparison *c)
{
    const nvb_proposal *a = before_of(c), *b = c->new_;
    c->may_claim = !c->old->year || !b->year || c->old->year < b->year;
    if (!a->year || !b->year)
        return true;
    if (c->options.must_be_older && !c->may_claim) {
        warn(c, NVB_E324, NVB_TEXT("/contractjaar"));
        return false;
    }
    if (a->year > b->year || (a->year == b->year && a->round > b->round))
        warn(c, NVB_E604, NVB_TEXT("/contractjaar"));
    else if (a->year == b->year && a->round == b->round)
        warn(c, NVB_E603, NVB_TEXT("/contractjaar"));
    else if (b->year - a->year > 1)
        warn(c, NVB_E605, NVB_TEXT("/contractjaar"));
    return true;
}

static bool fit_together(nvb_comparison *c)
{
    const nvb_proposal *a = before_of(c), *b = c->new_;
    bool provider =
        same_party(c, a->provider.code, b->provider.code, NVB_E322, NVB_TEXT("/zorgaanbieder/agb"));
    bool insurer = same_party(c, a->insurer.code, b->insurer.code, NVB_E323,
                              NVB_TEXT("/zorgverzekeraar/uzovi"));
    bool years = check_years(c);
    if (c->options.must_be_older && c->old->kind != NVB_CONTRACT) {
        const char *kind = nvb_document_kind_key(c->old->kind);
        nvb_diag_add(c->diag, NVB_E609, NVB_TEXT(""), a->reference, (nvb_text){kind, strlen(kind)},
                     (nvb_text){0});
    }
    return provider && insurer && years;
}

/* --- the handle --- */

void nvbi_name_lines(nvbi_names *codes, nvbi_arena *arena, const nvb_proposal *p)
{
    if (nvbi_names_init(codes, arena, p->n_lines))
        for (size_t i = 0; i < p->n_lines; i++)
            nvbi_names_add(codes, p->lines[i].code, (uint32_t)i);
}

nvb_comparison *nvb_comparison_new(const nvb_breakdown *old,
                                   const nvb_breakdown *new_,
                                   const nvb_compare_options *options,
                                   nvb_diag *diag)
{
    nvb_comparison *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    nvbi_arena_init(&c->arena);
    c->calc = nvb_calc_new(NVB_CALC_LONG);
    c->old_side = old;
    c->new_side = new_;
    c->old = nvb_breakdown_proposal(old);
    c->new_ = nvb_breakdown_proposal(new_);
    c->diag = diag;
    if (options)
        c->options = *options;
    bool well = c->calc && fit_together(c) && nvbi_compare_pair(c);
    if (well) {
        nvbi_compare_bridges(c);
        nvbi_compare_content(c);
        nvbi_compare_turnover(c);
        nvb_num_error error = nvb_calc_take_error(c->calc);
        if (error == NVB_NUM_DIGITS)
            nvb_diag_add(diag, NVB_E405, NVB_TEXT("/prestaties"), (nvb_text){0}, (nvb_text){0},
                         (nvb_text){0});
        well = error == NVB_NUM_OK;
    }
    if (well && !c->arena.failed) {
#ifdef NVB_CHECK_INVARIANTS
        nvbi_invariants_compare(c);
#endif
        return c;
    }
    nvb_comparison_free(c);
    return NULL;
}

void nvb_comparison_free(nvb_comparison *c)
{
    if (!c)
        return;
    nvb_calc_free(c->calc);
    nvbi_arena_release(&c->arena);
    free(c);
}

const nvb_breakdown *nvb_comparison_old(const nvb_comparison *c)
{
    return c->old_side;
}

const nvb_breakdown *nvb_comparison_new_side(const nvb_comparison *c)
{
    return c->new_side;
}

const nvb_compare_options *nvb_comparison_options(const nvb_comparison *c)
{
    return &c->options;
}

nvb_calc *nvb_comparison_calc(const nvb_comparison *c)
{
    return c->calc;
}

size_t nvb_comparison_pairs(const nvb_comparison *c)
{
    return c->n_pairs;
}

const nvb_pair *nvb_comparison_pair(const nvb_comparison *c, size_t i)
{
    return &c->pairs[i];
}

size_t nvb_comparison_count(const nvb_comparison *c, nvb_pair_state state)
{
    return c->count[state];
}

const nvb_bridge *nvb_comparison_total(const nvb_comparison *c)
{
    return &c->total;
}

const nvb_bridge *nvb_comparison_causes(const nvb_comparison *c)
{
    return &c->causes;
}

size_t nvb_comparison_mixes(const nvb_comparison *c)
{
    return c->n_mixes;
}

const nvb_mix *nvb_comparison_mix(const nvb_comparison *c, size_t i)
{
    return &c->mixes[i];
}

size_t nvb_comparison_changes(const nvb_comparison *c)
{
    return c->n_changes;
}

const nvb_change *nvb_comparison_change(const nvb_comparison *c, size_t i)
{
    return &c->changes[i];
}

size_t nvb_comparison_without_volume(const nvb_comparison *c, bool old_side)
{
    return c->without_volume[old_side ? 0 : 1];
}

bool nvb_comparison_differs(const nvb_comparison *c)
{
    return c->count[NVB_PAIR_SAME] < c->n_pairs || c->n_changes > 0 || c->total.n > 0;
}
