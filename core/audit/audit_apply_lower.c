/*
 * audit_apply_lower.c: the proposal with its index so many points of its base lower. A step that
 * takes the index becomes one that takes that percentage, so that whatever comes after it starts
 * from what was indexed with the lower figure. And with the index, or the percentage of the step,
 * another number that is written the same when it is rounded.
 */
#include "audit_apply.h"

bool nvbi_reread_rate(nvbi_reread *w, const nvb_step *s, nvb_num *rate)
{
    if (!s->index.s) {
        *rate = s->percentage.value;
        return nvb_input_given(&s->percentage);
    }
    const nvb_index *x = nvb_proposal_index(w->p, s->index);
    if (!x)
        return false;
    nvb_index own = *x;
    if (s->n_own_shares) {
        nvb_component *parts = nvbi_reread_copy(w, x->components, x->n_components, sizeof *parts);
        if (!parts)
            return false;
        for (size_t i = 0; i < x->n_components; i++)
            for (size_t k = 0; k < s->n_own_shares; k++)
                if (nvb_text_equal(parts[i].id, s->own_shares[k].component))
                    parts[i].share = s->own_shares[k].share;
        own.components = parts;
    }
    nvb_convention as_is = nvbi_convention_of(&own);
    *rate = nvbi_index_under(w->calc, &own, &as_is);
    return true;
}

bool nvbi_way_lower(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    bool at_end = w->r->over == NVB_OVER_BASE;
    bool other = w->r->index.s && !nvb_text_equal(w->r->index, s->index);
    nvb_num rate;
    if (at_end || other || s->kind != NVB_STEP_INDEX || !nvbi_reread_rate(w, s, &rate))
        return false;
    nvbi_reread_set(&s->percentage, nvb_num_sub(w->calc, rate, w->r->parameter), s->path);
    s->index = (nvb_text){0};
    s->own_shares = NULL;
    s->n_own_shares = 0;
    return true;
}

bool nvbi_way_written(nvbi_reread *w, nvb_index *x)
{
    return w->r->index.s && nvbi_way_claimed(w, x);
}

bool nvbi_way_step_written(nvbi_reread *w, const nvb_buildup *plan, size_t at, nvb_step *s)
{
    (void)plan;
    (void)at;
    if (!w->r->step.s || s->index.s || !nvb_input_given(&s->percentage))
        return false;
    s->percentage.value = w->r->parameter;
    return true;
}
