/* replay.c: runs a fuzz target over the files named, without libFuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *name)
{
    FILE *f = fopen(name, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot open\n", name);
        return 1;
    }
    size_t n = 0, room = 1 << 16;
    uint8_t *bytes = malloc(room);
    for (size_t got = 1; bytes && got > 0; n += got) {
        if (n == room) {
            uint8_t *more = realloc(bytes, room * 2);
            if (!more)
                break;
            bytes = more;
            room *= 2;
        }
        got = fread(bytes + n, 1, room - n, f);
    }
    fclose(f);
    if (bytes)
        LLVMFuzzerTestOneInput(bytes, n);
    free(bytes);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    printf("%d files\n", argc - 1);
    return failed;
}
