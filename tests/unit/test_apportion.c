/* test_apportion.c: amounts rounded so that they still add up; expected cents worked out by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/compare.h"

enum { MOST = 5000 };

typedef struct world {
    nvb_calc *calc;
    nvbi_arena arena;
    nvb_bridge bridge;
    nvb_bridge_item items[MOST];
} world;

static world w;

static nvb_num number(const char *s)
{
    nvb_num v;
    assert_int_equal(nvb_num_parse(w.calc, &v, (nvb_text){s, strlen(s)}), NVB_SYNTAX_OK);
    return v;
}

static void apportion(const char *const *amounts, size_t n, unsigned decimals)
{
    w.calc = nvb_calc_new(0);
    nvbi_arena_init(&w.arena);
    w.bridge = (nvb_bridge){.items = w.items, .n = n};
    for (size_t i = 0; i < n; i++) {
        w.items[i] = (nvb_bridge_item){.amount = number(amounts[i])};
        w.bridge.difference = nvb_num_add(w.calc, w.bridge.difference, w.items[i].amount);
    }
    nvbi_apportion(w.calc, &w.arena, &w.bridge, w.items, decimals);
}

static void done(void)
{
    nvbi_arena_release(&w.arena);
    nvb_calc_free(w.calc);
}

static void expect(const char *const *amounts,
                   size_t n,
                   unsigned decimals,
                   const char *const *printed,
                   const char *marks)
{
    apportion(amounts, n, decimals);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(nvb_num_cmp(w.calc, w.items[i].printed, number(printed[i])), 0);
        assert_int_equal(w.items[i].carries_cent, marks[i] == '*');
    }
    done();
}

#define EXPECT(decimals, marks, ...)                                                               \
    do {                                                                                           \
        static const char *const both[] = {__VA_ARGS__};                                           \
        size_t half = sizeof both / sizeof both[0] / 2;                                            \
        expect(both, half, decimals, both + half, marks);                                          \
    } while (0)

/* Three thirds of a cent and more: 0.004 three times is 0.012, printed 0.01; the first of equals
 * carries it. */
static void equal_remainders(void **state)
{
    (void)state;
    EXPECT(2, "*..", "0.004", "0.004", "0.004", "0.01", "0", "0");
}

/* 1.006 + 2.006 - 0.012 = 3.00: down to 1.00, 2.00 and -0.02, one cent short twice: 0.008 first,
 * then 0.006 of 1.006. */
static void largest_remainder_first(void **state)
{
    (void)state;
    EXPECT(2, ".*.", "1.006", "2.006", "-0.012", "1.01", "2", "-0.01");
}

/* Half cents: 0.005 + 0.005 = 0.01; each alone would round up, so one of them is marked. */
static void halves(void **state)
{
    (void)state;
    EXPECT(2, ".*", "0.005", "0.005", "0.01", "0");
    EXPECT(2, "*.", "-0.005", "-0.005", "0", "-0.01");
}

/* What is whole already never carries a cent. */
static void whole_cents_stay(void **state)
{
    (void)state;
    EXPECT(2, "...", "5", "0.4", "0.25", "5", "0.4", "0.25");
}

/* At four decimals: 0.00015 + 0.00015 = 0.0003. */
static void other_decimals(void **state)
{
    (void)state;
    EXPECT(4, ".*", "0.00015", "0.00015", "0.0002", "0.0001");
}

static void nothing_at_all(void **state)
{
    (void)state;
    apportion(NULL, 0, 2);
    assert_int_equal(nvb_num_sign(w.bridge.printed), 0);
    done();
}

/* 5,000 items of 0.0049 make 24.50: 2,450 of them get a cent, the first ones. */
static void many(void **state)
{
    static const char *amounts[MOST];
    (void)state;
    for (size_t i = 0; i < MOST; i++)
        amounts[i] = "0.0049";
    apportion(amounts, MOST, 2);
    for (size_t i = 0; i < MOST; i++)
        assert_int_equal(nvb_num_sign(w.items[i].printed), i < 2450);
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_remainders),
        cmocka_unit_test(largest_remainder_first),
        cmocka_unit_test(halves),
        cmocka_unit_test(whole_cents_stay),
        cmocka_unit_test(other_decimals),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
