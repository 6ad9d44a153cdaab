#pragma once

/// What a run of bare libcurl measured.
typedef struct {
    double calls_per_second;
    /// Microseconds from starting a transfer to its end.
    double p50_us;
    double p99_us;
    long calls;
    long failures;
} bare_curl_result;

/// Posts `body` to `url` over one curl_multi handle for `seconds`, with at most `concurrency` transfers under way:
/// as fast as they are answered when `rate` is 0, else that many a second.
///
/// Returns 0, or 1 when memory runs out or libcurl cannot start.
int bare_curl_run(
    const char *url, const char *body, long concurrency, double seconds, double rate, bare_curl_result *result);
