/*
 * document.h: the merged JSON tree of a document, for the writers that must repeat it.
 * Internal to formats; cJSON stays behind this header and json_read/json_tree.
 */
#ifndef NVB_FORMATS_DOCUMENT_H
#define NVB_FORMATS_DOCUMENT_H

#include "navolgbaar/formats.h"

/* Writes `voorstel` of an explanation: the document after merging, without `catalogus`, `beleid`
 * renamed to `x-beleid`; numbers as they were written; compact, keys in document order. */
void nvbi_document_emit(nvb_buffer *out, const nvb_document *d);

#endif
