-- Asks the paths of a file in turn, and tells what came as JSON in another file.
local method, out = os.getenv("WRK_METHOD"), os.getenv("WRK_OUT")
local first, paths, at = tonumber(os.getenv("WRK_FIRST")), {}, 0

for line in io.lines(os.getenv("WRK_PATHS")) do
  paths[#paths + 1] = line
end

function request()
  local headers = {}
  if method == "POST" then -- each another reader's, for one reader counts once
    headers["User-Agent"] = wrk.headers["User-Agent"] .. " " .. (first + at)
    headers["Content-Length"] = "0"
    for name, value in pairs(wrk.headers) do
      headers[name] = headers[name] or value
    end
  end
  at = at + 1
  return wrk.format(method, paths[(first + at) % #paths + 1], method == "POST" and headers or nil)
end

function done(summary, latency)
  local errors = summary.errors
  local file = io.open(out, "w")
  file:write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "faults": %d}',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status))
  file:close()
end
