/*
 * audit_apply_index.c: an index as a reading has it: another convention, without its nacalculatie,
 * with an older figure. Each way changes a copy and says whether it did; see audit_apply.h.
 */
#include "audit_apply.h"

static bool is_named(const nvbi_reread *w, const nvb_component *c)
{
    return !w->r->component.s || nvb_text_equal(w->r->component, c->id);
}

/* The components of `x`, copied to be changed; NULL when memory is out. */
static nvb_component *own_components(nvbi_reread *w, nvb_index *x)
{
    nvb_component *own = nvbi_reread_copy(w, x->components, x->n_components, sizeof *own);
    x->components = own;
    return own;
}

/* Changes each component the reading names. */
static bool
each_component(nvbi_reread *w, nvb_index *x, bool (*change)(nvbi_reread *w, nvb_component *c))
{
    nvb_component *own = own_components(w, x);
    bool any = false;
    for (size_t i = 0; own && i < x->n_components; i++)
        if (is_named(w, &own[i]))
            any |= change(w, &own[i]);
    return any;
}

/* --- method and rounding --- */

static bool same_convention(const nvb_convention *a, const nvb_convention *b)
{
    return a->after == b->after && a->combination == b->combination &&
           a->weighting == b->weighting && a->round_after == b->round_after &&
           a->round_component == b->round_component && a->round_weighted == b->round_weighted &&
           a->round_total == b->round_total;
}

bool nvbi_way_convention(nvbi_reread *w, nvb_index *x)
{
    const nvb_convention *c = &w->r->convention;
    nvb_convention own = nvbi_convention_of(x);
    if (x->n_components == 0 || same_convention(&own, c))
        return false;
    x->after_method = c->after;
    x->combination = c->combination;
    x->weighting = c->weighting;
    x->round_after = c->round_after;
    x->round_component = c->round_component;
    x->round_weighted = c->round_weighted;
    x->round_total = c->round_total;
    return true;
}

/* --- one percentage --- */

static void shorten(nvb_index *x, nvb_num percentage)
{
    nvbi_reread_set(&x->percentage, percentage, x->path);
    x->components = NULL;
    x->n_components = 0;
}

bool nvbi_way_claimed(nvbi_reread *w, nvb_index *x)
{
    if (x->n_components == 0 && nvb_num_cmp(w->calc, x->percentage.value, w->r->parameter) == 0)
        return false;
    shorten(x, w->r->parameter);
    return true;
}

bool nvbi_way_index_shifted(nvbi_reread *w, nvb_index *x)
{
    if (!w->r->index.s)
        return false;
    nvb_convention own = nvbi_convention_of(x);
    nvb_num total = nvbi_index_under(w->calc, x, &own);
    if (nvb_num_sign(total) == 0)
        return false;
    shorten(x, nvb_num_mul(w->calc, total, w->r->parameter));
    return true;
}

/* --- nacalculatie --- */

static bool has_after(const nvb_component *c)
{
    return nvb_input_given(&c->last_definitive) || nvb_input_given(&c->after);
}

static void drop_after(nvb_component *c)
{
    c->last_year = 0;
    c->after = c->last_provisional = c->last_definitive = (nvb_input){0};
}

static bool no_after(nvbi_reread *w, nvb_component *c)
{
    (void)w;
    bool had = has_after(c);
    drop_after(c);
    return had;
}

bool nvbi_way_no_after(nvbi_reread *w, nvb_index *x)
{
    return each_component(w, x, no_after);
}

/* n as the index uses it, counted twice the way the index puts n and v together. What was rounded
 * stays as it was: every n is given as it came out, and n is rounded no more. */
bool nvbi_way_after_twice(nvbi_reread *w, nvb_index *x)
{
    nvb_convention how = nvbi_convention_of(x);
    nvb_component *own = own_components(w, x);
    bool any = false;
    for (size_t i = 0; own && i < x->n_components; i++) {
        nvb_num n = nvbi_after_under(w->calc, &own[i], &how);
        if (is_named(w, &own[i]) && nvb_num_sign(n) != 0) {
            nvb_num twice = nvb_num_add(w->calc, n, n);
            if (how.combination == NVB_MULTIPLIED)
                twice = nvb_num_add(w->calc, twice, nvb_num_mul(w->calc, n, n));
            n = twice;
            any = true;
        }
        drop_after(&own[i]);
        nvbi_reread_set(&own[i].after, n, own[i].path);
    }
    x->round_after = NVB_UNROUNDED;
    return any;
}

/* The figure of a year at a stage; of several the last of the file. */
static const nvb_published *published(const nvb_series *s, int year, nvb_stage stage)
{
    const nvb_published *found = NULL;
    for (size_t i = 0; i < s->n; i++)
        if (s->figures[i].year == year && s->figures[i].stage == stage)
            found = &s->figures[i];
    return found;
}

