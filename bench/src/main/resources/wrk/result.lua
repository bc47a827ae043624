-- Every script begins with this: a line that the benchmark reads, after what wrk says for people.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "perch requests=%d micros=%d p50=%d p99=%d refused=%d failed=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

-- The token is not an argument, which every user of the machine could read.
wrk.headers["Authorization"] = "Bearer " .. os.getenv("PERCH_TOKEN")
