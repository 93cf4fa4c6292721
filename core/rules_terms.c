/*
 * rules_terms.c: dates and terms: offered by 1 October (art. 6), time to react (art. 7), answers to
 * questions (art. 5), the overview of changes (richtsnoer 6). Days are counted on the calendar;
 * there is no clock.
 */
#include "checks.h"

#include "compare.h"

enum { FOUR_WEEKS = 28, SIX_WEEKS = 42 };

/* Days since 1 March of the year 0, by Euclidean years that begin in March. */
static long day_number(nvb_date d)
{
    long y = d.month <= 2 ? d.year - 1 : d.year;
    long m = (d.month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + (d.day - 1);
}

static nvb_text date_word(nvbi_checking *c, nvb_date d)
{
    char s[11] = "0000-00-00";
    int year = d.year;
    for (int i = 3; i >= 0; i--, year /= 10)
        s[i] = (char)('0' + year % 10);
    s[5] = (char)('0' + d.month / 10);
    s[6] = (char)('0' + d.month % 10);
    s[8] = (char)('0' + d.day / 10);
    s[9] = (char)('0' + d.day % 10);
    return nvbi_arena_text(c->arena, s, 10);
}

/* True (and the outcome is set) when the parties agreed on another term for this article. */
static bool arranged(nvbi_checking *c, nvb_check *out, int article)
{
    for (size_t i = 0; i < c->p->n_arrangements; i++) {
        const nvb_arrangement *a = &c->p->arrangements[i];
        if (a->article != article || (article == 6 && c->p->process != NVB_FACE_TO_FACE))
            continue;
        nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_ARRANGED);
        nvbi_check_word(out, 0, a->text);
        nvbi_check_path(c, out, a->path);
        return true;
    }
    return false;
}

void nvbi_rule_offered(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out) || arranged(c, out, 6))
        return;
    nvb_date deadline = {c->p->year - 1, 10, 1};
    if (c->p->additional)
        nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_ADDITIONAL);
    else if (c->p->round > 1) {
        nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_LATER_ROUND);
        nvbi_check_count(c, out, 0, (size_t)c->p->round);
    } else if (c->p->date.year == 0)
        nvbi_check_set(out, NVB_UNKNOWN, NVB_WHY_NO_DATE);
    else {
        bool late = day_number(c->p->date) > day_number(deadline);
        nvbi_check_set(out, late ? NVB_NOT_MET : NVB_MET,
                       late ? NVB_WHY_OFFERED_LATE : NVB_WHY_OFFERED_IN_TIME);
        nvbi_check_word(out, 0, date_word(c, c->p->date));
        nvbi_check_word(out, 1, date_word(c, deadline));
        nvbi_check_path(c, out, NVB_TEXT("/datum"));
    }
}

void nvbi_rule_reaction(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out) || arranged(c, out, 7))
        return;
    if (c->p->date.year == 0 || c->p->reply_by.year == 0) {
        nvbi_check_set(out, NVB_UNKNOWN,
                       c->p->date.year ? NVB_WHY_REACTION_NOT_STATED : NVB_WHY_NO_DATE);
        return;
    }
    long days = day_number(c->p->reply_by) - day_number(c->p->date);
    bool offer = c->p->kind == NVB_OFFER;
    bool well = offer ? days <= SIX_WEEKS && days >= 0 : days >= FOUR_WEEKS;
    nvb_because why = days < 0 ? NVB_WHY_REACTION_BEFORE
                      : well   ? NVB_WHY_REACTION_ENOUGH
                      : offer  ? NVB_WHY_REACTION_LONG
                               : NVB_WHY_REACTION_SHORT;
    nvbi_check_set(out, well ? NVB_MET : NVB_NOT_MET, why);
    nvbi_check_number(c, out, 0, nvb_num_int(days));
    nvbi_check_count(c, out, 1, offer ? SIX_WEEKS : FOUR_WEEKS);
    nvbi_check_path(c, out, NVB_TEXT("/reactie/uiterlijk"));
    nvbi_check_path(c, out, NVB_TEXT("/datum"));
}

/* Whether questions are answered in time cannot be read in a document; that it says where to put
 * them can. */
void nvbi_rule_questions(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out) || arranged(c, out, 5))
        return;
    bool where = c->p->contact.s != NULL;
    nvbi_check_set(out, where ? NVB_MET : NVB_UNKNOWN,
                   where ? NVB_WHY_QUESTIONS_CONTACT : NVB_WHY_QUESTIONS_NO_CONTACT);
    nvbi_check_word(out, 0, c->p->contact);
    if (where)
        nvbi_check_path(c, out, NVB_TEXT("/reactie/contact"));
}

void nvbi_rule_changes(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    bool asked = c->p->process == NVB_DIGITAL && c->p->kind == NVB_PROPOSAL;
    if (asked && c->previous) {
        bool contract = c->previous->old->kind == NVB_CONTRACT;
        nvbi_check_set(out, contract ? NVB_MET : NVB_UNKNOWN,
                       contract ? NVB_WHY_CHANGES_GIVEN : NVB_WHY_CHANGES_OTHER);
        nvbi_check_word(out, 0, c->previous->old->reference);
        return;
    }
    nvbi_check_set(out, asked ? NVB_NOT_MET : NVB_NOT_APPLICABLE,
                   asked ? NVB_WHY_CHANGES_MISSING : NVB_WHY_CHANGES_NOT_DIGITAL);
}
