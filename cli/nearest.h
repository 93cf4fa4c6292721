/*
 * nearest.h: which of some words was meant? For "did you mean" with a mistyped command, option or
 * path.
 */
#ifndef NVB_CLI_NEAREST_H
#define NVB_CLI_NEAREST_H

#include "navolgbaar/buffer.h"

/* Starts with no word found. */
typedef struct cli_nearest {
    nvb_text given;
    nvb_text best; /* s == NULL: nothing near enough */
    unsigned distance;
} cli_nearest;

cli_nearest cli_nearest_to(const char *given);
/* Considers one word; keeps it when it is nearer than all before. */
void cli_nearest_try(cli_nearest *n, nvb_text word);
/* "did you mean '<prefix><best>'?", or where to look (the help of `command`, "" for all) when
 * nothing is near. */
void cli_nearest_hint(
    nvb_buffer *out, const cli_nearest *n, const char *prefix, const char *command, nvb_lang lang);

#endif
