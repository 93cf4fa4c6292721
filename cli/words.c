/* words.c: see words.h. */
#include "words.h"

#include <errno.h>
#include <stdio.h>

#define CLI_WORD(name, nl, en) [CLI_W_##name] = {nl, en},
static const char *const words[CLI_W_COUNT][2] = {
#include "words.def"
};
#undef CLI_WORD

static const struct {
    int error;
    cli_word_id why;
} reasons[] = {
    {ENOSPC,       CLI_W_WHY_FULL     },
    {EDQUOT,       CLI_W_WHY_FULL     },
    {EFBIG,        CLI_W_WHY_FULL     },
    {EPIPE,        CLI_W_WHY_PIPE     },
    {EBADF,        CLI_W_WHY_CLOSED   },
    {EACCES,       CLI_W_WHY_DENIED   },
    {EPERM,        CLI_W_WHY_DENIED   },
    {ENOENT,       CLI_W_WHY_ABSENT   },
    {ENOTDIR,      CLI_W_WHY_ABSENT   },
    {EISDIR,       CLI_W_WHY_DIRECTORY},
    {EROFS,        CLI_W_WHY_READ_ONLY},
    {ENAMETOOLONG, CLI_W_WHY_NAME     },
    {ELOOP,        CLI_W_WHY_LOOP     },
    {EIO,          CLI_W_WHY_DEVICE   },
};

const char *cli_word(cli_word_id id, nvb_lang lang)
{
    return words[id][lang];
}

const char *cli_why(int error, nvb_lang lang, char room[64])
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].error == error)
            return cli_word(reasons[i].why, lang);
    snprintf(room, 64, "%s%d", cli_word(CLI_W_WHY_OTHER, lang), error);
    return room;
}
