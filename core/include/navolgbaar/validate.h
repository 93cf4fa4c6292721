/*
 * validate.h: does a proposal hang together, and is everything there that the law wants said?
 *
 * Checks what no single key can show: references, circles, shares that add up, ceilings that
 * overlap, limits, and the gaps of decisions.md (reason, base, source, index statement). All
 * problems in one go, added to `diag` with their path; a reader turns paths into lines and columns.
 * A proposal read from a document with errors may be validated too, to find what else is wrong; it
 * may not be computed. It does not compute tariffs: claims that do not follow are found by
 * nvb_breakdown_new.
 */
#ifndef NAVOLGBAAR_VALIDATE_H
#define NAVOLGBAAR_VALIDATE_H

#include "diag.h"
#include "proposal.h"

/* Returns true when there is no error (gaps and warnings may have been added). */
NVB_API bool nvb_proposal_validate(const nvb_proposal *p, nvb_diag *diag);

#endif
