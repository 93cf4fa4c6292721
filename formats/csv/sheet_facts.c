/*
 * sheet_facts.c: the columns of facts held against a policy. A document may have facts of its own,
 * so a slip in such a name would only leave what the policy says of the fact that was meant.
 */
#include "sheet.h"

#include "formats/json/json_place.h"
#include "formats/read/document_own.h"
#include "formats/read/read.h"

#define NONE ((nvb_text){0})

/* Whether a condition or table in it leans on the fact. */
static bool leans_on(const cJSON *node, nvb_text fact)
{
    for (const cJSON *child = node->child; child; child = child->next) {
        bool here = nvb_text_equal(nvbi_node_key(child), NVB_TEXT("kenmerk")) &&
                    cJSON_IsString(child) && nvb_text_equal(nvbi_node_text(child), fact);
        if (here || leans_on(child, fact))
            return true;
    }
    return false;
}

static bool is_known(const cJSON *policy, const cJSON *facts, const nvbi_sheet_fact *f)
{
    if (nvbi_member(facts, f->name.s))
        return true;
    for (const cJSON *child = policy->child; child; child = child->next)
        if (leans_on(child, f->name))
            return true;
    return false;
}

static nvb_text nearest(nvb_sheet *s, const cJSON *facts, nvb_text name)
{
    size_t n = 0;
    const char **names = NVBI_NEW(&s->arena, const char *, nvbi_count(facts) + 1);
    for (const cJSON *child = facts->child; child && names; child = child->next)
        names[n++] = child->string;
    const char *near = names ? nvbi_nearest(&(nvbi_words){names, n}, name) : NULL;
    return near ? (nvb_text){near, strlen(near)} : NONE;
}

static void hold(nvb_sheet *s, const nvb_source_file *start, const cJSON *policy, nvb_diag *diag)
{
    const cJSON *facts = nvbi_member(policy, "kenmerken");
    if (!cJSON_IsObject(facts))
        return;
    for (size_t i = 0; i < s->n_facts; i++) {
        const nvbi_sheet_fact *f = &s->facts[i];
        if (!f->name.s || is_known(policy, facts, f))
            continue;
        nvbi_mark mark = {f->offset, nvb_diag_kept(diag)};
        nvb_diag_add(diag, NVB_E168, NONE,
                     nvbi_arena_join(&s->arena, NVB_TEXT("kenmerk."), f->name.s),
                     nearest(s, facts, f->name), nvbi_list_children(&s->arena, facts));
        if (nvb_diag_kept(diag) > mark.problem)
            nvbi_place_marks(diag, start->name, start->bytes, &mark, 1);
    }
}

static bool ran_out(const nvb_diag *diag)
{
    for (size_t i = 0; diag && i < nvb_diag_kept(diag); i++)
        if (nvb_diag_at(diag, i)->code == NVB_E901)
            return true;
    return !diag;
}

bool nvb_sheet_hold(nvb_sheet *s,
                    const nvb_source_file *start,
                    const nvb_source_file *policy,
                    nvb_diag *diag)
{
    size_t errors = nvb_diag_count(diag, NVB_ERROR);
    int ordinal = 0;
    nvb_diag *own = nvb_diag_new(); /* what is wrong with the policy, its reader says */
    cJSON *tree = own ? nvbi_tree_parse(policy, &ordinal, own) : NULL;
    if (tree)
        hold(s, start, tree, diag);
    if (ran_out(own) || s->arena.failed)
        nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
    cJSON_Delete(tree);
    nvb_diag_free(own);
    return nvb_diag_count(diag, NVB_ERROR) == errors;
}
