/*
 * invariants.h: the laws of model section 7, held against a finished breakdown. Built into test
 * builds only (NVB_CHECK_INVARIANTS); a breach is our own fault and ends the run.
 */
#ifndef NVB_CORE_INVARIANTS_H
#define NVB_CORE_INVARIANTS_H

#include "compare.h"
#include "engine.h"
#include "navolgbaar/chain.h"

void nvbi_invariants_check(const nvb_breakdown *b);
/* The same for a comparison and a chain: every bridge adds up, exactly and as printed. */
void nvbi_invariants_compare(const nvb_comparison *c);
void nvbi_invariants_chain(const nvb_chain *c);

#endif