static bool other_year(nvbi_reread *w, nvb_component *c)
{
    const nvb_series *s = c->last_year == w->r->year ? NULL : nvbi_series_of(w->a, c);
    const nvb_published *p = s ? published(s, w->r->year, NVB_STAGE_PROVISIONAL) : NULL;
    const nvb_published *d = s ? published(s, w->r->year, NVB_STAGE_DEFINITIVE) : NULL;
    if (!p || !d || nvb_num_cmp(w->calc, p->percentage.value, nvb_num_int(-1)) == 0)
        return false;
    drop_after(c);
    c->last_year = w->r->year;
    nvbi_reread_set(&c->last_provisional, p->percentage.value, c->path);
    nvbi_reread_set(&c->last_definitive, d->percentage.value, c->path);
    return true;
}

/* Components that have a nacalculatie; where none has, all of a kind that is published. */
bool nvbi_way_after_other_year(nvbi_reread *w, nvb_index *x)
{
    nvb_component *own = own_components(w, x);
    bool some = false, any = false;
    for (size_t i = 0; i < x->n_components; i++)
        some |= own && has_after(&own[i]);
    for (size_t i = 0; own && i < x->n_components; i++)
        if (is_named(w, &own[i]) && (!some || has_after(&own[i])))
            any |= other_year(w, &own[i]);
    return any;
}

/* --- the year's own figure --- */

static bool year_old(nvbi_reread *w, nvb_component *c)
{
    const nvb_input *old =
        w->r->stage == NVB_STAGE_DEFINITIVE ? &c->last_definitive : &c->last_provisional;
    if (!nvb_input_given(old) || nvb_num_cmp(w->calc, old->value, c->provisional.value) == 0)
        return false;
    c->provisional = *old;
    return true;
}

bool nvbi_way_year_old(nvbi_reread *w, nvb_index *x)
{
    return each_component(w, x, year_old);
}

/* --- shares --- */

static bool without_share(nvbi_reread *w, nvb_component *c)
{
    (void)w;
    if (nvb_input_given(&c->share) && nvb_num_sign(c->share.value) == 0)
        return false;
    nvbi_reread_set(&c->share, nvb_num_int(0), c->path);
    return true;
}

bool nvbi_way_component_omitted(nvbi_reread *w, nvb_index *x)
{
    x->rest_not_indexed = true;
    return each_component(w, x, without_share);
}

bool nvbi_way_shares_swapped(nvbi_reread *w, nvb_index *x)
{
    nvb_component *own = own_components(w, x), *one = NULL, *other = NULL;
    for (size_t i = 0; own && i < x->n_components; i++) {
        if (nvb_text_equal(own[i].id, w->r->component))
            one = &own[i];
        if (nvb_text_equal(own[i].id, w->r->other_component))
            other = &own[i];
    }
    if (!one || !other || nvb_num_cmp(w->calc, one->share.value, other->share.value) == 0)
        return false;
    nvb_input share = one->share;
    one->share = other->share;
    other->share = share;
    return true;
}

/* --- steps that take the index at shares of their own --- */

static bool at_own_shares(const nvbi_reread *w, const nvb_step *s)
{
    return w->r->index.s && s->n_own_shares && nvb_text_equal(s->index, w->r->index);
}

/* One percentage has no components to have shares. */
bool nvbi_way_step_claimed(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    if (!at_own_shares(w, s))
        return false;
    s->own_shares = NULL;
    s->n_own_shares = 0;
    return true;
}

static nvb_own_share *share_of(nvb_own_share *own, size_t n, nvb_text component)
{
    for (size_t i = 0; own && i < n; i++)
        if (nvb_text_equal(own[i].component, component))
            return &own[i];
    return NULL;
}

bool nvbi_way_step_component(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    if (!at_own_shares(w, s))
        return false;
    nvb_own_share *own = nvbi_reread_copy(w, s->own_shares, s->n_own_shares, sizeof *own);
    nvb_own_share *of = share_of(own, s->n_own_shares, w->r->component);
    if (!of || nvb_num_sign(of->share.value) == 0)
        return false;
    of->share.value = nvb_num_int(0);
    s->own_shares = own;
    return true;
}

bool nvbi_way_step_swapped(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    if (!at_own_shares(w, s))
        return false;
    nvb_own_share *own = nvbi_reread_copy(w, s->own_shares, s->n_own_shares, sizeof *own);
    nvb_own_share *one = share_of(own, s->n_own_shares, w->r->component);
    nvb_own_share *other = share_of(own, s->n_own_shares, w->r->other_component);
    if (!one || !other || nvb_num_cmp(w->calc, one->share.value, other->share.value) == 0)
        return false;
    nvb_input share = one->share;
    one->share = other->share;
    other->share = share;
    s->own_shares = own;
    return true;
}
