/* emit_show_lists.c: the lists on the card of one figure: its parts, what it comes from, what it is
 * used in. */
#include "emit_show.h"

#include "emit_tree.h"
#include "formats/word/wording.h"

enum { LONGEST = 30 }; /* an index is used in every line of a contract: more than this is counted */

/* `skip`: bytes of the path that go without saying. */
static void add_figure(nvbi_card *c, const nvb_figure *f, size_t skip)
{
    nvbi_word_label(nvbi_rows_cell(&c->rows), f, c->lang);
    nvbi_word_safe(nvbi_rows_cell(&c->rows), (nvb_text){f->path.s + skip, f->path.n - skip});
    nvbi_word_number(nvbi_rows_cell(&c->rows), c->calc, f->value, f->unit, c->lang);
}

/* The last part of a path, for an input that is no operand itself: the bound of a tread. */
static void add_last_part(nvb_buffer *out, nvb_text path)
{
    size_t at = path.n;
    while (at && path.s[at - 1] != '/')
        at--;
    nvbi_word_safe(out, (nvb_text){path.s + at, path.n - at});
}

static void add_input(nvbi_card *c, const nvbi_origin *o)
{
    nvb_buffer *name = nvbi_rows_cell(&c->rows);
    if (o->fact)
        nvbi_word_safe(name, o->fact->id);
    else if (o->term)
        nvbi_word_symbol(name, o->term, c->lang);
    else
        add_last_part(name, o->path);
    nvb_buffer *path = nvbi_rows_cell(&c->rows);
    nvbi_word_safe(path, o->path);
    nvb_buffer_str(path, o->suffix);
    nvb_buffer *value = nvbi_rows_cell(&c->rows);
    if (o->fact)
        nvbi_word_safe(value, o->fact->text);
    else if (o->term)
        nvbi_word_operand(value, c->calc, o->term, c->lang);
    else if (o->input)
        nvbi_word_operand(value, c->calc, &(nvb_term){.unit = o->unit, .value = o->input->value},
                          c->lang);
}

static void put_more(nvbi_card *c, size_t more)
{
    if (more == 0)
        return;
    nvb_buffer_str(c->out, "  ");
    nvb_buffer_str(c->out, nvbi_emit_word(NVBI_EMIT_AND_MORE, c->lang));
    nvb_buffer_byte(c->out, ' ');
    nvb_buffer_uint(c->out, more);
    nvb_buffer_byte(c->out, '\n');
}

void nvbi_card_parts(nvbi_card *c, const nvb_figure *f)
{
    size_t found = 0;
    nvbi_rows_begin(&c->rows);
    for (size_t i = 0, n = nvb_breakdown_count(c->breakdown); i < n; i++) {
        const nvb_figure *part = nvb_breakdown_at(c->breakdown, i);
        if (part->is_part && part != f && part->parent == f->number && ++found <= LONGEST)
            add_figure(c, part, nvbi_path_within(part->path, f->path) ? f->path.n : 0);
    }
    if (found == 0)
        return;
    nvbi_card_heading(c, NVBI_EMIT_PARTS);
    nvbi_rows_put(&c->rows, c->out);
    put_more(c, found > LONGEST ? found - LONGEST : 0);
}

void nvbi_card_origins(nvbi_card *c, const nvb_figure *f)
{
    nvbi_origins_find(&c->origins, f);
    if (c->origins.n == 0)
        return;
    nvbi_rows_begin(&c->rows);
    for (size_t i = 0; i < c->origins.n && i < LONGEST; i++) {
        const nvbi_origin *o = &c->origins.items[i];
        if (o->figure)
            add_figure(c, o->figure, 0);
        else
            add_input(c, o);
    }
    nvbi_card_heading(c, NVBI_EMIT_ORIGINS);
    nvbi_rows_put(&c->rows, c->out);
    put_more(c, c->origins.n > LONGEST ? c->origins.n - LONGEST : 0);
}

void nvbi_card_uses(nvbi_card *c, const nvb_figure *f)
{
    size_t n;
    if (f->is_part && f->parent != f->number) {
        nvbi_rows_begin(&c->rows);
        add_figure(c, nvb_breakdown_at(c->breakdown, f->parent), 0);
        nvbi_card_heading(c, NVBI_EMIT_PART_OF);
        nvbi_rows_put(&c->rows, c->out);
    }
    const uint32_t *uses = nvb_breakdown_uses(c->breakdown, f->number, &n);
    if (n == 0 && f->is_part)
        return;
    nvbi_card_heading(c, NVBI_EMIT_USES);
    if (n == 0) {
        nvb_buffer_str(c->out, "  ");
        nvb_buffer_str(c->out, nvbi_emit_word(NVBI_EMIT_NOWHERE, c->lang));
        nvb_buffer_byte(c->out, '\n');
        return;
    }
    nvbi_rows_begin(&c->rows);
    for (size_t i = 0; i < n && i < LONGEST; i++)
        add_figure(c, nvb_breakdown_at(c->breakdown, uses[i]), 0);
    nvbi_rows_put(&c->rows, c->out);
    put_more(c, n > LONGEST ? n - LONGEST : 0);
}

bool nvbi_card_beneath(nvbi_card *c, nvb_text path)
{
    size_t found = 0;
    nvbi_rows_begin(&c->rows);
    for (size_t i = 0, n = nvb_breakdown_count(c->breakdown); i < n; i++) {
        const nvb_figure *f = nvb_breakdown_at(c->breakdown, i);
        if (nvbi_path_within(f->path, path)) {
            add_figure(c, f, path.n);
            found++;
        }
    }
    return found > 0;
}
