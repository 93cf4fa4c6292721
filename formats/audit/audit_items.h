/* audit_items.h: which of the six items of the inhoudelijke toelichting a finding belongs to. */
#ifndef NVB_FORMATS_AUDIT_ITEMS_H
#define NVB_FORMATS_AUDIT_ITEMS_H

#include "navolgbaar/audit.h"

/* An nvb_item; NVB_ITEM_COUNT for what belongs to none: dates, terms, sources. */
int nvbi_audit_item(const nvb_audit *a, const nvb_finding *f);

#endif
