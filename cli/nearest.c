/* nearest.c: see nearest.h. Edit distance with swaps of neighbours (the commonest typing mistake)
 * as one edit. */
#include "nearest.h"

#include "words.h"

enum { LONGEST = 256 };

cli_nearest cli_nearest_to(const char *given)
{
    cli_nearest n = {
        {given, strlen(given)},
        {NULL,  0            },
        0
    };
    /* A third of the letters wrong is another word; beyond three it is no longer a slip of the
     * finger. */
    n.distance = (unsigned)(n.given.n / 3 < 3 ? n.given.n / 3 : 3) + 1;
    if (n.given.n > 0 && n.distance < 2)
        n.distance = 2;
    return n;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned distance(nvb_text a, nvb_text b)
{
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *above = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        above[j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned differs = a.s[i - 1] != b.s[j - 1];
            now[j] = least(least(above[j] + 1, now[j - 1] + 1), above[j - 1] + differs);
            if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        unsigned *spare = before;
        before = above;
        above = now;
        now = spare;
    }
    return above[b.n];
}

void cli_nearest_try(cli_nearest *n, nvb_text word)
{
    size_t apart = n->given.n > word.n ? n->given.n - word.n : word.n - n->given.n;
    if (apart >= n->distance || n->given.n > LONGEST || word.n > LONGEST)
        return;
    unsigned d = distance(n->given, word);
    if (d < n->distance) {
        n->distance = d;
        n->best = word;
    }
}

void cli_nearest_hint(
    nvb_buffer *out, const cli_nearest *n, const char *prefix, const char *command, nvb_lang lang)
{
    if (nvb_text_given(n->best)) {
        nvb_buffer_str(out, cli_word(CLI_W_DID_YOU_MEAN, lang));
        nvb_buffer_str(out, prefix);
        nvb_buffer_text(out, n->best);
        nvb_buffer_str(out, cli_word(CLI_W_DID_YOU_MEAN_END, lang));
        return;
    }
    nvb_buffer_str(out, cli_word(CLI_W_SEE_HELP, lang));
    nvb_buffer_str(out, *command ? " " : "");
    nvb_buffer_str(out, command);
    nvb_buffer_byte(out, '\'');
}
