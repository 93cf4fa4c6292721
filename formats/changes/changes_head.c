/* changes_head.c: who, which documents, what it comes to, and what stayed the same; see changes.h.
 */
#include "changes.h"

enum { FIELD = 16 };

/* --- who and which --- */

/* The paragraph said so far beside a label. */
static void field(nvbi_changes *x, nvbi_tell label)
{
    size_t from = x->out->n;
    nvb_buffer_str(x->out, "  ");
    nvb_buffer_str(x->out, nvbi_changes_sentence(label, x->lang));
    nvbi_layout_pad(x->out, from, FIELD);
    nvb_text t = {x->said.s ? x->said.s : "", x->said.n};
    nvbi_layout_wrap_after(x->out, t, FIELD, FIELD, NVBI_PAGE);
    nvb_buffer_cut(&x->said, 0);
}

static void party(nvbi_changes *x, nvbi_tell label, const nvb_party *p, nvbi_tell s)
{
    if (p->name.n == 0)
        return;
    nvbi_changes_word_label(x, 0, p->name);
    nvbi_changes_word_label(x, 1, p->code);
    nvbi_changes_say(x, s);
    field(x, label);
}

/* A price list names no parties. */
static const nvb_party *named(const nvb_party *a, const nvb_party *b)
{
    return a->name.n ? a : b;
}

void nvbi_changes_head(nvbi_changes *x)
{
    const nvb_proposal *old = x->old, *new_ = x->new_;
    nvbi_changes_document(x, &x->word[1], x->c, true, false);
    nvbi_changes_document(x, &x->word[2], x->c, false, false);
    nvbi_changes_say(x, NVBI_TELL_TITLE);
    nvbi_changes_heading(x, "═");
    nvbi_changes_blank(x);
    party(x, NVBI_TELL_FIELD_INSURER, named(&new_->insurer, &old->insurer), NVBI_TELL_INSURER);
    party(x, NVBI_TELL_FIELD_PROVIDER, named(&new_->provider, &old->provider), NVBI_TELL_PROVIDER);
    nvbi_changes_document(x, &x->said, x->c, true, true);
    field(x, NVBI_TELL_FIELD_OLD);
    nvbi_changes_document(x, &x->said, x->c, false, true);
    field(x, NVBI_TELL_FIELD_NEW);
    nvbi_changes_blank(x);
}

/* --- what it comes to --- */

void nvbi_changes_turnover(nvbi_changes *x, const nvb_bridge *total)
{
    int sign = nvb_num_sign(total->difference);
    nvbi_changes_cents(x, nvbi_changes_word(x, 0), total->from, false);
    nvbi_changes_cents(x, nvbi_changes_word(x, 1), total->to, false);
    nvbi_changes_cents(x, nvbi_changes_word(x, 2), nvbi_changes_size(x, total->difference), false);
    nvbi_changes_percent(x, nvbi_changes_word(x, 3), total->from, total->difference);
    nvbi_changes_say(x, sign > 0   ? NVBI_TELL_TURNOVER_UP
                        : sign < 0 ? NVBI_TELL_TURNOVER_DOWN
                                   : NVBI_TELL_TURNOVER_SAME);
}

/* What the new tariffs mean at the volumes of the only document that has them. */
static void say_known(nvbi_changes *x)
{
    nvb_num sum = nvb_num_int(0);
    size_t n = 0;
    for (size_t i = 0; i < nvb_comparison_pairs(x->c); i++) {
        const nvb_pair *p = nvb_comparison_pair(x->c, i);
        const nvb_side *known = x->old_counts ? &p->before : &p->after;
        if (!known->has_count || !p->before.has_tariff || !p->after.has_tariff)
            continue;
        nvb_num effect = nvb_num_mul(x->calc, p->tariff.difference, known->count);
        sum = nvb_num_add(x->calc, sum, effect);
        n++;
    }
    nvbi_changes_document(x, &x->word[1], x->c, !x->old_counts, false);
    nvbi_changes_say(x, NVBI_TELL_KNOWN_WITHOUT);
    nvbi_changes_cents(x, nvbi_changes_word(x, 0), sum, true);
    nvbi_changes_document(x, &x->word[1], x->c, x->old_counts, false);
    nvbi_changes_cents(x, nvbi_changes_word(x, 0), sum, true);
    nvbi_changes_word_count(x, 2, n);
    nvbi_changes_say(x, !n                            ? NVBI_TELL_KNOWN_NOTHING
                        : nvbi_changes_hardly(x, sum) ? NVBI_TELL_KNOWN_HARDLY
                        : nvb_num_sign(sum) == 0      ? NVBI_TELL_KNOWN_SAME
                                                      : NVBI_TELL_KNOWN_EFFECT);
}

