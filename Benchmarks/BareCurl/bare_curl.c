#include "bare_curl.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The floor to measure against: one thread, one multi handle, reused easy handles, and nothing else.

typedef struct {
    CURL *easy;
    double began;
} slot;

typedef struct {
    double *values;
    size_t count, capacity;
} samples;

static double now_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static size_t discard(char *data, size_t size, size_t count, void *user) {
    (void)data;
    (void)user;
    return size * count;
}

static int add_sample(samples *all, double value) {
    if (all->count == all->capacity) {
        size_t capacity = all->capacity == 0 ? 65536 : all->capacity * 2;
        double *values = realloc(all->values, capacity * sizeof(double));
        if (values == NULL) return 1;
        all->values = values;
        all->capacity = capacity;
    }
    all->values[all->count++] = value;
    return 0;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(const samples *all, double share) {
    if (all->count == 0) return 0;
    size_t index = (size_t)(share * (double)(all->count - 1));
    return all->values[index] * 1e6;
}

static void set_up(CURL *easy, const char *url, const char *body, struct curl_slist *headers, slot *owner) {
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(body));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, owner);
}

int bare_curl_run(
    const char *url, const char *body, long concurrency, double seconds, double rate, bare_curl_result *result) {
    CURLM *multi = curl_multi_init();
    slot *slots = calloc((size_t)concurrency, sizeof(slot));
    slot **idle = calloc((size_t)concurrency, sizeof(slot *));
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    samples all = {0};
    int failed = multi == NULL || slots == NULL || idle == NULL || headers == NULL;
    long idle_count = 0, failures = 0, under_way = 0;

    for (long i = 0; !failed && i < concurrency; i++) {
        slots[i].easy = curl_easy_init();
        if (slots[i].easy == NULL) {
            failed = 1;
            break;
        }
        set_up(slots[i].easy, url, body, headers, &slots[i]);
        idle[idle_count++] = &slots[i];
    }

    double start = now_seconds(), end = start + seconds;
    long due_index = 0;
    while (!failed) {
        double now = now_seconds();
        int is_over = now >= end;
        if (is_over && under_way == 0) break;
        while (!is_over && idle_count > 0) {
            if (rate > 0) {
                if (start + (double)due_index / rate > now) break;
                due_index++;
            }
            slot *next = idle[--idle_count];
            next->began = now_seconds();
            curl_multi_add_handle(multi, next->easy);
            under_way++;
        }
        int running = 0;
        curl_multi_perform(multi, &running);
        CURLMsg *message;
        int left;
        while ((message = curl_multi_info_read(multi, &left)) != NULL) {
            if (message->msg != CURLMSG_DONE) continue;
            slot *owner = NULL;
            long status = 0;
            CURLcode code = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&owner);
            curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
            if (code != CURLE_OK || status != 200) failures++;
            failed |= add_sample(&all, now_seconds() - owner->began);
            curl_multi_remove_handle(multi, owner->easy);
            idle[idle_count++] = owner;
            under_way--;
        }
        // With a rate the next start may be due in less than poll's millisecond: look without waiting.
        if (under_way > 0 || rate > 0) curl_multi_poll(multi, NULL, 0, rate > 0 ? 0 : 100, NULL);
    }

    double elapsed = now_seconds() - start;
    if (all.count > 0) qsort(all.values, all.count, sizeof(double), ascending);
    *result = (bare_curl_result){
        .calls_per_second = elapsed > 0 ? (double)all.count / elapsed : 0,
        .p50_us = percentile(&all, 0.50),
        .p99_us = percentile(&all, 0.99),
        .calls = (long)all.count,
        .failures = failures,
    };
    for (long i = 0; slots != NULL && i < concurrency; i++) curl_easy_cleanup(slots[i].easy);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    free(slots);
    free(idle);
    free(all.values);
    return failed;
}
