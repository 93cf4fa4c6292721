/* wording_check.c: the checks in words; see wording.h. The words are in wording_check.def. */
#include "wording.h"

#include "wording_check.h"
#include "wording_fill.h"

typedef struct pair {
    const char *words[2]; /* by language */
} pair;

#define PAIR(nl, en)                                                                               \
    {                                                                                              \
        {                                                                                          \
            nl, en                                                                                 \
        }                                                                                          \
    }

static const pair reasons[NVB_WHY_COUNT] = {
#define BECAUSE(reason, nl, en) [reason] = PAIR(nl, en),
#include "wording_check.def"
#undef BECAUSE
};

static const pair titles[NVB_RULE_COUNT] = {
#define RULE(rule, nl, en) [rule] = PAIR(nl, en),
#include "wording_check.def"
#undef RULE
};

static const pair explained[NVB_RULE_COUNT] = {
#define EXPLAIN(rule, nl, en) [rule] = PAIR(nl, en),
#include "wording_check.def"
#undef EXPLAIN
};

static const struct {
    const char *key, *mark;
    pair name;
} outcomes[] = {
#define OUTCOME(outcome, key, mark, nl, en) [outcome] = {key, mark, PAIR(nl, en)},
#include "wording_check.def"
#undef OUTCOME
};

static const struct {
    const char *key;
    pair title;
} kinds[] = {
#define KIND(kind, key, nl, en) [kind] = {key, PAIR(nl, en)},
#include "wording_check.def"
#undef KIND
};

static const char *word(const pair *p, nvb_lang lang)
{
    const char *w = p->words[lang == NVB_EN];
    return w ? w : "";
}

const char *nvbi_word_because(nvb_because why, nvb_lang lang)
{
    return why < NVB_WHY_COUNT ? word(&reasons[why], lang) : "";
}

void nvbi_word_check(nvb_buffer *out, const nvb_check *c, nvb_lang lang)
{
    nvbi_word_fill(out, nvbi_word_because(c->because, lang), c->word,
                   sizeof c->word / sizeof c->word[0], lang);
}

const char *nvbi_word_rule_title(nvb_rule r, nvb_lang lang)
{
    return r < NVB_RULE_COUNT ? word(&titles[r], lang) : "";
}

const char *nvbi_word_rule_explained(nvb_rule r, nvb_lang lang)
{
    return r < NVB_RULE_COUNT ? word(&explained[r], lang) : "";
}

const char *nvbi_word_rule_article(nvb_rule r, nvb_lang lang)
{
    /* clang-format off */
    static const char *const english[][2] = {
#define ARTICLE(nl, en) {nl, en},
#include "wording_check.def"
#undef ARTICLE
    };
    /* clang-format on */
    const char *article = nvb_rule_article(r);
    for (size_t i = 0; lang == NVB_EN && i < sizeof english / sizeof *english; i++)
        if (strcmp(article, english[i][0]) == 0)
            return english[i][1];
    return article;
}

const char *nvbi_word_outcome(nvb_outcome o, nvb_lang lang)
{
    return word(&outcomes[o].name, lang);
}

const char *nvbi_word_outcome_mark(nvb_outcome o)
{
    return outcomes[o].mark;
}

const char *nvbi_outcome_key(nvb_outcome o)
{
    return outcomes[o].key;
}

const char *nvbi_rule_kind_key(nvb_rule_kind k)
{
    return kinds[k].key;
}

const char *nvbi_word_rule_kind(nvb_rule_kind k, nvb_lang lang)
{
    return word(&kinds[k].title, lang);
}
