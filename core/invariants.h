/*
 * invariants.h: the laws of model section 7, held against a finished breakdown. Built into test
 * builds only (NVB_CHECK_INVARIANTS); a breach is our own fault and ends the run.
 */
#ifndef NVB_CORE_INVARIANTS_H
#define NVB_CORE_INVARIANTS_H

#include "engine.h"

void nvbi_invariants_check(const nvb_breakdown *b);

#endif