static void say_without(nvbi_changes *x, bool old_side)
{
    size_t n = nvb_comparison_without_volume(x->c, old_side);
    if (n == 0)
        return;
    nvbi_changes_word_count(x, 0, n);
    nvbi_changes_say(x, old_side ? NVBI_TELL_WITHOUT_OLD : NVBI_TELL_WITHOUT_NEW);
}

/* "6 prestaties: 4 gewijzigd, 2 nieuw." */
static void say_counts(nvbi_changes *x)
{
    static const nvb_pair_state states[] = {NVB_PAIR_CHANGED, NVB_PAIR_NEW, NVB_PAIR_LAPSED,
                                            NVB_PAIR_SAME};
    static const nvbi_tell words[] = {NVBI_TELL_COUNT_CHANGED, NVBI_TELL_COUNT_NEW,
                                      NVBI_TELL_COUNT_LAPSED, NVBI_TELL_COUNT_SAME};
    nvb_buffer list = NVB_BUFFER_INIT;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        size_t n = nvb_comparison_count(x->c, states[i]);
        if (n == 0)
            continue;
        nvb_buffer_str(&list, list.n ? ", " : "");
        nvbi_changes_word_count(x, 0, n);
        nvbi_changes_put(x, &list, words[i]);
    }
    x->said.failed = x->said.failed || list.failed;
    nvbi_changes_word_count(x, 0, nvb_comparison_pairs(x->c));
    nvbi_changes_word_text(x, 1, (nvb_text){list.s ? list.s : "", list.n});
    nvbi_changes_say(x, NVBI_TELL_COUNTS);
    nvb_buffer_release(&list);
}

void nvbi_changes_lead(nvbi_changes *x)
{
    if (x->letter) {
        nvbi_changes_document(x, &x->word[1], x->c, true, true);
        nvbi_changes_say(x, NVBI_TELL_LETTER_INTRO);
    }
    if (x->old_counts && x->new_counts)
        nvbi_changes_turnover(x, nvb_comparison_total(x->c));
    else if (x->old_counts || x->new_counts)
        say_known(x);
    else
        nvbi_changes_say(x, NVBI_TELL_KNOWN_NONE);
    say_counts(x);
    nvbi_changes_flush(x, 0);
    if (x->old_counts && x->new_counts) {
        say_without(x, true);
        say_without(x, false);
        nvbi_changes_flush(x, 0);
    }
}

/* --- what stayed the same --- */

void nvbi_changes_same(nvbi_changes *x)
{
    size_t n = nvb_comparison_count(x->c, NVB_PAIR_SAME);
    nvbi_changes_word_count(x, 0, n);
    bool more = nvb_comparison_changes(x->c) > 0;
    if (nvbi_changes_listed(x->c)) {
        if (n)
            nvbi_changes_say(x, NVBI_TELL_SAME_LINES_LIST);
        nvbi_changes_say(x, NVBI_TELL_LIST_NOTE);
    } else if (n || !more) {
        nvbi_changes_say(x, !n     ? NVBI_TELL_SAME_REST
                            : more ? NVBI_TELL_SAME_LINES_MORE
                                   : NVBI_TELL_SAME_LINES);
    }
    nvbi_changes_flush_hanging(x, 0, 0);
}
