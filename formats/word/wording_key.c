/* wording_key.c: the enumerated words of documents as people say them. See wording.h; the words are
 * in wording_key.def. */
#include "wording.h"

typedef const char *pair[2]; /* nl, en */

static const pair modes[NVB_MODE_COUNT] = {
#define MODE(value, nl, en) [value] = {nl, en},
#include "wording_key.def"
#undef MODE
};

static const pair step_kinds[NVB_STEP_KIND_COUNT] = {
#define STEP_KIND(value, nl, en) [value] = {nl, en},
#include "wording_key.def"
#undef STEP_KIND
};

static const pair categories[NVB_CATEGORY_COUNT] = {
#define CATEGORY(value, nl, en) [value] = {nl, en},
#include "wording_key.def"
#undef CATEGORY
};

static const pair base_kinds[NVB_BASE_KIND_COUNT] = {
#define BASE_KIND(value, nl, en) [value] = {nl, en},
#include "wording_key.def"
#undef BASE_KIND
};

static const pair cost_kinds[NVB_COST_KIND_COUNT] = {
#define COST_KIND(value, nl, en) [value] = {nl, en},
#include "wording_key.def"
#undef COST_KIND
};

typedef struct item {
    const char *key;
    pair title;
} item;

/* The formatter takes the braces of a row for a block. */
/* clang-format off */
static const item items[NVB_ITEM_COUNT] = {
#define ITEM(value, key, nl, en) [value] = {key, {nl, en}},
#include "wording_key.def"
#undef ITEM
};
/* clang-format on */

/* The word of a row; "" for a value outside the table, as the "none given" of an enum. */
static const char *word(const pair *table, size_t count, size_t value, nvb_lang lang)
{
    return value < count ? table[value][lang == NVB_EN] : "";
}

const char *nvbi_word_mode(nvb_mode m, nvb_lang lang)
{
    return word(modes, NVB_MODE_COUNT, m, lang);
}

const char *nvbi_word_step_kind(nvb_step_kind k, nvb_lang lang)
{
    return word(step_kinds, NVB_STEP_KIND_COUNT, k, lang);
}

const char *nvbi_word_category(nvb_category c, nvb_lang lang)
{
    return word(categories, NVB_CATEGORY_COUNT, c, lang);
}

const char *nvbi_word_base_kind(nvb_base_kind k, nvb_lang lang)
{
    return word(base_kinds, NVB_BASE_KIND_COUNT, k, lang);
}

const char *nvbi_word_cost_kind(nvb_cost_kind k, nvb_lang lang)
{
    return word(cost_kinds, NVB_COST_KIND_COUNT, k, lang);
}

const char *nvbi_word_item(nvb_item i, nvb_lang lang)
{
    return (size_t)i < NVB_ITEM_COUNT ? items[i].title[lang == NVB_EN] : "";
}

const char *nvbi_word_item_key(nvb_item i)
{
    return (size_t)i < NVB_ITEM_COUNT ? items[i].key : "";
}
