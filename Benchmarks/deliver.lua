-- Posts one body with one signature under a new webhook id each time, as fast as it is answered.
-- Arguments: the body's file, the signature, a word that makes the ids of this run its own.

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    wrk.body = file:read("*a")
    file:close()
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["X-Shopify-Topic"] = "benchmarks/order"
    wrk.headers["X-Shopify-Hmac-Sha256"] = arguments[2]
    wrk.headers["X-Shopify-Shop-Domain"] = "kelp-and-cotton.myshopify.com"
    wrk.headers["X-Shopify-API-Version"] = "2026-10"
    prefix = arguments[3] .. "-" .. number .. "-"
    count = 0
end

function request()
    count = count + 1
    wrk.headers["X-Shopify-Webhook-Id"] = prefix .. count
    return wrk.format()
end

function done(summary, latency)
    local wrong = summary.errors.connect + summary.errors.read + summary.errors.write
        + summary.errors.status + summary.errors.timeout
    print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration, wrong,
        latency:percentile(50), latency:percentile(99)))
end
