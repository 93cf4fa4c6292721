/*
 * emit_changes_text.c: the overview of changes as text: a row of parts, each a function of its own.
 * A new part is a row in the table, its sentences in wording_changes.def, and a function; changes.h
 * says what parts share.
 */
#include "changes.h"

static void (*const parts[])(nvbi_changes *x) = {nvbi_changes_lead,    nvbi_changes_total,
                                                 nvbi_changes_lines,   nvbi_changes_pairs,
                                                 nvbi_changes_content, nvbi_changes_same};

/* Which documents have volumes at all: that decides what can be said of turnover. */
static void look_at_volumes(nvbi_changes *x)
{
    for (size_t i = 0; i < nvb_comparison_pairs(x->c); i++) {
        const nvb_pair *p = nvb_comparison_pair(x->c, i);
        x->old_counts = x->old_counts || p->before.has_count;
        x->new_counts = x->new_counts || p->after.has_count;
    }
}

static void write_all(nvbi_changes *x, const nvb_comparison *c)
{
    x->c = c;
    x->old = nvb_breakdown_proposal(nvb_comparison_old(c));
    x->new_ = nvb_breakdown_proposal(nvb_comparison_new_side(c));
    look_at_volumes(x);
    x->limits = nvbi_changes_limits(c);
    if (!x->letter)
        nvbi_changes_head(x);
    if (nvb_comparison_differs(c)) {
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            parts[i](x);
    } else {
        bool listed = nvbi_changes_listed(c);
        nvbi_changes_called(x, &x->word[1], c, true, false);
        nvbi_changes_say(x, listed ? NVBI_TELL_NOTHING_LIST : NVBI_TELL_NOTHING);
        if (listed)
            nvbi_changes_say(x, NVBI_TELL_LIST_NOTE);
        nvbi_changes_flush_hanging(x, 0, 0);
    }
    nvbi_changes_end(x);
}

void nvb_emit_changes_text(nvb_buffer *out, const nvb_comparison *c, const nvb_emit_options *o)
{
    nvbi_changes x;
    nvbi_changes_begin(&x, out, nvb_comparison_calc(c), o ? o->lang : NVB_NL);
    write_all(&x, c);
}

void nvbi_changes_letter(nvb_buffer *out, const nvb_comparison *c, nvb_lang lang)
{
    nvbi_changes x;
    nvbi_changes_begin(&x, out, nvb_comparison_calc(c), lang);
    x.letter = true;
    write_all(&x, c);
    nvb_buffer_byte(out, '\n');
}
