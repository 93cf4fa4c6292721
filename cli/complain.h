/*
 * complain.h: a problem of the command line itself: one that has no place in a document.
 *
 * Arguments and file names are bytes; what is shown of them is UTF-8, with a question mark for a
 * byte that is not.
 */
#ifndef NVB_CLI_COMPLAIN_H
#define NVB_CLI_COMPLAIN_H

#include "navolgbaar/buffer.h"
#include "navolgbaar/diag.h"

/* A C string as borrowed text; NULL is absent. */
static inline nvb_text cli_text(const char *s)
{
    return (nvb_text){s, s ? strlen(s) : 0};
}

/* Words may be NULL. */
void cli_complain(nvb_diag *diag, nvb_code code, const char *w1, const char *w2, const char *w3);
bool cli_is_utf8(const char *s);
/* Appends `s` as UTF-8. */
void cli_legible(nvb_buffer *out, const char *s);

#endif
