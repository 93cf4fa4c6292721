/* wording_operands.c: see wording_operands.h. A number has one row; who comes later takes it. */
#include "wording_operands.h"

#include "core/append.h"

static nvbi_operand *row_of(nvbi_operands *known, const nvb_term *t)
{
    uint64_t h = (uint64_t)t->value.n ^ t->value.d << 1 ^ (uint64_t)t->value.scale << 48 ^
                 (uint64_t)t->unit << 56;
    return &known->rows[h * 0x9E3779B97F4A7C15U >> 57];
}

_Static_assert(NVBI_OPERAND_ROWS == 1 << 7, "the hash gives seven bits");

static bool is_of(const nvbi_operand *row, const nvb_term *t)
{
    return row->length && row->n == t->value.n && row->d == t->value.d &&
           row->scale == t->value.scale && row->unit == t->unit;
}

static void keep(nvbi_operand *row, const nvb_term *t, nvbi_form form, const char *s, size_t n)
{
    *row = (nvbi_operand){.n = t->value.n,
                          .d = t->value.d,
                          .scale = t->value.scale,
                          .unit = t->unit,
                          .form = form,
                          .length = n};
    memcpy(row->text, s, n);
}

nvbi_form nvbi_word_operand_again(
    nvb_buffer *out, nvb_calc *calc, nvbi_operands *known, const nvb_term *term, nvb_lang lang)
{
    if (!known || term->value.big)
        return nvbi_word_operand_form(out, calc, term, lang);
    nvbi_operand *row = row_of(known, term);
    if (is_of(row, term)) {
        /* A copy of fixed length is a few instructions; what it copies too much is room nobody has
         * used. */
        char *p = nvbi_room(out, NVBI_OPERAND_TEXT);
        if (p) {
            memcpy(p, row->text, NVBI_OPERAND_TEXT);
            nvbi_wrote(out, p + row->length);
        }
        return row->form;
    }
    size_t from = out->n;
    nvbi_form form = nvbi_word_operand_form(out, calc, term, lang);
    if (!out->failed && out->n - from <= NVBI_OPERAND_TEXT)
        keep(row, term, form, out->s + from, out->n - from);
    return form;
}
