/* letter_end.c: what follows the figures: other terms, sources, the checks, and how to reply and
 * ask. See letter.h. */
#include "letter.h"

#include "checks_text.h"

void nvbi_letter_terms(nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_terms; i++) {
        const nvb_term_text *t = &l->p->terms[i];
        nvbi_letter_say_text(l, t->title.s ? t->title : t->id);
        nvbi_letter_subheading(l);
        nvbi_letter_free_text(l, t->text, 0);
    }
    if (l->p->n_terms == 0) {
        nvbi_letter_say(l, NVBI_SAY_TERMS_NONE);
        nvbi_letter_flush(l, 0);
    }
}

void nvbi_letter_sources(nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_sources; i++) {
        const nvb_source *s = &l->p->sources[i];
        nvbi_letter_word_text(l, 0, s->id);
        nvbi_letter_say(l, NVBI_SAY_SOURCE_ID);
        nvbi_letter_say_text(l, s->title);
        nvbi_letter_full_stop(l);
        if (s->reference.s) {
            nvbi_letter_word_text(l, 0, s->reference);
            nvbi_letter_say(l, NVBI_SAY_SOURCE_WHERE);
        }
        if (s->date.s) {
            nvbi_letter_word_text(l, 0, s->date);
            nvbi_letter_say(l, NVBI_SAY_SOURCE_DATE);
        }
        nvbi_letter_flush_hanging(l, 0, 4);
    }
    if (l->p->n_sources == 0) {
        nvbi_letter_say(l, NVBI_SAY_SOURCES_NONE);
        nvbi_letter_flush_hanging(l, 0, 0);
    }
    nvbi_letter_blank(l);
}

void nvbi_letter_checks(nvbi_letter *l)
{
    if (!l->checks)
        return;
    if (!l->owes) {
        nvbi_letter_say(l, NVBI_SAY_CHECKS_CONTRACT);
        nvbi_letter_flush(l, 0);
        return;
    }
    nvbi_letter_say(l, NVBI_SAY_CHECKS_INTRO);
    nvbi_letter_flush(l, 0);
    nvbi_checks_text(l->out, l->checks, false, l->lang);
    nvbi_letter_blank(l);
}

static void say_arrangements(nvbi_letter *l, int article)
{
    for (size_t i = 0; i < l->p->n_arrangements; i++)
        if (l->p->arrangements[i].article == article) {
            nvbi_letter_word_text(l, 0, l->p->arrangements[i].text);
            nvbi_letter_say(l, NVBI_SAY_ARRANGED);
        }
}

static bool arranged(const nvbi_letter *l, int article)
{
    for (size_t i = 0; i < l->p->n_arrangements; i++)
        if (l->p->arrangements[i].article == article)
            return true;
    return false;
}

static void react(nvbi_letter *l)
{
    bool offer = l->p->kind == NVB_OFFER;
    if (l->p->reply_by.year) {
        nvbi_word_date(nvbi_letter_word(l, 0), l->p->reply_by, l->lang);
        nvbi_letter_say(l, NVBI_SAY_REPLY_DATE);
    }
    if (arranged(l, 7))
        say_arrangements(l, 7);
    else
        nvbi_letter_say(l, offer ? NVBI_SAY_REPLY_TERM_OFFER : NVBI_SAY_REPLY_TERM_PROPOSAL);
    nvbi_letter_flush(l, 0);
}

static void ask(nvbi_letter *l)
{
    nvbi_letter_word_text(l, 0, l->p->contact);
    nvbi_letter_say(l, l->p->contact.s ? NVBI_SAY_ASK : NVBI_SAY_ASK_ANYONE);
    if (arranged(l, 5))
        say_arrangements(l, 5);
    else
        nvbi_letter_say(l, NVBI_SAY_ASK_TERM);
    nvbi_letter_flush(l, 0);
}

void nvbi_letter_reply(nvbi_letter *l)
{
    if (!l->owes) {
        nvbi_letter_say(l, NVBI_SAY_REPLY_CONTRACT);
        nvbi_letter_flush_hanging(l, 0, 0);
        return;
    }
    react(l);
    ask(l);
    if (arranged(l, 6)) {
        say_arrangements(l, 6);
        nvbi_letter_flush(l, 0);
    }
    nvbi_letter_say(l, NVBI_SAY_NEGOTIABLE);
    nvbi_letter_flush_hanging(l, 0, 0);
}
