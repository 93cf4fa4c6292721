/*
 * rules_tariff.c: what a tariff may come to: not above its NZa maximum (a tariff rounded above it
 * is computed and reported here, not refused), not below zero.
 */
#include "checks.h"

static const nvb_figure *tariff_of(const nvbi_checking *c, size_t line)
{
    uint32_t at = c->b->lines[line].tariff;
    return at == NVB_NO_FIGURE ? NULL : nvbi_figure_at(c->b, at);
}

void nvbi_rule_maximum(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    size_t n = 0;
    for (size_t i = 0; i < c->p->n_lines; i++) {
        const nvb_limit *m = &c->p->lines[i].price.maximum;
        const nvb_figure *tariff = tariff_of(c, i);
        if (!m->given || !tariff)
            continue;
        n++;
        nvb_num top = m->amount.value;
        if (nvb_input_given(&m->percentage))
            top = nvb_num_mul(c->b->calc, top, m->percentage.value);
        if (nvb_num_cmp(c->b->calc, tariff->value, top) <= 0)
            continue;
        if (!out->n_paths) {
            nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_MAXIMUM_EXCEEDED);
            nvbi_check_word(out, 0, c->p->lines[i].code);
            nvbi_check_number(c, out, 1, tariff->value);
            nvbi_check_number(c, out, 2, top);
        }
        nvbi_check_path(c, out, tariff->path);
    }
    if (out->n_paths)
        return;
    nvbi_check_set(out, n ? NVB_MET : NVB_NOT_APPLICABLE,
                   n ? NVB_WHY_MAXIMUM_KEPT : NVB_WHY_MAXIMUM_NONE);
    nvbi_check_count(c, out, 0, n);
    if (n)
        nvbi_check_path(c, out, NVB_TEXT("/prestaties"));
}

void nvbi_rule_positive(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    nvbi_check_set(out, NVB_MET, NVB_WHY_POSITIVE);
    for (size_t i = 0; i < c->p->n_lines; i++) {
        const nvb_figure *tariff = tariff_of(c, i);
        if (!tariff || nvb_num_sign(tariff->value) >= 0)
            continue;
        if (!out->n_paths) {
            nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_NEGATIVE);
            nvbi_check_word(out, 0, c->p->lines[i].code);
            nvbi_check_number(c, out, 1, tariff->value);
        }
        nvbi_check_path(c, out, tariff->path);
    }
    if (!out->n_paths)
        nvbi_check_path(c, out, NVB_TEXT("/prestaties"));
}
