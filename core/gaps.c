/*
 * gaps.c: what the law wants said and the document does not say: reasons, sources, bases, an index
 * statement. Handvatten 4.7.1; which element is mandatory is written down in decisions.md. A
 * contract owes no toelichting.
 */
#include "validate.h"

#include "numtext.h"

#define NONE ((nvb_text){0})

nvb_text nvbi_validation_digits(nvbi_validation *v, nvb_num value, int shift)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    nvbi_num_append(v->calc, &b, nvb_num_shift(v->calc, value, shift));
    nvb_text t = nvbi_arena_text(&v->arena, b.s ? b.s : "", b.n);
    nvb_buffer_release(&b);
    return t;
}

static void gap(nvbi_validation *v, nvb_code code, nvb_text path, nvb_text a, nvb_text b)
{
    nvb_diag_add(v->diag, code, path, a, b, NONE);
}

static bool owes_explanation(const nvbi_validation *v)
{
    return v->p->kind != NVB_CONTRACT;
}

static bool has_percentage(const nvb_step *s)
{
    bool any = nvb_input_given(&s->percentage);
    for (size_t i = 0; s->table && i < s->table->n_treads; i++)
        any |= nvb_input_given(&s->table->treads[i].percentage);
    return any;
}

static bool below_whole(const nvbi_validation *v, const nvb_input *in)
{
    return nvb_input_given(in) && nvb_num_cmp(v->calc, in->value, nvb_num_int(1)) < 0;
}

void nvbi_gaps_of_step(nvbi_validation *v, const nvb_step *s)
{
    const char *key = nvb_step_kind_key(s->kind);
    nvb_text kind = {key, strlen(key)};
    bool argued = s->kind == NVB_STEP_SURCHARGE || s->kind == NVB_STEP_DISCOUNT;
    if (s->over.kind == NVB_OVER_NONE && s->kind != NVB_STEP_INDEX && has_percentage(s))
        nvb_diag_add(v->diag, NVB_E503, s->path, kind, s->id, NONE);
    if (!owes_explanation(v))
        return;
    if (argued && !s->reason.s)
        gap(v, NVB_E501, s->path, kind, s->id);
    if (argued && !s->source.s)
        gap(v, NVB_E502, s->path, kind, s->id);
    if (s->kind == NVB_STEP_INDEX && below_whole(v, &s->share) && !s->reason.s)
        gap(v, NVB_E507, s->share.path, s->index.s ? s->index : s->id,
            nvbi_arena_join(&v->arena, nvbi_validation_digits(v, s->share.value, 2), "%"));
}

static bool rests_on_tariff_of_year(const nvb_proposal *p, const nvb_basis *b)
{
    bool nza = b->kind == NVB_NZA_TARIFF || b->kind == NVB_NZA_MAXIMUM;
    return nza && b->year == p->year;
}

bool nvbi_line_is_indexed(const nvb_proposal *p, const nvbi_names *lines, size_t line)
{
    enum { DEEPEST = 17 };
    for (int depth = 0; depth <= DEEPEST; depth++) {
        const nvb_buildup *b = &p->lines[line].price;
        for (size_t i = 0; i < b->n_steps; i++)
            if (b->steps[i] && b->steps[i]->kind == NVB_STEP_INDEX)
                return true;
        if (b->basis.given && rests_on_tariff_of_year(p, &b->basis))
            return true;
        uint32_t next = nvbi_names_find(lines, b->basis.line);
        if (next == NVBI_NO_NAME)
            return false;
        line = next;
    }
    return false;
}

static void gaps_of_basis(nvbi_validation *v, const nvb_basis *b)
{
    if (b->kind == NVB_OTHER_BASE && !b->description.s)
        gap(v, NVB_E505, b->path, NONE, NONE);
    bool reduced = nvb_input_given(&b->percentage) &&
                   nvb_num_cmp(v->calc, b->percentage.value, nvb_num_int(1)) != 0;
    if (reduced && !b->reason.s)
        gap(v, NVB_E506, b->percentage.path,
            nvbi_arena_join(&v->arena, nvbi_validation_digits(v, b->percentage.value, 2), "%"),
            NONE);
}

void nvbi_gaps_of_lines(nvbi_validation *v)
{
    const nvb_proposal *p = v->p;
    bool owes = owes_explanation(v);
    for (size_t i = 0; i < p->n_lines; i++) {
        const nvb_line *l = &p->lines[i];
        bool priced = l->price.basis.given || nvb_input_given(&l->tariff);
        if (!priced) /* no explanation is missing but a price: a contract is to have one too */
            gap(v, NVB_E504, l->path, l->code, NONE);
        if (!priced || !owes)
            continue;
        if (l->price.basis.given)
            gaps_of_basis(v, &l->price.basis);
        else if (!p->statement[NVB_ITEM_BASIS].s)
            gap(v, NVB_E510, l->path, l->code, NONE);
        if (!p->statement[NVB_ITEM_INDEXATION].s && !nvbi_line_is_indexed(p, &v->lines.names, i))
            gap(v, NVB_E508, l->path, l->code, NONE);
    }
    for (size_t i = 0; owes && i < p->n_ceilings; i++)
        if (p->ceilings[i].buildup.basis.given)
            gaps_of_basis(v, &p->ceilings[i].buildup.basis);
}
