/*
 * audit_readings.c: which readings of an offer are worth trying: those of its tariffs and volumes
 * as a whole here, those of indices and of steps in the files beside it. What would change nothing
 * in this offer is not listed, and a bound keeps a document of any size affordable. It tries
 * nothing.
 */
#include "audit_readings.h"

void nvbi_listing_put(nvbi_listing *l, const nvb_reading *r)
{
    if (l->out->n < l->most)
        nvbi_readings_add(l->a, l->out, r);
}

void nvbi_listing_shifted(nvbi_listing *l, nvb_reading r)
{
    static const int places[] = {-2, -1, 1, 2};
    r.kind = NVB_READ_SHIFTED;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        r.parameter = nvb_num_shift(l->a->calc, nvb_num_int(1), places[i]);
        nvbi_listing_put(l, &r);
    }
}

/* --- of the offer as a whole --- */

/* What there is in it to read otherwise. */
typedef struct traits {
    bool reduced, derived, stepped, capped, floored, tiered, bare;
    bool any;              /* a line with a base */
    nvb_rounding rounding; /* of most tariffs: that of the decimals most lines have */
    size_t lines_at[NVB_SHOWN_DECIMALS + 1];
} traits;

static bool has_index_step(const nvb_buildup *plan)
{
    for (size_t i = 0; i < plan->n_steps; i++)
        if (plan->steps[i] && plan->steps[i]->kind == NVB_STEP_INDEX)
            return true;
    return false;
}

static void look_at(nvb_calc *calc, const nvb_line *line, traits *t)
{
    const nvb_buildup *plan = &line->price;
    t->tiered |= line->n_tiers > 0;
    if (!plan->basis.given)
        return;
    size_t *lines = &t->lines_at[plan->rounding.decimals % (NVB_SHOWN_DECIMALS + 1)];
    ++*lines;
    if (!t->any || *lines > t->lines_at[t->rounding.decimals % (NVB_SHOWN_DECIMALS + 1)])
        t->rounding = plan->rounding;
    t->any = true;
    t->reduced |= nvb_input_given(&plan->basis.percentage) &&
                  nvb_num_cmp(calc, plan->basis.percentage.value, nvb_num_int(1)) != 0;
    t->derived |= plan->basis.line.s && !plan->basis.of_tariff;
    for (size_t i = 0; i < plan->n_steps; i++)
        t->stepped |= plan->steps[i] && !plan->steps[i]->rounding.declared;
    t->capped |= plan->maximum.given;
    t->floored |= plan->minimum.given;
    t->bare |= !plan->basis.line.s && !has_index_step(plan);
}

static void put_if(nvbi_listing *l, bool worth, nvb_reading r)
{
    if (worth)
        nvbi_listing_put(l, &r);
}

/* Every mode, at the decimals of the offer first, then at those people round to. */
static void list_rounding(nvbi_listing *l, const traits *t)
{
    const int own = (int)t->rounding.decimals;
    const int decimals[] = {own, 2, 1, 0, 3};
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++)
        for (int mode = 0; mode < NVB_MODE_COUNT; mode++) {
            nvb_reading r = {
                .kind = NVB_READ_ROUNDED_OTHERWISE, .number = decimals[i], .mode = (nvb_mode)mode};
            bool again = i > 0 && r.number == own;
            put_if(l, !again && (r.number != own || r.mode != t->rounding.mode), r);
        }
}

/* Published figures of the year and the two around it, as the whole index of lines without one. */
static void list_published(nvbi_listing *l)
{
    enum { AROUND = 2 };
    const nvb_reference *ref = l->a->in.reference;
    for (size_t i = 0; ref && i < ref->n; i++)
        for (size_t k = 0; k < ref->series[i].n; k++) {
            const nvb_published *f = &ref->series[i].figures[k];
            int apart = f->year - l->a->p->year;
            nvb_reading r = {.kind = NVB_READ_PUBLISHED,
                             .series = ref->series[i].id,
                             .year = f->year,
                             .stage = f->stage,
                             .parameter = f->percentage.value};
            put_if(l, apart >= -AROUND && apart <= AROUND, r);
        }
}

/* --- what bears on turnover alone --- */

static bool listed_volume_step(const nvbi_listing *l, nvb_text id)
{
    for (size_t i = 0; i < l->out->n; i++)
        if (l->out->items[i].kind == NVB_READ_VOLUME_STEP_OMITTED &&
            nvb_text_equal(l->out->items[i].step, id))
            return true;
    return false;
}

static void list_volume_steps(nvbi_listing *l)
{
    enum { MOST = 16 };
    size_t end = l->out->n + MOST;
    for (size_t i = 0; i < l->a->p->n_lines; i++) {
        const nvb_volume *v = &l->a->p->lines[i].volume;
        for (size_t k = 0; k < v->n_steps && l->out->n < end; k++) {
            nvb_reading r = {.kind = NVB_READ_VOLUME_STEP_OMITTED, .step = v->steps[k].id};
            put_if(l, !listed_volume_step(l, r.step), r);
        }
    }
}

static void list_turnover(nvbi_listing *l, const traits *t)
{
    enum { MOST = 16 };
    put_if(l, t->tiered, (nvb_reading){.kind = NVB_READ_TIERS_IGNORED});
    for (size_t i = 0; i < l->a->p->n_ceilings && i < MOST; i++)
        put_if(l, true,
               (nvb_reading){.kind = NVB_READ_CEILING_IGNORED, .ceiling = l->a->p->ceilings[i].id});
    list_volume_steps(l);
}

static void list_whole(nvbi_listing *l)
{
    traits t = {0};
    for (size_t i = 0; i < l->a->p->n_lines; i++)
        look_at(l->a->calc, &l->a->p->lines[i], &t);
    put_if(l, t.reduced, (nvb_reading){.kind = NVB_READ_BASE_PERCENTAGE});
    put_if(l, t.derived, (nvb_reading){.kind = NVB_READ_BASE_ROUNDED});
    for (int decimals = 2; decimals >= 0; decimals--)
        put_if(l, t.stepped, (nvb_reading){.kind = NVB_READ_ROUNDED_PER_STEP, .number = decimals});
    put_if(l, t.capped, (nvb_reading){.kind = NVB_READ_MAXIMUM_IGNORED});
    put_if(l, t.floored, (nvb_reading){.kind = NVB_READ_MINIMUM_IGNORED});
    if (t.any)
        list_rounding(l, &t);
    if (l->a->in.n_claims)
        list_turnover(l, &t);
    if (t.bare)
        list_published(l);
}

void nvbi_readings_list(nvb_audit *a, nvbi_readings *out)
{
    nvbi_listing l = {.a = a, .out = out, .most = out->n + NVBI_MOST_OF_INDICES / 2};
    size_t start = out->n;
    list_whole(&l);
    l.most = out->n + NVBI_MOST_OF_INDICES;
    nvbi_list_indices(&l);
    l.most = start + NVBI_MOST_READINGS;
    nvbi_list_steps(&l);
}
