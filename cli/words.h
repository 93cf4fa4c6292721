/*
 * words.h: the words of the command line in the language asked for.
 *
 * It holds no logic: words.def is the data. The system's own texts (strerror) are not used, since
 * they would come in the language of the machine instead of that of --lang.
 */
#ifndef NVB_CLI_WORDS_H
#define NVB_CLI_WORDS_H

#include "navolgbaar/base.h"

#define CLI_WORD(name, nl, en) CLI_W_##name,
typedef enum cli_word_id {
#include "words.def"
    CLI_W_COUNT
} cli_word_id;
#undef CLI_WORD

const char *cli_word(cli_word_id id, nvb_lang lang);
/* What went wrong, from errno. Writes into `room` only for an error that has no words here. */
const char *cli_why(int error, nvb_lang lang, char room[64]);

#endif
