/*
 * bulk_floor.c: the floor under a bulk run: reads a file in blocks of 1 MiB and writes so many
 * bytes in blocks of 256 KiB, and does nothing with either.
 *
 *     bulk_floor IN BYTES > OUT
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ_BLOCK = 1 << 20, WRITE_BLOCK = 1 << 18 };

static void give_up(const char *what)
{
    fprintf(stderr, "bulk_floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void read_all(const char *path, char *block)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        give_up(path);
    for (;;) {
        ssize_t n = read(file, block, READ_BLOCK);
        if (n < 0)
            give_up(path);
        if (n == 0)
            break;
    }
    close(file);
}

static void write_all(unsigned long long bytes, const char *block)
{
    while (bytes > 0) {
        size_t most = bytes < WRITE_BLOCK ? (size_t)bytes : WRITE_BLOCK;
        ssize_t n = write(STDOUT_FILENO, block, most);
        if (n < 0)
            give_up("standard output");
        bytes -= (unsigned long long)n;
    }
}

int main(int argc, char **argv)
{
    static char block[READ_BLOCK];
    if (argc != 3) {
        fprintf(stderr, "usage: bulk_floor IN BYTES > OUT\n");
        return 2;
    }
    read_all(argv[1], block);
    memset(block, 'x', sizeof block);
    write_all(strtoull(argv[2], NULL, 10), block);
    return 0;
}
