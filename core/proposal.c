/* proposal.c: see navolgbaar/proposal.h. The words of the documents, and look-ups by id or code. */
#include "navolgbaar/proposal.h"

#define KEY(name, key) key,

/* One look-up per enumeration, made from its X-macro; outside the range the key is "". */
#define KEY_FUNCTION(type, LIST, COUNT)                                                            \
    const char *nvb_##type##_key(nvb_##type v)                                                     \
    {                                                                                              \
        static const char *const keys[] = {LIST(KEY)};                                             \
        return (unsigned)v < COUNT ? keys[v] : "";                                                 \
    }

KEY_FUNCTION(document_kind, NVB_DOCUMENT_KINDS, NVB_DOCUMENT_KIND_COUNT)
KEY_FUNCTION(process, NVB_PROCESSES, NVB_PROCESS_COUNT)
KEY_FUNCTION(cost_kind, NVB_COST_KINDS, NVB_COST_KIND_COUNT)
KEY_FUNCTION(after_method, NVB_AFTER_METHODS, NVB_AFTER_METHOD_COUNT)
KEY_FUNCTION(combination, NVB_COMBINATIONS, NVB_COMBINATION_COUNT)
KEY_FUNCTION(weighting, NVB_WEIGHTINGS, NVB_WEIGHTING_COUNT)
KEY_FUNCTION(step_kind, NVB_STEP_KINDS, NVB_STEP_KIND_COUNT)
KEY_FUNCTION(category, NVB_CATEGORIES, NVB_CATEGORY_COUNT)
KEY_FUNCTION(lasting, NVB_LASTINGS, NVB_LASTING_COUNT)
KEY_FUNCTION(base_kind, NVB_BASE_KINDS, NVB_BASE_KIND_COUNT)
KEY_FUNCTION(mode, NVB_MODES, NVB_MODE_COUNT)

#define FIND_FUNCTION(name, type, list, count, field)                                              \
    const type *nvb_proposal_##name(const nvb_proposal *p, nvb_text wanted)                        \
    {                                                                                              \
        for (size_t i = 0; i < p->count; i++)                                                      \
            if (nvb_text_equal(p->list[i].field, wanted))                                          \
                return &p->list[i];                                                                \
        return NULL;                                                                               \
    }

FIND_FUNCTION(index, nvb_index, indices, n_indices, id)
FIND_FUNCTION(source, nvb_source, sources, n_sources, id)
FIND_FUNCTION(fact, nvb_fact, facts, n_facts, id)
FIND_FUNCTION(group, nvb_group, groups, n_groups, id)
FIND_FUNCTION(line, nvb_line, lines, n_lines, code)
FIND_FUNCTION(benchmark, nvb_benchmark, benchmarks, n_benchmarks, id)
FIND_FUNCTION(agreement, nvb_agreement, agreements, n_agreements, id)
