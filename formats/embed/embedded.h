/*
 * embedded.h: the files that the library carries in itself, as one table that embed.cmake makes:
 * schemas, figures, and the starts of a policy. Public as nvb_schema, nvb_figures_own and
 * nvb_start.
 */
#ifndef NVBI_EMBEDDED_H
#define NVBI_EMBEDDED_H

#include "navolgbaar/formats.h"

typedef struct nvbi_embedded_file {
    const char *folder; /* below formats/, for instance "start/ggz" */
    const char *name;   /* of a schema without .schema.json */
    const unsigned char *bytes;
    size_t length;
} nvbi_embedded_file;

/* Ended by a row of nulls; the files of a folder stand together. */
extern const nvbi_embedded_file nvbi_embedded[];

#endif
