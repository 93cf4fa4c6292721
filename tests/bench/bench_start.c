/*
 * bench_start.c: how long a command takes from start to end, its own start included.
 *
 *     bench_start RUNS COMMAND [ARGUMENT]...     median and 95th percentile, output to /dev/null
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { MAX_RUNS = 10000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static double seconds[MAX_RUNS];
    unsigned long runs = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > MAX_RUNS) {
        fprintf(stderr, "usage: bench_start RUNS COMMAND [ARGUMENT]...\n");
        return 2;
    }
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    for (unsigned long i = 0; i < runs; i++) {
        pid_t child;
        int status = 0;
        double begin = now();
        if (posix_spawnp(&child, argv[2], &quiet, NULL, argv + 2, environ) != 0 ||
            waitpid(child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            fprintf(stderr, "bench_start: %s failed\n", argv[2]);
            return 1;
        }
        seconds[i] = now() - begin;
    }
    posix_spawn_file_actions_destroy(&quiet);
    qsort(seconds, runs, sizeof seconds[0], by_size);
    printf("%-16s %12.3f ms median %10.3f ms 95%%  (%lu runs)\n", "start to end",
           seconds[runs / 2] * 1e3, seconds[runs * 95 / 100] * 1e3, runs);
    return 0;
}
