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
 * that a reader who stops early, or a limit to the size of files, is an error of a write instead of
 * the end of the program. */
void cli_streams_prepare(void);
/* Says that reading failed: `error` is its errno. */
void cli_streams_complain(nvb_diag *diag, int error, const char *name, nvb_lang lang);
/* Appends the file to `to`; false when a problem was added. */
bool cli_streams_read(nvb_buffer *to, const char *name, nvb_lang lang, nvb_diag *diag);
/* Whether writing to `output` would replace the file `input` ("-": standard input): one and the
 * same regular file, by whatever names. What is no regular file is not replaced. */
bool cli_streams_are_same(const char *output, const char *input);
/* `name`: NULL or "-" for standard output. */
bool cli_streams_write(const nvb_buffer *from, const char *name, nvb_lang lang, nvb_diag *diag);
/* What the temporary file of cli_streams_keep has behind the name. */
#define CLI_STREAMS_TEMPORARY ".navolgbaar.tmp"
/* Writes a file that may hold those bytes already, and is then left alone. Its temporary file is
 * always called the same, so that the next run takes over what one that was killed left. */
bool cli_streams_keep(const nvb_buffer *from, const char *name, nvb_lang lang, nvb_diag *diag);
/* All of it, whatever interrupts; 0, or the errno of what went wrong. */
int cli_streams_put(int fd, const char *s, size_t n);
/* For problems: to standard error, best effort. */
void cli_streams_tell(const char *s, size_t n);

#endif
