/*
 * names.h: what the files of a document are called, and the folder they stand in.
 *
 * A name is made of the kenmerk: letters, digits, '.', '_' and '-' stay, any run of other bytes
 * becomes one '_', a first '.' or '-' gets a '_' before it, and 100 bytes is the most. When that
 * changed anything, or when the name ends as our own endings do, eight digits of a digest of the
 * kenmerk follow, so that two kenmerken never share a file. (A file system that does not tell case
 * apart would still mix up "A" and "a": that is for who compares the names.)
 *
 * It opens nothing.
 */
#ifndef NVB_CLI_BATCH_NAMES_H
#define NVB_CLI_BATCH_NAMES_H

#include "navolgbaar/buffer.h"

/* Appends the name that goes with a kenmerk, without ending. */
void batch_name(nvb_buffer *to, nvb_text kenmerk);
/* Appends the folder of document `number` (from 1): "00001-01000". */
void batch_block(nvb_buffer *to, uint64_t number);
/* Documents in one folder. */
enum { BATCH_BLOCK = 1000 };

#endif
