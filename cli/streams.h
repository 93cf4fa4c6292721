/*
 * streams.h: files in and out: the only place of the program that opens, reads and writes.
 *
 * Reading takes a whole file, or `-` for standard input, of at most 256 MiB. Writing is all or
 * nothing: to a temporary file in the same folder that takes the name of the target when it is
 * complete and on the disk. What cannot be renamed over (a device, a pipe) is written to directly.
 * Problems go to the diag (E7..).
 */
#ifndef NVB_CLI_STREAMS_H
#define NVB_CLI_STREAMS_H

#include "navolgbaar/buffer.h"
#include "navolgbaar/diag.h"

/* Makes sure that 0, 1 and 2 are taken (a file opened later must never become standard output) and
 * that a reader who stops early is an error of a write instead of the end of the program. */
void cli_streams_prepare(void);
/* Appends the file to `to`; false when a problem was added. */
bool cli_streams_read(nvb_buffer *to, const char *name, nvb_lang lang, nvb_diag *diag);
/* Whether writing to `output` would replace the file `input` ("-": standard input): one and the
 * same regular file, by whatever names. What is no regular file is not replaced. */
bool cli_streams_are_same(const char *output, const char *input);
/* `name`: NULL or "-" for standard output. */
bool cli_streams_write(const nvb_buffer *from, const char *name, nvb_lang lang, nvb_diag *diag);
/* For problems: to standard error, best effort. */
void cli_streams_tell(const char *s, size_t n);

#endif
