-- Asks what the lines of a file say, in turn, and tells what came as JSON in another file.
-- A line is a path, with "POST " before it where that is meant.
local out, first, paths, at = os.getenv("WRK_OUT"), tonumber(os.getenv("WRK_FIRST")), {}, 0

for line in io.lines(os.getenv("WRK_PATHS")) do
  paths[#paths + 1] = line
end

-- A single page is asked for by wrk itself: a call of Lua for each request would take as long as
-- the answer does.
function ask()
  at = at + 1
  local path = paths[(first + at) % #paths + 1]
  if path:sub(1, 5) ~= "POST " then
    return wrk.format("GET", path)
  end
  local headers = {["Content-Length"] = "0"}
  for name, value in pairs(wrk.headers) do
    headers[name] = value
  end
  -- One reader counts once: in each round another one opens all pages. Of browsers there are a few
  -- hundred kinds, as among readers.
  local round = math.floor((first + at) / #paths)
  headers["User-Agent"] = headers["User-Agent"] .. " " .. round % 400
  return wrk.format("POST", path:sub(6), headers)
end

if #paths > 1 or paths[1]:sub(1, 5) == "POST " then
  request = ask
else
  wrk.path = paths[1]
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
