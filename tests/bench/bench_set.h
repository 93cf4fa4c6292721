/*
 * bench_set.h: the generated proposals of the benchmark: always the same, made from nothing but
 * line numbers.
 *
 * A line has a base of its own and a volume, and takes four shared steps: an index of two
 * components (each with nacalculatie), a surcharge over the base, a discount over what was indexed,
 * and an amount.
 */
#ifndef NVB_BENCH_SET_H
#define NVB_BENCH_SET_H

#include <stdio.h>

#include "navolgbaar/buffer.h"

static const char bench_head[] =
    "{\"formaat\":\"navolgbaar/voorstel/"
    "1\",\"soort\":\"contractvoorstel\",\"contractering\":\"digitaal\","
    "\"kenmerk\":\"BENCH-%u\",\"datum\":\"2025-09-24\",\"contractjaar\":2026,"
    "\"zorgverzekeraar\":{\"naam\":\"Zorgverzekeraar Voorbeeld\",\"uzovi\":\"0123\"},"
    "\"zorgaanbieder\":{\"naam\":\"Praktijk Voorbeeld\",\"agb\":\"01234567\"},"
    "\"bronnen\":{\"cep\":{\"titel\":\"Centraal Economisch Plan 2026\",\"datum\":\"2026-02-26\"},"
    "\"beleid\":{\"titel\":\"Inkoopbeleid 2026\",\"datum\":\"2025-04-01\"},"
    "\"contract\":{\"titel\":\"Contract 2025\",\"datum\":\"2024-11-12\"}},"
    "\"indexen\":{\"lpo\":{\"jaar\":2026,\"componenten\":["
    "{\"id\":\"ova\",\"soort\":\"loon\",\"aandeel\":\"76.55%%\",\"voorlopig\":\"4.94%%\","
    "\"vorig\":{\"jaar\":2025,\"voorlopig\":\"4.74%%\",\"definitief\":\"5.12%%\"},\"bron\":\"cep\"}"
    ","
    "{\"id\":\"ppc\",\"soort\":\"prijs\",\"aandeel\":\"23.45%%\",\"voorlopig\":\"2.51%%\","
    "\"vorig\":{\"jaar\":2025,\"voorlopig\":\"2.25%%\",\"definitief\":\"2.41%%\"},\"bron\":\"cep\"}"
    "],"
    "\"methode\":{\"nacalculatie\":\"verschil\",\"samenstelling\":\"vermenigvuldigen\","
    "\"weging\":\"per_component\"},\"bron\":\"cep\"}},"
    "\"stappen\":[{\"id\":\"index\",\"soort\":\"index\",\"index\":\"lpo\"},"
    "{\"id\":\"kwaliteit\",\"soort\":\"opslag\",\"percentage\":\"1.5%%\",\"over\":\"basis\","
    "\"categorie\":\"kwaliteit\",\"reden\":\"keurmerk behaald\",\"bron\":\"beleid\"},"
    "{\"id\":\"doelmatigheid\",\"soort\":\"afslag\",\"percentage\":\"0.75%%\",\"over\":"
    "\"geindexeerd\","
    "\"categorie\":\"doelmatigheid\",\"reden\":\"minder verslaglegging\",\"bron\":\"beleid\"},"
    "{\"id\":\"reiskosten\",\"soort\":\"opslag\",\"bedrag\":\"0.35\",\"categorie\":\"lokale_"
    "omstandigheden\","
    "\"reden\":\"landelijk gebied\",\"bron\":\"beleid\"}],"
    "\"prestaties\":[";

static const char bench_line[] =
    "%s{\"code\":\"%05u\",\"omschrijving\":\"Prestatie %u\",\"eenheid\":\"zitting\","
    "\"basis\":{\"soort\":\"vorig_contract\",\"bedrag\":\"%u.%02u\",\"jaar\":2025,\"bron\":"
    "\"contract\"},"
    "\"volume\":{\"aantal\":%u}}";

static inline void bench_proposal(nvb_buffer *out, unsigned number, unsigned lines)
{
    char text[4096];
    snprintf(text, sizeof text, bench_head, number);
    nvb_buffer_str(out, text);
    for (unsigned i = 0; i < lines; i++) {
        unsigned k = number * 7919U + i * 104729U;
        snprintf(text, sizeof text, bench_line, i ? "," : "", i + 1, i + 1, 20 + k % 480,
                 k / 7 % 100, 1 + k / 11 % 2400);
        nvb_buffer_str(out, text);
    }
    nvb_buffer_str(out, "]}");
}

#endif
